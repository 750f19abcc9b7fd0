package rules

import (
	"strings"

	"errata/model/jsonraw"
)

// Literal is text as a JSON string literal. Lone surrogates that jsonraw decoded are written as
// escapes again; bytes that are not UTF-8 are replaced by U+FFFD.
func Literal(text string) []byte {
	literal, err := jsonraw.Quote(text)
	if err != nil {
		literal, _ = jsonraw.Quote(strings.ToValidUTF8(text, "\uFFFD"))
	}
	return literal
}
