package jsonraw

import "bytes"

// The functions of this file go through JSON that is known to be well formed, from one position to
// the next, without a check and without a list of what is passed. In other text they end all the
// same, no later than the text.

// SkipSpace is the position of the first byte from i on that is not white space.
func SkipSpace(doc []byte, i int) int { return skipSpace(doc, i) }

// StringEnd is the position after the string at i.
func StringEnd(doc []byte, i int) int {
	for from := i + 1; from < len(doc); {
		quote := bytes.IndexByte(doc[from:], '"')
		if quote < 0 {
			break
		}
		at := from + quote
		before := at
		for before > from && doc[before-1] == '\\' {
			before--
		}
		if from = at + 1; (at-before)%2 == 0 {
			return from
		}
	}
	return len(doc)
}

// ValueEnd is the position after the value at i.
func ValueEnd(doc []byte, i int) int {
	depth := 0
	for i < len(doc) {
		switch doc[i] {
		case '"':
			i = StringEnd(doc, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		default:
			i++
			if depth == 0 {
				return scalarEnd(doc, i)
			}
			continue
		}
		if depth <= 0 {
			return i
		}
	}
	return len(doc)
}

// scalarEnd is the position after a number or a word.
func scalarEnd(doc []byte, i int) int {
	for i < len(doc) {
		switch doc[i] {
		case ' ', '\n', '\t', '\r', ',', ']', '}':
			return i
		}
		i++
	}
	return i
}

// NextItem finds the item of a container that begins after i, which is behind the bracket or the
// item before: its name, empty in an array, and where its value begins. Without one, val is where
// the container closes.
func NextItem(doc []byte, i int, object bool) (key Span, val int, ok bool) {
	i = skipSpace(doc, i)
	if i < len(doc) && doc[i] == ',' {
		i = skipSpace(doc, i+1)
	}
	key = Span{i, i}
	if i >= len(doc) || doc[i] == ']' || doc[i] == '}' {
		return key, i, false
	}
	if object {
		key.End = StringEnd(doc, i)
		i = min(skipSpace(doc, skipSpace(doc, key.End)+1), len(doc))
	}
	return key, i, true
}
