package index

import (
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"errata/model/jsonraw"
)

// Fold is text without its cases, rune by rune.
func Fold(text string) []rune {
	var folded []rune
	for _, r := range text {
		folded = append(folded, foldRune(r))
	}
	return folded
}

// foldRune is the smallest of the runes that differ from r by case only.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	return least
}

// Contains reports whether needle, which is folded, is contained in the text of a JSON value in any
// case. The text is the value as JSON with its escapes decoded, one space after each colon and
// comma, and no other white space around its parts. Nothing is allocated that grows with the value.
func Contains(value []byte, needle []rune) bool {
	s := newSearcher(needle)
	for i := 0; i < len(value); {
		switch b := value[i]; b {
		case ' ', '\t', '\n', '\r':
			i++
		case '"':
			if s.take('"') {
				return true
			}
			n, found := s.literal(value[i+1:])
			if found || s.take('"') {
				return true
			}
			i += n + 2
		case ':', ',':
			if s.take(rune(b)) || s.take(' ') {
				return true
			}
			i++
		default:
			if s.take(foldRune(rune(b))) {
				return true
			}
			i++
		}
	}
	return false
}

// eachPiece gives the letters of the text of a JSON value, folded: what Contains looks at, one by
// one, but the literals of strings as wholes.
func eachPiece(value []byte, take func(r rune), inside func(literal []byte)) {
	for i := 0; i < len(value); {
		switch b := value[i]; b {
		case ' ', '\t', '\n', '\r':
			i++
		case '"':
			take('"')
			end := max(jsonraw.StringEnd(value, i)-1, i+1)
			inside(value[i+1 : end])
			take('"')
			i = end + 1
		case ':', ',':
			take(rune(b))
			take(' ')
			i++
		default:
			take(foldRune(rune(b)))
			i++
		}
	}
}

// searcher looks for one needle in runes that come one at a time, after Knuth, Morris and Pratt.
type searcher struct {
	needle  []rune
	border  []int // [i] is how much still matches when the rune after i+1 matching ones does not
	matched int
}

func newSearcher(needle []rune) *searcher {
	border := make([]int, len(needle))
	for i, k := 1, 0; i < len(needle); i++ {
		for k > 0 && needle[i] != needle[k] {
			k = border[k-1]
		}
		if needle[i] == needle[k] {
			k++
		}
		border[i] = k
	}
	return &searcher{needle: needle, border: border}
}

// take takes the next rune, folded, and reports whether the needle ends with it.
func (s *searcher) take(r rune) bool {
	for s.matched > 0 && (s.matched == len(s.needle) || s.needle[s.matched] != r) {
		s.matched = s.border[s.matched-1]
	}
	if s.needle[s.matched] == r {
		s.matched++
	}
	return s.matched == len(s.needle)
}

// literal takes the runes of a string literal, which text follows its opening quote, and gives
// its length up to the closing one.
func (s *searcher) literal(text []byte) (n int, found bool) {
	for n < len(text) && text[n] != '"' {
		if s.matched == 0 && s.cannotStart(text[n]) {
			n++
			continue
		}
		r, width := decode(text[n:])
		if s.take(foldRune(r)) {
			return n, true
		}
		n += width
	}
	return n, false
}

// cannotStart reports whether no match begins with the character that b is all of. Most bytes of a
// long text are passed over by it.
func (s *searcher) cannotStart(b byte) bool {
	return b < utf8.RuneSelf && b != '\\' && foldRune(rune(b)) != s.needle[0]
}

// shortEscape is the character that a two-byte escape stands for, by its second byte.
func shortEscape(b byte) rune {
	switch b {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return rune(b)
}

// decode reads the first character of the inside of a string literal.
func decode(text []byte) (r rune, width int) {
	if text[0] != '\\' || len(text) < 2 {
		return utf8.DecodeRune(text)
	}
	if text[1] != 'u' {
		return shortEscape(text[1]), 2
	}
	r, ok := hex(text)
	if !ok {
		return rune(text[1]), 2
	}
	if low, ok := hex(text[6:]); ok && utf16.IsSurrogate(r) {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return r, 6
}

// hex reads the escape \uXXXX that text starts with.
func hex(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(code), err == nil
}
