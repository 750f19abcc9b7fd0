package index

import (
	"bytes"
	"iter"

	"errata/model/jsonraw"
)

// Reading is how the text of a value is read when it is searched.
type Reading int

// The readings.
const (
	Whole Reading = iota // all of the JSON, names of members included; see Contains
	Shown                // the strings that a conversation shows, each by itself; see shownStrings
	Tools                // the names of the functions that are called
)

// part is a string of a value: its literal without the quotes, and the name of the member that it
// is the value of.
type part struct{ member, literal []byte }

// hidden reports whether no screen shows a string as text: what sort of message or part it is in,
// and pictures and sounds in base64, of which any three letters can be found.
func (p part) hidden() bool {
	switch string(p.member) {
	case "role", "type":
		return true
	}
	return encoded(p.literal)
}

// encodedFrom is the length from which a text of nothing but the letters of base64 is taken for it.
const encodedFrom = 1024

// encoded reports whether a literal is a file in base64.
func encoded(literal []byte) bool {
	if len(literal) < encodedFrom {
		return false
	}
	start := literal[:encodedFrom]
	if comma := bytes.IndexByte(start, ','); comma > 0 && bytes.HasPrefix(start, []byte("data:")) {
		start = start[comma+1:]
	}
	for _, b := range start {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		case b == '+', b == '/', b == '=', b == '-', b == '_', b == '\\': // JSON may write \/
		default:
			return false
		}
	}
	return true
}

// shownStrings lists the literals, without quotes, of the strings of a value that are shown.
func shownStrings(value []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for p := range parts(value) {
			if !p.hidden() && !yield(p.literal) {
				return
			}
		}
	}
}

// toolNames lists the literals, without quotes, of the names of the functions that a value calls.
func toolNames(value []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for function := range functions(value) {
			for p := range parts(function) {
				if string(p.member) == "name" {
					if !yield(p.literal) {
						return
					}
					break
				}
			}
		}
	}
}

// functions lists the objects in a value that are the member "function" of another.
func functions(value []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for m := range members(value) {
			if string(m.name) == "function" && value[m.val] == '{' && !yield(value[m.val:jsonraw.ValueEnd(value, m.val)]) {
				return
			}
		}
	}
}

// parts lists the strings of a value that are values themselves.
func parts(value []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		for m := range members(value) {
			if value[m.val] != '"' {
				continue
			}
			end := jsonraw.StringEnd(value, m.val)
			if !yield(part{m.name, value[m.val+1 : max(end-1, m.val+1)]}) {
				return
			}
		}
	}
}

// member is a value anywhere in a document: where it begins, and its name, empty for an item of a
// list.
type member struct {
	name []byte
	val  int
}

// members lists the values in a value, itself included, in the order in which they begin.
func members(value []byte) iter.Seq[member] {
	return func(yield func(member) bool) {
		var name []byte
		for i := jsonraw.SkipSpace(value, 0); i < len(value); i = jsonraw.SkipSpace(value, i) {
			switch value[i] {
			case ',', ':', ']', '}':
				i++
				name = nil
				continue
			case '"':
				end := jsonraw.StringEnd(value, i)
				if colon := jsonraw.SkipSpace(value, end); colon < len(value) && value[colon] == ':' {
					name, i = value[i+1:max(end-1, i+1)], colon+1
					continue
				}
				if !yield(member{name, i}) {
					return
				}
				i = end
			case '{', '[':
				if !yield(member{name, i}) {
					return
				}
				i++
			default:
				if !yield(member{name, i}) {
					return
				}
				i = jsonraw.ValueEnd(value, i)
			}
			name = nil
		}
	}
}

// eachLiteral gives the letters of the text of a value, folded, as it is read, but the literals of
// strings as wholes; between says that what follows is a text of its own.
func eachLiteral(value []byte, as Reading, take func(r rune), inside func(literal []byte), between func()) {
	switch as {
	case Whole:
		eachPiece(value, take, inside)
	case Tools:
		for literal := range toolNames(value) {
			inside(literal)
			between()
		}
	default:
		for literal := range shownStrings(value) {
			inside(literal)
			between()
		}
	}
}

// literals are the strings of a value that are read.
func literals(value []byte, as Reading) iter.Seq[[]byte] {
	if as == Tools {
		return toolNames(value)
	}
	return shownStrings(value)
}

// holds reports whether the text of a value, as it is read, contains a word, which is folded.
func holds(value []byte, as Reading, word []rune) bool {
	if as == Whole {
		return Contains(value, word)
	}
	for literal := range literals(value, as) {
		s := newSearcher(word)
		if _, found := s.literal(literal); found {
			return true
		}
	}
	return false
}
