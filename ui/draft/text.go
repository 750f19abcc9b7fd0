package draft

import (
	"bytes"
	"slices"

	"errata/model"
)

// buffer is a text that is being edited: as it was, and what was typed since. A key costs the
// length of its splice.
type buffer struct {
	text    []byte // never modified
	splices []Splice
	size    int  // bytes of the text with its splices
	typed   bool // somebody typed in it, so that it is worth keeping
}

func newBuffer(text []byte, typed bool) buffer {
	return buffer{text: text, size: len(text), typed: typed}
}

// fits tells whether a splice lies in the text.
func (t *buffer) fits(s Splice) bool {
	return s.At >= 0 && s.Del >= 0 && s.At <= t.size && s.Del <= t.size-s.At
}

// splice takes what was typed, which fits.
func (t *buffer) splice(s Splice) {
	t.splices = append(t.splices, s)
	t.size += len(s.Ins) - s.Del
	t.typed = true
}

// bytes is the text as it stands. It costs what the text is long, and the ways between the places
// typed at.
func (t *buffer) bytes() []byte {
	if len(t.splices) == 0 {
		return t.text
	}
	g := gap{buf: slices.Clone(t.text), from: len(t.text), to: len(t.text)}
	for _, s := range t.splices {
		g.splice(s)
	}
	g.move(t.size)
	return g.buf[:t.size:t.size]
}

// fold works the splices into the text, and gives their number.
func (t *buffer) fold() int {
	n := len(t.splices)
	t.text, t.splices = t.bytes(), nil
	return n
}

// after leaves the splices that follow the first n, which text holds.
func (t *buffer) after(n int, text []byte) {
	t.text, t.splices = text, slices.Clone(t.splices[n:])
}

// is tells whether a text is what stands there.
func (t *buffer) is(text []byte) bool { return t.size == len(text) && bytes.Equal(t.bytes(), text) }

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

// shows tells whether an Enter is of what stands there.
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

// touched tells whether there is anything to keep.
func (t *typing) touched() bool { return t.typed || t.inner != nil && t.inner.typed }

// shows tells whether an Open is of what stands there.
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
	if len(t.splices) > 0 || !bytes.Equal(base.Bytes(), t.base.Bytes()) {
		o.from = inRecord
	}
	if t.inner == nil {
		return []Event{o}
	}
	in := entered{t.inner.at, t.inner.typed}
	in.Text = t.inner.bytes()
	return []Event{o, in}
}

// fold works all splices into the texts. Without an editor it does nothing.
func (t *typing) fold() {
	if t == nil {
		return
	}
	if t.buffer.fold() > 0 {
		t.from = inRecord
	}
	if t.inner != nil {
		t.inner.fold()
	}
}

// folding is what is being folded away from the keys: which editor, which inner text, and how many
// splices of each.
type folding struct {
	open          *typing
	inner         *inside
	outer, within int
}

func (t *typing) folding() (f folding) {
	if t == nil {
		return f
	}
	f = folding{open: t, inner: t.inner, outer: len(t.splices)}
	if t.inner != nil {
		f.within = len(t.inner.splices)
	}
	return f
}

// folded takes over what came of it, if the editor is still the same. There may be more splices by
// now.
func (t *typing) folded(f folding, by *typing) {
	if t == nil || t != f.open {
		return
	}
	t.after(f.outer, by.text)
	t.from = by.from
	if t.inner != nil && t.inner == f.inner {
		t.inner.after(f.within, by.inner.text)
	}
}

// gap is a text with a hole where it is being changed: the bytes from up to to do not count.
type gap struct {
	buf      []byte
	from, to int
}

func (g *gap) splice(s Splice) {
	g.move(s.At)
	g.to += s.Del
	if more := len(s.Ins) - (g.to - g.from); more > 0 {
		more += len(g.buf)/8 + 64
		tail := len(g.buf) - g.to
		g.buf = append(g.buf, make([]byte, more)...)
		copy(g.buf[g.to+more:], g.buf[g.to:g.to+tail])
		g.to += more
	}
	g.from += copy(g.buf[g.from:], s.Ins)
}

// move puts the hole before byte at.
func (g *gap) move(at int) {
	if at < g.from {
		n := copy(g.buf[g.to-(g.from-at):g.to], g.buf[at:g.from])
		g.from, g.to = at, g.to-n
		return
	}
	n := copy(g.buf[g.from:], g.buf[g.to:g.to+at-g.from])
	g.from, g.to = at, g.to+n
}
