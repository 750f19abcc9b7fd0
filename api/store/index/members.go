package index

import "bytes"

// scanMembers finds the values of the members of a document with some names, the last one of
// each, in one pass and without an index of the whole document; nil for one that is not there or
// null. The document is known to be a JSON object. ok is false when a name is written with
// escapes: then the document has to be parsed.
func scanMembers(doc []byte, names []string, values [][]byte) (ok bool) {
	clear(values)
	i := blank(doc, 0) + len("{")
	for i = blank(doc, i); i < len(doc) && doc[i] != '}'; i = blank(doc, i) {
		if doc[i] == ',' {
			i++
			continue
		}
		end := literalEnd(doc, i)
		name := doc[i:end]
		if len(name) < len(`""`) || name[0] != '"' || bytes.IndexByte(name, '\\') >= 0 {
			return false
		}
		i = blank(doc, blank(doc, end)+len(":"))
		end = valueEnd(doc, i)
		for k := range names {
			if string(name[1:len(name)-1]) != names[k] {
				continue
			}
			if values[k] = doc[min(i, end):end]; string(values[k]) == "null" {
				values[k] = nil
			}
		}
		i = max(end, i+1)
	}
	return i < len(doc)
}

// blank is the position of what follows the white space at i.
func blank(doc []byte, i int) int {
	for i < len(doc) && (doc[i] == ' ' || doc[i] == '\n' || doc[i] == '\t' || doc[i] == '\r') {
		i++
	}
	return i
}

// literalEnd is the position after the string that begins at i, or the end of the document.
func literalEnd(doc []byte, i int) int {
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

// valueEnd is the position after the value that begins at i, or the end of the document.
func valueEnd(doc []byte, i int) int {
	for depth := 0; i < len(doc); {
		switch doc[i] {
		case '"':
			i = literalEnd(doc, i)
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return i // of a number or a word, which ends with what it is in
			}
			if depth == 0 {
				return i + 1
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(doc)
}
