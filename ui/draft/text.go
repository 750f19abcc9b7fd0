package draft

import (
	"bytes"
	"slices"

	"errata/model"
)

// typing is the text of an open editor: as opened, and what was typed since. A key costs the length of its splice.
type typing struct {
	field   *model.Field
	text    []byte // never modified
	splices []Splice
	size    int // bytes of the text with its splices
}

// splice takes what was typed; ok is false when it lies outside the text.
func (t *typing) splice(s Splice) (ok bool) {
	if s.At < 0 || s.Del < 0 || s.At > t.size || s.Del > t.size-s.At {
		return false
	}
	t.splices = append(t.splices, s)
	t.size += len(s.Ins) - s.Del
	return true
}

// bytes is the text as it stands. It costs what the text is long, and the ways between the places typed at.
func (t *typing) bytes() []byte {
	if len(t.splices) == 0 {
		return t.text
	}
	g := gap{buf: slices.Clone(t.text), from: len(t.text), to: len(t.text)}
	for _, s := range t.splices {
		g.splice(s)
	}
	return append(g.buf[:g.from:g.from], g.buf[g.to:]...)
}

// fold works the splices into the text, and gives their number.
func (t *typing) fold() int {
	n := len(t.splices)
	t.text, t.splices = t.bytes(), nil
	return n
}

// after leaves the splices that follow the first n, which text holds.
func (t *typing) after(n int, text []byte) {
	t.text, t.splices = text, slices.Clone(t.splices[n:])
}

// is tells whether the text of a field is what stands there.
func (t *typing) is(f *model.Field, text []byte) bool {
	return t.field == f && t.size == len(text) && bytes.Equal(t.bytes(), text)
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
