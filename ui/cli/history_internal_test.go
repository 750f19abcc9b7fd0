package cli

import (
	"strings"
	"testing"

	"errata/model"
)

func TestTurn(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, c := range []struct{ old, new, want string }{
		{`"a"`, `"b"`, `"a" → "b"`},
		{``, `0.10`, `absent → 0.10`},
		{`"absent"`, `null`, `"absent" → null`},
		{`9007199254740993`, ``, `9007199254740993 → absent`},
		{`"a long sentence about one fox"`, `"b"`, `"a long sentence about one fox" → "b"`},
		{`"a long sentence about one red fox"`, `"a long sentence about one dead fox"`, `"…out one red fox" → "…out one dead fox"`},
		{`"` + long + `a"`, `"` + long + `"`, `"…xxxxxxxxa" → "…xxxxxxxx"`},
		{`"` + long + `"`, `"y"`, `"` + long[:29] + `…" → "y"`},
		{`"äääääääääääääääääääääääääää1"`, `"äääääääääääääääääääääääääää2"`, `"…ääää1" → "…ääää2"`},
		{`"` + long + `ää1"`, `"` + long + `ää2"`, `"…xxxxää1" → "…xxxxää2"`},
		{`"\u4e0e\u001b"`, "{\n \"a\": 0.10}", `"与\u001b" → {"a":0.10}`},
		{"\"a\xff\x1b\u202e\"", "\"\n\"", `"a<FF>␛<U+202E>" → "␊"`},
		{strings.Repeat("\x80", 50), strings.Repeat("\x80", 60), "<80><80><80><80><80><80><80>… → <80><80><80><80><80><80><80>…"},
	} {
		if got := turn(model.Raw([]byte(c.old)), model.Raw([]byte(c.new))); got != c.want {
			t.Errorf("%.40q → %.40q: %q, want %q", c.old, c.new, got, c.want)
		}
	}
}
