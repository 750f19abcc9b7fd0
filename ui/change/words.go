package change

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"znkr.io/diff"

	"errata/model/figure"
)

const (
	maxWords = 4000 // words and signs of a line that are compared one by one
	maxSame  = 160  // bytes of a line from which unchanged stretches are left out
	around   = 40   // bytes that stay on each side of a change
)

// pair shows two lines as removed and added, with the words marked that differ. Long unchanged
// stretches become "…".
func pair(before, after string) []Line {
	was, is := words(before), words(after)
	var gone, come []Span
	if len(was)+len(is) > maxWords {
		gone, come = middle(before, after)
	} else {
		gone, come = wordMarks(was, is)
	}
	// Marks over all of both lines say nothing, and a mark on every other word cannot be read.
	if len(gone)+len(come) > 1 && 3*covered(gone) > 2*len(before) && 3*covered(come) > 2*len(after) {
		gone, come = nil, nil
	}
	return []Line{elide(Line{Removed, before, gone}), elide(Line{Added, after, come})}
}

// wordMarks lists the bytes of both lines that the other has not.
func wordMarks(was, is []string) (gone, come []Span) {
	x, y := 0, 0
	for _, e := range diff.Edits(was, is) {
		switch e.Op {
		case diff.Match:
			x += len(e.X)
			y += len(e.Y)
		case diff.Delete:
			gone = extend(gone, x, x+len(e.X))
			x += len(e.X)
		case diff.Insert:
			come = extend(come, y, y+len(e.Y))
			y += len(e.Y)
		}
	}
	return gone, come
}

func extend(marks []Span, start, end int) []Span {
	if n := len(marks); n > 0 && marks[n-1].End == start {
		marks[n-1].End = end
		return marks
	}
	return append(marks, Span{start, end})
}

func covered(marks []Span) int {
	n := 0
	for _, m := range marks {
		n += m.End - m.Start
	}
	return n
}

// words cuts a line into words, runs of white space and single signs.
func words(s string) []string {
	var out []string
	for s != "" {
		n := wordLen(s)
		out = append(out, s[:n])
		s = s[n:]
		if len(out) > maxWords {
			return append(out, s)
		}
	}
	return out
}

func wordLen(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	class := classOf(first)
	if class == sign {
		return n
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if classOf(r) != class {
			break
		}
		n += size
	}
	return n
}

const (
	sign = iota
	space
	letter
)

func classOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), unicode.Is(unicode.Thai, r):
		return sign // written without spaces: compared by character
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
		return letter
	default:
		return sign
	}
}

// middle marks what is between the beginning and the end that two texts share.
func middle(before, after string) (gone, come []Span) {
	head := commonPrefix(before, after)
	tail := commonSuffix(before[head:], after[head:])
	if head < len(before)-tail {
		gone = []Span{{head, len(before) - tail}}
	}
	if head < len(after)-tail {
		come = []Span{{head, len(after) - tail}}
	}
	return gone, come
}

// commonPrefix is the length of what both begin with, at a character's start in both.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (inside(a, n) || inside(b, n)) {
		n--
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && (inside(a, len(a)-n) || inside(b, len(b)-n)) {
		n--
	}
	return n
}

// inside reports whether byte i of s continues a character.
func inside(s string, i int) bool { return i < len(s) && !utf8.RuneStart(s[i]) }

// elide leaves the long unchanged stretches of a line out.
func elide(l Line) Line {
	if len(l.Text) <= maxSame {
		return l
	}
	if len(l.Marks) == 0 {
		l.Text = shorten(l.Text, maxLine)
		return l
	}
	var b strings.Builder
	var marks []Span
	end := 0 // of what is written
	for i, m := range l.Marks {
		from := end
		if keep := floor(l.Text, m.Start-around); keep > end+around || i == 0 && keep > 0 {
			if i > 0 {
				b.WriteString(l.Text[end:ceil(l.Text, end+around)])
			}
			b.WriteString("…")
			from = keep
		}
		b.WriteString(l.Text[from:m.Start])
		at := b.Len()
		b.WriteString(shorten(l.Text[m.Start:m.End], maxLine))
		marks = append(marks, Span{at, b.Len()})
		end = m.End
	}
	if rest := ceil(l.Text, end+around); rest < len(l.Text) {
		b.WriteString(l.Text[end:rest] + "…")
	} else {
		b.WriteString(l.Text[end:])
	}
	return Line{l.Kind, b.String(), marks}
}

// floor and ceil move a position to the start of a character within s.
func floor(s string, i int) int {
	i = min(max(i, 0), len(s))
	for i > 0 && inside(s, i) {
		i--
	}
	return i
}

func ceil(s string, i int) int {
	i = min(max(i, 0), len(s))
	for inside(s, i) {
		i++
	}
	return i
}

// shorten cuts a text that is longer than n bytes and says how much is missing.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	cut := floor(s, n)
	return s[:cut] + "… (" + figure.Size(len(s)-cut) + " more)"
}
