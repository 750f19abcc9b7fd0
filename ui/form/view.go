package form

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/theme"
)

// headerLines is the height of the header: what the log is, and how it stands.
const headerLines = 2

// headerHeight is the lines of the header, among them the error of a call that failed, and the
// strip where a queue is worked on.
func (s *sheet) headerHeight() int {
	h := headerLines
	if s.failure() != "" {
		h++
	}
	if s.o.Annotating != nil {
		h++
	}
	return h
}

// failure is how the error of the log begins, as it was fetched, "" if there is none.
func (s *sheet) failure() string {
	v := s.changes.Base().Value(model.ErrorText)
	if !v.IsSet() {
		return ""
	}
	if text, plain := preview(model.ErrorText, v); plain {
		return text
	}
	return ""
}

// View draws the form, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := m.header()
	lines = append(lines, m.body()...)
	lines = append(lines, m.status(), bars.Hints(m.w, m.th, m.Keys()...))
	return strings.Join(lines, "\n")
}

// Cursor is the cell of the terminal's cursor: where text is being typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	switch {
	case m.parts.TooSmall:
		return 0, 0, false
	case m.replacing.IsOpen():
		_, x = m.replacing.Line(m.w)
		return x, m.parts.Status.Y, x >= 0
	case m.search.prompt != nil:
		_, x = m.search.prompt.Draw(m.w)
		return x, m.parts.Status.Y, true
	case m.asking != nil:
		_, x = m.asking.prompt.View(askLabel, m.w)
		return x, m.parts.Status.Y, true
	case m.noting != nil:
		_, x = m.noting.line.View(noteLabel, m.w)
		return x, m.parts.Status.Y, true
	case m.finds():
		_, x = m.edit.find.Line(m.w)
		return x, m.parts.Status.Y, true
	case m.edit != nil:
		x, y, ok = m.edit.ed.Cursor()
		return m.parts.Pane.X + x, m.parts.Pane.Y + paneHeader + y, ok
	case m.judging != nil && m.judging.ed != nil:
		x, y, ok = m.judging.ed.Cursor()
		return m.parts.Pane.X + x, m.parts.Pane.Y + paneHeader + y, ok
	case m.structure() != nil:
		x, y, ok = m.structure().Cursor()
		return m.parts.Pane.X + x, m.parts.Pane.Y + paneHeader + y, ok
	default:
		return 0, 0, false
	}
}

// header says what the log is and how it stands.
func (m *Model) header() []string {
	what := []bars.Piece{{Text: m.title(), Style: m.th.Title}}
	if m.head.VersionID != "" {
		what = append(what, bars.Piece{Text: "  " + m.head.VersionID, Style: m.th.Muted})
	}
	if m.head.Model != "" {
		what = append(what, bars.Piece{Text: "  " + m.head.Model, Style: m.th.Muted})
	}
	stand := []bars.Piece{m.count()}
	if m.o.ReadOnly != "" {
		stand = append(stand, bars.Piece{Text: "  read-only", Style: m.th.Warning})
	}
	switch {
	case m.behind:
		stand = append(stand, bars.Piece{Text: "  draft not written", Style: m.th.Error})
	case m.unkept != "":
		stand = append(stand, bars.Piece{Text: "  drafts are off", Style: m.th.Error})
	}
	first := bars.Bar(m.w, what, stand)
	switch {
	case m.o.Annotating != nil && m.parts.Header.H < 2:
		return []string{m.stripLine(m.w)}
	case m.parts.Header.H < 2:
		return []string{bars.Bar(m.w, []bars.Piece{{Text: m.head.ID, Style: m.th.Title}}, stand)}
	}
	id := []bars.Piece{{Text: m.head.ID, Style: m.th.Text}}
	if m.head.TraceID != "" {
		id = append(id, bars.Piece{Text: "  trace " + m.head.TraceID, Style: m.th.Muted})
	}
	lines := []string{first, bars.Bar(m.w, id, []bars.Piece{{Text: m.o.Server, Style: m.th.Muted}})}
	if why := m.failure(); why != "" {
		lines = append(lines, bars.Bar(m.w, []bars.Piece{{Text: m.th.Lead(theme.Failed) + why, Style: m.th.Error}}, nil))
	}
	if m.o.Annotating != nil {
		lines = append(lines, m.stripLine(m.w))
	}
	return lines
}

func (m *Model) title() string {
	if m.head.PromptPath != "" {
		return m.head.PromptPath
	}
	return m.head.PromptID
}

// count says how many fields are changed, that of the open editor among them. While something is
// being typed it has no colour, so that the key that makes the first change costs little on the
// line.
func (m *Model) count() bars.Piece {
	changed, invalid := m.Unsent(), len(m.changes.Invalid())
	p := bars.Piece{Text: "no changes", Style: m.th.Muted}
	switch {
	case invalid > 0:
		return bars.Piece{Text: figure.Int(changed) + " changed, " + figure.Int(invalid) + " invalid", Style: m.th.Error}
	case changed > 0:
		p = bars.Piece{Text: figure.Int(changed) + " changed", Style: m.th.Changed}
	}
	if m.editing() != nil {
		p.Style = m.th.Text
	}
	return p
}

// body is the list, the pane, or both.
func (m *Model) body() []string {
	if m.parts.Wide {
		rule := bars.Scroll(m.th, m.top, m.parts.List.H, len(m.rows))
		return bars.Columns(m.draw(m.parts.List.W, !m.paneHasKeys()), rule, m.paneLines())
	}
	if m.paneHasKeys() {
		return m.paneLines()
	}
	return m.drawAlone()
}

// paneHasKeys reports whether keys go to the pane, and not to the list.
func (m *Model) paneHasKeys() bool {
	return m.editing() != nil || m.judging != nil || m.fill != nil || m.reading || m.diff
}

// status is the news line, or the search prompt.
func (m *Model) status() string {
	if m.replacing.IsOpen() {
		line, _ := m.replacing.Line(m.w)
		return line
	}
	if m.search.prompt != nil {
		line, _ := m.search.prompt.Draw(m.w)
		return line
	}
	if m.finds() && m.news.Text == "" {
		line, _ := m.edit.find.Line(m.w)
		return line
	}
	if m.asking != nil && m.news.Text == "" {
		line, _ := m.asking.prompt.View(askLabel, m.w)
		return line
	}
	if m.noting != nil && m.news.Text == "" {
		line, _ := m.noting.line.View(noteLabel, m.w)
		return line
	}
	if n := m.search.tally(); n != "" && m.news.Text == "" {
		return bars.Status(m.w, m.th, bars.News{Text: n})
	}
	if m.behind && m.news.Text == "" {
		return bars.Status(m.w, m.th, m.waits())
	}
	return bars.Status(m.w, m.th, m.news)
}

// paneLines draws the pane: its header, its content, its footer.
func (m *Model) paneLines() []string {
	w, h := m.parts.Pane.W, m.parts.Pane.H
	switch {
	case m.fill != nil:
		return m.fill.lines(w, h)
	case m.judging != nil:
		return m.judging.lines(w, h)
	}
	lines := []string{m.valuePane.title(w, m.paneHasKeys()), m.help(w)}
	switch {
	case m.edit != nil:
		lines = append(lines, strings.Split(m.edit.ed.View(), "\n")...)
		lines = bars.Fill(lines, h-paneFooter)
		lines = append(lines, m.edit.footer(m.th, w))
	case m.built != nil:
		lines = append(lines, strings.Split(m.built.st.View(), "\n")...)
		lines = bars.Fill(lines, h-paneFooter)
		lines = append(lines, m.built.footer(m.th, w))
	case m.looking() != nil:
		lines = append(lines, strings.Split(m.looking().View(), "\n")...)
	case m.pane != nil:
		lines = append(lines, strings.Split(m.pane.View(), "\n")...)
	}
	return bars.Fill(lines, h)
}
