package store

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// Logs come in as UTF-8 or not at all. What an older errata took in otherwise is kept byte for byte
// and handed out with a mark in the place of each byte that is none: one such log would make a
// whole page of a list unreadable for most clients.

// replacement is the mark, as it stands within a JSON string: the character U+FFFD.
const replacement = `\ufffd`

// served is a document as it is handed out.
func served(doc []byte) []byte {
	if utf8.Valid(doc) {
		return doc
	}
	clean := make([]byte, 0, len(doc)+len(replacement))
	for len(doc) > 0 {
		r, size := utf8.DecodeRune(doc)
		if r == utf8.RuneError && size == 1 {
			clean = append(clean, replacement...)
		} else {
			clean = append(clean, doc[:size]...)
		}
		doc = doc[size:]
	}
	return clean
}

// lockedFields lists the fields of a stored log whose values are not handed out as they are, see
// served.
func lockedFields(doc []byte) (names []string) {
	if utf8.Valid(doc) {
		return nil
	}
	members, err := jsonraw.Members(doc)
	if err != nil {
		return nil
	}
	for _, m := range members {
		if _, ok := model.Lookup(m.Name); ok && !utf8.Valid(m.Val.Of(doc)) {
			names = append(names, m.Name)
		}
	}
	return names
}

// keepsBytes refuses edits that would write marks in the place of bytes which nobody has seen.
func keepsBytes(doc []byte, edits []jsonraw.Edit) error {
	locked := lockedFields(doc)
	var bad []api.FieldError
	for _, e := range edits {
		if slices.Contains(locked, e.Name) && marked(e.Val) {
			bad = append(bad, api.FieldError{Loc: []any{"body", e.Name}, Type: "value_error",
				Msg: "what is stored holds bytes that are no UTF-8, shown as U+FFFD; write the characters that were meant in their place, or import the log anew"})
		}
	}
	return rules.Refuse(bad)
}

// marked tells whether a literal holds the mark, in either spelling.
func marked(literal []byte) bool {
	return bytes.ContainsRune(literal, utf8.RuneError) || bytes.Contains(bytes.ToLower(literal), []byte(replacement))
}

// wantUTF8 refuses a document with a byte that is no UTF-8.
func wantUTF8(doc []byte) error {
	if at := jsonraw.NotUTF8(doc); at >= 0 {
		return refuse(fmt.Sprintf("it is not UTF-8: byte %d is 0x%02X", at+1, doc[at]))
	}
	return nil
}
