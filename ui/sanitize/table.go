package sanitize

import "unicode"

// hidden reports whether r must not reach the terminal as it is.
func hidden(r rune) bool {
	return !common(r) && (r&0xFFFE == 0xFFFE || unicode.Is(hiddenTable, r))
}

// hiddenTable holds controls, formats (bidi, zero-width, tags, soft hyphen), what fonts are told to
// leave blank, variation selectors, line and paragraph separators, surrogates, private use and
// noncharacters (but for the last two of each plane).
var hiddenTable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0000, 0x001F, 1}, {0x007F, 0x009F, 1}, {0x00AD, 0x00AD, 1}, {0x034F, 0x034F, 1}, {0x0600, 0x0605, 1}, {0x061C, 0x061C, 1},
		{0x06DD, 0x06DD, 1}, {0x070F, 0x070F, 1}, {0x0890, 0x0891, 1}, {0x08E2, 0x08E2, 1}, {0x115F, 0x1160, 1}, {0x17B4, 0x17B5, 1},
		{0x180B, 0x180F, 1}, {0x200B, 0x200F, 1}, {0x2028, 0x202E, 1}, {0x2060, 0x206F, 1}, {0x3164, 0x3164, 1}, {0xD800, 0xF8FF, 1},
		{0xFDD0, 0xFDEF, 1}, {0xFE00, 0xFE0F, 1}, {0xFEFF, 0xFEFF, 1}, {0xFFA0, 0xFFA0, 1}, {0xFFF0, 0xFFFB, 1}, {0xFFFE, 0xFFFF, 1},
	},
	R32: []unicode.Range32{
		{0x110BD, 0x110BD, 1}, {0x110CD, 0x110CD, 1}, {0x13430, 0x1343F, 1}, {0x1BCA0, 0x1BCA3, 1}, {0x1D173, 0x1D17A, 1},
		{0xE0000, 0xE0FFF, 1}, {0xF0000, 0x10FFFF, 1},
	},
	LatinOffset: 3,
}

// common reports whether r is one of the letters and signs of much text that need no table: Latin,
// Greek, Cyrillic, punctuation, kana, Han and Hangul, without what is hidden or combines.
func common(r rune) bool {
	return r >= 0xA0 && r < 0x300 && r != 0xAD || r >= 0x370 && r < 0x483 || r >= 0x2010 && r < 0x2028 ||
		r >= 0x2500 && r < 0x2600 || r >= 0x3000 && r < 0x302A || wide(r)
}

// wide reports whether r is one of the common characters that always take two cells: kana, Han and
// Hangul.
func wide(r rune) bool {
	return r >= 0x3041 && r < 0x3097 || r >= 0x30A0 && r < 0x3100 || r >= 0x4E00 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4
}

// The members of emoji sequences.
const (
	joiner  = '\u200D'
	emojiVS = '\uFE0F'
	keycap  = '\u20E3'
)

// skinTone reports whether r is an emoji modifier: a part of the pictograph before it.
func skinTone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// combines reports whether r, inside a cluster, adds to the character before it rather than being
// one itself. What this version of Unicode does not know counts as combining.
func combines(r rune) bool {
	switch {
	case common(r), unicode.Is(unicode.L, r):
		return r == 0xFF9E || r == 0xFF9F // halfwidth voiced marks are letters by category
	case unicode.Is(unicode.M, r):
		return true
	}
	return !unicode.In(r, unicode.N, unicode.P, unicode.S, unicode.Zs)
}

// pictograph reports whether r may begin an emoji sequence. The segmenter knows: a joiner after a
// pictograph holds on to pictographs, and else only to what holds on to a letter as well.
func pictograph(r rune) bool {
	return r >= 0xA9 && holds("\u2764\u200D", r) && !holds("a", r)
}

// holds reports whether r is in one cluster with s, itself a cluster.
func holds(s string, r rune) bool {
	s += string(r)
	return len(firstCluster(s)) == len(s)
}

// attaches reports whether r would join the character printed before it. Such a one is shown as a
// mark where its base is missing. The vowels and finals of Hangul join a consonant; many terminals
// have no cell for one alone.
func attaches(r rune) bool { return !common(r) && (conjoining(r) || holds("a", r)) }

// joinsNext reports whether text, the end of a cluster, would swallow whatever is printed after it.
// Only prepended letters of Indic scripts do.
func joinsNext(text string, last rune) bool {
	if last != 0x0D4E && (last < 0x11000 || last > 0x11FFF) {
		return false
	}
	return holds(text, '<')
}
