package change

import (
	"strings"
	"testing"

	"errata/model"
)

// What is left out of a text is within its quotes, at either end.
func TestATextThatIsCutKeepsItsQuotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, was, is, want string }{
		{"whole", `"At nine."`, `"At ten."`, `"At nine." → "At ten."`},
		{"the beginning", `"The water is high at nine."`, `"The water is high at nine. Or ten."`, `"…nine." → "…nine. Or ten."`},
		{"the end", `"Nine, and then low at three."`, `"Ten, and then low at three or four."`, `"Nine, and then low…" → "Ten, and then low …"`},
		{"both", `"The water is high at nine, and low at three."`, `"The water is high at ten, and low at three."`,
			`"…h at nine, and lo…" → "…h at ten, and low…"`},
	} {
		if got := turnIn(model.Raw([]byte(c.was)), model.Raw([]byte(c.is)), 21); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTurn(t *testing.T) {
	t.Parallel()
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
		if got := Turn(model.Raw([]byte(c.old)), model.Raw([]byte(c.new))); got != c.want {
			t.Errorf("%.40q → %.40q: %q, want %q", c.old, c.new, got, c.want)
		}
	}
}
