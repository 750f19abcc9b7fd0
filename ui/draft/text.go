package draft

import (
	"bytes"
	"slices"

	"errata/model"
	"errata/model/sequence"
)

// piece is some bytes of a text, shared with whoever handed them in and never modified.
type piece []byte

// joinedBytes is the size up to which neighbours are copied into one: what was typed, mostly.
const joinedBytes = 1024

// Sums counts the bytes.
func (p piece) Sums() sequence.Sums { return sequence.Sums{len(p)} }

// Split shares the bytes.
func (p piece) Split(at int) (piece, piece) { return p[:at:at], p[at:] }

// Join copies small neighbours together.
func (p piece) Join(next piece) (piece, bool) {
	if len(p)+len(next) > joinedBytes {
		return nil, false
	}
	return slices.Concat(p, next), true
}

// buffer is a text that is being edited, as it stands. What was taken of it before stays as it was.
type buffer struct {
	text    *sequence.List[piece]
	typed   bool // somebody typed in it, so that it is worth keeping
	spliced bool // it is not as it was opened
}

func newBuffer(text []byte, typed bool) buffer {
	return buffer{text: sequence.Of(piece(text)), typed: typed}
}

// fits reports whether a splice lies in the text.
func (t *buffer) fits(s Splice) bool {
	return s.At >= 0 && s.Del >= 0 && s.At <= t.text.Len() && s.Del <= t.text.Len()-s.At
}

// splice takes what was typed, which fits.
func (t *buffer) splice(s Splice) {
	t.text = sequence.Splice(t.text, s.At, s.At+s.Del, sequence.Of(piece(s.Ins)))
	t.typed, t.spliced = true, true
}

// bytes is the text as it stands, copied together where it has more than one piece.
func (t *buffer) bytes() []byte {
	if whole, ok := t.text.Only(); ok {
		return whole
	}
	list := make([]byte, 0, t.text.Len())
	t.text.Range(0, t.text.Len(), func(p piece, from, to int) bool {
		list = append(list, p[from:to]...)
		return true
	})
	return list
}

// is reports whether a text is what is there.
func (t *buffer) is(text []byte) bool {
	return t.text.Len() == len(text) && t.text.Range(0, len(text), func(p piece, from, to int) bool {
		same := bytes.Equal(p[from:to], text[:to-from])
		text = text[to-from:]
		return same
	})
}

// typing is an open editor.
type typing struct {
	buffer
	field   *model.Field
	literal bool
	from    source      // where the text as opened is found
	base    model.Value // the one it is found in
	inner   *inside     // the text within it that is being edited, nil when there is none
}

// inside is the text of a value, or of a member's name, within an open literal.
type inside struct {
	buffer
	at Enter // without its text
}

// shows reports whether an Enter is of what is there.
func (in *inside) shows(e *Enter) bool { return in.at.sameAs(e) && in.is(e.Text) }

// clone is a copy that goes on by itself.
func (t *typing) clone() *typing {
	c := *t
	if t.inner != nil {
		in := *t.inner
		c.inner = &in
	}
	return &c
}

// touched reports whether there is anything to keep.
func (t *typing) touched() bool { return t.typed || t.inner != nil && t.inner.typed }

// shows reports whether an Open is of what is there.
func (t *typing) shows(o *Open) bool {
	return t.field == o.Field && t.literal == o.Literal && t.is(o.Text)
}

// opened is the editor for others, nil when nothing was typed in it.
func (t *typing) opened(base model.Value) *Opened {
	if !t.touched() {
		return nil
	}
	o := &Opened{Open: Open{Field: t.field, Base: base, Text: t.bytes(), Literal: t.literal}}
	if t.inner != nil && t.inner.typed {
		in := t.inner.at
		in.Text = t.inner.bytes()
		o.Inner = &in
	}
	return o
}

// splice takes what was typed into the innermost text; ok is false when it lies outside.
func (t *typing) splice(s Splice) (ok bool) {
	b := &t.buffer
	if t.inner != nil {
		b = &t.inner.buffer
	}
	if ok = b.fits(s); ok {
		b.splice(s)
	}
	return ok
}

// leave drops the inner text for what it made of the outer one; ok is false when there is none, or
// the splice lies outside.
func (t *typing) leave(outer Splice) (ok bool) {
	if t.inner == nil || !t.fits(outer) {
		return false
	}
	if !outer.empty() {
		t.buffer.splice(outer)
	}
	t.inner = nil
	return true
}

// events are those that make the editor on a base.
func (t *typing) events(base model.Value) []Event {
	o := opened{Open{t.field, base, t.bytes(), t.literal}, t.typed, t.from}
	if t.spliced || !bytes.Equal(base.Bytes(), t.base.Bytes()) {
		o.from = inRecord
	}
	if t.inner == nil {
		return []Event{o}
	}
	in := entered{t.inner.at, t.inner.typed}
	in.Text = t.inner.bytes()
	return []Event{o, in}
}
