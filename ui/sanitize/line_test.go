package sanitize

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		max  int
		want string
	}{
		{"hello", -1, "hello"},
		{"hello", 5, "hello"},
		{"hello", 4, "hel…"},
		{"hello", 1, "…"},
		{"hello", 0, ""},
		{"", 3, ""},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"a\nb\r\nc", -1, "a␊b␍␊c"},
		{"a\tb", -1, "a→      b"},
		{"\x1b[31mred", 6, "␛[31m…"},
		{"a\u202eb", -1, "a<U+202E>b"},
		{"a\u202eb", 5, "a…"},
		{strings.Repeat("\u202e", 50), -1, strings.Repeat("<U+202E>", 50)},
	}
	for _, tt := range tests {
		if got := Line(tt.in, tt.max); got != tt.want {
			t.Errorf("Line(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
		}
	}
}

func TestLineReadsNoFurtherThanItShows(t *testing.T) {
	huge := strings.Repeat("x\u0301", 10<<20)
	allocs := testing.AllocsPerRun(5, func() { Line(huge, 20) })
	if allocs > 200 {
		t.Errorf("%.0f allocations for 20 cells", allocs)
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":             "",
		"a\nb\n":       "a\nb\n",
		"a\r\nb\rc":    "a␍\nb␍c",
		"ab\tc\n\td":   "ab→     c\n→       d",
		"\x1b]0;t\x07": "␛]0;t␇",
		"日\tx":         "日→     x",
	} {
		if got := Block(in); got != want {
			t.Errorf("Block(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"ab", 4, "ab  "},
		{"abcd", 2, "ab"},
		{"日本", 3, "日 "},
		{"x", 0, ""},
		{"x", -1, ""},
		{"", 2, "  "},
		{"a\nb", 3, "a␊b"},
	}
	for _, tt := range tests {
		if got := Fit(tt.in, tt.n); got != tt.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestWidth(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"": 0, "abc": 3, "日本": 4, "e\u0301": 1, "→ ␀": 3, "👨‍👩‍👧‍👦": 8, "नमस्ते": 4, "น้ำ": 2, "🇩🇪": 2} {
		if got := Width(in); got != want {
			t.Errorf("Width(%q) = %d, want %d", in, got, want)
		}
	}
}

// FuzzLine checks that one line is safe and fits, whatever the text and the room.
func FuzzLine(f *testing.F) {
	for _, s := range hard {
		f.Add(s, 1)
	}
	f.Add(strings.Join(hard, " "), 40)
	f.Add("a\r\n\tb\x1b[0m\u202e", 9)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n &= 0xFF
		line := Line(s, n)
		checkSafe(t, line)
		if w := Width(line); w > n {
			t.Fatalf("Line(%q, %d) takes %d cells", s, n, w)
		}
		fit := Fit(s, n)
		checkSafe(t, fit)
		if w := Width(fit); w != n {
			t.Fatalf("Fit(%q, %d) takes %d cells", s, n, w)
		}
		all := Line(s, -1)
		if again := Line(all, -1); again != all {
			t.Fatalf("a safe line changes: %q becomes %q", all, again)
		}
		checkSafe(t, strings.ReplaceAll(Block(s), "\n", ""))
	})
}
