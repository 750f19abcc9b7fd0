package change

import (
	"bytes"
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
)

// inline is the length up to which two strings of a JSON value are shown on the line of their path.
const inline = 80

// large reports whether two values are too large to compare word by word.
func large(before, after []byte) bool { return len(before)+len(after) > maxCompare }

// largeTexts reports whether two values are texts that are too large for that.
func largeTexts(before, after model.Value) bool {
	return before.Len()+after.Len() > maxCompare && before.Kind() == jsonraw.String && after.Kind() == jsonraw.String
}

// same compares small values by meaning, and large ones as written: the walk finds out whether they
// mean the same.
func same(before, after []byte) bool {
	if large(before, after) {
		return bytes.Equal(before, after)
	}
	return jsonraw.Equal(before, after)
}

// byName indexes members; ok is false when a name stands twice, for then paths say too little.
func byName(members []jsonraw.Member) (map[string]jsonraw.Member, bool) {
	index := make(map[string]jsonraw.Member, len(members))
	for _, m := range members {
		if _, twice := index[m.Name]; twice {
			return nil, false
		}
		index[m.Name] = m
	}
	return index, true
}

// stringsAt compares two strings as text beneath their path when one line is too short for both.
func stringsAt(where string, before, after []byte, k *known) (said, bool) {
	if large(before, after) {
		return passage(where, before, jsonraw.Parts{after}, k)
	}
	was, ok := jsonraw.Text(before)
	is, fine := jsonraw.Text(after)
	if !ok || !fine {
		return said{}, false
	}
	if len(was)+len(is) <= inline && !strings.Contains(was, "\n") && !strings.Contains(is, "\n") {
		return said{}, false
	}
	t := text(was, is)
	if where != "" {
		t = t.below(Line{Kind: Note, Text: where})
	}
	return t, true
}

// at is a value behind its path, on one line.
func at(where string, value []byte) string {
	if where != "" {
		where += ": "
	}
	if rest := len(value) - maxCompare; rest > 0 {
		return where + string(value[:maxLine]) + "… (" + figure.Size(len(value)-maxLine) + " more)"
	}
	return where + shorten(flat(value), maxLine)
}
