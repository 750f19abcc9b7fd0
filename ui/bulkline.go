package ui

import (
	"fmt"
	"strings"

	"errata/model/jsonraw"
)

// bulkWords cuts a line into words as a shell does. JSON behind := or += needs no quotes.
func bulkWords(line string) (words []string, err error) {
	for i := 0; ; {
		for i < len(line) && line[i] == ' ' {
			i++
		}
		if i == len(line) {
			return words, nil
		}
		var b strings.Builder
		for i < len(line) && line[i] != ' ' {
			switch c := line[i]; {
			case c == '\'' || c == '"':
				text, n, ok := quotedWord(line[i:])
				if !ok {
					return nil, fmt.Errorf("the quote at column %d is not closed", i+1)
				}
				b.WriteString(text)
				i += n
			case strings.HasPrefix(line[i:], ":=") || strings.HasPrefix(line[i:], "+="):
				b.WriteString(line[i : i+2])
				i += 2
				if i < len(line) && line[i] != '\'' && line[i] != ' ' {
					end := jsonEnd(line, i)
					b.WriteString(line[i:end])
					i = end
				}
			case c == '\\' && i+1 < len(line):
				b.WriteByte(line[i+1])
				i += 2
			default:
				b.WriteByte(c)
				i++
			}
		}
		words = append(words, b.String())
	}
}

// jsonEnd is where the JSON at a byte of a line ends.
func jsonEnd(line string, i int) int {
	switch line[i] {
	case '{', '[', '"':
		if end := jsonraw.ValueEnd([]byte(line), i); end > i && end <= len(line) && jsonraw.Check([]byte(line[i:end])) == nil {
			return end
		}
	}
	for i < len(line) && line[i] != ' ' {
		i++
	}
	return i
}

// quotedWord is what is in the quotes that a text begins with; n is its bytes with them.
func quotedWord(text string) (word string, n int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == text[0]:
			return b.String(), i + 1, true
		case c == '\\' && text[0] == '"' && i+1 < len(text) && strings.IndexByte(`"\`, text[i+1]) >= 0:
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}
