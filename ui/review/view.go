package review

import (
	"strings"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
	"errata/ui/theme"
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
	lines = append(bars.Fill(lines, m.Rule().Y), bars.Across(m.w, m.th))
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
	return []string{title, bars.Bar(m.w, []bars.Piece{{Text: m.requests(m.w - sanitize.Width(m.o.Server) - 1), Style: m.th.Text}},
		[]bars.Piece{{Text: m.o.Server, Style: m.th.Muted}})}
}

// requestLine is the request without its body. Where that is more than w cells, the log stands.
func requestLine(head model.Head, w int) string {
	const verb = "PATCH "
	log := "/log/" + head.ID
	if whole := verb + "/" + head.Owner() + "s/" + head.PromptID + log; sanitize.Width(sanitize.Line(whole, -1)) <= w {
		return whole
	}
	return verb + "…" + log
}

// line draws one field of the list.
func (m *Model) line(i int) string {
	if j := m.judgedAt(i); j != nil {
		return m.item(i, m.changedOr(j.Left), j.Title, j.summary(), j.Left)
	}
	f := m.fields[i]
	mark := m.changedOr(m.leavesOut(f))
	for _, w := range m.warnings {
		if w.Field == f && !m.leavesOut(f) {
			mark = theme.Invalid
		}
	}
	return m.item(i, mark, f.Label, m.says[i], m.leavesOut(f))
}

// changedOr is the sign of a change, or of one that is left out.
func (*Model) changedOr(left bool) theme.SignName {
	if left {
		return theme.LeftOut
	}
	return theme.Changed
}

// item draws entry i of the list.
func (m *Model) item(i int, mark theme.SignName, name, rest string, left bool) string {
	const cells = 18 // of the name
	under, label, sign := i == m.cursor, m.th.Label, m.th.Sign(mark)
	if under {
		label = m.th.Title
	}
	said := bars.Said(m.th, mark)
	if mark == theme.Invalid {
		sign.Style = m.th.Warning
		said = warned(m.th)
	}
	if left {
		rest = leftOutMark + rest
	}
	return bars.Row(m.w, m.th, under, []bars.Piece{
		bars.Point(m.th, under), {Text: " "}, {Text: sign.Text, Style: sign.Style}, {Text: " " + sanitize.Fit(sanitize.Line(name, cells), cells) + " ", Style: label}, {Text: m.th.Words(rest), Style: m.th.Muted},
	}, said)
}

// warned is the word of an entry that is to be looked at, where signs are words.
func warned(th *theme.Theme) []bars.Piece {
	if !th.Plain {
		return nil
	}
	return []bars.Piece{{Text: "warning ", Style: th.Warning}}
}

// leftOutMark stands ahead of what is not sent.
const leftOutMark = "left out: "

func (m *Model) status() string {
	if m.sending && m.news.Text == "" {
		return bars.Status(m.w, m.th, bars.News{Text: bars.Waiting("sending", m.why)})
	}
	return bars.Status(m.w, m.th, m.news)
}
