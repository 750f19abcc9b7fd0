package media

import "bytes"

// shortest is how much base64 an address has at least that is looked for within a text: a shorter
// one is read as easily as what could be said of it.
const shortest = 256

// Within lists the data: addresses in base64 that are within the text of a string literal, as bytes
// of it, in order. Their letters mean nothing to a reader.
func Within(raw []byte) (list [][2]int) {
	const begins, coded = "data:", ";base64,"
	for done := 0; ; {
		i := bytes.Index(raw[done:], []byte(coded))
		if i < 0 {
			return list
		}
		payload := done + i + len(coded)
		end := payload + run(raw[payload:])
		from := max(done, payload-longest)
		if start := bytes.LastIndex(raw[from:payload], []byte(begins)); start >= 0 && end-payload >= shortest {
			if _, ok := address(raw[from+start : end]); ok {
				list = append(list, [2]int{from + start, end})
			}
		}
		done = end
	}
}

// Address says what a data: address holds.
func Address(text []byte) (d Data, ok bool) {
	if d, ok = address(text); ok {
		d.tell("", beside{})
	}
	return d, ok
}

// run is how much base64 a text begins with, escaped slashes among it.
func run(text []byte) int {
	for i, c := range text {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '+', c == '/', c == '=', c == '-', c == '_':
		case c == '\\' && i+1 < len(text) && text[i+1] == '/':
		default:
			return i
		}
	}
	return len(text)
}
