package pager

import (
	"strings"

	"errata/model/jsonraw"
	"errata/ui/theme"
)

// Plain shows text.
func Plain(text string, _ *theme.Theme) Source {
	return list(prose(text), stop{})
}

// prose walks the lines of a text.
type prose string

func (p prose) step(at stop) (line, stop, bool) {
	if at.off > len(p) {
		return line{}, at, false
	}
	end := len(p)
	if i := strings.IndexByte(string(p[at.off:]), '\n'); i >= 0 {
		end = at.off + i
	}
	return line{val: span{at.off, end}, form: passage}, stop{off: end + 1}, true
}

func (p prose) text(l line) string { return string(p[l.val.start:l.val.end]) }

func (p prose) block(l line) Block { return Block{Text: p.text(l)} }

// scanPassage reads a string literal from off, which is within it, to the next line break or the closing quote: end is where that stands, after
// what follows it; last tells that it was the quote.
func scanPassage(raw []byte, off int) (end, after int, last bool) {
	for i := off; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			return i, i + 1, true
		case '\\':
			if n := lineBreak(raw[i:]); n > 0 {
				return i, i + n, false
			}
			i++
		}
	}
	return len(raw), len(raw), true
}

// lineBreak is the length of the escape at the start of raw when it stands for a line break, else 0.
func lineBreak(raw []byte) int {
	switch {
	case len(raw) > 1 && raw[1] == 'n':
		return len(`\n`)
	case len(raw) > 5 && raw[1] == 'u' && string(raw[2:5]) == "000" && raw[5]|0x20 == 'a':
		return len(`\u000a`)
	}
	return 0
}

// decode gives the text of the inside of a string literal, or of a part of it between two escapes. Bytes that are no UTF-8 pass through.
func decode(inside []byte) string {
	if !escaped(inside) {
		return string(inside)
	}
	quoted := make([]byte, 0, len(inside)+2)
	quoted = append(append(append(quoted, '"'), inside...), '"')
	text, _ := jsonraw.TextPrefix(quoted, len(quoted))
	return text
}
