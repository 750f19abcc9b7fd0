package config

import (
	"fmt"
	"io"
	"log/slog"
)

// hidden is what a secret looks like to everything but Reveal.
const hidden = "***"

// Secret is a text that does not print. The zero Secret is not set.
type Secret struct {
	// A function, and not the text itself: fmt follows the unexported fields of a struct around it,
	// but cannot print what a function knows.
	reveal func() string
}

// newSecret hides text; an empty one gives the zero Secret.
func newSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return text }}
}

// IsSet reports whether there is a text.
func (s Secret) IsSet() bool { return s.reveal != nil }

// Reveal is the text, empty when it is not set.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// String is "***".
func (s Secret) String() string { return hidden }

// GoString is "***".
func (s Secret) GoString() string { return hidden }

// Format writes "***" for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText gives "***", also inside JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue gives "***".
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
