package pager

import (
	"strings"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/ui/sanitize"
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

// passageLen is how much of a line of a string is shown as one block, about. What is longer is cut,
// so that no step costs more in a longer line; the pager begins a row at such places anyway.
const passageLen = pieceLen

// extent is a line of a string literal, or a part of one.
type extent struct {
	end, after int  // of the line; of the break or the quote behind it
	last       bool // the quote stands there
	more       bool // neither stands there: the line is long and goes on
}

// scanPassage reads a string literal from off, which is within it, to the next line break or the
// closing quote, or to a place where a long line may be cut.
func scanPassage(raw []byte, off int) extent {
	near := raw[:min(len(raw), off+2*passageLen)]
	for i := off; i < len(raw); {
		if i > len(near)-passageLen/2 { // a line that cannot be cut anywhere, escape upon escape
			near = raw[:min(len(raw), i+passageLen)]
		}
		j := jsonraw.Special(near, i)
		if limit := off + passageLen; j > limit {
			if at := cutRun(raw[:j], max(i+1, limit)); at > 0 {
				return extent{end: at, after: at, more: true}
			}
		}
		if j == len(raw) {
			break
		}
		if raw[j] == '"' {
			return extent{end: j, after: j + 1, last: true}
		}
		if n := lineBreak(raw[j:]); n > 0 {
			return extent{end: j, after: j + n}
		}
		i = j + 2
	}
	return extent{end: len(raw), after: len(raw), last: true}
}

// cutRun finds a place behind from where text may be cut: between two ASCII characters, after a
// space if one is near, else after a cluster; 0 where the text ends before. The text has no escapes
// around there.
func cutRun(text []byte, from int) int {
	const near = 64
	found := 0
	for i := from; i < min(from+near, len(text)-1); i++ {
		if !printable(text[i-1]) || !printable(text[i]) {
			continue
		}
		if text[i-1] == ' ' {
			return i
		}
		if found == 0 {
			found = i
		}
	}
	if found > 0 || len(text)-from < near+sanitize.Lookahead {
		return found
	}
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	return from + sanitize.Next(text[from:min(from+sanitize.Lookahead, len(text))], 0).Len
}

// lineBreak is the length of the escape at the start of raw when it stands for a line break, else
// 0.
func lineBreak(raw []byte) int {
	switch {
	case len(raw) > 1 && raw[1] == 'n':
		return len(`\n`)
	case len(raw) > 5 && raw[1] == 'u' && string(raw[2:5]) == "000" && raw[5]|0x20 == 'a':
		return len(`\u000a`)
	}
	return 0
}

// decode gives the text of the inside of a string literal, or of a part of it between two escapes.
// Bytes that are no UTF-8 pass through.
func decode(inside []byte) string {
	if !escaped(inside) {
		return string(inside)
	}
	quoted := make([]byte, 0, len(inside)+2)
	quoted = append(append(append(quoted, '"'), inside...), '"')
	text, _ := jsonraw.TextPrefix(quoted, len(quoted))
	return text
}
