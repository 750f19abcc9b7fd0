package index

import (
	"strings"
	"testing"

	"errata/model/jsonraw"
)

func TestContains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value, needle string
		want          bool
	}{
		{`"The High Water"`, "high water", true},
		{`"The High Water"`, "highwater", false},
		{`"caf\u00e9 CAF\u00c9"`, "CAFÉ café", true},
		{`"ΣΊΣΥΦΟΣ"`, "σίσυφος", true},
		{`"\u212A"`, "k", true}, // the Kelvin sign
		{`"\u65e5\u672c"`, "日本", true},
		{`"\u65e5"`, "u65e5", false},
		{`"\ud83d\ude00!"`, "😀!", true},
		{`"a\ud800b"`, "a", true},
		{`"a\/b \"c\" \\d"`, `a/b "c" \d`, true},
		{`"line\none"`, "line\none", true},
		{`"aaab"`, "aab", true},
		{`"abababac"`, "ababac", true},
		{`{"key": {"Inner":["Value", 0.10, true,null]}}`, "INNER", true},
		{`{"key":{"Inner":["Value",0.10,true,null]}}`, `"inner": ["value", 0.10, TRUE`, true},
		{`{ "a" :1 ,"b":2}`, `{"a": 1, "b": 2}`, true},
		{`["one","two"]`, "onetwo", false},
		{`{"a":1}`, "2", false},
		{`""`, "x", false},
		{`null`, "x", false},
	} {
		if got := Contains([]byte(c.value), Fold(c.needle)); got != c.want {
			t.Errorf("%s contains %q: %v, want %v", c.value, c.needle, got, c.want)
		}
	}
}

// FuzzContains compares with the plain way: decode all of it, fold it, look.
func FuzzContains(f *testing.F) {
	f.Add("The High Water", "high")
	f.Add("aaabaaab", "aabaaab")
	f.Add("caf\u00e9\U0001F600\x00\"\\", "É\U0001F600\x00")
	f.Add("x", "")
	f.Fuzz(func(t *testing.T, text, needle string) {
		literal, err := jsonraw.Quote(text)
		decoded, ok := jsonraw.Text(literal)
		if err != nil || !ok || needle == "" || strings.Contains(decoded, "\xed") {
			return // a lone surrogate is no rune
		}
		want := strings.Contains(`"`+string(Fold(decoded))+`"`, string(Fold(needle)))
		if got := Contains(literal, Fold(needle)); got != want {
			t.Errorf("%s contains %q: %v, want %v", literal, needle, got, want)
		}
	})
}
