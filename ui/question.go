package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/sanitize"
	"errata/ui/term"
)

// question has to be answered before anything else: by one of its keys or a click on one, or by
// esc, which means no.
type question struct {
	text    string
	more    []phrase // lines above it that say more, where there is room
	answers []phrase // are behind the text, which is cut where both have no room
	table   keys.Map // the answers, for the footer
	first   bool     // keys that were typed before it was shown are no answer: they wait
	keys    map[string]func() tea.Cmd
	no      func() tea.Cmd // nil to do nothing
}

// phrase is something that a question says. A click on what names a key answers with it.
type phrase struct{ text, key string }

// The answers to most questions.
const (
	yes keys.Action = "yes"
	no  keys.Action = "no"
)

var yesNo = keys.Table("Question", func() []keys.Binding {
	return []keys.Binding{keys.Bind(yes, "yes", "y").Hinted("yes"), keys.Bind(no, "no", "n").Hinted("no")}
})

// whether is a question that is answered with yes or no.
func whether(text string, do func() tea.Cmd) *question {
	return &question{
		text: text, answers: []phrase{{" ", ""}, {"y", "y"}, {" / ", ""}, {"n", "n"}}, table: yesNo,
		keys: map[string]func() tea.Cmd{"y": do, "Y": do},
	}
}

// answer is what a key does; ok is false when the key is not an answer.
func (q *question) answer(key string) (do func() tea.Cmd, ok bool) {
	if do, ok = q.keys[key]; ok {
		return do, true
	}
	switch key {
	case "n", "N", "esc", "q", "ctrl+c":
		if q.no != nil {
			return q.no, true
		}
		return func() tea.Cmd { return nil }, true
	}
	return nil, false
}

// pieces are the question and its answers in w cells. If both have no room the question is cut.
func (q *question) pieces(w int, style lipgloss.Style) (text, answers []bars.Piece) {
	for _, a := range q.answers {
		answers = append(answers, bars.Piece{Text: a.text, Style: style})
	}
	return []bars.Piece{{Text: sanitize.Line(q.text, max(w-bars.Width(answers), 0)), Style: style}}, answers
}

// questionLine draws the question that is open, with its answers, as the news line.
func (r *root) questionLine() string {
	text, answers := r.ask.pieces(r.w, bars.News{Level: bars.Warning}.Style(r.th))
	return bars.Bar(r.w, append(text, answers...), nil)
}

// answerAt is the answer that is drawn where a click is: behind the question, above it, or at the
// foot.
func (r *root) answerAt(c term.ClickMsg) (key string, ok bool) {
	more := layout.Rect{Y: r.h - 2 - len(r.ask.more), W: r.w, H: len(r.ask.more)}
	switch {
	case c.Y == r.h-1:
		return bars.ButtonAt(c.X, r.w, r.th, r.ask.table)
	case c.Y == r.h-2:
		key = r.answerBehind(c.X)
	case r.tellsMore() && more.Has(c.X, c.Y):
		key = r.ask.more[c.Y-more.Y].key
	}
	return key, key != ""
}

// answerBehind is the answer at a cell of the line of the question, "" for none.
func (r *root) answerBehind(x int) string {
	text, answers := r.ask.pieces(r.w, lipgloss.Style{})
	x -= bars.Width(text)
	for i := range answers {
		w := bars.Width(answers[i : i+1])
		if x >= 0 && x < w {
			return r.ask.answers[i].key
		}
		x -= w
	}
	return ""
}

// tellsMore reports whether there is room for all that a question says above its line.
func (r *root) tellsMore() bool {
	const around = 4 // the header, the rule, the question and the keys
	n := len(r.ask.more)
	return n > 0 && r.h >= n+around
}

// tellMore puts what a question says beyond its line above it, behind a rule, where there is room
// for all of it below the header.
func (r *root) tellMore(lines []string) {
	if !r.tellsMore() {
		return
	}
	top := r.h - 2 - len(r.ask.more)
	lines[top-1] = r.th.Faint.Render(strings.Repeat(r.th.Across(), r.w))
	for i, one := range r.ask.more {
		lines[top+i] = bars.Bar(r.w, []bars.Piece{{Text: one.text, Style: r.th.Text}}, nil)
	}
}
