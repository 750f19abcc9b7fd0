package redact

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mostQuoted is how often a text may quote JSON that quotes JSON.
const mostQuoted = 6

// unquoted is a text with the escapes of JSON read as what they stand for; ok is false when it has
// none. A backslash that begins none stays.
func unquoted(text string) (plain string, ok bool) {
	var b strings.Builder
	done := 0
	for i := strings.IndexByte(text, '\\'); i >= 0; {
		if r, size := escape(text[i:]); size > 0 {
			if done == 0 {
				b.Grow(len(text))
			}
			b.WriteString(text[done:i])
			b.WriteRune(r)
			i += size
			done = i
		} else {
			i++
		}
		next := strings.IndexByte(text[i:], '\\')
		if next < 0 {
			break
		}
		i += next
	}
	if done == 0 {
		return "", false
	}
	b.WriteString(text[done:])
	return b.String(), true
}

// escape reads the escape that a text begins with; size is 0 when it is none.
func escape(text string) (r rune, size int) {
	if len(text) < 2 {
		return 0, 0
	}
	switch c := text[1]; c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'n', 'r', 't', 'b', 'f':
		return rune("\n\r\t\b\f"[strings.IndexByte("nrtbf", c)]), 2
	case 'u':
		r, ok := hexRune(text)
		if !ok {
			return 0, 0
		}
		if low, ok := hexRune(text[6:]); ok && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return r, 6
	}
	return 0, 0
}

func hexRune(text string) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil && text[2] != '+'
}

// quotedHits are the hits in a text, and those in the text that it quotes. A hit that cuts an
// escape gives way to one in the quoted text.
func quotedHits(text string, hits, inner []Hit) []Hit {
	mapped := outward(text, inner)
	list := mapped[:len(mapped):len(mapped)]
	next := 0
	for _, h := range (&Finder{}).joined(hits) {
		for next < len(mapped) && mapped[next].End <= h.Start {
			next++
		}
		over := next < len(mapped) && mapped[next].Start < h.End
		if over && (cuts(text, h.Start) || cuts(text, h.End)) {
			continue
		}
		list = append(list, h)
	}
	return list
}

// outward gives the places in a text of hits in what it quotes.
func outward(text string, inner []Hit) []Hit {
	list := make([]Hit, len(inner))
	i, plain := 0, 0 // the same place in both
	to := func(want int) int {
		for plain < want && i < len(text) {
			run := strings.IndexByte(text[i:], '\\')
			if run < 0 || run > want-plain {
				run = want - plain
			}
			i, plain = i+run, plain+run
			if plain >= want {
				break
			}
			if r, size := escape(text[i:]); size > 0 {
				i, plain = i+size, plain+utf8.RuneLen(printable(r))
			} else {
				i, plain = i+1, plain+1
			}
		}
		return i
	}
	for k, h := range inner {
		list[k] = Hit{to(h.Start), to(h.End), h.Kind}
	}
	return list
}

// printable is the rune that a strings.Builder writes for r.
func printable(r rune) rune {
	if utf16.IsSurrogate(r) {
		return utf8.RuneError
	}
	return r
}

// cuts reports whether a place in a text is within an escape.
func cuts(text string, at int) bool {
	for back := 1; back < 12 && back <= at; back++ {
		if from := at - back; text[from] == '\\' {
			if _, size := escape(text[from:]); size > back && !escaped(text, from) {
				return true
			}
		}
	}
	return false
}

// escaped reports whether the backslash at a place is itself escaped by the one before it.
func escaped(text string, at int) bool {
	from := at
	for from > 0 && text[from-1] == '\\' {
		from--
	}
	return (at-from)%2 == 1
}
