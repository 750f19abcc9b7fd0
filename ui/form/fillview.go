package form

import (
	"slices"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/sanitize"
)

// fillRows is the lines of one fill-in: the field with old and new, and where the value comes from.
const fillRows = 2

// fillLines draws the menu in a pane.
func (m *Model) fillLines(w, h int) []string {
	menu := m.fill
	title := []bars.Piece{{Text: "Fill in", Style: m.th.Title}, {Text: "  what follows from the rest of the log", Style: m.th.Muted}}
	lines := []string{bars.Bar(w, title, nil), ""}
	for i := menu.first(h); i < len(menu.list) && len(lines)+fillRows <= h; i++ {
		lines = append(lines, m.fillLine(i, w), m.th.Faint.Render(sanitize.Line("      "+menu.list[i].Why, w)))
	}
	return bars.Fill(append(lines, m.notOffered(w)...), h)
}

// fillLine is one fill-in: the cursor's mark, the field, old → new.
func (m *Model) fillLine(i, w int) string {
	fill, menu := m.fill.list[i], m.fill
	pointer, label := " ", m.th.Label
	if i == menu.cursor {
		pointer, label = "▸", m.th.Title
	}
	mark := bars.Piece{Text: "[ ] ", Style: m.th.Faint}
	if slices.Contains(menu.marked, fill.Field) {
		mark = bars.Piece{Text: "[x] ", Style: m.th.Changed}
	}
	room := max(w-sanitize.Width(fill.Name())-10, 0)
	was := sanitize.Line(short(fill, fill.Old), room/2)
	return bars.Bar(w, []bars.Piece{
		{Text: pointer, Style: m.th.Title}, mark, {Text: fill.Name(), Style: label}, {Text: "  ", Style: m.th.Text},
		{Text: was, Style: m.th.Removed}, {Text: " → ", Style: m.th.Faint},
		{Text: sanitize.Line(short(fill, fill.Value), max(room-sanitize.Width(was), 0)), Style: m.th.Added},
	}, nil)
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
func (m *Model) notOffered(w int) []string {
	menu, lines := m.fill, []string{""}
	switch {
	case len(menu.list) == 0 && len(menu.missing) == 0:
		return []string{sanitize.Line("nothing to fill in: the log agrees with all that follows from it", w)}
	case len(menu.list) == 0:
		lines = []string{sanitize.Line("nothing to fill in:", w)}
	}
	for _, clause := range menu.missing {
		lines = append(lines, m.th.Faint.Render(sanitize.Line("  "+clause, w)))
	}
	return lines
}
