package bars

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/theme"
)

// The row under the cursor has its ground in every cell, and says the same as without it.
func TestTheRowUnderTheCursorIsABarFromEndToEnd(t *testing.T) {
	t.Parallel()
	for _, th := range []*theme.Theme{theme.For("dark", theme.Terminal{}), theme.For("light", theme.Terminal{}), theme.None()} {
		left := []Piece{Point(th, true), {" name ", th.Label}, {"a value 日本", th.Faint}}
		right := []Piece{{"12 kB", th.Muted}}
		for w := range 60 {
			bar, plain := Row(w, th, true, left, right), Row(w, th, false, left, right)
			if ansi.Strip(bar) != ansi.Strip(plain) {
				t.Fatalf("at %d: %q under the cursor, %q elsewhere", w, ansi.Strip(bar), ansi.Strip(plain))
			}
			for run := range strings.SplitSeq(bar, "\x1b[0m") {
				if run != "" && !strings.HasPrefix(run, "\x1b[") {
					t.Fatalf("%s at %d: a part without the ground: %q", th.Name, w, run)
				}
			}
		}
	}
}

func TestTheColumnBesideAListShowsWhatIsHidden(t *testing.T) {
	t.Parallel()
	th := theme.None()
	if got := strings.Join(Scroll(th, 0, 4, 8), ""); got != "┃ ┃ │ │ " {
		t.Errorf("at the top: %s", got)
	}
	if got := strings.Join(Scroll(th, 4, 4, 8), ""); got != "│ │ ┃ ┃ " {
		t.Errorf("at the end: %s", got)
	}
	if got := strings.Join(Scroll(th, 0, 4, 4), ""); got != "│ │ │ │ " {
		t.Errorf("where nothing is hidden: %s", got)
	}
	if got := strings.Join(ScrollEnd(th, 0, 2, 2), "") + strings.Join(ScrollEnd(th, 0, 2, 4), ""); got != "  ┃ " {
		t.Errorf("of a list alone: %q", got)
	}
	if got := Columns([]string{"a", "b"}, []string{"|", "|", "|"}, []string{"x", "y", "z"}); strings.Join(got, ",") != "a|x,b|y" {
		t.Errorf("columns: %q", got)
	}
}

// Where a screen is heard, a row says in a word what its sign shows, and no line is drawn.
func TestPlainRowsSayTheirSigns(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{Dark: true, Plain: true})
	sign := Sign(th, theme.Changed)
	row := ansi.Strip(Row(40, th, false, []Piece{sign, {" Output", th.Label}}, Said(th, theme.Changed)))
	if !strings.HasSuffix(row, " changed ") || strings.Contains(row, "●") {
		t.Errorf("the row is %q", row)
	}
	if line := ansi.Strip(Across(8, th) + strings.Join(Scroll(th, 0, 2, 9), "")); strings.TrimSpace(line) != "" {
		t.Errorf("lines are drawn: %q", line)
	}
	if got := Said(theme.For("dark", theme.Terminal{}), theme.Changed); got != nil {
		t.Errorf("elsewhere the sign is enough, not %v", got)
	}
}

// The title of the pane that has the keys has no bar, which would be taken for the cursor's row.
func TestTheTitleOfAPaneIsLinedFromEndToEnd(t *testing.T) {
	t.Parallel()
	th := theme.None()
	left, right := []Piece{{"output", th.Title}, {"  text", th.Muted}}, []Piece{{"editing ", th.Changed}}
	for w := range 60 {
		with, without := Head(w, th, true, left, right), Head(w, th, false, left, right)
		if ansi.Strip(with) != ansi.Strip(without) {
			t.Fatalf("at %d: %q with the keys, %q without", w, ansi.Strip(with), ansi.Strip(without))
		}
		for run := range strings.SplitSeq(with, "\x1b[0m") {
			if run != "" && !strings.HasPrefix(run, "\x1b[4") && !strings.HasPrefix(run, "\x1b[1;4") {
				t.Fatalf("at %d: a part without the line: %q", w, run)
			}
		}
		if strings.Contains(without, "\x1b[4m") {
			t.Fatalf("at %d: a line without the keys: %q", w, without)
		}
	}
}
