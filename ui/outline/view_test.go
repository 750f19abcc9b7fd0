package outline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/rows"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// hostile holds names and texts that would do something to a terminal, or to the columns.
const hostile = `{"\u001b[2J": "\u001b]52;c;aGk=\u0007", "\u202e": "\u200b\u2028\u009b31m\ud800", "漢字漢字漢字漢字漢字漢字漢字漢字": "👩‍👩‍👧‍👦漢字",
 "tab\t": "\t\r\n\u0000", "\n": ["\n\n\n", "é́́́́́́́", {"` + "\u0301" + `": "` + "\u0301\U0001f3fd" + `"}], "": {"": ""}, "n": -0.10e+99, "w": [true, null]}`

// scenario is a value, and keys with a frame after each row of them.
type scenario struct{ name, literal, keys string }

var scenarios = []scenario{
	{"metadata", `{"dataset": "ovens", "row": 3, "tags": ["a", "b"], "user": {"name": "Ada Ling", "id": "0042", "active": true}, "note": ""}`,
		"j a r e v i e w e d : = t r u e enter|A q enter|esc j j j right j D|T|n|r|esc h x|z"},
	{"inputs", `{"question": "When is high tide in the harbour, and how long does it last? Please answer in one sentence, for people who have never seen the sea.",
 "document": "The tide\ncomes in\n\tand goes out.\n", "limits": {"words": 20, "sentences": 1}, "history": [], "draft": null}`,
		"|right|j j j j right|enter|G enter|o|esc|esc|g enter"},
	{"hostile", hostile, "|z|z|j j enter|esc j r|esc G enter|esc"},
}

// The frames are in testdata; UPDATE_GOLDEN=1 rewrites them.
func TestFrames(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			w, h := size[0], size[1]
			d := drive(t, s.literal, w, h)
			var out strings.Builder
			for step := range strings.SplitSeq(s.keys, "|") {
				d.press(step)
				fmt.Fprintf(&out, "# %s\n%s\n", step, d.screen())
				if d.news.Text != "" {
					fmt.Fprintf(&out, "! %s\n", d.news.Text)
				}
				if x, y, ok := d.Cursor(); ok {
					fmt.Fprintf(&out, "cursor %d,%d\n", x, y)
				}
				checkFrame(t, s.name+" "+step, d.View(), w, h)
			}
			uitest.Frame(t, fmt.Sprintf("%s-%dx%d.txt", s.name, w, h), out.String())
		}
	}
}

// checkFrame checks what must hold of any view.
func checkFrame(t testing.TB, what, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if h == 0 && view != "" || h > 0 && len(lines) != h {
		t.Fatalf("%s at %d×%d: %d lines", what, w, h, len(lines))
	}
	for _, l := range lines {
		if got := sanitize.Width(ansi.Strip(l)); got > w {
			t.Fatalf("%s at %d×%d: a line of %d cells: %q", what, w, h, got, l)
		}
	}
	uitest.Harmless(t, what, view)
}

func TestGeometry(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{
		"", "z z", "z G enter", "j j j enter", "j j r", "G a", "T", "z j j T", "j j j l G", "a x esc", "g enter", "l j l j j j i", "G l j enter",
	} {
		d := driveWith(t, hostile, 10, 10, rows.Options{Theme: theme.For("dark", theme.Terminal{})}).press(keys)
		for w := 0; w <= 250; w += 1 + w/5 {
			for h := 0; h <= 60; h += 1 + h/2 {
				d.SetSize(w, h)
				checkFrame(t, keys, d.View(), w, h)
				checkCursor(t, d.view, keys)
			}
		}
	}
}

func checkCursor(t testing.TB, m *view, what string) {
	t.Helper()
	if x, y, ok := m.Cursor(); ok && (x < 0 || y < 0 || x >= m.w || y >= m.h) {
		t.Fatalf("%s at %d×%d: the cursor is at %d, %d", what, m.w, m.h, x, y)
	}
	if m.rows() > 0 && (m.row < 0 || m.row >= m.rows()) {
		t.Fatalf("%s: the cursor is on row %d of %d", what, m.row, m.rows())
	}
}

// A key changes only the rows that it must: what is sent over a slow line is what changed.
func TestKeysChangeFewRows(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": "text", "b": 12, "c": [1, 2], "d": "more"}`, 60, 20)
	for _, c := range []struct {
		press, then string
		most        int
	}{
		{"", "j", 2}, {"", "k", 2}, {"enter", "x", 1}, {"", "backspace", 1}, {"", "left", 0}, {"esc r", "y", 1}, {"esc a", "q", 1},
		{"", "w", 1}, {"esc j enter", "3", 1},
	} {
		d.press(c.press)
		before := strings.Split(d.View(), "\n")
		d.press(c.then)
		changed := 0
		for i, l := range strings.Split(d.View(), "\n") {
			if l != before[i] {
				changed++
			}
		}
		if changed > c.most {
			t.Errorf("%s, then %s: %d rows change", c.press, c.then, changed)
		}
	}
}

func TestDeepRowsStayReadable(t *testing.T) {
	t.Parallel()
	d := drive(t, nested(30), 40, 40)
	for range 29 {
		d.press("l l")
	}
	lines := strings.Split(d.screen(), "\n")
	for _, want := range []string{
		lines[0], "  - a: {1}",
		lines[9], "                    - a: {1}",
		lines[10], "  …10 - a: {1}",
		lines[11], "  …10   - a: {1}",
		lines[29], "▸ …20                     a: 1",
	} {
		if !strings.Contains(d.screen(), want) {
			t.Fatalf("no row %q in\n%s", want, d.screen())
		}
	}
}

// nested is a map in a map, and so on.
func nested(depth int) string {
	return strings.Repeat(`{"a": `, depth) + "1" + strings.Repeat("}", depth)
}
