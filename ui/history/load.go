package history

import (
	"iter"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
)

// The bounds of what one command reads: values may be large, and the first rows should not wait for
// more of them.
const (
	pageRecords = 50
	pageBytes   = 4 << 20
)

// record is an entry, or why one cannot be read.
type record struct {
	entry journal.Entry
	err   error
	words string // what a filter looks in, in small letters
	batch *Batch // of which the entry is the newest; nil for an entry by itself
}

// together makes the record one of a whole batch, where it is part of one and is listed so.
func (r record) together(o Options) record {
	if !o.Filter.Together || r.err != nil || r.entry.Batch == "" {
		return r
	}
	b := Batch{Words: "a change of many logs"}
	if o.Batch != nil {
		if known, ok := o.Batch(r.entry.Batch); ok {
			b = known
		}
	}
	r.batch = &b
	r.words = strings.ToLower(strings.Join([]string{r.entry.Batch, b.Words, b.Standing}, "\n"))
	return r
}

func newRecord(e journal.Entry, err error) record {
	if err != nil {
		return record{err: err, words: strings.ToLower(err.Error())}
	}
	words := []string{e.LogID, e.ID, string(e.Outcome)}
	for _, c := range e.Changes {
		words = append(words, c.Field.Name)
	}
	if e.Judgment != nil {
		words = append(words, "judgment", e.Judgment.Evaluator.Title(), e.Judgment.User)
	}
	return record{entry: e, words: strings.ToLower(strings.Join(words, "\n"))}
}

func (r record) matches(filter string) bool {
	return strings.Contains(r.words, strings.ToLower(filter))
}

// size is the bytes of the values.
func (r record) size() (n int) {
	for _, c := range r.entry.Changes {
		old, sent := c.Shown()
		n += len(old.Bytes()) + len(sent.Bytes())
	}
	if j := r.entry.Judgment; j != nil {
		n += len(j.Value.Bytes())
	}
	return n
}

// reader reads a list bit by bit. Only commands use it, one at a time. It also tells one screen's
// answers from those to another that was closed meanwhile.
type reader struct {
	o    Options
	mu   sync.Mutex
	next func() (journal.Entry, error, bool)
	stop func()
}

func newReader(list iter.Seq2[journal.Entry, error], o Options) *reader {
	next, stop := iter.Pull2(list)
	return &reader{o: o, next: next, stop: stop}
}

// pageMsg brings records.
type pageMsg struct {
	from *reader
	list []record
	done bool
}

// page is the command that reads on.
func (r *reader) page() tea.Msg {
	r.mu.Lock()
	defer r.mu.Unlock()
	msg := pageMsg{from: r}
	for size := 0; len(msg.list) < pageRecords && size < pageBytes; {
		e, err, ok := r.next()
		if !ok {
			msg.done = true
			break
		}
		read := newRecord(e, err).together(r.o)
		size += read.size()
		msg.list = append(msg.list, read)
	}
	return msg
}

func (r *reader) end() tea.Cmd {
	return func() tea.Msg {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.stop()
		return nil
	}
}

// more reads on when the cursor is within two windows of the end of what is listed.
func (m *Model) more() tea.Cmd {
	if m.loading || m.done || m.cursor+2*m.rows() < len(m.shown) {
		return nil
	}
	m.loading = true
	return m.reader.page
}

// arrived takes a page in.
func (m *Model) arrived(msg pageMsg) {
	if msg.from != m.reader {
		return
	}
	m.loading, m.done = false, msg.done
	m.add(msg.list)
}
