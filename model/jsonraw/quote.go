package jsonraw

import (
	"strings"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// Quote encodes text as a string literal: short escapes and \u00XX below U+0020, everything else as
// it is, a surrogate in its three-byte form as \uD8XX. The error is a *SyntaxError at the first
// byte that is neither UTF-8 nor such a surrogate.
func Quote(text string) ([]byte, error) {
	dst, err := appendQuoted(append(make([]byte, 0, len(text)+len(text)/32+2), '"'), text)
	if err != nil {
		return nil, err
	}
	return append(dst, '"'), nil
}

// appendQuoted appends text as it is within a string literal.
func appendQuoted(dst []byte, text string) ([]byte, error) {
	valid := utf8.ValidString(text)
	for from := 0; ; { // text[from:i] needs no escape
		i := from
		for i < len(text) && text[i] >= ' ' && text[i] != '"' && text[i] != '\\' && (valid || text[i] < utf8.RuneSelf) {
			i++
		}
		dst = append(dst, text[from:i]...)
		if i == len(text) {
			return dst, nil
		}
		if text[i] < utf8.RuneSelf {
			dst = appendEscaped(dst, text[i])
			from = i + 1
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		if size > 1 {
			dst = append(dst, text[i:i+size]...)
		} else if r, ok := surrogate(text[i:]); ok {
			dst = append(dst, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			size = 3
		} else {
			return nil, faultAt(text, i, "a byte is not UTF-8")
		}
		from = i + size
	}
}

// Literal is text as a string literal, whatever it is. Lone surrogates that were decoded are
// written as escapes again; bytes that are not UTF-8 are replaced by U+FFFD.
func Literal(text string) []byte {
	literal, err := Quote(text)
	if err != nil {
		literal, _ = Quote(strings.ToValidUTF8(text, "\uFFFD"))
	}
	return literal
}

func appendEscaped(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// surrogate reads the three-byte form ED A0..BF 80..BF at the start of text.
func surrogate(text string) (rune, bool) {
	if len(text) < 3 || text[0] != 0xED || text[1]&0xE0 != 0xA0 || text[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F), true
}
