package conflict

import (
	"strconv"
	"strings"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/reading"
	"errata/ui/sanitize"
)

// headerLines is the height of the header.
const headerLines = 2

// content is what the pane shows for the field under the cursor: the base, and what each side made
// of it.
func (m *Model) content() pager.Source {
	f := m.fields[m.cursor]
	base, mine, theirs := m.mine.Base().Value(f), m.edited(f), m.newer.Value(f)
	parts := []pager.Source{
		pager.Heading("Base: as it was fetched", m.th.Heading),
		reading.For(f, base, m.th),
		pager.Heading("Mine", m.th.Heading),
		m.side(f, base, mine),
		pager.Heading("Theirs: as it is on the server", m.th.Heading),
		m.side(f, base, theirs),
	}
	if v := m.verdicts[m.cursor]; v.edited {
		parts = append([]pager.Source{pager.Heading("Edited", m.th.Heading), reading.For(f, v.value, m.th)}, parts...)
	}
	return pager.Join(parts...)
}

// readily is the size of values, in bytes, up to which the list says how they changed.
const readily = 256 << 10

// sides says in a sentence each what both sides made of a field.
func (m *Model) sides(f *model.Field) string {
	const quoted = 24 // cells of a value
	base, mine, theirs := m.mine.Base().Value(f), m.edited(f), m.newer.Value(f)
	if len(base.Bytes())+len(mine.Bytes())+len(theirs.Bytes()) > readily {
		return "both changed it"
	}
	ours := change.Sentence(f, base, mine, quoted)
	if edit, ok := m.mine.Edit(f); ok && edit.Err != nil && mine.Equal(base) {
		ours = "a text that is not a value yet"
	}
	return "mine: " + ours + " · theirs: " + change.Sentence(f, base, theirs, quoted)
}

// unsettled counts the fields that are not settled yet.
func (m *Model) unsettled() (n int) {
	for _, v := range m.verdicts {
		if v.choice == 0 {
			n++
		}
	}
	return n
}

func (m *Model) side(f *model.Field, base, value model.Value) pager.Source {
	if edit, ok := m.mine.Edit(f); ok && edit.Err != nil && value.Equal(base) {
		return pager.Plain("a text that is not a value yet: "+edit.Err.Error(), m.th)
	}
	return pager.Changes(change.Around(f, base, value), m.th)
}

// View draws the screen, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := m.header()
	top := m.top()
	for i := top; i < min(top+m.list().H, len(m.fields)); i++ {
		lines = append(lines, m.line(i))
	}
	lines = append(bars.Fill(lines, m.Rule().Y), bars.Across(m.w, m.th))
	if m.edit != nil {
		lines = append(lines, strings.Split(m.edit.View(), "\n")...)
		lines = append(bars.Fill(lines, m.h-3), m.problem())
	} else {
		lines = append(lines, strings.Split(m.pane.View(), "\n")...)
	}
	lines = bars.Fill(lines, m.h-2)
	status := bars.Status(m.w, m.th, m.news)
	if m.find.IsOpen() {
		status, _ = m.find.Line(m.w)
	}
	return strings.Join(append(lines, status, bars.Hints(m.w, m.th, m.Keys()...)), "\n")
}

// problem is the line under the merge: why its text is not a value.
func (m *Model) problem() string {
	if m.err == nil {
		return m.th.Faint.Render(sanitize.Line("mine, base and theirs stand between marks; a mark that is left is sent", m.w))
	}
	return m.th.Error.Render(sanitize.Line(m.err.Error(), m.w))
}

// Cursor is the terminal's cursor while a merge is edited.
func (m *Model) Cursor() (x, y int, ok bool) {
	if m.edit == nil || m.parts.TooSmall {
		return 0, 0, false
	}
	if m.find.IsOpen() {
		_, x = m.find.Line(m.w)
		return x, m.h - 2, true
	}
	x, y, ok = m.edit.Cursor()
	return x, y + m.parts.Header.H + m.list().H + 1, ok
}

func (m *Model) header() []string {
	open := m.unsettled()
	left := []bars.Piece{{Text: "Conflict", Style: m.th.Title}, {Text: "  changed here and on the server; nothing was sent", Style: m.th.Muted}}
	stand := bars.Piece{Text: strconv.Itoa(open) + " open", Style: m.th.Warning}
	if open == 0 {
		stand = bars.Piece{Text: "all settled", Style: m.th.Good}
	}
	lines := []string{bars.Bar(m.w, left, []bars.Piece{stand})}
	if m.parts.Header.H > 1 {
		lines = append(lines, bars.Bar(m.w, []bars.Piece{{Text: m.newer.Head().ID, Style: m.th.Text}}, []bars.Piece{{Text: m.o.Server, Style: m.th.Muted}}))
	}
	return lines
}

// line draws one field of the list.
func (m *Model) line(i int) string {
	label := m.th.Label
	if i == m.cursor {
		label = m.th.Title
	}
	word, style := "open", m.th.Warning
	switch v := m.verdicts[i]; {
	case v.edited:
		word, style = "edited", m.th.Good
	case v.choice == model.Mine:
		word, style = "mine", m.th.Good
	case v.choice == model.Theirs:
		word, style = "theirs", m.th.Good
	}
	under := i == m.cursor && m.edit == nil
	return bars.Row(m.w, m.th, under, []bars.Piece{bars.Point(m.th, i == m.cursor), {Text: " " + sanitize.Fit(m.fields[i].Label, 18), Style: label}, {Text: sanitize.Fit(word, 8), Style: style}, {Text: m.th.Words(m.says[i]), Style: m.th.Muted}}, nil)
}
