package stringlines

import "bytes"

// Inside is what is between the quotes of a literal. A last quote that is missing is not missed.
func Inside(literal []byte) []byte {
	return bytes.TrimSuffix(literal[min(1, len(literal)):], []byte(`"`))
}

// Size is how many bytes the text of a literal has, given the inside of it. Only its escapes are
// decoded.
func Size(inside []byte) (text int) {
	for {
		i := bytes.IndexByte(inside, '\\')
		if i < 0 {
			return text + len(inside)
		}
		size, decoded := unit(inside[i:])
		text, inside = text+i+decoded, inside[i+size:]
	}
}

// Cursor finds where bytes of a text are in the inside of its literal. Calls go forward.
type Cursor struct {
	Inside   []byte
	at, text int // a place in the literal, and in the text
}

// Byte is where the byte of the text at an offset is written.
func (c *Cursor) Byte(offset int) int {
	for {
		i := bytes.IndexByte(c.Inside[c.at:], '\\')
		if i < 0 || i >= offset-c.text {
			return min(c.at+offset-c.text, len(c.Inside))
		}
		size, decoded := unit(c.Inside[c.at+i:])
		if c.text+i+decoded > offset {
			return c.at + i
		}
		c.at, c.text = c.at+i+size, c.text+i+decoded
	}
}

// unit is the length of the escape that raw begins with, the second one of a surrogate pair
// included, and that of the text that it stands for.
func unit(raw []byte) (size, decoded int) {
	size = escapeLen(raw)
	if size == len(`\n`) {
		return min(size, len(raw)), 1
	}
	if high(raw) && len(raw) > size+1 && raw[size] == '\\' && raw[size+1] == 'u' {
		size *= 2
	}
	size = min(size, len(raw))
	return size, len(Decode(raw[:size]))
}
