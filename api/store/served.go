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

// Logs that are not UTF-8 are refused. Those that an older errata accepted are kept byte for byte,
// and served with U+FFFD in the place of each invalid byte: one of them would make a whole page
// unreadable for most clients.

// replacement is U+FFFD as it is written within a JSON string.
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

func notUTF8(doc []byte) bool { return !utf8.Valid(doc) }

// keepsBytes refuses edits that would write U+FFFD over stored bytes that no client has seen.
func keepsBytes(log *model.Log, edits []jsonraw.Edit) error {
	if !slices.ContainsFunc(edits, func(e jsonraw.Edit) bool { return hasReplacement(e.Val) }) {
		return nil
	}
	locked := lockedFields(log.Bytes())
	var bad []api.FieldError
	for _, e := range edits {
		if slices.Contains(locked, e.Name) && hasReplacement(e.Val) {
			bad = append(bad, api.FieldError{Loc: []any{"body", e.Name}, Type: "value_error",
				Msg: "what is stored holds bytes that are not UTF-8, shown as U+FFFD; write the characters that were meant in their place, or import the log anew"})
		}
	}
	return rules.Refuse(bad)
}

// hasReplacement reports whether a literal holds U+FFFD, as an escape or as a character.
func hasReplacement(literal []byte) bool {
	// bytes.ContainsRune would decode every character, as it takes what is not UTF-8 for U+FFFD
	if bytes.Contains(literal, []byte(string(utf8.RuneError))) || !utf8.Valid(literal) {
		return true
	}
	for rest := literal; ; {
		_, behind, ok := bytes.Cut(rest, []byte(replacement[:2]))
		if rest = behind; !ok {
			return false
		}
		if digits := []byte(replacement[2:]); len(rest) >= len(digits) && bytes.EqualFold(rest[:len(digits)], digits) {
			return true
		}
	}
}

// wantUTF8 refuses a document with a byte that is not UTF-8.
func wantUTF8(doc []byte) error {
	if at := jsonraw.NotUTF8(doc); at >= 0 {
		return refuse(fmt.Sprintf("it is not UTF-8: byte %d is 0x%02X", at+1, doc[at]))
	}
	return nil
}
