package draft

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"path/filepath"
	"slices"
	"time"

	"errata/model"
)

// The start of every file: what it is, and the version of its records.
const (
	family = "errata draft "
	magic  = family + "5\n"
)

// older are the starts of files of older versions, which are written the same but for what they do
// not know: the first knows no literals and no inner texts, the second no files of other programs,
// the third no judgments, the fourth no steps that are undone together.
var older = []string{family + "1\n", family + "2\n", family + "3\n", family + "4\n"}

// isOlder reports whether an older version wrote a file.
func isOlder(file []byte) bool {
	return slices.ContainsFunc(older, func(start string) bool { return bytes.HasPrefix(file, []byte(start)) })
}

// A record is the length of its payload and a checksum of length and payload, four bytes each and
// little-endian, then the payload: a letter for the event and its members. Numbers are varints; the
// last member takes the rest.
const frame = 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(parts ...[]byte) (n uint32) {
	for _, part := range parts {
		n = crc32.Update(n, castagnoli, part)
	}
	return n
}

// record adds the record of an event that comes next. Edits are written as what they change of the
// field's last one, so that a change of a long text is short.
func (l *live) record(to *batch, e Event) {
	start := to.begin()
	b, last := to.buf, []byte(nil)
	switch e := e.(type) {
	case made:
		b = append(b, 'H')
		for _, s := range []string{e.head.Server, e.head.LogID, e.head.PromptID, e.head.ETag} {
			b = text(b, s)
		}
		b = e.head.Made.UTC().AppendFormat(b, time.RFC3339Nano)
	case Moved:
		b = append(append(b, 'M'), e.ETag...)
	case Base:
		b, last = text(append(b, 'B'), e.Field.Name), e.Value.Bytes()
	case Put:
		b, last = edit(text(append(b, 'P'), e.Field.Name), l.content(e.Field), e.Edit)
	case Step:
		if e.Said != nil {
			b, last = decision(append(b, 'J'), e.Said.Evaluator, e.Said.After)
			break
		}
		letter := byte('S')
		if e.Joined {
			letter = 'K'
		}
		b, last = edit(text(append(b, letter), e.Field.Name), l.content(e.Field), e.After)
	case Undo:
		b = append(b, 'U')
	case Redo:
		b = append(b, 'R')
	case opened:
		b = text(flags(append(b, 'L'), e.typed, e.Literal), e.Field.Name)
		b, last = e.from.record(b, e.Text)
	case Splice:
		b, last = splice(append(b, 'T'), e)
	case Close:
		b = append(b, 'C')
	case entered:
		b = path(text(flags(append(b, 'E'), e.typed, e.Name), e.Place), e.Path)
		last = e.Text
	case Leave:
		b, last = splice(append(b, 'X'), e.Outer)
	case ExternalEdit:
		b, last = e.record(append(b, 'F')), e.Ends
	case ExternalDone:
		b = append(b, 'G')
	case Say:
		b, last = decision(append(b, 'Y'), e.Evaluator, e.Decision)
	case Judged:
		b = append(append(b, 'D'), e.Evaluator...)
	}
	to.buf = b
	to.end(start, last)
}

// flags appends two of them.
func flags(b []byte, one, two bool) []byte {
	n := 0
	if one {
		n++
	}
	if two {
		n += 2
	}
	return number(b, n)
}

// splice appends a splice; its bytes come last.
func splice(b []byte, s Splice) (head, last []byte) { return number(number(b, s.At), s.Del), s.Ins }

func number(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func path(b []byte, steps []int) []byte {
	b = number(b, len(steps))
	for _, i := range steps {
		b = number(b, i)
	}
	return b
}

// record appends an ExternalEdit without its ends, which come last.
func (l ExternalEdit) record(b []byte) []byte {
	b = path(text(flags(b, l.Path != nil, l.JSON), l.Field.Name), l.Path)
	return append(text(b, l.Name), l.Sum[:]...)
}

func text(b []byte, s string) []byte { return append(number(b, len(s)), s...) }

// The states of a field.
const (
	asFetched = iota
	hasValue
	hasText
)

// content is what a field's literal or text is now.
func (l *live) content(f *model.Field) []byte {
	switch e := l.edits[f]; {
	case e == nil:
		return l.bases[f].Bytes()
	case e.Err != nil:
		return []byte(e.Text)
	default:
		return e.Value.Bytes()
	}
}

// edit appends an edit: its state, for a text what is wrong with it, and what it changes of the old
// content, whose bytes come last.
func edit(b, old []byte, e *model.Edit) (head, last []byte) {
	switch {
	case e == nil:
		return append(b, asFetched), nil
	case e.Err == nil:
		return splice(append(b, hasValue), betweenValues(old, e.Value.Parts()))
	}
	problem := model.ParseError{Msg: e.Err.Error()}
	var at *model.ParseError
	if errors.As(e.Err, &at) {
		problem = *at
	}
	b = number(number(text(append(b, hasText), problem.Msg), problem.Line), problem.Col)
	return splice(b, Between(old, []byte(e.Text)))
}

// next cuts the first record off; ok is false when there is no whole one.
func next(b []byte) (payload, rest []byte, ok bool) {
	if len(b) < frame {
		return nil, b, false
	}
	n := uint64(binary.LittleEndian.Uint32(b))
	if n == 0 || n > uint64(len(b)-frame) {
		return nil, b, false
	}
	payload, rest = b[frame:frame+n:frame+n], b[frame+n:]
	return payload, rest, sum(b[:4], payload) == binary.LittleEndian.Uint32(b[4:])
}

// event reads the payload of the record that comes next; ok is false when it says nothing that this
// version knows.
func (l *live) event(payload []byte) (e Event, ok bool) {
	r := reader{b: payload[1:]}
	switch payload[0] {
	case 'H':
		id := Identity{Server: r.text(), LogID: r.text(), PromptID: r.text(), ETag: r.text()}
		at, err := time.Parse(time.RFC3339Nano, string(r.rest()))
		r.bad = r.bad || err != nil
		e = made{header{id, at}}
	case 'M':
		e = Moved{string(r.rest())}
	case 'B':
		e = Base{r.field(), model.Raw(r.rest())}
	case 'P':
		f := r.field()
		e = Put{f, l.bases[f], r.edit(f, l.content(f))}
	case 'S', 'K':
		f := r.field()
		e = Step{Field: f, Base: l.bases[f], Before: l.edits[f], After: r.edit(f, l.content(f)), Joined: payload[0] == 'K'}
	case 'U':
		e = Undo{}
	case 'R':
		e = Redo{}
	case 'O': // of the older version
		f := r.field()
		e = opened{Open: Open{Field: f, Base: l.bases[f], Text: r.rest()}, typed: true}
	case 'L':
		typed, literal := r.flags()
		f := r.field()
		text, from := r.source(l.bases[f])
		e = opened{Open{f, l.bases[f], text, literal}, typed, from}
	case 'T':
		e = r.splice()
	case 'E':
		typed, name := r.flags()
		e = entered{Enter{r.text(), r.path(), name, r.rest()}, typed}
	case 'X':
		e = Leave{r.splice()}
	case 'C':
		e = Close{}
	case 'F':
		e = r.externalEdit(l)
	case 'G':
		e = ExternalDone{}
	case 'J':
		evaluator, after := r.decision()
		e = Step{Said: &Said{evaluator, Decided(l.said, evaluator), after}}
	case 'Y':
		evaluator, now := r.decision()
		e = Say{evaluator, now}
	case 'D':
		e = Judged{string(r.rest())}
	}
	return e, e != nil && !r.bad
}

// reader reads the members of a payload. After one that is not there it is bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > 1<<40 {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) text() string {
	n := r.number()
	if n > len(r.b) {
		r.bad = true
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) rest() []byte { return r.b }

func (r *reader) flags() (one, two bool) {
	n := r.number()
	r.bad = r.bad || n > 3
	return n&1 != 0, n&2 != 0
}

func (r *reader) splice() Splice { return Splice{r.number(), r.number(), r.rest()} }

func (r *reader) path() (path []int) {
	n := r.number()
	if n > len(r.b) {
		r.bad = true
		return nil
	}
	for range n {
		path = append(path, r.number())
	}
	return path
}

func (r *reader) externalEdit(of *live) (l ExternalEdit) {
	within, json := r.flags()
	f := r.field()
	l = ExternalEdit{Field: f, Base: of.bases[f], JSON: json, Path: r.path(), Name: r.text()}
	switch {
	case !within:
		l.Path = nil
	case l.Path == nil:
		l.Path = []int{}
	}
	r.b = r.b[copy(l.Sum[:], r.b):]
	l.Ends = r.rest()
	r.bad = r.bad || l.Name != filepath.Base(l.Name)
	return l
}

func (r *reader) field() *model.Field {
	f, ok := model.Lookup(r.text())
	r.bad = r.bad || !ok
	return f
}

func (r *reader) edit(f *model.Field, old []byte) *model.Edit {
	state := r.number()
	if state == asFetched {
		return nil
	}
	var problem *model.ParseError
	if state == hasText {
		problem = &model.ParseError{Field: f, Msg: r.text(), Line: r.number(), Col: r.number()}
	}
	s := r.splice()
	if state > hasText || s.At > len(old) || s.Del > len(old)-s.At {
		r.bad = true
	}
	if r.bad {
		return nil
	}
	now := bytes.Join([][]byte{old[:s.At], s.Ins, old[s.At+s.Del:]}, nil)
	if problem != nil {
		return &model.Edit{Text: string(now), Err: problem}
	}
	return &model.Edit{Value: model.Raw(now)}
}

// replay reads a file up to the first record that cannot be read, good bytes from the start.
// foreign says that another version wrote it. The state shares memory with the file.
func replay(file []byte) (l *live, good int, foreign bool) {
	l = newLive(header{})
	if !bytes.HasPrefix(file, []byte(magic)) && !isOlder(file) {
		return l, 0, len(file) >= len(magic) && string(file[:len(family)]) == family
	}
	rest := file[len(magic):]
	for first := true; ; first = false {
		payload, after, ok := next(rest)
		if !ok {
			break
		}
		e, ok := l.event(payload)
		if _, isHead := e.(made); !ok || isHead != first || l.apply(e) != nil {
			break
		}
		good, rest = len(file)-len(after), after
	}
	return l, good, false
}
