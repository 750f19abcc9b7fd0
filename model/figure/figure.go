// Package figure writes counts and sizes for people, the same way on every screen and in every
// command: thousands with a comma, sizes exact while they are small. Output for programs has the
// bare number.
//
// It knows numbers alone. It must not know what they are of.
package figure

import (
	"strconv"
	"strings"
)

// Int writes a whole number: "12,345".
func Int[N ~int | ~int64](n N) string { return Thousands(strconv.FormatInt(int64(n), 10)) }

// Count is a number of things: "1 log", "12,345 logs", "2 entries".
func Count[N ~int | ~int64](n N, noun string) string {
	if stem, ok := strings.CutSuffix(noun, "ry"); n != 1 && ok {
		noun = stem + "ries"
	} else if n != 1 && strings.HasSuffix(noun, "ch") {
		noun += "es"
	} else if n != 1 {
		noun += "s"
	}
	return Int(n) + " " + noun
}

// Size writes a number of bytes: "1 byte", "12,345 bytes", "123 kB", "12.3 MB". A kB is 1,000
// bytes.
func Size[N ~int | ~int64](n N) string {
	switch {
	case n < 100_000:
		return Count(n, "byte")
	case n < 999_500:
		return strconv.FormatFloat(float64(n)/1e3, 'f', 0, 64) + " kB"
	}
	return Thousands(strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64)) + " MB"
}

// Thousands puts a comma between the thousands of the whole part of a number: "12,345.6789". What
// is not a number without an exponent stays as it is.
func Thousands(literal string) string {
	rest := strings.TrimPrefix(literal, "-")
	whole, fraction, _ := strings.Cut(rest, ".")
	if len(whole) < 4 || strings.Trim(whole+fraction, "0123456789") != "" {
		return literal
	}
	var b strings.Builder
	b.WriteString(literal[:len(literal)-len(rest)])
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return b.String() + rest[len(whole):]
}
