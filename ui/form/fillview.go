package form

import (
	"slices"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/sanitize"
)

// fillRows is the lines of one fill-in: the field with old and new, and where the value comes from.
const fillRows = 2

// lines draws the menu in a pane.
func (menu *fillMenu) lines(w, h int) []string {
	title := []bars.Piece{{Text: "Fill in", Style: menu.th.Title}, {Text: "  what follows from the rest of the log", Style: menu.th.Muted}}
	lines := []string{bars.Head(w, menu.th, true, title, nil), ""}
	for i := menu.topmost(h); i < len(menu.list) && len(lines)+fillRows <= h; i++ {
		lines = append(lines, menu.line(i, w), menu.th.Faint.Render(sanitize.Line("      "+menu.list[i].Why, w)))
	}
	return bars.Fill(append(lines, menu.notOffered(w)...), h)
}

// line is one fill-in: the cursor's mark, the field, old → new.
func (menu *fillMenu) line(i, w int) string {
	fill := menu.list[i]
	label := menu.th.Label
	if i == menu.at {
		label = menu.th.Title
	}
	mark := bars.Box(menu.th, slices.Contains(menu.marked, fill.Field))
	room := max(w-sanitize.Width(fill.Name())-10, 0)
	was := sanitize.Line(short(fill, fill.Old), room/2)
	return bars.Row(w, menu.th, i == menu.at, []bars.Piece{
		bars.Point(menu.th, i == menu.at), mark, {Text: fill.Name(), Style: label}, {Text: "  ", Style: menu.th.Text},
		{Text: was, Style: menu.th.Removed}, {Text: menu.th.Words(" → "), Style: menu.th.Faint},
		{Text: sanitize.Line(short(fill, fill.Value), max(room-sanitize.Width(was), 0)), Style: menu.th.Added},
	}, nil)
}

// keys is the table of the menu; if it has nothing to offer its keys are of no use.
func (menu *fillMenu) keys() keys.Map {
	if len(menu.list) == 0 {
		return keys.Fill.Quiet(keys.Accept, keys.Mark, keys.All)
	}
	return keys.Fill
}

// short is a value in a few words, or the member of it that is filled in.
func short(fill model.Fill, v model.Value) string {
	if fill.Member != "" {
		return string(fill.Part(v).Bytes())
	}
	text, _ := preview(fill.Field, v)
	return text
}

// notOffered says what is missing for more.
func (menu *fillMenu) notOffered(w int) []string {
	lines := []string{""}
	switch {
	case len(menu.list) == 0 && len(menu.missing) == 0:
		return []string{sanitize.Line("nothing to fill in: the log agrees with all that follows from it", w)}
	case len(menu.list) == 0:
		lines = []string{sanitize.Line("nothing to fill in:", w)}
	}
	for _, clause := range menu.missing {
		lines = append(lines, menu.th.Faint.Render(sanitize.Line("  "+clause, w)))
	}
	return lines
}
