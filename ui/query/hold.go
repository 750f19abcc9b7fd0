package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// standIn is the first of 256 private characters, one for each byte. The text field of bubbles
// leaves out control characters, U+FFFD and bytes that are not UTF-8, and makes a space of a tab.
// What it would lose is held in it byte by byte as these, and so are these themselves: what was
// typed or pasted comes out of it as it went in.
const standIn = 0x10F800

// lost reports whether the text field would not keep r, which took n bytes.
func lost(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) || r >= standIn && r < standIn+256
}

// held is a text as the text field holds it.
func held(text string) string {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, lost) {
		return text
	}
	var out strings.Builder
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		if lost(r) {
			for _, b := range []byte(text[:n]) {
				out.WriteRune(standIn + rune(b))
			}
		} else {
			out.WriteString(text[:n])
		}
		text = text[n:]
	}
	return out.String()
}

// asIs reports whether value holds no stand-ins: all of them begin with the same byte.
func asIs(value string) bool { return strings.IndexByte(value, 0xF4) < 0 }

// told is the text that the text field holds as value.
func told(value string) string {
	if asIs(value) {
		return value
	}
	var out strings.Builder
	for _, r := range value {
		writeTold(&out, r)
	}
	return out.String()
}

func writeTold(out *strings.Builder, r rune) {
	if r >= standIn && r < standIn+256 {
		out.WriteByte(byte(r - standIn))
		return
	}
	out.WriteRune(r)
}

// bytesOf is how many bytes of the text the first n characters of value hold.
func bytesOf(value string, n int) int {
	for i := range value {
		if n == 0 {
			return len(told(value[:i]))
		}
		n--
	}
	return len(told(value))
}

// places is how many characters of value hold the first n bytes of the text.
func places(value string, n int) (count int) {
	if asIs(value) {
		return utf8.RuneCountInString(value[:n])
	}
	var out strings.Builder
	for _, r := range value {
		if out.Len() >= n {
			break
		}
		writeTold(&out, r)
		count++
	}
	return count
}
