package rules

import (
	"strings"

	"errata/model/jsonraw"
)

// Literal is text as a JSON string literal. Text that was decoded from JSON comes out as it was
// meant, lone surrogates among it; bytes that cannot be written are replaced by U+FFFD.
func Literal(text string) []byte {
	literal, err := jsonraw.Quote(text)
	if err != nil {
		literal, _ = jsonraw.Quote(strings.ToValidUTF8(text, "\uFFFD"))
	}
	return literal
}
