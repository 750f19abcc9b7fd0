package jsonraw

import (
	"unicode/utf8"
	"unsafe"
)

// Quoter is Quote of a text that comes in pieces, which may end within a character.
type Quoter struct {
	dst  []byte
	held []byte // text that is not quoted yet
	err  error
}

// quoterHolds is about how many bytes of text are quoted at a time.
const quoterHolds = 64 << 10

// NewQuoter begins the literal of a text of about so many bytes, after the given prefix.
func NewQuoter(before []byte, size int) *Quoter {
	dst := make([]byte, 0, len(before)+size+size/32+quoterHolds)
	return &Quoter{dst: append(append(dst, before...), '"')}
}

// Add adds a piece of the text.
func (q *Quoter) Add(piece []byte) {
	if q.held = append(q.held, piece...); len(q.held) < quoterHolds {
		return
	}
	end := len(q.held)
	for end > 0 && !utf8.RuneStart(q.held[end-1]) {
		end--
	}
	q.quote(max(end-1, 0)) // the last character may go on
}

// quote quotes the first bytes of what is held.
func (q *Quoter) quote(n int) {
	if q.err == nil && n > 0 {
		q.dst, q.err = appendQuoted(q.dst, unsafe.String(unsafe.SliceData(q.held), n))
	}
	q.held = q.held[:copy(q.held, q.held[n:])]
}

// Literal is what is before the text, and the literal of it. The position in the error is not that
// in the whole text.
func (q *Quoter) Literal() ([]byte, error) {
	q.quote(len(q.held))
	return append(q.dst, '"'), q.err
}
