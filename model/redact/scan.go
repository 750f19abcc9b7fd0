package redact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scan is one reading of a text.
type scan struct {
	f      *Finder
	text   string
	name   string // of the member
	kind   string // that is looked for now
	hits   []Hit
	misses []Miss
	missed map[string]int // by kind
	opaque []Hit          // stretches of base64, in which nothing is looked for
}

// read looks for all kinds in a text as it stands.
func (f *Finder) read(text, name string) *scan {
	s := &scan{f: f, text: text, name: name, missed: map[string]int{}}
	if solid(text) {
		return s
	}
	s.opaque = payloads(text)
	for _, k := range f.kinds {
		s.kind = k.Name
		k.find(s)
	}
	for _, p := range f.patterns {
		s.kind = p.Name
		for _, at := range p.Expr.FindAllStringIndex(text, -1) {
			s.hit(at[0], at[1])
		}
	}
	return s
}

// hit notes a hit, unless it is empty or within base64.
func (s *scan) hit(start, end int) {
	if start < end && !s.within(start) {
		s.hits = append(s.hits, Hit{start, end, s.kind})
	}
}

// miss notes a near miss.
func (s *scan) miss(start, end int, why string) {
	if s.missed[s.kind]++; s.missed[s.kind] <= mostMisses && !s.within(start) {
		s.misses = append(s.misses, Miss{Hit{start, end, s.kind}, why})
	}
}

// within reports whether a place is within base64.
func (s *scan) within(at int) bool {
	i, _ := slices.BinarySearchFunc(s.opaque, at, func(h Hit, at int) int { return h.End - 1 - at })
	return i < len(s.opaque) && s.opaque[i].Start <= at
}

// at is the byte at a place, 0 outside of the text.
func (s *scan) at(i int) byte {
	if i < 0 || i >= len(s.text) {
		return 0
	}
	return s.text[i]
}

// solidFrom is how long base64 without anything around it has to be to be taken for a file.
const solidFrom = 512

// solid reports whether a text is a file in base64: no text, whatever its letters happen to spell.
func solid(text string) bool {
	return len(text) >= solidFrom && base64Run(text[:solidFrom], 0) == solidFrom && base64Run(text, solidFrom) == len(text)
}

// payloads are the files in base64 that are in data addresses.
func payloads(text string) (list []Hit) {
	const sign = ";base64,"
	for from := 0; ; {
		i := strings.Index(text[from:], sign)
		if i < 0 {
			return list
		}
		start := from + i + len(sign)
		from = base64Run(text, start)
		if from > start {
			list = append(list, Hit{Start: start, End: from})
		}
	}
}

// base64Run is where the base64 ends that is from i on.
func base64Run(text string, i int) int {
	for i < len(text) && (alnum(text[i]) || text[i] == '+' || text[i] == '/' || text[i] == '=') {
		i++
	}
	return i
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func alnum(c byte) bool { return digit(c) || letter(c) }

func hexadecimal(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// begins reports whether a word or a number may begin at i: no letter and no digit is before it.
func (s *scan) begins(i int) bool {
	if i == 0 {
		return true
	}
	if c := s.text[i-1]; c < utf8.RuneSelf {
		return !alnum(c)
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[:i])
	return !unicode.IsLetter(r) || unbroken(r)
}

// ends reports whether a word or a number may end before i.
func (s *scan) ends(i int) bool {
	if i >= len(s.text) {
		return true
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return !alnum(c)
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return !unicode.IsLetter(r) || unbroken(r)
}

// unbroken reports whether a letter is of a script that sets no spaces between words.
func unbroken(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// before reports whether one of some words, in lower case, is in the few bytes before i: it begins
// there as a word, and ends within reach.
func (s *scan) before(i, reach int, words []string) bool {
	const longest = 12
	from := max(0, i-reach-longest)
	window := strings.ToLower(strings.ToValidUTF8(s.text[from:i], "?"))
	for _, w := range words {
		k := strings.LastIndex(window, w)
		if k >= 0 && len(window)-k-len(w) <= reach && (k == 0 || !letter(window[k-1])) {
			return true
		}
	}
	return false
}
