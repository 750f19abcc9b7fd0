package find

import (
	"errata/model/jsonraw"
	"errata/ui/stringlines"
)

// Seek is a hit to put the cursor of an editor at: a byte of the literal of a value. The zero Seek
// has none to seek.
type Seek struct {
	Literal []byte
	At      int
}

// In is where the hit begins in the text that the value is edited as: that of a string, or JSON
// with other white space and other escapes; -1 when there is none. For a large value call it away
// from the keys.
func (s Seek) In(text []byte) int {
	switch {
	case s.Literal == nil:
		return -1
	case isTextOf(text, s.Literal):
		return stringlines.Size(s.Literal[1:max(s.At, 1)])
	}
	return moved(s.Literal, s.At, text)
}

// isTextOf reports whether a text is what a literal stands for, and no JSON, which has its quotes.
func isTextOf(text, literal []byte) bool {
	return jsonraw.KindOf(literal) == jsonraw.String && len(text) == stringlines.Size(stringlines.Inside(literal))
}

// moved is where what is at a byte of JSON is in the same JSON as it is written elsewhere.
func moved(from []byte, at int, to []byte) int {
	for i, j := 0, 0; i < len(from) && j < len(to); {
		i, j = jsonraw.SkipSpace(from, i), jsonraw.SkipSpace(to, j)
		if i >= at || from[i] != '"' {
			if i >= at {
				return j
			}
			i, j = i+1, j+1
			continue
		}
		end, there := jsonraw.StringEnd(from, i), jsonraw.StringEnd(to, j)
		if at < end {
			written := stringlines.Cursor{Inside: to[j+1 : max(there-1, j+1)]}
			return j + 1 + written.Byte(stringlines.Size(from[i+1:max(at, i+1)]))
		}
		i, j = end, there
	}
	return len(to)
}

// unpacked is where what is at a byte of a string's literal is in the JSON that the string holds.
func unpacked(literal []byte, at int) int {
	text := stringlines.Text(literal)
	return stringlines.Size(literal[1:at]) - jsonraw.SkipSpace([]byte(text.Decode(text.First(), text.End())), 0)
}
