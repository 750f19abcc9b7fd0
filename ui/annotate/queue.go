package annotate

import (
	"slices"
	"time"
)

// State is how far a log of a queue is.
type State string

// The states.
const (
	Waiting State = "waiting"
	Done    State = "done"    // completed, and all that was said of it is saved
	Skipped State = "skipped" // left for later by hand
	Failed  State = "failed"  // completed, but it could not be sent
	Sending State = "sending" // completed, and under way
)

// Head is what is known of a queue from its beginning.
type Head struct {
	ID     string    `json:"id"`
	Began  time.Time `json:"time"`
	Server string    `json:"server"` // what drafts and journal call it
	User   string    `json:"user,omitempty"`
	Query  string    `json:"query,omitempty"` // which logs, in the words of a selection
	Key    string    `json:"key"`             // the same for the same selection of the same server
}

// item is a log of a queue.
type item struct {
	id    string
	state State
	why   string    // it failed
	said  int       // judgments that were sent
	fails int       // how often it could not be sent
	ended time.Time // it was completed
}

// Queue is the logs to be worked on, in their order, and how far each is. It is not safe for
// concurrent use.
type Queue struct {
	Head
	items []item
	index map[string]int
	// those that failed and were not tried again, the last one first, and those whose sending was
	// cut off
	first []string
	last  []string // those that failed again: they wait for all others
	at    string   // the log that is shown
	file  *file    // nil if it is kept in memory only
}

// newQueue makes a queue of logs, each of them once.
func newQueue(h Head, ids []string) *Queue {
	q := &Queue{Head: h, index: map[string]int{}}
	for _, id := range ids {
		q.add(id)
	}
	return q
}

func (q *Queue) add(id string) {
	if _, twice := q.index[id]; !twice {
		q.index[id] = len(q.items)
		q.items = append(q.items, item{id: id, state: Waiting})
	}
}

// Len is how many logs there are.
func (q *Queue) Len() int { return len(q.items) }

// IDs are the logs in their order.
func (q *Queue) IDs() []string {
	ids := make([]string, len(q.items))
	for i, it := range q.items {
		ids[i] = it.id
	}
	return ids
}

// Has reports whether a log is in the queue.
func (q *Queue) Has(id string) bool { _, ok := q.index[id]; return ok }

// At is the log that was shown last, "" for none.
func (q *Queue) At() string { return q.at }

// Count is how many logs are in a state.
func (q *Queue) Count(s State) (n int) {
	for _, it := range q.items {
		if it.state == s {
			n++
		}
	}
	return n
}

// Of is how far a log is, and why it failed where it did.
func (q *Queue) Of(id string) (s State, why string) {
	i, ok := q.index[id]
	if !ok {
		return "", ""
	}
	return q.items[i].state, q.items[i].why
}

// Next is the log to continue with behind another one: one that failed or whose sending was cut
// off, else the next that is waiting, from the beginning again where there is none behind, else one
// that failed again and again. "" when nothing is left but what was skipped.
func (q *Queue) Next(after string) string {
	for _, id := range q.first {
		if id != after {
			return id
		}
	}
	from := 0
	if i, ok := q.index[after]; ok {
		from = i + 1
	}
	for n := range q.items {
		it := q.items[(from+n)%len(q.items)]
		if it.state == Waiting && it.id != after {
			return it.id
		}
	}
	for _, id := range q.last {
		if id != after {
			return id
		}
	}
	return ""
}

// Beside is the log that many places behind another one in the order of the queue, whatever was
// done with it; "" if there is none.
func (q *Queue) Beside(id string, by int) string {
	i, ok := q.index[id]
	if i += by; !ok || i < 0 || i >= len(q.items) {
		return ""
	}
	return q.items[i].id
}

// Finished reports whether nothing is left to be done: no log waits, has failed or is under way.
func (q *Queue) Finished() bool {
	return !slices.ContainsFunc(q.items, func(it item) bool { return it.state == Waiting || it.state == Failed || it.state == Sending })
}

// untouched reports whether all logs wait, and none but the first was shown.
func (q *Queue) untouched() bool {
	return q.index[q.at] == 0 && !slices.ContainsFunc(q.items, func(it item) bool { return it.state != Waiting || it.said > 0 || it.fails > 0 })
}

// set puts a log into a state.
func (q *Queue) set(c change) {
	i, ok := q.index[c.Log]
	if !ok {
		return
	}
	it := &q.items[i]
	it.state, it.why = c.State, c.Why
	is := func(id string) bool { return id == c.Log }
	q.first, q.last = slices.DeleteFunc(q.first, is), slices.DeleteFunc(q.last, is)
	switch c.State {
	case Failed:
		if it.fails++; it.fails > 1 {
			q.last = append(q.last, c.Log)
			break
		}
		q.first = append([]string{c.Log}, q.first...)
	case Done:
		it.said, it.ended, it.fails = it.said+c.Said, c.Time, 0
	}
}

// FailedAgain reports whether a log could not be sent more than once: it is put last.
func (q *Queue) FailedAgain(id string) bool { return slices.Contains(q.last, id) }

// judged counts judgments of a log that were sent without completing it.
func (q *Queue) judged(j said) {
	if i, ok := q.index[j.Log]; ok {
		q.items[i].said += j.N
	}
}

// Report is what was done with a queue.
type Report struct {
	Head
	Logs, Done, Skipped, Failed, Left int
	Judgments                         int
	Last                              time.Time // a log was completed; zero for none
}

// Report sums the queue up.
func (q *Queue) Report() Report {
	r := Report{Head: q.Head, Logs: len(q.items)}
	for _, it := range q.items {
		switch it.state {
		case Done:
			r.Done++
		case Skipped:
			r.Skipped++
		case Failed:
			r.Failed++
		default:
			r.Left++
		}
		r.Judgments += it.said
		if it.ended.After(r.Last) {
			r.Last = it.ended
		}
	}
	return r
}

// Item is how far one log is.
type Item struct {
	ID        string
	State     State
	Judgments int // that were sent
}

// Items are the logs in their order.
func (q *Queue) Items() []Item {
	list := make([]Item, len(q.items))
	for i, it := range q.items {
		list[i] = Item{it.id, it.state, it.said}
	}
	return list
}
