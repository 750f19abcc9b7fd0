package glyph

import "unicode"

// hidden tells whether r must not reach the terminal as it is: controls, formats (bidi, zero-width, tags, soft
// hyphen), what fonts are told to leave blank, line and paragraph separators, private use and noncharacters.
func hidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xAD:
		return true
	case common(r):
		return false
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// common tells whether r is one of the letters and signs of much text that need no table: Latin, Greek, Cyrillic, punctuation,
// kana, Han and Hangul, without what is hidden or combines.
func common(r rune) bool {
	return r >= 0xA0 && r < 0x300 && r != 0xAD || r >= 0x370 && r < 0x483 || r >= 0x2010 && r < 0x2028 ||
		r >= 0x2500 && r < 0x2600 || r >= 0x3000 && r < 0x302A || r >= 0x3041 && r < 0x3097 || r >= 0x30A0 && r < 0x3100 ||
		r >= 0x4E00 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4
}

// The members of emoji sequences.
const (
	joiner  = '\u200D'
	emojiVS = '\uFE0F'
	keycap  = '\u20E3'
)

// skinTone tells whether r is an emoji modifier: a part of the pictograph before it.
func skinTone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// combines tells whether r, inside a cluster, adds to the character before it rather than being one itself.
// What this version of Unicode does not know counts as combining.
func combines(r rune) bool {
	if r == 0xFF9E || r == 0xFF9F { // halfwidth voiced marks are letters by category
		return true
	}
	return !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Zs)
}

// pictograph tells whether r may begin an emoji sequence. The segmenter knows: a joiner after a pictograph holds on to
// pictographs, and else only to what holds on to a letter as well.
func pictograph(r rune) bool {
	return r >= 0xA9 && holds("\u2764\u200D", r) && !holds("a", r)
}

// holds tells whether r is in one cluster with s, itself a cluster.
func holds(s string, r rune) bool {
	s += string(r)
	return len(firstCluster(s)) == len(s)
}

// attaches tells whether r would join the character printed before it. Such a one is shown as a mark where its base
// is missing.
func attaches(r rune) bool { return !common(r) && holds("a", r) }

// joinsNext tells whether text, the end of a cluster, would swallow whatever is printed after it. Only
// prepended letters of Indic scripts do.
func joinsNext(text string, last rune) bool {
	if last != 0x0D4E && (last < 0x11000 || last > 0x11FFF) {
		return false
	}
	return holds(text, '<')
}
