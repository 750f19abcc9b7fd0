package ui

import (
	"runtime"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/review"
)

// slowReview is the size of the changes from which a review is made away from the keys.
const slowReview = 1 << 20

// preparing is a review that is being made. Keys wait for it.
type preparing struct {
	token int
	text  string    // what the status line says meanwhile
	news  bars.News // what there is to say when it is there
}

// preparedMsg brings what a review shows.
type preparedMsg struct {
	token   int
	content *review.Content
}

// openReview shows the request for the open log, and says something about it. Where one is shown
// already it is made anew.
func (r *root) openReview(n bars.News) tea.Cmd {
	changes, left := r.form.Changes().Clone(), r.form.LeftOut()
	size := review.Size(changes)
	if size < slowReview {
		r.showReview(review.Read(changes, left...), n)
		return nil
	}
	r.tokens++
	token := r.tokens
	r.prep = &preparing{token: token, text: "comparing " + figure.Size(size) + " for the review … esc cancels", news: n}
	return func() tea.Msg {
		if size >= large {
			runtime.GC() // what the editor held is not needed any more
		}
		return preparedMsg{token, review.Read(changes, left...)}
	}
}

func (r *root) showReview(c *review.Content, n bars.News) {
	if r.review != nil {
		r.review.Show(c)
	} else {
		r.review = review.New(c, r.th, review.Options{Server: r.o.Server, BaseURL: r.o.BaseURL})
		r.review.SetSize(r.w, r.h)
	}
	r.review.Say(n)
}

// prepared shows the review that was made.
func (r *root) prepared(msg preparedMsg) tea.Cmd {
	p := r.prep
	if p == nil || p.token != msg.token {
		return nil
	}
	r.prep = nil
	r.showReview(msg.content, p.news)
	return nil
}

// dismissReview goes back to the form from a review that is being made.
func (r *root) dismissReview() tea.Cmd {
	r.prep, r.review = nil, nil
	r.say(bars.News{Text: "nothing was sent"})
	return nil
}
