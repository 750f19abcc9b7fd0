package logfile

import (
	"bytes"
	"iter"

	"errata/model/charset"
	"errata/model/jsonraw"
)

// separator is the byte that RFC 7464 puts in front of every record.
const separator = 0x1e

// records yields the records of a text one after the other, each with the number of its first line.
// A record is an object or a list, over any number of lines or several on one line, with blank
// lines, commas, separators or nothing between them. Anything else is yielded as well, a line at a
// time, and a broken record up to where the next one begins, so that every meaningful byte is in
// one of them. line is the number of the first line of text.
func records(text []byte, line int) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for at := 0; ; {
			start := at + between(text[at:])
			line += bytes.Count(text[at:start], newline)
			if start == len(text) {
				return
			}
			end := recordEnd(text, start)
			if !yield(line, trim(text[start:end])) {
				return
			}
			line += bytes.Count(text[start:end], newline)
			at = end
		}
	}
}

var newline = []byte("\n")

// recordEnd is the end of the record that starts somewhere in a text that is all there.
func recordEnd(text []byte, start int) int {
	if !opens(text[start]) {
		return lineEnd(text, start)
	}
	s := scanner{indent: indentAt(text, start)}
	end, whole := s.scan(text, start)
	switch {
	case !whole:
		return len(text)
	case !s.broken && !clean(text, end):
		return lineEnd(text, end)
	}
	return end
}

// clean reports whether the rest of the line after a record holds only other records.
func clean(text []byte, end int) bool {
	rest := text[end:]
	rest = rest[inline(rest):]
	return len(rest) == 0 || rest[0] == '\n' || opens(rest[0])
}

// between is the length of the separators and white space at the start of a text, which may be
// between records.
func between(text []byte) int {
	n := inline(text)
	for n < len(text) && text[n] == '\n' {
		n += 1 + inline(text[n+1:])
	}
	return n
}

// inline is between within one line.
func inline(text []byte) int {
	n := 0
	for n < len(text) {
		switch c := text[n]; {
		case c == ' ' || c == '\t' || c == '\r' || c == ',' || c == separator:
			n++
		case bytes.HasPrefix(text[n:], []byte(charset.Mark)): // several files were joined
			n += len(charset.Mark)
		default:
			return n
		}
	}
	return n
}

func opens(c byte) bool { return c == '{' || c == '[' }

func lineEnd(text []byte, at int) int {
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// indentAt is the number of bytes of white space before a position on its line, 0 when anything
// else is there.
func indentAt(text []byte, at int) int {
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	if len(bytes.Trim(text[start:at], " \t")) > 0 {
		return 0
	}
	return at - start
}

// scanner finds the end of one record, also in a text that arrives in pieces. It follows brackets,
// strings and line breaks only; other faults are found when the record is parsed.
type scanner struct {
	indent int    // white space in front of the record on its line
	open   []byte // the brackets that are open, the innermost last
	inText bool
	last   byte // the last byte outside of strings and white space
	lines  int  // line breaks since the start
	broken bool // it is not JSON: what follows until the next record may begin belongs to it
}

// scan goes on at a position and gives the one behind the record. whole is false when the text ends
// before that; then scan wants to go on at the position that it gave, with more text behind.
func (s *scanner) scan(text []byte, at int) (end int, whole bool) {
	for at < len(text) {
		if s.inText {
			if at = s.string(text, at); s.inText {
				return at, false
			}
			continue
		}
		c := text[at]
		switch {
		case c == '\n':
			ends, known := s.endsAt(text, at)
			if ends || !known {
				return at, ends
			}
			s.lines++
		case c == separator:
			s.broken = true
			return at, true
		case s.broken || c == ' ' || c == '\t' || c == '\r':
		case s.bracket(c):
			return at + 1, true
		}
		at++
	}
	return at, false
}

// bracket takes a byte outside of strings, and reports whether it closes the record.
func (s *scanner) bracket(c byte) bool {
	switch c {
	case '"':
		s.inText = true
	case '{', '[':
		s.open = append(s.open, c)
	case '}', ']':
		if s.open = s.open[:len(s.open)-1]; len(s.open) == 0 {
			return true
		}
	}
	s.last = c
	return false
}

// string goes to behind the string that at is in; as far as it can when the string does not end in
// text. A string that runs over the end of its line breaks the record.
func (s *scanner) string(text []byte, at int) int {
	for at < len(text) {
		next := jsonraw.Special(text, at)
		if n := bytes.IndexByte(text[at:next], '\n'); n >= 0 {
			s.broken, s.inText = true, false
			return at + n
		}
		switch {
		case next == len(text) || text[next] == '\\' && next+1 == len(text):
			return next
		case text[next] == '"':
			s.inText = false
			return next + 1
		}
		at = next + 2
		if text[next+1] == '\n' {
			s.broken, s.inText = true, false
			return next + 1
		}
	}
	return at
}

// endsAt reports whether the record ends at a line break although brackets are open: because it is
// broken, or because the next line begins one where JSON has no place for it. known is false when
// too little of the next line is there.
func (s *scanner) endsAt(text []byte, at int) (ends, known bool) {
	if s.broken && s.lines == 0 {
		return true, true
	}
	next := at + 1
	for next < len(text) && (text[next] == ' ' || text[next] == '\t') {
		next++
	}
	switch {
	case next == len(text):
		return false, false
	case text[next] == separator:
		s.broken = true
	case next-at-1 > s.indent || !opens(text[next]) || !s.broken && s.wantsValue():
		return false, true
	}
	s.broken = true
	return true, true
}

// wantsValue reports whether a value may be at this place of the record. In a list of records one
// may, even without a comma.
func (s *scanner) wantsValue() bool {
	switch inner := len(s.open) - 1; {
	case s.open[inner] == '{':
		return s.last == ':'
	case inner == 0:
		return true
	}
	return s.last == '[' || s.last == ','
}
