package pager

import (
	"strings"
	"testing"

	"errata/ui/theme"
)

// A place of one source is the nearest one of another, whatever that holds.
func TestAPlaceLeadsSomewhereInAnySource(t *testing.T) {
	t.Parallel()
	long := New(Plain(strings.Repeat("a line of the long one\n", 99), theme.None()), theme.None())
	long.SetSize(30, 5)
	long.Scroll(40)
	for _, text := range []string{"", "x", "two\nlines", strings.Repeat("another line\n", 99)} {
		other := New(Plain(text, theme.None()), theme.None())
		other.SetSize(30, 5)
		other.GoTo(Spot{})
		if other.window.Top != other.first() {
			t.Errorf("%.9q: the zero place is %v", text, other.window.Top)
		}
		other.GoTo(long.Spot())
		_ = other.View()
	}
	again := New(Plain(strings.Repeat("a line of the long one\n", 99), theme.None()), theme.None())
	again.SetSize(30, 5)
	if again.GoTo(long.Spot()); again.window.Top != long.window.Top {
		t.Errorf("it is at %v, want %v", again.window.Top, long.window.Top)
	}
}
