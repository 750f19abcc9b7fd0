package jsonraw

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"
)

// CutMember is the member that a Cutter adds to an object from which it left something out: the
// list of the names of the members that are not whole.
const CutMember = "errata_cut"

// The level of the members that a Cutter holds against its budget: those of a document, or those of
// each record in the list of a page.
const (
	OfDocument = 1
	OfPage     = 3
)

// Parts and multiples of the budget of a member.
const (
	subShare  = 8 // of the budget is what a member of a member that is an object gets
	mostTimes = 4 // the budget is what all of those get together
)

// Cutter copies JSON to a writer and leaves out what is beyond a budget: the ends of long strings,
// and the later elements of long lists and objects. It needs no more memory than the budget,
// however long the text is. What it writes is JSON when what it reads is, and an object from which
// nothing had to be left out comes out byte for byte. Numbers are never cut.
type Cutter struct {
	w      io.Writer
	level  int // the depth of the members that have a budget
	budget int
	out    []byte

	stack []byte // the brackets that are open
	used  int    // bytes of the member that is being copied
	sub   int    // bytes of its member, when it is an object
	drop  int    // the depth of what is left out up to its closing bracket, 0 for nothing

	text, mute bool     // within a string; the rest of it is left out
	escaped    bool     // the next byte belongs to a backslash
	hex        int      // so many digits of a \u escape are still to come
	isName     bool     // the next string is a name, or this one; names are never cut
	key        []byte   // the name of the member that is being copied, as it is spelled
	names      [][]byte // those of the members that were cut
}

// NewCutter makes a Cutter: budget is how many bytes a member at the level may have, about.
func NewCutter(w io.Writer, level, budget int) *Cutter {
	return &Cutter{w: w, level: level, budget: budget}
}

// Write copies the next piece of the text.
func (c *Cutter) Write(p []byte) (int, error) {
	c.take(p)
	_, err := c.w.Write(c.out)
	c.out = c.out[:0]
	return len(p), err
}

func (c *Cutter) take(p []byte) {
	for len(p) > 0 {
		switch {
		case !c.text:
			p = c.structure(p)
		case c.mute || c.drop > 0:
			p = c.pass(p)
		default:
			p = c.letters(p)
		}
	}
}

// put writes a byte, unless it is left out.
func (c *Cutter) put(b byte) {
	if c.drop > 0 {
		return
	}
	c.out = append(c.out, b)
	if !c.atName() {
		c.used++
		c.sub++
	}
}

// atName reports whether the name of a member at the level is being copied.
func (c *Cutter) atName() bool { return c.isName && len(c.stack) == c.level }

// structure copies what is between strings, up to and with the quote that begins the next.
func (c *Cutter) structure(p []byte) []byte {
	for i, b := range p {
		switch b {
		case '"':
			c.text, c.mute, c.escaped = true, false, false
			if c.atName() {
				c.key = c.key[:0]
			}
			c.put(b)
			return p[i+1:]
		case '{', '[':
			c.put(b)
			c.stack = append(c.stack, b)
			c.isName = b == '{'
			c.begin()
		case '}', ']':
			c.close(b)
		case ',':
			c.comma()
		case ':':
			c.put(b)
			c.isName = false
		default:
			c.put(b)
		}
	}
	return nil
}

// begin starts the budget of the next member, where one begins.
func (c *Cutter) begin() {
	switch len(c.stack) {
	case c.level:
		c.used, c.sub = 0, 0
	case c.level + 1:
		if c.stack[c.level] == '{' {
			c.sub = 0
		}
	}
}

// comma begins the next element, or leaves it and those after it out.
func (c *Cutter) comma() {
	if c.drop > 0 {
		return
	}
	if depth := len(c.stack); depth > c.level && c.over(depth) {
		c.drop = depth
		c.mark()
		return
	}
	c.put(',')
	c.isName = len(c.stack) > 0 && c.stack[len(c.stack)-1] == '{'
	c.begin()
}

// over reports whether a further element at a depth is beyond the budget.
func (c *Cutter) over(depth int) bool {
	switch {
	case c.stack[c.level] == '[':
		return c.used >= c.budget
	case c.used >= mostTimes*c.budget:
		return true
	}
	return depth > c.level+1 && c.sub >= c.budget/subShare
}

// room is how many bytes a string may still have.
func (c *Cutter) room() int {
	switch depth := len(c.stack); {
	case depth < c.level, c.isName:
		return 1
	case depth == c.level || c.stack[c.level] == '[':
		return c.budget - c.used
	}
	return c.budget/subShare - c.sub
}

// close ends an object or a list.
func (c *Cutter) close(b byte) {
	depth := len(c.stack)
	if depth == 0 {
		c.put(b) // this is not JSON, and whoever reads it will see that
		return
	}
	if c.drop == depth {
		c.drop = 0
	}
	if depth == c.level && len(c.names) > 0 {
		c.tell()
	}
	c.put(b)
	c.stack = c.stack[:depth-1]
}

// letters copies a string up to and with its closing quote, or to where it is cut.
func (c *Cutter) letters(p []byte) []byte {
	for i, b := range p {
		switch {
		case c.hex > 0:
			c.hex--
		case c.escaped:
			c.escaped = false
			if b == 'u' {
				c.hex = 4
			}
		case b == '"':
			c.text = false
			c.put(b)
			return p[i+1:]
		case c.room() <= 0 && utf8.RuneStart(b):
			c.mute = true
			c.mark()
			return p[i:]
		case b == '\\':
			c.escaped = true
		}
		if c.atName() {
			c.key = append(c.key, b)
		}
		c.put(b)
	}
	return nil
}

// pass leaves a string out up to its closing quote, which is written when its beginning was.
func (c *Cutter) pass(p []byte) []byte {
	for start := 0; ; {
		i := bytes.IndexByte(p[start:], '"')
		if i < 0 {
			c.escaped = c.odd(p[start:])
			return nil
		}
		inside := c.odd(p[start : start+i])
		c.escaped = false
		start += i + 1
		if !inside {
			c.text, c.mute = false, false
			c.put('"')
			return p[start:]
		}
	}
}

// odd reports whether the byte after a piece of a string is escaped by what the piece ends with.
func (c *Cutter) odd(p []byte) bool {
	n := len(p)
	for n > 0 && p[n-1] == '\\' {
		n--
	}
	odd := (len(p)-n)%2 == 1
	if n == 0 {
		odd = odd != c.escaped
	}
	return odd
}

// mark notes that the member that is being copied is not whole.
func (c *Cutter) mark() {
	if n := len(c.names); n == 0 || !bytes.Equal(c.names[n-1], c.key) {
		c.names = append(c.names, slices.Clone(c.key))
	}
}

// tell writes the names of the members that are not whole.
func (c *Cutter) tell() {
	c.out = append(append(append(c.out, `,"`...), CutMember...), `":[`...)
	for i, name := range c.names {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = append(append(append(c.out, '"'), name...), '"')
	}
	c.out = append(c.out, ']')
	c.names = nil
}
