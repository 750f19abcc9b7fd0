// Package sanitize is the one door between text that came from elsewhere and the terminal. It cuts
// text into grapheme clusters and gives for each what may be shown: controls, bidi and zero-width
// characters and bad bytes become visible marks, so that no byte of a log can move the cursor, set
// a title or reorder text.
//
// Everything that prints text of a log, a server, a file name or an error goes through it. It knows
// Unicode and widths; it must not know logs, styles or Bubble Tea.
package sanitize

import (
	"math/bits"
	"unicode/utf8"
)

// Glyph is what one cluster of text looks like in cells.
type Glyph struct {
	// what to print; holds no control, bidi or zero-width character but U+200D and U+FE0F inside an
	// emoji sequence
	Text  string
	Width int  // cells; 0 only for a line break
	Len   int  // bytes of the source that it stands for, 1 to MaxLen
	Mark  bool // Text stands in for something invisible or unsafe: style it apart
	Break bool // a line break: LF, or CR LF (whose Text is the mark for CR)
}

// tabWidth is the distance of tab stops in cells.
const tabWidth = 8

// MaxLen is the longest cluster in bytes. A longer one, which no script writes, is shown as marks.
const MaxLen = 64

// Lookahead is how many bytes decide a glyph: Next gives the same for any longer b.
const Lookahead = MaxLen + utf8.UTFMax

// Next reads the first cluster of b, which begins at cell col of its row (tabs depend on it). b
// must not be empty. A window of a larger text must reach Lookahead bytes on, or to the end of the
// text.
func Next(b []byte, col int) Glyph {
	if c := b[0]; printable(c) && (len(b) == 1 || b[1] < utf8.RuneSelf) {
		return Glyph{Text: ascii[c-' ' : c-' '+1], Width: 1, Len: 1}
	}
	if r, n := utf8.DecodeRune(b); wide(r) {
		if len(b) == n || b[n] < utf8.RuneSelf {
			return Glyph{Text: string(b[:n]), Width: 2, Len: n}
		}
		if after, _ := utf8.DecodeRune(b[n:]); common(after) {
			return Glyph{Text: string(b[:n]), Width: 2, Len: n}
		}
	}
	return next(string(b[:min(len(b), Lookahead)]), col)
}

// next is Next for a string.
func next(s string, col int) Glyph {
	c := s[0]
	switch {
	case printable(c) && (len(s) == 1 || s[1] < utf8.RuneSelf):
		return Glyph{Text: s[:1], Width: 1, Len: 1}
	case c < utf8.RuneSelf && !printable(c):
		return control(s, col)
	}
	s = s[:min(len(s), Lookahead)]
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		return bad(s)
	case hidden(r) || unseen(r):
		return mark(r, n)
	}
	return cluster(s, r, n)
}

// control shows an ASCII control character.
func control(s string, col int) Glyph {
	switch c := s[0]; {
	case c == '\n':
		return Glyph{Len: 1, Break: true}
	case c == '\r' && len(s) > 1 && s[1] == '\n':
		return Glyph{Text: pictures['\r'], Width: Width(pictures['\r']), Len: 2, Mark: true, Break: true}
	case c == '\t':
		width := tabWidth - col%tabWidth
		text := tab[:len(tab)-tabWidth+width]
		return Glyph{Text: text, Width: Width(text), Len: 1, Mark: true}
	case c == 0x7F:
		return Glyph{Text: "␡", Width: Width("␡"), Len: 1, Mark: true}
	default:
		return Glyph{Text: pictures[c], Width: Width(pictures[c]), Len: 1, Mark: true}
	}
}

// bad shows what is not UTF-8: a surrogate that was encoded all the same, or else one byte.
func bad(s string) Glyph {
	if len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2]&0xC0 == 0x80 {
		return mark(0xD000|rune(s[1]&0x3F)<<6|rune(s[2]&0x3F), 3)
	}
	return Glyph{Text: string([]byte{'<', hex[s[0]>>4], hex[s[0]&0xF], '>'}), Width: 4, Len: 1, Mark: true}
}

// mark shows r, which takes n bytes, by its number: four hexadecimal digits or more.
func mark(r rune, n int) Glyph {
	text := append(make([]byte, 0, len("<U+10FFFF>")), "<U+"...)
	for shift := max(12, (bits.Len32(uint32(r))-1)&^3); shift >= 0; shift -= 4 {
		text = append(text, hex[r>>shift&0xF])
	}
	text = append(text, '>')
	return Glyph{Text: string(text), Width: len(text), Len: n, Mark: true}
}

func printable(c byte) bool { return c >= ' ' && c < 0x7F }

const (
	hex   = "0123456789ABCDEF"
	ascii = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	tab   = "→       " // tabWidth cells; cut from the right
)

// pictures are the control pictures of U+0000 to U+001F.
var pictures = []string{
	"␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", "␉", "␊", "␋", "␌", "␍", "␎", "␏",
	"␐", "␑", "␒", "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
}
