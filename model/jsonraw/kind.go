package jsonraw

// Kind is the first byte of a JSON value, with every number folded to '0': one of n t f " 0 { [, or
// 0 for no value at all.
type Kind byte

// The kinds of a JSON value.
const (
	None   Kind = 0
	Null   Kind = 'n'
	True   Kind = 't'
	False  Kind = 'f'
	String Kind = '"'
	Number Kind = '0'
	Object Kind = '{'
	Array  Kind = '['
)

// Word names the kind for a sentence: "a string", "an object", "nothing".
func (k Kind) Word() string {
	switch k {
	case Null:
		return "null"
	case True:
		return "true"
	case False:
		return "false"
	case String:
		return "a string"
	case Number:
		return "a number"
	case Object:
		return "an object"
	case Array:
		return "a list"
	}
	return "nothing"
}

// KindOf is the kind of the value that raw starts with, after leading white space. It does not
// check the value.
func KindOf(raw []byte) Kind {
	i := skipSpace(raw, 0)
	if i == len(raw) {
		return None
	}
	switch c := raw[i]; {
	case c == '-' || '0' <= c && c <= '9':
		return Number
	case c == 'n', c == 't', c == 'f', c == '"', c == '{', c == '[':
		return Kind(c)
	}
	return None
}

// closer is the bracket that closes an object or an array: in ASCII it stands two after the opening
// one.
func (k Kind) closer() byte { return byte(k) + 2 }

// skipSpace returns the position of the first byte at or after i that is not JSON white space.
func skipSpace(doc []byte, i int) int {
	for i < len(doc) && isSpace(doc[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// Trim returns raw without the JSON white space around it, sharing memory with raw.
func Trim(raw []byte) []byte {
	start, end := skipSpace(raw, 0), len(raw)
	for end > start && isSpace(raw[end-1]) {
		end--
	}
	return raw[start:end:end]
}
