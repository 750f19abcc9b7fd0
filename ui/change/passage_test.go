package change

import (
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// What is left out at both ends, and what is compared, are whole characters and all of both texts.
func FuzzNarrow(f *testing.F) {
	f.Add("At nine.\n", "nine", "ten", "\nAt dusk.", 40, 900)
	f.Add(`a\`, `\`, `\\`, `n\nn`, 700, 700)
	f.Add("\n", "n", "\n", "n", 900, 900)
	f.Add("漢 🌊", "\n", "\u2028", "\\n", 3, 3000)
	f.Add("\x01 \\u0020 \"", "\\", "", "u0020\n", 2000, 1)
	f.Fuzz(func(t *testing.T, before, was, is, behind string, n, m int) {
		lead := strings.Repeat(before, max(min(n, 5000), 0)/(len(before)+1))
		trail := strings.Repeat(behind, max(min(m, 5000), 0)/(len(behind)+1))
		texts := []string{lead + was + trail, lead + is + trail}
		var literals [2][]byte
		for i, text := range texts {
			var err error
			if literals[i], err = jsonraw.Quote(text); err != nil || texts[0] == texts[1] {
				return
			}
		}
		from, rest, ok := narrow(literals[0], jsonraw.Parts{literals[1]}, nil)
		if !ok {
			return
		}
		for i, raw := range literals {
			var got strings.Builder
			for _, part := range [][]byte{raw[1:from], raw[from : len(raw)-rest], raw[len(raw)-rest : len(raw)-1]} {
				text, ok := jsonraw.Text(literal(part))
				if !ok {
					t.Fatalf("cut within a character: %.100q", part)
				}
				got.WriteString(text)
			}
			if got.String() != texts[i] {
				t.Fatalf("the parts are not the text: %.100q", got.String())
			}
		}
	})
}
