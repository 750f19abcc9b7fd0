package change

import (
	"fmt"
	"strings"

	"errata/model/figure"
	"errata/model/jsonraw"
)

// window is the part of a huge literal that is shown around its first difference.
const window = 120

// huge tells the change of values that are too large to compare: their sizes, and both literals
// around the first byte in which they differ.
func huge(path string, was, is []byte) []Line {
	if path != "" {
		path += ": "
	}
	first, _ := jsonraw.Shared(was, is)
	return []Line{
		{Kind: Note, Text: fmt.Sprintf("%s%s became %s; they differ from byte %s on", path, figure.Count(len(was), "byte"), figure.Count(len(is), "byte"), figure.Int(first+1))},
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
	// between the tokens of laid out JSON
	out := strings.ReplaceAll(string(literal[start:end]), "\n", " ")
	if start > 0 {
		out = "…" + out
	}
	if end < len(literal) {
		out += "…"
	}
	return out
}
