package review

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// headerLines is the height of the header: what this is, and the request line.
const headerLines = 2

// View draws the review, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h, layout.MinWidth, layout.MinHeight)
	}
	lines := m.header()
	for i := m.top; i < min(m.top+m.listHeight(), m.items()); i++ {
		lines = append(lines, m.line(i))
	}
	lines = append(lines, m.th.Faint.Render(strings.Repeat("─", m.w)))
	lines = append(lines, strings.Split(m.pane.View(), "\n")...)
	lines = bars.Fill(lines, m.h-2)
	return strings.Join(append(lines, m.status(), bars.Hints(m.w, m.th, m.Keys()...)), "\n")
}

// Cursor hides the terminal's cursor.
func (m *Model) Cursor() (x, y int, ok bool) { return 0, 0, false }

func (m *Model) header() []string {
	title := bars.Bar(m.w, []bars.Piece{{Text: "Review", Style: m.th.Title}, {Text: "  nothing is sent yet", Style: m.th.Muted}},
		[]bars.Piece{{Text: m.counts(), Style: m.th.Changed}})
	if m.parts.Header.H < 2 {
		return []string{title}
	}
	return []string{title, bars.Bar(m.w, []bars.Piece{{Text: m.requests(), Style: m.th.Text}},
		[]bars.Piece{{Text: m.o.Server, Style: m.th.Muted}})}
}

// requestLine is the request without its body.
func requestLine(head model.Head) string {
	return "PATCH /" + head.Owner() + "s/" + head.PromptID + "/log/" + head.ID
}

// line draws one field of the list.
func (m *Model) line(i int) string {
	pointer, label := " ", m.th.Label
	if i == m.cursor {
		pointer, label = m.th.Title.Render("▸"), m.th.Title
	}
	if j := m.judgedAt(i); j != nil {
		return pointer + m.judgedLine(j, label)
	}
	f := m.fields[i]
	mark, rest := m.th.Changed.Render("●"), m.says[i]
	for _, w := range m.warnings {
		if w.Field == f {
			mark = m.th.Warning.Render("!")
		}
	}
	if m.leavesOut(f) {
		mark, rest = m.th.Faint.Render("○"), leftOutMark+rest
	}
	return pointer + m.item(mark, f.Label, rest, label)
}

// item draws an entry of the list behind its pointer.
func (m *Model) item(mark, name, rest string, label lipgloss.Style) string {
	const cells = 18 // of the name
	text := " " + sanitize.Fit(sanitize.Line(name, cells), cells) + " "
	return mark + label.Render(text) + m.th.Muted.Render(sanitize.Line(rest, max(m.w-cells-4, 0)))
}

// leftOutMark stands ahead of what is not sent.
const leftOutMark = "left out: "

// judgedLine draws one judgment of the list.
func (m *Model) judgedLine(j *Judged, label lipgloss.Style) string {
	mark, rest := m.th.Changed.Render("●"), j.summary()
	if j.Left {
		mark, rest = m.th.Faint.Render("○"), leftOutMark+rest
	}
	return m.item(mark, j.Title, rest, label)
}

func (m *Model) status() string {
	if m.sending && m.news.Text == "" {
		return bars.Status(m.w, m.th, bars.News{Text: bars.Waiting("sending", m.why)})
	}
	return bars.Status(m.w, m.th, m.news)
}
