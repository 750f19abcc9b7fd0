package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"

	"errata/api"
)

// Filter selects entries; members that are empty do not.
type Filter struct {
	Server string // as given to Recorder
	LogID  string
	Batch  string // that they are part of

	// Together gives of each batch only the newest entry
	Together bool
}

// wants are the lines of entries that may match, by what is known of them before they are decoded.
func (f Filter) wants() func(line) bool {
	if f.Batch == "" && !f.Together {
		return func(line) bool { return true }
	}
	seen := map[string]bool{}
	return func(l line) bool {
		if !l.begin || !f.Together || l.batch == "" {
			return !l.begin || f.Batch == "" || l.batch == f.Batch
		}
		again := seen[l.batch]
		seen[l.batch] = true
		return !again && (f.Batch == "" || l.batch == f.Batch)
	}
}

// Entries lists the entries that match, the newest first. An error is of one record or file that
// cannot be read; the list goes on behind it. Values are read as the list gets to them, so stopping
// early costs little.
func (j *Journal) Entries(f Filter) iter.Seq2[Entry, error] {
	server := bare(f.Server)
	return func(yield func(Entry, error) bool) {
		for e, err := range j.entries(f.wants()) {
			if err == nil && (f.Server != "" && e.Server != server || f.LogID != "" && e.LogID != f.LogID) {
				continue
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Get finds an entry by its id. The error is an *api.Error, NotFound when the journal has no such
// entry.
func (j *Journal) Get(id string) (Entry, error) {
	var unread error
	for e, err := range j.entries(func(l line) bool { return l.id == id }) {
		if err == nil {
			return e, nil
		}
		unread = err
	}
	if unread != nil {
		return Entry{}, &api.Error{Code: api.Failed, Msg: "the journal cannot be read whole: " + unread.Error(), Err: unread}
	}
	return Entry{}, missing(id)
}

// Place is where the record of an entry stood when it was read.
type Place struct {
	Segment int   `json:"segment"`
	Offset  int64 `json:"offset"`
	Length  int   `json:"length"`
}

// At reads an entry from where it stood, without what became of it; else as Get does, which reads
// much more.
func (j *Journal) At(id string, at Place) (Entry, error) {
	s := segment{number: at.Segment}
	f, err := os.Open(j.path(s.name()))
	if err != nil {
		return j.Get(id)
	}
	defer func() { _ = f.Close() }()
	text := make([]byte, at.Length)
	if _, err := f.ReadAt(text, at.Offset); err != nil {
		return j.Get(id)
	}
	l, ok := parse(text)
	if l.segment = s; !ok || !l.begin || l.id != id {
		return j.Get(id)
	}
	e, err := l.entry(line{})
	if err == nil && e.Spliced() {
		return j.Get(id) // the outcome may have the rest
	}
	return e, err
}

func missing(id string) error {
	return &api.Error{Code: api.NotFound, Msg: "the journal has no entry " + id + "; errata history lists them"}
}

// entries decodes the entries whose lines are wanted, the newest first, each with its last outcome.
func (j *Journal) entries(wanted func(line) bool) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		ends := map[string]line{}
		for l, err := range j.lines() {
			if err == nil && !wanted(l) {
				delete(ends, l.id)
				continue
			}
			if err == nil && !l.begin {
				if _, newer := ends[l.id]; !newer {
					ends[l.id] = l
				}
				continue
			}
			var e Entry
			if err == nil {
				e, err = l.entry(ends[l.id])
				delete(ends, l.id)
				if j.options.Server != nil {
					e.Server = j.options.Server(e.Server)
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// entry decodes an opening and the closing that belongs to it; the zero line when there is none
// yet.
func (l line) entry(end line) (Entry, error) {
	var o opening
	if err := json.Unmarshal(l.text, &o); err != nil || o.Begin != l.id {
		return Entry{}, l.broken()
	}
	e, err := o.entry()
	if err != nil {
		return Entry{}, l.broken()
	}
	e.Place = Place{Segment: l.segment.number, Offset: l.at, Length: len(l.text)}
	if end.text != nil {
		var c closing
		if err := json.Unmarshal(end.text, &c); err != nil {
			return Entry{}, end.broken()
		}
		e.close(c)
	}
	return e, nil
}

func (l line) broken() error { return fmt.Errorf("%w in %s", errRecord, l.segment.name()) }

// lines reads the records from the newest to the oldest. A line without its end is being written,
// and passed over.
func (j *Journal) lines() iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		list, err := j.segments()
		if err != nil && removed(err) != nil {
			yield(line{}, err)
			return
		}
		for _, s := range slices.Backward(list) {
			data, err := os.ReadFile(j.path(s.name()))
			if errors.Is(err, fs.ErrNotExist) {
				continue // dropped meanwhile, for its age
			}
			if err != nil && !yield(line{}, err) {
				return
			}
			for text := range linesBackward(data) {
				l, ok := parse(text)
				l.segment, l.at = s, int64(cap(data)-cap(text))
				if !ok {
					err = l.broken()
				} else {
					err = nil
				}
				if !yield(l, err) {
					return
				}
			}
		}
	}
}

// linesBackward cuts data into its lines, the last first, leaving out what is behind the last line
// feed.
func linesBackward(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		end := bytes.LastIndexByte(data, '\n')
		for end >= 0 {
			start := bytes.LastIndexByte(data[:end], '\n')
			if !yield(data[start+1 : end]) {
				return
			}
			end = start
		}
	}
}
