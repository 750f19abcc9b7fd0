package sanitize

import (
	"slices"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Shown is a cluster on its way to the terminal.
type Shown struct {
	Text  string
	Width int // the cells that it gets
	// every terminal moves its cursor by just that many; else it stands somewhere within them
	Sure  bool
	Faint bool // a terminal may have no cell for it and draw it into the one before
}

// First is the first cluster of s, which is not empty and safe to print (the result of Line, or
// text of our own).
func First(s string) Shown {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return Shown{Text: s[:1], Width: 1, Sure: true}
	}
	c := Shown{Text: firstCluster(s)}
	c.Width, c.Sure = measure(c.Text)
	c.Faint = !c.Sure && faint(c.Text)
	return c
}

// measure is the room for a cluster: the widest that a terminal may take it for. Some add up what
// its characters take alone, others look at the cluster as a whole, and their tables are of
// different years.
func measure(text string) (width int, sure bool) {
	r, n := utf8.DecodeRuneInString(text)
	if n == len(text) && common(r) && steady(r) {
		return runeCells(r, true), true
	}
	_, whole := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	told := Joins(told.Load())
	sure = steady(r) || ending(r) && told&(Answered|Vowels) == Answered
	if n == len(text) {
		return alone(whole, sure), sure
	}
	sum := sum{told: told, last: r, sure: sure}
	sum.width = runeCells(r, sure)
	for _, r := range text[n:] {
		sum.add(r)
	}
	switch {
	case sum.sure || whole == 0: // a cluster that takes no room of its own is not shown
		return whole, sum.sure
	case sum.flag:
		return 2, true
	}
	return max(sum.width, whole), false
}

// alone is the room for a cluster of one character, which a table knows to take whole cells. Where
// terminals differ they differ between nothing, one and two.
func alone(whole int, sure bool) int {
	if sure || whole == 0 {
		return whole
	}
	return 2
}

// runeCells is what a character takes by itself. Those before U+1100 that every terminal takes
// alike take one cell.
func runeCells(r rune, sure bool) int {
	switch {
	case !sure || wide(r):
		return 2
	case r < 0x1100:
		return 1
	}
	return ansi.StringWidth(string(r))
}

// A sum adds up the characters of a cluster.
type sum struct {
	told  Joins
	width int
	last  rune
	sure  bool
	flag  bool // two regional indicators, which every terminal takes as two cells
	after bool // a joiner was met
}

// add adds r, which is not the first.
func (s *sum) add(r rune) {
	width, sure := s.cells(r)
	s.flag = regional(r) && regional(s.last) && s.width == 2
	if s.flag {
		width = 0
	}
	s.width += width
	s.sure = s.sure && sure
	s.last = r
}

// cells is what r adds.
func (s *sum) cells(r rune) (width int, sure bool) {
	switch {
	case r == joiner:
		s.after = true
		return 0, false
	case r == emojiVS && s.after: // a terminal may begin again with a picture that is text by itself
		return 2, false
	case r == emojiVS:
		return max(2-s.width, 0), false
	case skinTone(r):
		return s.unless(Tones, 2), false
	case unicode.Is(unicode.M, r):
		return s.mark(r)
	case conjoining(r) && r < 0x1200:
		return s.unless(Jamo, 1), false
	case r == 0xE33, r == 0xEB3, r == 0xFF9E, r == 0xFF9F:
		return s.unless(Endings, 1), false
	case s.after:
		return s.unless(Sequences, 2), false
	}
	return s.unless(Conjuncts, runeCells(r, steady(r))), false
}

// mark is what a combining mark adds: nothing where every terminal knows it.
func (s *sum) mark(r rune) (width int, sure bool) {
	switch {
	case steady(r):
		return 0, true
	case unicode.Is(unsettledTable, r):
		return markCells(r), false
	case unicode.Is(unicode.Mc, r):
		return s.unless(Vowels, markCells(r)), false
	}
	return s.unless(Marks, markCells(r)), s.told&Marks != 0
}

// markCells is the most that a mark takes. Those of Han and kana are as wide as what they belong
// to.
func markCells(r rune) int {
	if r >= 0x3000 && r < 0x3100 || r >= 0x16FE0 && r < 0x17000 {
		return 2
	}
	return 1
}

// unless is width, or nothing where the terminal told that it draws such a character within its
// cluster.
func (s *sum) unless(j Joins, width int) int {
	if s.told&j != 0 {
		return 0
	}
	return width
}

// steady reports whether every terminal that was measured takes r alike.
func steady(r rune) bool {
	return r < utf8.RuneSelf || wide(r) || !unicode.Is(unsteadyTable, r)
}

// ending reports whether r is a vowel sign that stands by itself, as Burmese has. A terminal that
// joins vowel signs may join it.
func ending(r rune) bool { return unicode.Is(unicode.Mc, r) }

// faint reports whether a terminal may have no cell for text, a cluster.
func faint(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && unicode.Is(faintTable, r)
}

// unseen reports whether the terminal leaves r out, which is younger than its tables.
func unseen(r rune) bool {
	if Joins(told.Load())&Unknown == 0 {
		return false
	}
	known := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
	return !known && !common(r) || unicode.Is(youngTable, r) || unicode.Is(faintTable, r) && !unicode.Is(unicode.M, r)
}

// regional reports whether r is half a flag.
func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// conjoining reports whether r is a vowel or final consonant of a Hangul syllable that is written
// in letters.
func conjoining(r rune) bool { return r >= 0x1160 && r <= 0x11FF || r >= 0xD7B0 && r <= 0xD7FB }

// Joins are the kinds of characters that a terminal draws within the cell of what is before them.
type Joins uint32

// What a terminal may join.
const (
	Tones     Joins = 1 << iota // skin tones
	Sequences                   // pictographs behind a joiner
	Marks                       // combining marks that older tables do not know
	Vowels                      // vowel signs of Indic scripts that take room
	// vowels of Thai and Lao, and halfwidth voicing marks, that are letters
	Endings
	Conjuncts // consonants joined to the one before
	Jamo      // Hangul vowels and finals

	Unknown  Joins = 1 << 30 // it leaves out characters that it does not know
	Answered Joins = 1 << 31 // it said what it joins
)

// told is what the terminal said of itself. There is one terminal; nothing is held for sure until
// it said so.
var told atomic.Uint32

// Tell sets what the terminal said of itself. What was laid out before has to be laid out again.
func Tell(j Joins) { told.Store(uint32(j)) }

// probes are clusters that tell what a terminal joins, one for each kind in the order of the
// constants.
var probes = []string{"👍🏽", "👨\u200d👩\u200d👧", "\u1000\u103a", "\u0915\u093f", "\u0e01\u0e33", "\u0915\u094d\u0937", "\u1112\u1161\u11ab"}

// young is a character that a terminal with older tables does not know.
const young = "\U0001FAE8"

// Probes are texts whose width in a terminal Answer makes sense of. None takes more than ProbeWidth
// cells.
var Probes = append(slices.Clip(probes), young)

// ProbeWidth is the most cells that a probe takes.
const ProbeWidth = 8

// Answer is what the widths say that a terminal gave to the Probes, in cells.
func Answer(widths []int) Joins {
	if len(widths) != len(Probes) {
		return 0
	}
	j := Answered
	for i, probe := range probes {
		if _, whole := ansi.FirstGraphemeCluster(probe, ansi.GraphemeWidth); widths[i] == whole {
			j |= 1 << i
		}
	}
	if widths[len(probes)] == 0 {
		j |= Unknown
	}
	return j
}
