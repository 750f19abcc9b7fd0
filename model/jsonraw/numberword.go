package jsonraw

import (
	"strings"
	"unicode"
)

// Misspelled says what keeps a text from being a number as JSON writes it, when it looks like one
// to people, as the end of a sentence that shows the text: ": digits are not grouped". A unit
// behind the number does not count. It is "" for a number, and for what looks like none. Which
// number was meant is not guessed: 1,234 is two different ones in two countries.
func Misspelled(text string) string {
	text = strings.TrimSpace(strings.TrimRightFunc(text, unicode.IsLetter))
	if !resembles(text) {
		return ""
	}
	sign := strings.TrimLeft(text, "-")
	switch {
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsDigit(r) && !ascii(r) }):
		return ": digits are 0 to 9"
	case strings.ContainsAny(text, ",٫٬") || strings.Count(text, ".") > 1:
		return ": the decimal sign is a point, and digits are not grouped"
	case strings.ContainsAny(text, "_'’") || strings.ContainsFunc(text, unicode.IsSpace):
		return ": digits are not grouped"
	case strings.ContainsAny(text, "\u2212–"):
		return ": the minus sign is -"
	case strings.ContainsFunc(text, currency):
		return ": a number has no currency sign"
	case strings.HasPrefix(text, "+"):
		return ": a number has no plus sign in front"
	case strings.HasPrefix(sign, ".") || strings.HasSuffix(text, "."):
		return ": a digit stands on both sides of the point"
	case len(sign) > 1 && sign[0] == '0' && ascii(rune(sign[1])):
		return ": a number has no zeros in front"
	}
	return ""
}

// longestNumber bounds what is taken for a number that somebody typed.
const longestNumber = 60

// resembles reports whether a text has a digit, and nothing else than what people write in numbers.
func resembles(text string) bool {
	if len(text) > longestNumber || !strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsDigit(r) && !unicode.IsSpace(r) && !currency(r) && !strings.ContainsRune("+-.,eE_'’٫٬\u2212–", r)
	})
}

func ascii(r rune) bool { return r >= '0' && r <= '9' }

func currency(r rune) bool { return unicode.Is(unicode.Sc, r) }
