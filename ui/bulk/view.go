package bulk

import (
	"fmt"
	"strings"
	"time"

	"errata/api/batch"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// paneFrom is the width from which old and new of a log are beside the list.
const paneFrom = 120

// parts is where things are on the screen.
type parts struct {
	tooSmall   bool
	rows, pane layout.Rect
}

// headerLines is the title and the counts, footerLines the news and the keys.
const (
	headerLines = 2
	footerLines = 2
)

func (m *Model) parts() (p parts) {
	if m.w < layout.MinWidth || m.h < layout.MinHeight {
		return parts{tooSmall: true}
	}
	body := layout.Rect{Y: headerLines, W: m.w, H: m.h - headerLines - footerLines}
	switch {
	case m.look, m.list.said:
		p.pane = body
	case m.w >= paneFrom:
		left := m.o.Divider.In(m.w, m.w/2)
		p.rows = layout.Rect{Y: body.Y, W: left, H: body.H}
		p.pane = layout.Rect{X: left + layout.RuleWidth, Y: body.Y, W: m.w - left - layout.RuleWidth, H: body.H}
	default:
		p.rows = body
	}
	return p
}

// Rule is where the rule between the list and the values is; it has no cells if there is none.
func (m *Model) Rule() layout.Rect {
	p := m.parts()
	if m.work == nil || p.rows.W == 0 || p.pane.W == 0 {
		return layout.Rect{}
	}
	return layout.Rect{X: p.rows.W, Y: p.rows.Y, W: layout.RuleWidth, H: p.rows.H}
}

// Divide puts the rule into a column, 0 for where the layout puts it.
func (m *Model) Divide(column int) {
	*m.o.Divider = layout.Divider(column)
	m.SetSize(m.w, m.h)
}

// shiftRule moves the rule by columns.
func (m *Model) shiftRule(by int) {
	rule := m.Rule()
	if rule.W == 0 {
		m.news = bars.News{Text: bars.NothingBeside(paneFrom)}
		return
	}
	m.Divide(rule.X + by)
}

// View draws the screen, exactly as large as its window.
func (m *Model) View() string {
	p := m.parts()
	if p.tooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := []string{m.title(), m.counts()}
	lines = append(lines, m.body(p)...)
	lines = append(lines, m.status(), bars.Hints(m.w, m.th, m.Keys()...))
	return strings.Join(lines, "\n")
}

// Cursor is the cell of the terminal's cursor: where text is being typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	if m.stage != asking || m.parts().tooSmall {
		return 0, 0, false
	}
	_, x = m.line.View(label, m.w)
	return x, headerLines, true
}

// label is before what is typed.
const label = "change: "

func (m *Model) title() string {
	name := map[stage]string{asking: "Change ", sending: "Changing ", ended: "Change of "}[m.stage]
	if name == "" {
		name = "Review of "
	}
	n := m.o.Logs
	left := []bars.Piece{{Text: name + figure.Count(n, "log"), Style: m.th.Title}}
	if m.work != nil {
		n = m.work.Counts().Match()
		left[0].Text = name + figure.Count(n, "log")
		left = append(left, bars.Piece{Text: "  " + m.work.Head().Words, Style: m.th.Info})
	}
	return bars.Bar(m.w, left, []bars.Piece{{Text: m.o.Server, Style: m.th.Muted}})
}

// counts is how many logs are in which state.
func (m *Model) counts() string {
	if m.work == nil {
		return bars.Bar(m.w, []bars.Piece{{Text: "the change to make in each, written as for the commands:", Style: m.th.Muted}}, nil)
	}
	c := m.work.Counts()
	words := []bars.Piece{{Text: figure.Int(c.Match()) + " match", Style: m.th.Text}}
	add := func(n int, what string, always bool) {
		if n > 0 || always {
			style := m.th.Text
			if n == 0 {
				style = m.th.Faint
			}
			words = append(words, bars.Piece{Text: m.th.Words(" · "), Style: m.th.Faint}, bars.Piece{Text: figure.Int(n) + " " + what, Style: style})
		}
	}
	if m.stage < sending {
		add(c.By[batch.Todo], "change", true)
	} else {
		add(c.By[batch.Saved], "saved", true)
	}
	add(c.By[batch.Same], "already so", true)
	if m.stage < sending {
		add(failed(c), "refused", true)
	} else {
		add(failed(c), "not changed", false)
	}
	add(c.Left, "left out", false)
	if m.stage >= sending {
		add(c.By[batch.Todo], "left to do", false)
	}
	return bars.Bar(m.w, words, []bars.Piece{{Text: m.listed(), Style: m.th.Muted}})
}

// listed says which kind of rows is listed.
func (m *Model) listed() string {
	kinds := m.kinds()
	if len(kinds) == 1 && !kinds[0].sample {
		return ""
	}
	k := kinds[min(m.list.kind, len(kinds)-1)]
	return "listed: " + k.name
}

func (m *Model) body(p parts) []string {
	h := m.h - headerLines - footerLines
	switch {
	case m.work == nil:
		return m.asked(h)
	case m.look, m.list.said:
		return bars.Fill(strings.Split(m.pane.View(), "\n"), h)
	case p.pane.W > 0:
		rule := bars.Scroll(m.th, m.list.top, p.rows.H, len(m.list.shown))
		return bars.Columns(m.rows(p.rows), rule, bars.Fill(strings.Split(m.pane.View(), "\n"), h))
	}
	return m.rows(p.rows)
}

// asked is the line in which it is typed what is to be done, and what can be typed.
func (m *Model) asked(h int) []string {
	typed, _ := m.line.View(label, m.w)
	lines := []string{typed}
	for _, part := range wrapped(m.wrong, m.w) {
		lines = append(lines, bars.Bar(m.w, []bars.Piece{{Text: part, Style: m.th.Error}}, nil))
	}
	for _, help := range m.o.Help {
		lines = append(lines, bars.Bar(m.w, []bars.Piece{{Text: "  " + help, Style: m.th.Muted}}, nil))
	}
	return blank(lines, m.w, h)
}

// wrapped is a sentence in rows of so many cells, one at least.
func wrapped(text string, w int) (rows []string) {
	starts := append(sanitize.Wrap([]byte(text), max(w-1, 1), false, false), len(text))
	for i, at := range starts[:len(starts)-1] {
		rows = append(rows, text[at:starts[i+1]])
	}
	return rows
}

func blank(lines []string, w, h int) []string {
	for len(lines) < h {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines[:h]
}

// rows is the list.
func (m *Model) rows(r layout.Rect) []string {
	var lines []string
	for i := m.list.top; i < min(m.list.top+r.H, len(m.list.shown)); i++ {
		lines = append(lines, m.rowLine(m.list.shown[i], i == m.list.cursor, r.W))
	}
	return blank(lines, r.W, r.H)
}

func (m *Model) rowLine(n int, under bool, w int) string {
	row, ok := m.list.rows[n]
	if !ok {
		return bars.Bar(w, []bars.Piece{{Text: "  …", Style: m.th.Muted}}, nil)
	}
	left := []bars.Piece{bars.Point(m.th, under), {Text: " "}, {Text: row.LogID, Style: m.th.Label}}
	words, more := m.wordsIn(row, w-bars.Width(left))
	style := m.th.Text
	switch {
	case row.Out:
		style = m.th.Muted
	case row.Outcome != batch.Todo && row.Outcome != batch.Saved && row.Outcome != batch.Same, row.Err != nil:
		style = m.th.Warning
	}
	var right []bars.Piece
	if more > 0 {
		right = []bars.Piece{{Text: " +" + figure.Int(more) + " more", Style: m.th.Muted}}
	}
	return bars.Row(w, m.th, under, append(left, bars.Piece{Text: words, Style: style}), right)
}

// wordsIn is what a row says in so many cells: as many changes as are whole there, the first one at
// least. It says how many more there are.
func (m *Model) wordsIn(r Row, room int) (words string, more int) {
	begin := "  "
	if r.Out {
		begin += "left out: "
	}
	for {
		words = begin + m.th.Words(r.words(len(r.Changes)-more))
		if more >= len(r.Changes)-1 || r.why() != "" || bars.Width([]bars.Piece{{Text: words}}) <= room {
			return words, more
		}
		if more == 0 {
			room -= len(" +9 more")
		}
		more++
	}
}

// between is between the changes of a row.
const between = " · "

// words say what changes in a log, the first changes of it, or why nothing does.
func (r Row) words(shown int) string {
	if why := r.why(); why != "" {
		return r.Outcome.String() + ": " + why
	}
	var words []string
	if r.Outcome != batch.Todo {
		words = append(words, r.Outcome.String())
	}
	for _, c := range r.Changes[:shown] {
		words = append(words, c.words())
	}
	return strings.Join(words, between)
}

// status is the news line: how far a run is, while one is under way.
func (m *Model) status() string {
	switch {
	case m.news.Text != "":
		return bars.Status(m.w, m.th, m.news)
	case m.stage == beginning:
		return bars.Status(m.w, m.th, bars.News{Text: "noting which logs are meant …"})
	case m.stage == planning:
		return bars.Status(m.w, m.th, bars.News{Text: m.th.Words("looking what would change: " + m.pace())})
	case m.stage == sending && m.run.stops:
		return bars.Status(m.w, m.th, bars.News{Text: "stopping after the logs in hand …"})
	case m.stage == sending && m.work.Counts().By[batch.Todo] == 0 && !m.work.Finished():
		return bars.Status(m.w, m.th, bars.News{Text: "clearing what was there before, in the journal, drafts and store …"})
	case m.stage == sending:
		return bars.Status(m.w, m.th, bars.News{Text: m.th.Words("sending: " + m.pace())})
	}
	return bars.Status(m.w, m.th, bars.News{})
}

// pace is how far a run is, how fast, and how long the rest takes.
func (m *Model) pace() string {
	p, now := m.work.Progress(), m.now()
	text := figure.Int(p.Done) + " of " + figure.Int(p.Total)
	if p.Done == 0 {
		return text
	}
	text += fmt.Sprintf(" · %s a second", figure.Int(int(p.Rate(now)+0.5)))
	if rest, ok := p.Remaining(now); ok && rest >= time.Second {
		text += " · " + rest.Round(time.Second).String() + " left"
	}
	return text
}

func (m *Model) now() time.Time {
	if m.o.Now != nil {
		return m.o.Now()
	}
	return time.Now()
}
