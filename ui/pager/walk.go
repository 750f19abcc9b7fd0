package pager

import "sort"

// A document is walked line by line: one line of the screen's picture of it, as spans of its bytes.
// Nothing is decoded on the way, and only every few lines a stop is kept, so that the index of a
// large document is small and soon made.

// stop is where a walk is: all that is needed to go on from there.
type stop struct {
	off    int  // the next byte
	depth  int  // containers around it
	within span // the string that it is in, which is shown line by line; empty for none
}

// span is a half-open range of bytes.
type span struct{ start, end int }

func (s span) empty() bool { return s.start == s.end }

// form says what a line shows.
type form uint8

const (
	scalar  form = iota // a literal, or an empty container
	bracket             // of a container that has something in it
	heading             // above a string of several lines: its name
	passage             // a line of such a string, or of a text
	whole               // the address of a picture, a sound or a file in such a line: what that is
	held                // a string that holds a picture, a sound or a file: what that is
)

// line is one line of a document.
type line struct {
	key, val span // key is empty, or the name as written with its quotes
	depth    int
	form     form
	// the next line continues with the same line of the text, which is too long to be shown in one
	more bool
}

// walker knows the lines of a document.
type walker interface {
	step(at stop) (l line, after stop, ok bool)
	block(l line) Block
}

// The distances of the stops that are kept.
const (
	stopLines = 32
	stopBytes = 16 << 10
)

// kept is a stop and the number of its line.
type kept struct {
	stop
	line int
}

// listing is the source of a walked document.
type listing struct {
	walker
	stops []kept
	n     int
}

// list indexes a document from its first stop.
func list(w walker, at stop) *listing {
	l := &listing{walker: w, stops: []kept{{stop: at}}}
	last := &l.stops[0]
	for {
		found, after, ok := w.step(at)
		if !ok {
			return l
		}
		at = after
		l.n++
		// A heading is found by reading all of its string, so nobody should have to pass it again.
		if l.n-last.line >= stopLines || at.off-last.off >= stopBytes || found.form == heading || found.form == held {
			l.stops = append(l.stops, kept{at, l.n})
			last = &l.stops[len(l.stops)-1]
		}
	}
}

// Len is the number of lines.
func (l *listing) Len() int { return l.n }

// Block gives line i.
func (l *listing) Block(i int) Block {
	s := l.stops[sort.Search(len(l.stops), func(k int) bool { return l.stops[k].line > i })-1]
	at := s.stop
	for n := s.line; ; n++ {
		found, after, ok := l.step(at)
		if n == i || !ok {
			return l.block(found)
		}
		at = after
	}
}

// from is the last kept stop that is at byte off or before.
func (l *listing) from(off int) kept {
	return l.stops[max(sort.Search(len(l.stops), func(k int) bool { return l.stops[k].off > off })-1, 0)]
}
