package pager

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// Plain shows text.
func Plain(text string, _ *theme.Theme) Source {
	return list(prose(text), stop{})
}

// passageLen is how much of a line is shown as one block, about. What is longer is cut, so that no
// step costs more in a longer line. Where it is cut depends on the text alone.
const passageLen = 16 << 10

// prose walks the lines of a text.
type prose string

func (p prose) step(at stop) (line, stop, bool) {
	if at.off > len(p) {
		return line{}, at, false
	}
	text := string(p[at.off:])
	end := strings.IndexByte(text[:min(len(text), passageLen)], '\n')
	if end < 0 {
		end = seam(text)
	}
	l, after := line{val: span{at.off, at.off + end}, form: passage}, stop{off: at.off + end}
	if l.more = end < len(text) && text[end] != '\n'; !l.more {
		after.off++
	}
	return l, after, true
}

// seam is where a line ends that begins with text and is passageLen at least: at its end, or where
// it is cut.
func seam(text string) int {
	const before = utf8.UTFMax
	if len(text) <= passageLen {
		return len(text)
	}
	around := []byte(text[passageLen-before : min(len(text), passageLen+sanitize.SeamReach+sanitize.Lookahead)])
	at := sanitize.Seam(around, before)
	if i := bytes.IndexByte(around[before:], '\n'); i >= 0 {
		at = min(at, before+i)
	}
	return passageLen - before + at
}

func (p prose) block(l line) Block { return Block{Text: string(p[l.val.start:l.val.end])} }
