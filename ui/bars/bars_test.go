package bars

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/keys"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

func TestBarIsExactlyAsWideAsAsked(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	left := []Piece{{"a prompt's path", th.Title}, {"  日本語 \x1b]0;x\a", th.Muted}}
	right := []Piece{{"2 changed", th.Changed}}
	for w := range 120 {
		bar := Bar(w, left, right)
		if got := sanitize.Width(ansi.Strip(bar)); got != w {
			t.Fatalf("a bar of %d cells has %d: %q", w, got, ansi.Strip(bar))
		}
		if strings.Contains(bar, "\x1b]") || strings.Contains(bar, "\a") {
			t.Fatalf("a control passed: %q", bar)
		}
	}
	if bar := ansi.Strip(Bar(60, left, right)); !strings.HasPrefix(bar, "a prompt's path") || !strings.HasSuffix(bar, "2 changed") {
		t.Errorf("the bar is %q", bar)
	}
	if bar := ansi.Strip(Bar(24, left, right)); !strings.HasSuffix(bar, "2 changed") {
		t.Errorf("where there is little room, the right end is %q", bar)
	}
}

func TestHintsAlwaysEndInTheHelp(t *testing.T) {
	t.Parallel()
	for _, m := range keys.Maps {
		for w := 20; w < 200; w += 9 {
			line := ansi.Strip(Hints(w, theme.None(), m))
			if !strings.HasSuffix(line, "F1 help") || sanitize.Width(ansi.Strip(line)) != w {
				t.Fatalf("%s at %d: %q", m.Title, w, line)
			}
			if strings.Contains(line, "…") {
				t.Fatalf("%s at %d: a hint is cut: %q", m.Title, w, line)
			}
		}
	}
}

// A key of two tables does what the first says, and only that is hinted.
func TestAKeyIsHintedOnce(t *testing.T) {
	inner := keys.Map{}.With([]keys.Binding{keys.Bind(keys.Close, "back to the messages", "esc").Hinted("messages")})
	line := ansi.Strip(Hints(80, theme.None(), inner, keys.Structure))
	if !strings.HasPrefix(line, "esc messages  ctrl+s review") || strings.Contains(line, "keep") {
		t.Errorf("the footer is %q", line)
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	if got := Fill([]string{"a", "b", "c"}, 2); len(got) != 2 {
		t.Errorf("filled to 2: %q", got)
	}
	if got := Fill([]string{"a"}, 3); len(got) != 3 {
		t.Errorf("filled to 3: %q", got)
	}
}

// A window that is too small says so in words that fit it, whole wherever they can be.
func TestTooSmallFits(t *testing.T) {
	t.Parallel()
	for w := 1; w < 40; w++ {
		for h := 1; h < 5; h++ {
			rows := strings.Split(TooSmall(w, h), "\n")
			if len(rows) != h {
				t.Fatalf("at %d×%d: %q", w, h, rows)
			}
			for _, row := range rows {
				if sanitize.Width(row) > w {
					t.Fatalf("at %d×%d: %q", w, h, rows)
				}
			}
			if said := strings.Join(rows, " "); w*h >= 8 && (w >= 8 || h >= 3 && w >= 2) && (!strings.Contains(said, "40 by 10") || strings.Contains(said, "…")) {
				t.Errorf("at %d×%d: %q", w, h, rows)
			}
		}
	}
	for at, want := range map[[2]int]string{
		{30, 1}: "too small: needs 40 by 10",
		{20, 5}: "too small: needs\n40 by 10\n\n\n",
		{20, 1}: "needs 40 by 10",
		{10, 3}: "too small:\nneeds\n40 by 10",
		{10, 1}: "40 by 10",
		{5, 3}:  "40 by\n10\n",
		{3, 1}:  "40…",
	} {
		if got := TooSmall(at[0], at[1]); got != want {
			t.Errorf("at %v: %q, want %q", at, got, want)
		}
	}
}
