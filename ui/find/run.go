package find

import (
	"context"
	"regexp"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/theme"
)

// pulse is the time between the reports of a long search, but for the first hits, which are
// reported at once.
const pulse = 250 * time.Millisecond

// Run is a search that is under way in a goroutine of its own.
type Run struct {
	walk    func(yield func(Hit) bool, stop func(passed int) bool)
	ctx     context.Context
	stop    context.CancelFunc
	reports chan Report
}

// newRun makes a search that walk carries out.
func newRun(walk func(yield func(Hit) bool, stop func(passed int) bool)) *Run {
	ctx, cancel := context.WithCancel(context.Background())
	return &Run{walk: walk, ctx: ctx, stop: cancel, reports: make(chan Report)}
}

// Value is one of several that are searched together.
type Value struct {
	Of      int      // its number, for the hits
	Names   []string // what it is called: a match in any of these is a hit without a path
	Root    *tree.Node
	Options Options
}

// All makes the search of several values, one after the other.
func All(values []Value, re *regexp.Regexp) *Run {
	return newRun(func(yield func(Hit) bool, stop func(passed int) bool) {
		passed := 0
		for _, v := range values {
			if slices.ContainsFunc(v.Names, re.MatchString) && !yield(Hit{Of: v.Of, Name: true, At: -1}) || stop(passed) {
				return
			}
			if v.Root == nil {
				continue
			}
			Walk(v.Root, re, v.Options, func(h Hit) bool {
				h.Of = v.Of
				return yield(h)
			}, func(n int) bool { return stop(passed + n) })
			passed += v.Root.Size()
		}
		stop(passed)
	})
}

// Report is what was found since the last one.
type Report struct {
	Hits   []Hit
	Passed int // bytes of all that is searched
	last   bool
}

// Msg brings what a search found. It is for the part that started it.
type Msg struct {
	of  *Run
	now Report
}

// Start is the command that starts the search.
func (r *Run) Start() tea.Msg {
	go r.search()
	return r.next()
}

// Stop ends the search: nothing more comes of it.
func (r *Run) Stop() { r.stop() }

// Take takes a report of the search, and gives the command that waits for the next one, nil after
// the last. ok is false when the report is of another search, or r is nil.
func (r *Run) Take(msg Msg) (now Report, next tea.Cmd, ok bool) {
	if r == nil || msg.of != r {
		return Report{}, nil, false
	}
	if !msg.now.last {
		next = r.next
	}
	return msg.now, next, true
}

// next is the command that waits for the next report.
func (r *Run) next() tea.Msg {
	select {
	case now := <-r.reports:
		return Msg{r, now}
	case <-r.ctx.Done():
		return Msg{r, Report{last: true}}
	}
}

func (r *Run) search() {
	var now Report
	told, began := false, time.Now()
	send := func() {
		select {
		case r.reports <- now:
		case <-r.ctx.Done():
		}
		told, began = told || len(now.Hits) > 0, time.Now()
		now.Hits = nil
	}
	r.walk(func(h Hit) bool {
		now.Hits = append(now.Hits, h)
		return true
	}, func(passed int) bool {
		now.Passed = passed
		if len(now.Hits) > 0 && !told || time.Since(began) > pulse {
			send()
		}
		return r.ctx.Err() != nil
	})
	now.last = true
	send()
}

// Progress says how much of a size was passed, behind the words that say what is searched for.
func Progress(th *theme.Theme, passed, size int) string {
	return ", " + bars.Progress(passed, max(size, 1), barCells(th))
}

// barCells is how many cells the bar of a search takes: none for a screen reader.
func barCells(th *theme.Theme) int {
	if th != nil && th.Plain {
		return 0
	}
	return 10
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
