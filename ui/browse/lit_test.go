package browse

import (
	"regexp"
	"testing"

	"errata/ui/find"
	"errata/ui/theme"
)

// TestLit: each text because of which a log is listed is marked in it, in any case, and no sign of
// the search is.
func TestLit(t *testing.T) {
	t.Parallel()
	for search, want := range map[string]find.Last{
		"":                        {},
		"gas mark":                {Query: "gas mark"},
		"Gas":                     {Query: "(?i)Gas", Regex: true},
		`gas.mark OR "b c" -oven`: {Query: `(?i)gas\.mark|b c`, Regex: true},
		"gas AND":                 {},
	} {
		m := New(nil, theme.None(), Options{Query: Query{Search: search}})
		if got := m.Lit(); got != want {
			t.Errorf("%q: %+v, want %+v", search, got, want)
		}
	}
	th := theme.For("dark", theme.Terminal{})
	b := &brush{th: th}
	b.lighten(&th.Text, "a gas b", regexp.MustCompile("gas"))
	if got, want := b.String(), "a "+th.Match.Render("gas")+" b"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
