package theme

import (
	"testing"

	"errata/ui/sanitize"
)

// Each sign is a character of its own, in one cell, and says what it means.
func TestEverySignIsItsOwn(t *testing.T) {
	t.Parallel()
	for _, ascii := range []bool{false, true} {
		seen := map[string]string{}
		for _, s := range For("dark", Terminal{Dark: true, ASCII: ascii}).Legend() {
			if sanitize.Width(s.Text) != 1 || s.Word == "" || s.Help == "" {
				t.Errorf("the sign %+v", s)
			}
			if ascii && s.Text[0] >= 0x80 {
				t.Errorf("%s is not ASCII: %q", s.Word, s.Text)
			}
			if other, ok := seen[s.Text]; ok {
				t.Errorf("%q says both %s and %s", s.Text, other, s.Word)
			}
			seen[s.Text] = s.Word
		}
	}
}
