package jsonraw

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// maxIndent is the level from which lines are not indented further: a list a thousand levels down
// must not become a thousand times as long.
const maxIndent = 64

// Indent lays a value out over lines for editing: two spaces a level, empty containers and scalars
// on one line, literals as they are, but escapes in strings that stand for visible characters
// decoded. What is not one well-formed value comes back unchanged.
func Indent(raw []byte) []byte {
	s := newScanner(raw)
	out := make([]byte, 0, len(raw))
	var last token
	for depth := 0; ; {
		t, err := s.next()
		if err != nil || last.End > 0 && depth == 0 {
			return raw
		}
		switch {
		case t.closes():
			depth--
			if !last.opens() {
				out = appendLine(out, depth)
			}
		case last.name:
			out = append(out, ": "...)
		case depth > 0:
			if !last.opens() {
				out = append(out, ',')
			}
			out = appendLine(out, depth)
		}
		if t.kind == String {
			out = appendReadable(out, t.Of(raw))
		} else {
			out = append(out, t.Of(raw)...)
		}
		if t.opens() {
			depth++
		}
		if depth == 0 && skipSpace(raw, t.End) == len(raw) {
			return out
		}
		last = t
	}
}

// Compact removes the white space between tokens. Literals stay as they are. What is not one
// well-formed value comes back unchanged.
func Compact(raw []byte) []byte {
	if _, ok := wellFormed(raw); !ok {
		return raw
	}
	return appendCompact(make([]byte, 0, len(raw)), raw)
}

func appendLine(dst []byte, depth int) []byte {
	dst = append(dst, '\n')
	for range min(depth, maxIndent) {
		dst = append(dst, "  "...)
	}
	return dst
}

// appendReadable appends a string literal with the escapes of visible characters decoded.
func appendReadable(dst, literal []byte) []byte {
	for {
		i := bytes.IndexByte(literal, '\\')
		if i < 0 || i+1 >= len(literal) {
			return append(dst, literal...)
		}
		dst = append(dst, literal[:i]...)
		literal = literal[i:]
		r, size := escapedRune(literal)
		if size > 0 && visible(r) {
			dst = utf8.AppendRune(dst, r)
		} else {
			size = max(size, 2)
			dst = append(dst, literal[:size]...)
		}
		literal = literal[size:]
	}
}

// visible reports whether a character may be in a text for editing as itself: it has a shape of its
// own, or joins that of the one before it, and means nothing to JSON.
func visible(r rune) bool {
	switch {
	case r == '"', r == '\\', r == utf8.RuneError:
		return false
	case r == '\u034F', r == '\u2800', '\u17B4' <= r && r <= '\u17B5', '\u180B' <= r && r <= '\u180F':
		return false // without a shape, though not of a category that says so
	case unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return false
	}
	return unicode.IsPrint(r)
}
