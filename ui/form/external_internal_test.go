package form

import "testing"

// TestWithoutAdditions holds what comes back from an external editor against what was typed there.
func TestWithoutAdditions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, left, want string }{
		{"nothing changed", "a", "a", "a"},
		{"a break added", "a", "a\n", "a"},
		{"two breaks, of which one was typed", "a", "a\n\n", "a\n"},
		{"a break that was there", "a\n", "b\n", "b\n"},
		{"a break taken away", "a\n", "b", "b"},
		{"an empty text", "", "x\n", "x"},
		{"CR LF within", "a\r\nb", "a\r\nc\r\n", "a\r\nc"},
		{"CR LF at the end", "a\r\nb\r\n", "a\r\nc\r\n", "a\r\nc\r\n"},
		{"a file format of CR LF chosen by the editor", "a", "b\r\n", "b"},
		{"a lone CR at the end stays", "a\r", "a\r\n", "a\r"},
		{"mixed breaks", "a\r\nb\nc", "a\r\nb\nd\n", "a\r\nb\nd"},
		{"mixed breaks and a CR at the end", "a\nb\r", "a\nc\r\n", "a\nc\r"},
		{"a byte order mark added", "a", "\ufeffa\n", "a"},
		{"a byte order mark that was there", "\ufeffa", "\ufeffb\n", "\ufeffb"},
	} {
		if got := string(withoutAdditions([]byte(c.given), []byte(c.left))); got != c.want {
			t.Errorf("%s: %q left as %q is %q, want %q", c.name, c.given, c.left, got, c.want)
		}
	}
}
