package ui

import (
	"runtime"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/form"
	"errata/ui/review"
)

// slowReview is the size of changes, in bytes, from which a review is made in the background.
const slowReview = 1 << 20

// reviewing makes the review of the open log's changes.
type reviewing struct {
	*session
	prep *preparing // nil when no review is being made
}

// preparing is a review that is being made. Keys wait for it.
type preparing struct {
	token int
	text  string    // shown in the status line meanwhile
	news  bars.News // shown with the review
}

// preparedMsg brings what a review shows.
type preparedMsg struct {
	token   int
	content *review.Content
}

func (r *reviewing) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case form.ReviewMsg:
		return r.begin(bars.News{}), true
	case review.LeaveOutMsg:
		return r.leaveOut(msg), true
	case preparedMsg:
		r.prepared(msg)
		return nil, true
	}
	return nil, false
}

// begin shows the request. What waited for the open text comes first: with values from before a
// save, the review would drop them instead of what was typed since.
func (r *reviewing) begin(n bars.News) tea.Cmd {
	caught := r.catchUp()
	if r.clash != nil || r.form.Unsent() == 0 {
		return caught // the form has said why
	}
	return tea.Batch(caught, r.show(n))
}

// overtaken does what has waited for the review to close, if anything has, and makes the review
// again with what remains to be sent. Nobody has agreed to that review yet.
func (r *reviewing) overtaken() (cmd tea.Cmd, yes bool) {
	if len(r.later) == 0 {
		return nil, false
	}
	r.review = nil
	return r.begin(bars.News{Level: bars.Warning, Text: "the log was read again meanwhile; this is what remains"}), true
}

// leaveOut takes a change out of the request, or puts it back.
func (r *reviewing) leaveOut(msg review.LeaveOutMsg) tea.Cmd {
	if cmd, yes := r.overtaken(); yes {
		return cmd
	}
	if msg.Field != nil {
		r.form.LeaveOut(msg.Field, msg.Left)
	} else {
		r.form.LeaveUnsaid(msg.Evaluator)
	}
	return r.show(bars.News{})
}

// show shows the request for the open log with some news. A review that is shown already is made
// again.
func (r *reviewing) show(n bars.News) tea.Cmd {
	changes, left, judged := r.form.Changes().Clone(), r.form.LeftOut(), judgments(r.form)
	size, ready := review.Size(changes), r.ready()
	if size < slowReview {
		r.put(review.Read(changes, left...).Judging(judged), n)
		return ready
	}
	r.tokens++
	token := r.tokens
	r.prep = &preparing{token: token, text: "comparing " + figure.Size(size) + " for the review … esc cancels", news: n}
	return tea.Batch(ready, func() tea.Msg {
		if size >= large {
			runtime.GC() // the memory of the editor is not needed any more
		}
		return preparedMsg{token, review.Read(changes, left...).Judging(judged)}
	})
}

// ready is the command that has the store make ready what a PATCH needs, while the review is read;
// nil if there is nothing to be made, or a review is shown already.
func (r *reviewing) ready() tea.Cmd {
	if r.o.Ready == nil || r.review != nil {
		return nil
	}
	return func() tea.Msg {
		r.o.Ready(r.ctx)
		return nil
	}
}

// put opens the review.
func (r *reviewing) put(c *review.Content, n bars.News) {
	if r.review != nil {
		r.review.Show(c)
	} else {
		r.review = review.New(c, r.th, review.Options{Server: r.o.Server, BaseURL: r.o.BaseURL, Divider: &r.rules.review})
		r.review.SetSize(r.w, r.h)
	}
	r.review.Say(n)
}

// prepared opens the review that was made.
func (r *reviewing) prepared(msg preparedMsg) {
	if p := r.prep; p != nil && p.token == msg.token {
		r.prep = nil
		r.put(msg.content, p.news)
	}
}

// dismiss goes back to the form while a review is being made.
func (r *reviewing) dismiss() {
	r.prep, r.review = nil, nil
	r.say(bars.News{Text: "nothing was sent"})
}
