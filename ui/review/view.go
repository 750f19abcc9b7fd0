package review

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// headerLines is the height of the header: what this is, and the request line.
const headerLines = 2

// View draws the review, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := m.header()
	for i := m.top; i < min(m.top+m.list().H, len(m.rows)); i++ {
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

// requestLine is the request without its body. If that is more than w cells, the log stands.
func requestLine(head model.Head, w int) string {
	const verb = "PATCH "
	log := "/log/" + head.ID
	if whole := verb + "/" + head.Owner() + "s/" + head.PromptID + log; sanitize.Width(sanitize.Line(whole, -1)) <= w {
		return whole
	}
	return verb + "…" + log
}

// line draws a row of the list.
func (m *Model) line(i int) string {
	r := m.rows[i]
	e := entry{mark: theme.Changed, left: m.isOut(i), cells: 18}
	if e.left {
		e.mark = theme.LeftOut
	}
	if j := m.judgedAt(r.item); j != nil {
		e.name, e.rest = j.Title, j.summary()
		return m.entry(i, e)
	}
	f := &m.fields[r.item]
	if r.place >= 0 {
		e.name, e.rest, e.inside = f.places[r.place].name, f.places[r.place].says, 2
		e.cells = max(min(f.cells, m.w/2), e.cells-e.inside) // a path is of use only as a whole
		return m.entry(i, e)
	}
	for _, w := range m.warnings {
		if w.Field == f.Field && !e.left {
			e.mark = theme.Invalid
		}
	}
	e.name, e.rest = f.Label, f.summary()
	if m.folded[f.Field] && f.some() == 0 {
		e.rest = figure.Count(len(f.places), "place") + ": " + e.rest
	}
	return m.entry(i, e)
}

// entry is what a row of the list says.
type entry struct {
	mark       theme.SignName
	name, rest string
	cells      int  // of the name
	inside     int  // cells by which it stands further in, for what is in the field above it
	left       bool // it is left out
}

// entry draws row i of the list.
func (m *Model) entry(i int, e entry) string {
	under, label, sign := i == m.cursor, m.th.Label, m.th.Sign(e.mark)
	name := sanitize.Fit(sanitize.Line(e.name, e.cells), e.cells)
	if e.inside > 0 {
		label = m.th.Text
	}
	if under {
		label = m.th.Title
	}
	said := bars.Said(m.th, e.mark)
	if e.mark == theme.Invalid {
		sign.Style = m.th.Warning
		said = warned(m.th)
	}
	if e.left {
		e.rest = leftOutMark + e.rest
	}
	return bars.Row(m.w, m.th, under, []bars.Piece{
		bars.Point(m.th, under), {Text: strings.Repeat(" ", e.inside+1)}, {Text: sign.Text, Style: sign.Style}, {Text: " " + name + " ", Style: label}, {Text: m.th.Words(e.rest), Style: m.th.Muted},
	}, said)
}

// warned is the word of an entry that is to be looked at, where signs are words.
func warned(th *theme.Theme) []bars.Piece {
	if !th.Plain {
		return nil
	}
	return []bars.Piece{{Text: "warning ", Style: th.Warning}}
}

// leftOutMark is ahead of what is not sent.
const leftOutMark = "left out: "

func (m *Model) status() string {
	if m.sending && m.news.Text == "" {
		return bars.Status(m.w, m.th, bars.News{Text: bars.Waiting("sending", m.why)})
	}
	return bars.Status(m.w, m.th, m.news)
}
