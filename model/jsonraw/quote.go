package jsonraw

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

// Quote encodes text as a string literal: short escapes and \u00XX below U+0020, everything else as it
// is, a surrogate in its three-byte form as \uD8XX. The error tells the first byte that is neither
// UTF-8 nor such a surrogate, as a *SyntaxError.
func Quote(text string) ([]byte, error) {
	valid := utf8.ValidString(text)
	dst := make([]byte, 0, len(text)+len(text)/32+2)
	dst = append(dst, '"')
	from := 0 // text[from:i] is to be copied as it is
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c < ' ' || c == '"' || c == '\\':
			dst = append(dst, text[from:i]...)
			dst = appendEscaped(dst, c)
			i++
			from = i
		case c < utf8.RuneSelf || valid:
			i++
		default:
			if _, size := utf8.DecodeRuneInString(text[i:]); size > 1 {
				i += size
				continue
			}
			r, ok := surrogate(text[i:])
			if !ok {
				return nil, faultAt(text, i, "a byte is no UTF-8")
			}
			dst = append(dst, text[from:i]...)
			dst = append(dst, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			i += 3
			from = i
		}
	}
	dst = append(dst, text[from:]...)
	return append(dst, '"'), nil
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
