package glyph

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestEveryCharacterKeepsItsPlace puts each character of the scripts that combine between letters, marks and bad bytes:
// nothing may join its neighbour on the screen unless Next said so.
func TestEveryCharacterKeepsItsPlace(t *testing.T) {
	t.Parallel()
	for _, span := range [][2]rune{{0, 0x3100}, {0xA000, 0xAC10}, {0xD7A0, 0xD800}, {0xF900, 0x12000}, {0x16000, 0x17000}, {0x1B000, 0x20000}, {0xE0000, 0xE0200}} {
		for r := span[0]; r < span[1]; r++ {
			c := string(r)
			s := "\xff" + c + "\xff" + c + "x" + c
			text, sum := "", 0
			for b := []byte(s); len(b) > 0; {
				g := Next(b, sum)
				text, sum, b = text+g.Text, sum+g.Width, b[g.Len:]
			}
			if got := ansi.StringWidth(text); got != sum {
				t.Errorf("U+%04X: glyphs take %d cells, the screen says %d: %q", r, sum, got, text)
			}
			checkSafe(t, text)
		}
	}
}
