package browse

import (
	"slices"
	"strings"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// previewFrom is the width from which a preview is beside the table.
const previewFrom = 120

// parts is where things are on the screen.
type parts struct {
	tooSmall bool
	body     layout.Rect // everything between the header and the news line
	head     layout.Rect // the titles of the table
	rows     layout.Rect
	grid     grid
	logs     int         // that the rows have room for
	bar      layout.Rect // where the place in the list is shown
	pane     layout.Rect // the preview; without a width when there is none
	status   layout.Rect
}

// parts is the arithmetic of the screen.
func (m *logList) parts() parts {
	if m.w < layout.MinWidth || m.h < layout.MinHeight {
		return parts{tooSmall: true}
	}
	const header, below = 1, 2
	p := parts{
		body:   layout.Rect{Y: header, W: m.w, H: m.h - header - below},
		status: layout.Rect{Y: m.h - below, W: m.w, H: 1},
	}
	table := m.w
	if m.w >= previewFrom {
		table = m.divider.In(m.w, m.w*11/20)
		p.pane = layout.Rect{X: table + layout.RuleWidth, Y: p.body.Y, W: m.w - table - layout.RuleWidth, H: p.body.H}
	}
	if p.pane.W == 0 {
		table-- // else it is shown in the rule beside the preview
	}
	p.bar = layout.Rect{X: table, Y: p.body.Y + 1, W: 1, H: p.body.H - 1}
	p.head = layout.Rect{Y: p.body.Y, W: table, H: 1}
	p.rows = layout.Rect{Y: p.body.Y + 1, W: table, H: p.body.H - 1}
	p.grid = m.grid(p.rows.W, p.rows.H)
	p.logs = max(p.rows.H/p.grid.lines(), 1)
	return p
}

// View draws the screen, exactly as large as its window.
func (m *Model) View() string {
	p := m.parts()
	if p.tooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := []string{m.header()}
	switch {
	case m.picker != nil:
		lines = append(lines, m.pickerLines(p.body.W, p.body.H)...)
	case m.chooser != nil:
		lines = append(lines, m.columnLines(p.body.W, p.body.H)...)
	case p.pane.W > 0:
		lines = append(lines, bars.Columns(m.table(p), m.rule(p), m.previewLines(p))...)
	default:
		lines = append(lines, bars.Columns(m.table(p), m.rule(p), make([]string, p.body.H))...)
	}
	lines = append(lines, m.status(), m.footer())
	return strings.Join(lines, "\n")
}

// Cursor is the cell of the terminal's cursor: where text is being typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	p := m.parts()
	switch {
	case p.tooSmall:
		return 0, 0, false
	case m.picker != nil:
		_, x = m.picker.in.View(m.picker.label(), p.body.W)
		return x, p.body.Y, true
	case m.chooser != nil && m.chooser.in != nil:
		_, x = m.chooser.in.View(pathLabel, p.body.W)
		return x, p.body.Y, true
	case m.line != nil:
		_, x = m.line.in.View(m.line.label, m.lineWidth())
		return x, p.status.Y, true
	default:
		return 0, 0, false
	}
}

// header says what is listed and how much of it is here.
func (m *logList) header() string {
	left := []bars.Piece{{Text: "Logs", Style: m.th.Title}}
	for _, text := range words(m.query) {
		left = append(left, bars.Piece{Text: "  " + text, Style: m.th.Info})
	}
	left = append(left, bars.Piece{Text: "  " + m.o.Server, Style: m.th.Muted})
	var right []bars.Piece
	if n := m.markCount(); n != "" {
		right = append(right, bars.Piece{Text: n, Style: m.th.Marked})
	}
	if text := m.following.words(); text != "" {
		right = append(right, bars.Piece{Text: text, Style: m.th.Info})
	}
	return bars.Bar(m.w, left, append(right, bars.Piece{Text: m.count(), Style: m.th.Muted}))
}

// words says what a query selects.
func words(q Query) (list []string) {
	search := q.Search
	if q.Search = ""; search != "" {
		list = append(list, "search "+search)
	}
	if line := q.String(); line != "" {
		list = append(list, line)
	}
	return list
}

// total is how many logs the list has, 0 while that is not known: a search that is made here comes
// to know it at its end.
func (m *logList) total() int {
	s := &m.source
	switch {
	case s.done:
		return len(m.rows)
	case m.query.Local() != (Query{}) || m.query.Sample > 0 || s.of < len(m.rows):
		return 0
	}
	if m.query.Limit > 0 {
		return min(s.of, m.query.Limit)
	}
	return s.of
}

// count says how many logs are here, and of how many.
func (m *logList) count() string {
	n := figure.Int(len(m.rows))
	switch {
	case len(m.rows) == 0 && !m.source.done:
		return ""
	case m.total() > len(m.rows):
		return n + " of " + figure.Int(m.total())
	case m.total() == 0 && !m.source.done:
		return n + " so far"
	case len(m.rows) == 1:
		return "1 log"
	}
	return n + " logs"
}

// table is the lines of the table, or what is to be said when it has no rows.
func (m *logList) table(p parts) []string {
	if len(m.rows) == 0 {
		return m.blank(p)
	}
	d := &drawing{grid: &p.grid, w: p.rows.W, lit: m.searchedFor(), th: m.th}
	lines := []string{m.th.Heading.Render(m.head(d.grid, p.head.W))}
	m.drawAs(appearance{p.rows.W, p.rows.H, m.th, m.shape.made, m.compact, m.query.Search, m.told})
	first, last := m.span()
	for i := m.top; i < min(m.top+p.logs, len(m.rows)); i++ {
		lines = append(lines, m.drawRow(d, m.rows[i], m.isMarked(i, first, last), i == m.cursor)...)
	}
	return fill(lines, p.rows.W, p.body.H)
}

// shown is the rows on the screen.
func (m *logList) shown() []*row {
	return m.rows[min(m.top, len(m.rows)):min(m.top+m.parts().logs, len(m.rows))]
}

// rule is the column of cells right of the table: which part of the list is seen.
func (m *logList) rule(p parts) []string {
	lines := p.grid.lines()
	rows := max(len(m.rows), m.total()) * lines
	if p.pane.W > 0 {
		return append([]string{m.th.Faint.Render(m.th.Rule()) + " "}, bars.Scroll(m.th, m.top*lines, p.bar.H, rows)...)
	}
	return append([]string{" "}, bars.ScrollEnd(m.th, m.top*lines, p.bar.H, rows)...)
}

// margin is the cells left of what takes the place of a table.
const margin = 2

// FirstSteps are what somebody does next who has no logs.
var FirstSteps = []string{
	"errata demo shows samples",
	"errata import PATH loads an export, JSONL or JSON",
	"errata --base-url URL works on a server",
}

// blank says why there is no table.
func (m *logList) blank(p parts) []string {
	var said []bars.Piece
	switch s := &m.source; {
	case s.err != nil:
		said = []bars.Piece{{Text: s.err.Error(), Style: m.th.Error}, {Text: "R tries again", Style: m.th.Muted}}
	case s.stopped:
		said = []bars.Piece{{Text: s.halted(), Style: m.th.Warning}, {Text: "R reads the list", Style: m.th.Muted}}
	case !s.done:
		said = []bars.Piece{{Text: "reading the list …", Style: m.th.Muted}}
		if s.seen > 0 {
			said[0].Text = "reading the list … " + s.looked()
		}
	case m.query == Query{}:
		said = []bars.Piece{{Text: "no logs yet", Style: m.th.Muted}}
		for _, step := range FirstSteps {
			said = append(said, bars.Piece{Text: step, Style: m.th.Text})
		}
	default:
		said = []bars.Piece{{Text: "no log is like that", Style: m.th.Text}, {Text: "/ or f changes the filter", Style: m.th.Muted}}
		if m.query == (Query{Search: m.query.Search}) {
			said = append(said, bars.Piece{Text: "a filter takes " + filterHint, Style: m.th.Muted})
		}
		if where := m.searched(); where != "" {
			said = slices.Insert(said, 1, bars.Piece{Text: where + " only", Style: m.th.Text})
		}
	}
	lines := []string{strings.Repeat(" ", p.rows.W)}
	for _, piece := range said {
		for _, text := range wrapped(piece.Text, p.rows.W-2*margin) {
			lines = append(lines, bars.Bar(p.rows.W, []bars.Piece{{Text: "  ", Style: m.th.Text}, {Text: text, Style: piece.Style}}, nil))
		}
	}
	return fill(lines, p.rows.W, p.body.H)
}

// wrapped cuts words of our own or of an error into lines of at most w cells.
func wrapped(text string, w int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(sanitize.Line(text, -1)) {
		if line != "" && sanitize.Width(line)+1+sanitize.Width(word) > w {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func (m *Model) previewLines(p parts) []string {
	title := bars.Bar(p.pane.W, nil, nil)
	if m.cursor < len(m.rows) {
		r := m.rows[m.cursor]
		title = bars.Bar(p.pane.W, []bars.Piece{{Text: r.id(), Style: m.th.Label}, {Text: "  " + r.prompt.Value(), Style: m.th.Muted}}, nil)
	}
	if len(m.rows) == 0 {
		return fill([]string{title}, p.pane.W, p.pane.H)
	}
	return append([]string{title}, strings.Split(m.preview.pane.View(), "\n")...)
}

// status is the news line, or the search while it is typed.
func (m *Model) status() string {
	switch s := &m.source; {
	case m.line != nil:
		typed, _ := m.line.in.View(m.line.label, m.lineWidth())
		count := m.lineCount()
		return typed + m.th.Muted.Render(sanitize.Fit(count, max(m.w-m.lineWidth(), 0)))
	case m.news.Text != "":
		return bars.Status(m.w, m.th, m.news)
	case len(m.rows) > 0 && s.err != nil:
		return bars.Status(m.w, m.th, bars.News{Level: bars.Bad, Text: "R reads again: " + s.err.Error()})
	case len(m.rows) > 0 && s.stopped:
		return bars.Status(m.w, m.th, bars.News{Level: bars.Warning, Text: s.halted() + "; R reads the list again"})
	case m.exporting.cancel != nil:
		return bars.Status(m.w, m.th, bars.News{Text: m.exporting.words()})
	case m.gathering.cancel != nil:
		return bars.Status(m.w, m.th, bars.News{Text: m.gathering.words()})
	case s.cancel != nil && s.why != "":
		return bars.Status(m.w, m.th, bars.News{Text: bars.Waiting("reading", s.why)})
	case s.cancel != nil && s.of > 0 && m.query.Local() != (Query{}):
		return bars.Status(m.w, m.th, bars.News{Text: s.looked() + " … esc keeps what is here"})
	case s.cancel != nil:
		return bars.Status(m.w, m.th, bars.News{Text: "reading …"})
	}
	words := slices.DeleteFunc([]string{m.ranging(), m.searched(), m.sorted()}, func(s string) bool { return s == "" })
	if len(words) == 0 && len(m.drafts) > 0 {
		return m.draftsLine()
	}
	return bars.Status(m.w, m.th, bars.News{Text: strings.Join(words, "; ")})
}

// looked is how far a list is.
func (s *source) looked() string {
	if s.of == 0 {
		return "looked at " + figure.Int(s.seen)
	}
	return "looked at " + figure.Int(s.seen) + " of " + figure.Int(s.of)
}

// halted says that a list was stopped, and where.
func (s *source) halted() string {
	if s.of > s.seen && s.seen > 0 {
		return "stopped: " + s.looked()
	}
	return "stopped"
}

// lineWidth is the cells of the line that is typed; the rest of its row says how many logs there
// are, or what can be typed.
func (m *Model) lineWidth() int {
	count := sanitize.Width(m.lineCount())
	if count > m.w/2 {
		return m.w
	}
	return m.w - count
}

func (m *Model) lineCount() string {
	switch l := m.line; {
	case l != nil && l.asks == whichLogs && l.in.Text() == "" && m.counting.words == "":
		return "  " + filterHint + " "
	case m.counting.words == "":
		return ""
	}
	return "  " + m.counting.words + " "
}

// footer is the keys, or why what is typed cannot be carried out, or what completes it.
func (m *Model) footer() string {
	switch l := m.line; {
	case m.chooser != nil && m.chooser.wrong != "":
		return bars.Status(m.w, m.th, bars.News{Level: bars.Bad, Text: m.chooser.wrong})
	case l != nil && l.wrong != "":
		return bars.Status(m.w, m.th, bars.News{Level: bars.Bad, Text: l.wrong})
	case l != nil && len(l.offer.words) > 1 && l.offer.made == l.in.Text():
		return bars.Status(m.w, m.th, bars.News{Text: "tab: " + strings.Join(slices.Concat(l.offer.words[l.offer.at+1:], l.offer.words[:l.offer.at]), "  ")})
	}
	return bars.Hints(m.w, m.th, m.Keys()...)
}

// ranging says that a range is being marked.
func (m *logList) ranging() string {
	if m.marks.from == "" {
		return ""
	}
	return "marking a range: moving makes it longer; V or space ends it, esc gives it up"
}

// searched says where the search that is shown looked, "" without one, and where that is
// everywhere.
func (m *logList) searched() string {
	if m.query.Search == "" || m.source.all {
		return ""
	}
	return "searched in " + Searched
}

// fill makes lines exactly h lines; those that are added are w cells wide.
func fill(lines []string, w, h int) []string {
	for len(lines) < h {
		lines = append(lines, strings.Repeat(" ", max(w, 0)))
	}
	return lines[:max(h, 0)]
}
