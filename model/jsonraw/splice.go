package jsonraw

import "unicode/utf8"

// Splice gives a string literal in whose text the del bytes at a byte became ins. What stands
// beside them is spelled as it was. raw must be a literal that Text decodes, and the bytes must lie
// in its text; where they cut a character in two, all of it is written anew. The error is that of
// Quote.
func Splice(raw []byte, at, del int, ins []byte) ([]byte, error) {
	raw = Trim(raw)
	start, from := seek(raw, 1, at, false)
	end, to := seek(raw, start, at+del-from, true)
	to += from
	middle := make([]byte, 0, at-from+len(ins)+to-at-del)
	old := decodeBytes(append(append([]byte{'"'}, raw[start:end]...), '"'))
	middle = append(append(append(middle, old[:at-from]...), ins...), old[at+del-from:]...)
	quoted, err := Quote(string(middle))
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(raw)-(end-start)+len(quoted))
	return append(append(append(out, raw[:start]...), quoted[1:len(quoted)-1]...), raw[end:]...), nil
}

// seek finds where in a literal, from byte i on, the character begins that holds a byte of the
// text; with up the first character that begins there or later. from is the byte of the text at
// which that character begins.
func seek(raw []byte, i, at int, up bool) (found, from int) {
	var room [utf8.UTFMax]byte
	for end := len(raw) - 1; i < end && from < at; {
		if run := Special(raw[:end], i); run > i && from+run-i <= at {
			i, from = run, from+run-i
			continue
		}
		size, next := 1, i+1
		switch c := raw[i]; {
		case c == '\\':
			var text []byte
			text, next = appendEscape(room[:0], raw[:end], i)
			size = len(text)
		case c >= utf8.RuneSelf:
			_, size = utf8.DecodeRune(raw[i:])
			next = i + size
		}
		if from+size > at && !up {
			break
		}
		i, from = next, from+size
	}
	return i, from
}
