package draft

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"errata/model"
)

// Brief is ListOf by the beginnings of the records: for drafts that hold only changes it gives no
// more than their fields.
func (s *Store) Brief(ctx context.Context, server string) ([]Info, error) {
	in := bufio.NewReader(nil) // one for all of them, of which there may be many
	return s.listOf(ctx, server, func(path string) (Info, error) {
		if info, ok := glimpsed(path, in); ok {
			return info, nil
		}
		return s.info(path)
	})
}

// glimpsed is what the beginnings of the records of a draft tell, false if they tell no change.
func glimpsed(path string, in *bufio.Reader) (Info, bool) {
	f, err := os.Open(path + records)
	if err != nil {
		return Info{}, false
	}
	defer func() { _ = f.Close() }()
	at, err := f.Stat()
	if err != nil {
		return Info{}, false
	}
	in.Reset(f)
	g := glimpse{file: f, in: in, size: at.Size(), fields: map[*model.Field]bool{}}
	if !g.read() || len(g.changes()) == 0 {
		return Info{}, false
	}
	return Info{Identity: g.head.Identity, Made: g.head.Made, Changed: at.ModTime(), Changes: g.changes(), path: path}, true
}

// glimpse is what the beginnings of records tell of a draft.
type glimpse struct {
	file *os.File
	in   *bufio.Reader
	size int64 // of the file
	at   int64 // where the next record begins

	head   header
	fields map[*model.Field]bool // whether each differs from what was fetched
	open   *model.Field          // whose text is open, nil for none
	typed  bool                  // into that text
	// whether something was typed into the text within it; nil for none
	inner *bool
}

// changes are those of the fields that differ, without their values.
func (g *glimpse) changes() (list []Change) {
	for _, f := range model.Fields() {
		if g.fields[f] || g.open == f && (g.typed || g.inner != nil && *g.inner) {
			list = append(list, Change{Field: f})
		}
	}
	return list
}

// beginning is how much of a record is read at most: the member that comes last may be large.
const beginning = 2048

// read reads the records; false means that they have to be read as a whole.
func (g *glimpse) read() bool {
	start, err := g.in.Peek(len(magic))
	if err != nil || string(start) != magic || !g.seek(int64(len(magic))) {
		return false
	}
	for first := true; g.at < g.size; first = false {
		lead, err := g.in.Peek(frame)
		if err != nil {
			return false
		}
		length := int64(binary.LittleEndian.Uint32(lead))
		if length == 0 || g.at+frame+length > g.size {
			return false
		}
		record, err := g.in.Peek(frame + int(min(length, beginning)))
		if err != nil && !errors.Is(err, io.EOF) {
			return false
		}
		if _, _, whole := next(record); !whole && length <= beginning {
			return false // it is damaged
		}
		if !g.take(record[frame:], first) || !g.seek(g.at+frame+length) {
			return false
		}
	}
	return true
}

// seek goes on to a record.
func (g *glimpse) seek(to int64) bool {
	skip := to - g.at
	g.at = to
	if skip <= int64(g.in.Buffered()) {
		_, err := g.in.Discard(int(skip))
		return err == nil
	}
	_, err := g.file.Seek(to, io.SeekStart)
	g.in.Reset(g.file)
	return err == nil
}

// take takes the beginning of a record; false means that it tells too little.
func (g *glimpse) take(payload []byte, first bool) bool {
	if letter := payload[0]; first || letter == 'H' {
		e, ok := newLive(header{}).event(payload)
		head, isHead := e.(made)
		g.head = head.head
		return ok && isHead && first
	}
	r := reader{b: payload[1:]}
	switch payload[0] {
	case 'M', 'B':
	case 'P', 'S', 'K':
		f := r.field()
		g.fields[f] = r.number() != asFetched
	case 'L':
		g.typed, _ = r.flags()
		g.open, g.inner = r.field(), nil
	case 'E':
		typed, _ := r.flags()
		g.inner = &typed
	case 'T':
		if g.inner != nil {
			*g.inner = true
		} else {
			g.typed = true
		}
	case 'X':
		outer := r.splice()
		g.typed, g.inner = g.typed || !outer.empty(), nil
	case 'C':
		g.typed, g.open, g.inner = false, nil, nil
	default:
		return false
	}
	return !r.bad
}
