package jsonraw

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// Text decodes a string literal. ok is false when raw is not a string literal, or holds bytes that
// are not UTF-8 and so cannot be encoded again as they were.
func Text(raw []byte) (text string, ok bool) {
	if raw = Trim(raw); !isText(raw) {
		return "", false
	}
	return decode(raw), true
}

// Decode is Text, in bytes that are the caller's own.
func Decode(raw []byte) (text []byte, ok bool) {
	if raw = Trim(raw); !isText(raw) {
		return nil, false
	}
	return decodeBytes(raw), true
}

// Stands reports whether raw is a string literal that stands for text, without decoding it as a
// whole.
func Stands(raw, text []byte) bool {
	if raw = Trim(raw); !isText(raw) {
		return false
	}
	p := pieces{rest: raw[1 : len(raw)-1]}
	for {
		piece := p.peek()
		switch {
		case len(piece) == 0:
			return len(text) == 0
		case !bytes.HasPrefix(text, piece):
			return false
		}
		text = text[len(piece):]
		p.skip(len(piece))
	}
}

func isText(raw []byte) bool {
	return len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' && utf8.Valid(raw)
}

// TextPrefix decodes at least the first n bytes of a string literal, or all of it when it is
// shorter, at a cost that does not grow with the literal. It is for previews: bytes that are not
// UTF-8 pass through, and the text may end one character late. A literal whose end is missing is
// read as far as it goes.
func TextPrefix(raw []byte, n int) (text string, whole bool) {
	i := skipSpace(raw, 0)
	if i == len(raw) || raw[i] != '"' {
		return "", false
	}
	var out []byte
	for i++; i < len(raw) && raw[i] != '"'; {
		if len(out) >= n {
			return string(out), false
		}
		if raw[i] == '\\' {
			out, i = appendEscape(out, raw, i)
			continue
		}
		end := Special(raw[:min(len(raw), i+n-len(out))], i)
		for late := 1; late < utf8.UTFMax && end < len(raw) && !utf8.RuneStart(raw[end]); late++ {
			end++
		}
		out, i = append(out, raw[i:end]...), end
	}
	return string(out), i < len(raw)
}

// Special returns the first position in raw, from i on, of a quote or a backslash; the end if there
// is none. Between two such places a string literal is the text that it stands for. It looks at
// eight bytes at a time.
func Special(raw []byte, i int) int {
	for ; i+8 <= len(raw); i += 8 {
		w := binary.LittleEndian.Uint64(raw[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		if found := ((quote-ones)&^quote | (slash-ones)&^slash) & tops; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(raw) && raw[i] != '"' && raw[i] != '\\' {
		i++
	}
	return i
}

// One and the top bit of each byte of a word.
const (
	ones = 0x0101010101010101
	tops = 0x8080808080808080
)

// decode decodes a string literal that jsontext has let through. Bytes that are not UTF-8 pass
// through.
func decode(literal []byte) string {
	if len(literal) < 2 {
		return ""
	}
	body := literal[1 : len(literal)-1]
	if bytes.IndexByte(body, '\\') < 0 {
		return string(body)
	}
	out := decodeBytes(literal)
	return unsafe.String(unsafe.SliceData(out), len(out)) // nobody else has them
}

func decodeBytes(literal []byte) []byte {
	body := literal[1 : len(literal)-1]
	i := bytes.IndexByte(body, '\\')
	if i < 0 {
		i = len(body)
	}
	out := append(make([]byte, 0, len(body)), body[:i]...)
	for i < len(body) {
		out, i = appendEscape(out, body, i)
		run := bytes.IndexByte(body[i:], '\\')
		if run < 0 {
			run = len(body) - i
		}
		out = append(out, body[i:i+run]...)
		i += run
	}
	return out
}

// appendEscape decodes the escape at src[i], a surrogate pair as one, and returns the position
// after it. A broken escape is dropped: the callers read only checked literals, or previews.
func appendEscape(dst, src []byte, i int) ([]byte, int) {
	if i+1 >= len(src) {
		return dst, len(src)
	}
	switch c := src[i+1]; c {
	case 'b':
		return append(dst, '\b'), i + 2
	case 'f':
		return append(dst, '\f'), i + 2
	case 'n':
		return append(dst, '\n'), i + 2
	case 'r':
		return append(dst, '\r'), i + 2
	case 't':
		return append(dst, '\t'), i + 2
	case 'u':
		r, size := escapedRune(src[i:])
		if size == 0 {
			return dst, i + 2
		}
		return appendWide(dst, r), i + size
	default:
		return append(dst, c), i + 2
	}
}

// escapedRune reads \uXXXX at the start of src, or two of them that form a surrogate pair. size is
// 0 when there is no such escape; r may be a lone surrogate.
func escapedRune(src []byte) (r rune, size int) {
	r, ok := hex4(src)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(r) {
		if low, ok := hex4(src[6:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
	}
	return r, 6
}

func hex4(src []byte) (rune, bool) {
	if len(src) < 6 || src[0] != '\\' || src[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range src[2:6] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// appendWide appends r as UTF-8, a lone surrogate in the same scheme as any other three-byte code
// point.
func appendWide(dst []byte, r rune) []byte {
	if utf16.IsSurrogate(r) {
		return append(dst, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r)&0xBF)
	}
	return utf8.AppendRune(dst, r)
}
