package find

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
)

// pulse is the time between the reports of a long search, but for the first hits, which are
// reported at once.
const pulse = 250 * time.Millisecond

// run is a search that is under way in a goroutine of its own.
type run struct {
	walk    func(yield func(Hit) bool, stop func(passed int) bool)
	ctx     context.Context
	cancel  context.CancelFunc
	reports chan report
}

// newRun makes a search that walk carries out.
func newRun(walk func(yield func(Hit) bool, stop func(passed int) bool)) *run {
	ctx, cancel := context.WithCancel(context.Background())
	return &run{walk: walk, ctx: ctx, cancel: cancel, reports: make(chan report)}
}

// report is what was found since the last one.
type report struct {
	hits   []Hit
	passed int
	last   bool
}

// Msg brings what a search found. It is for the Search that has begun it.
type Msg struct {
	of *run
	report
}

// first is the command that starts the search.
func (r *run) first() tea.Msg {
	go r.search()
	return r.next()
}

// next is the command that waits for the next report.
func (r *run) next() tea.Msg {
	select {
	case now := <-r.reports:
		return Msg{r, now}
	case <-r.ctx.Done():
		return Msg{of: r, report: report{last: true}}
	}
}

func (r *run) search() {
	var now report
	told, began := false, time.Now()
	send := func() {
		select {
		case r.reports <- now:
		case <-r.ctx.Done():
		}
		told, began = told || len(now.hits) > 0, time.Now()
		now.hits = nil
	}
	r.walk(func(h Hit) bool {
		now.hits = append(now.hits, h)
		return true
	}, func(passed int) bool {
		now.passed = passed
		if len(now.hits) > 0 && !told || time.Since(began) > pulse {
			send()
		}
		return r.ctx.Err() != nil
	})
	now.last = true
	send()
}

// warm takes the large containers on the way to a node apart, so that a key that goes there does
// not have to.
func warm(n *tree.Node, path tree.Path) {
	for _, i := range path {
		if n.Size() < backgroundSize {
			return
		}
		n = n.Child(i)
	}
}
