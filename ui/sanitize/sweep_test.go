package sanitize

import (
	"testing"
	"unicode"
)

// TestEveryCharacterKeepsItsPlace puts each character of the scripts that combine between letters,
// marks and bad bytes: nothing may join its neighbour on the screen unless Next said so.
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
			if got := Width(text); got != sum {
				t.Errorf("U+%04X: glyphs take %d cells, the screen says %d: %q", r, sum, got, text)
			}
			checkSafe(t, text)
		}
	}
}

// TestHiddenIsWhatUnicodeSays holds the table against the categories that it was made from.
func TestHiddenIsWhatUnicodeSays(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF ||
			unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs,
				unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
		if got := hidden(r); got != want {
			t.Fatalf("U+%04X: hidden %t, want %t", r, got, want)
		}
	}
}

// TestShortCutsAgree holds the quick way of Next for much text against the full one.
func TestShortCutsAgree(t *testing.T) {
	t.Parallel()
	for r := rune(0x20); r < 0xD800; r++ {
		if !common(r) && r >= 0x7F {
			continue
		}
		for _, after := range []string{"", "x", "日", "\u0301", "\ufe0f", "\xff", "\n"} {
			s := string(r) + after
			quick, full := Next([]byte(s), 0), next(s, 0)
			if quick != full {
				t.Fatalf("%q: %+v, in full %+v", s, quick, full)
			}
		}
		if s := string(r); r >= 0x7F && (firstCluster(s+"日") != s || firstCluster("日"+s) != "日" || Width(s) < 1) {
			t.Fatalf("%q is not apart from its neighbours", s)
		}
	}
}
