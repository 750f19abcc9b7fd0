package form

import (
	"slices"

	"errata/model"
	"errata/ui/frame"
	"errata/ui/glyph"
)

// fillRows is the lines of one fill-in: the field with old and new, and where the value comes from.
const fillRows = 2

// fillLines draws the menu in a pane.
func (m *Model) fillLines(w, h int) []string {
	menu := m.fill
	title := []frame.Piece{{Text: "Fill in", Style: m.th.Title}, {Text: "  what follows from the rest of the log", Style: m.th.Muted}}
	lines := []string{frame.Bar(w, title, nil), ""}
	for i := menu.first(h); i < len(menu.list) && len(lines)+fillRows <= h; i++ {
		lines = append(lines, m.fillLine(i, w), m.th.Faint.Render(glyph.Line("      "+menu.list[i].Why, w)))
	}
	return frame.Fill(append(lines, m.notOffered(w)...), h)
}

// fillLine is one fill-in: the cursor's mark, the field, old → new.
func (m *Model) fillLine(i, w int) string {
	fill, menu := m.fill.list[i], m.fill
	pointer, label := " ", m.th.Label
	if i == menu.cursor {
		pointer, label = "▸", m.th.Title
	}
	mark := frame.Piece{Text: "[ ] ", Style: m.th.Faint}
	if slices.Contains(menu.marked, fill.Field) {
		mark = frame.Piece{Text: "[x] ", Style: m.th.Changed}
	}
	room := max(w-glyph.Width(fill.Name())-10, 0)
	was := glyph.Line(short(fill, fill.Old), room/2)
	return frame.Bar(w, []frame.Piece{
		{Text: pointer, Style: m.th.Title}, mark, {Text: fill.Name(), Style: label}, {Text: "  ", Style: m.th.Text},
		{Text: was, Style: m.th.Removed}, {Text: " → ", Style: m.th.Faint},
		{Text: glyph.Line(short(fill, fill.Value), max(room-glyph.Width(was), 0)), Style: m.th.Added},
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
		return []string{glyph.Line("nothing to fill in: the log agrees with all that follows from it", w)}
	case len(menu.list) == 0:
		lines = []string{glyph.Line("nothing to fill in:", w)}
	}
	for _, clause := range menu.missing {
		lines = append(lines, m.th.Faint.Render(glyph.Line("  "+clause, w)))
	}
	return lines
}
