package change

import (
	"fmt"
	"strings"

	"errata/model"
)

// window is the part of a huge literal that is shown around its first difference.
const window = 120

// huge tells the change of values that are too large to compare word by word: their sizes, and both literals around the
// first byte in which they differ.
func huge(old, new model.Value) []Line {
	was, is := old.Bytes(), new.Bytes()
	first := 0
	for first < len(was) && first < len(is) && was[first] == is[first] {
		first++
	}
	return []Line{
		{Kind: Note, Text: fmt.Sprintf("%s became %s; they differ from byte %s on", size(len(was)), size(len(is)), grouped(first+1))},
		{Kind: Removed, Text: excerpt(was, first)},
		{Kind: Added, Text: excerpt(is, first)},
	}
}

func excerpt(literal []byte, first int) string {
	start, end := max(first-around, 0), min(first+window, len(literal))
	for start > 0 && literal[start]&0xC0 == 0x80 {
		start--
	}
	for end < len(literal) && literal[end]&0xC0 == 0x80 {
		end++
	}
	out := strings.ReplaceAll(string(literal[start:end]), "\n", " ") // between the tokens of laid out JSON
	if start > 0 {
		out = "…" + out
	}
	if end < len(literal) {
		out += "…"
	}
	return out
}
