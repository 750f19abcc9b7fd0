package browse

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

func check(t *testing.T, name, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > h {
		t.Errorf("%s: %d lines", name, len(lines))
	}
	for _, l := range lines {
		if got := sanitize.Width(ansi.Strip(l)); got > w {
			t.Errorf("%s: a line of %d cells: %q", name, got, l)
		}
		for _, r := range ansi.Strip(l) {
			if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' || r == '\u2028' {
				t.Errorf("%s: %U reaches the terminal in %q", name, r, l)
			}
		}
	}
}

const hostile = `\u001b[2J\u001b]52;c;aGk=\u0007\u202e\u200b\u2028\u009b31m\ud800 漢字 👩‍👩‍👧‍👦\t\r\n` + "\xff"

func TestGeometry(t *testing.T) {
	t.Parallel()
	bad := strings.NewReplacer("answer", hostile, "question", hostile, "small", hostile, "tides/ask", hostile, "gave up", hostile, "2025", hostile).Replace
	s := &shelf{t: t}
	for i := range 80 {
		s.docs = append(s.docs, bad(doc(i)))
	}
	d := drive(t, s, 10, 10)
	d.o.Server = hostile + "\x1b[2J\x00"
	for _, w := range []int{0, 1, 39, 40, 41, 80, 119, 120, 250} {
		for _, h := range []int{0, 1, 10, 11, 60} {
			d.SetSize(w, h)
			for _, k := range []string{"pgdown", " ", "/", "esc", "f", "x", "esc", "s", "G", "ctrl+d"} {
				d.press(k)
				if w > 0 && h > 0 {
					check(t, fmt.Sprintf("%s at %d×%d", k, w, h), d.View(), w, h)
				}
			}
		}
	}
}

func TestTheWindowIsFilled(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}} {
		d := drive(t, &shelf{t: t, docs: docs(5)}, size[0], size[1])
		for _, keys := range []string{"j", "f", "esc /"} {
			d.press(strings.Fields(keys)...)
			if n := len(strings.Split(d.View(), "\n")); n != size[1] {
				t.Errorf("%v %q: %d lines", size, keys, n)
			}
		}
	}
}

func TestFrameNarrow(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(10)}, 80, 24)
	d.press(" ")
	got := strings.Split(d.frame(), "\n")
	want := []string{
		"Logs  demo                                                   ✓ 1 marked  10 logs",
		"  time UTC    status model          tokens        cost  latency output",
		" ✓07-28 10:00 ok     small-0            10     $0.0001     0.5s answer 0",
		"▸ 07-28 10:00 ok     small-1            17     $0.0002     5.5s answer 1",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d:\n%q, want\n%q", i, got[i], want[i])
		}
	}
	if !strings.Contains(got[11], "error") || !strings.Contains(got[11], "the model gave") {
		t.Errorf("the row of an error is %q", got[11])
	}
}

func TestFrameWide(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(10)}, 120, 40)
	d.press("j")
	d.wants("│log_001  tides/ask", "│  question 1", "│answer 1")
	d.press("G")
	d.wants("│log_009", "│the model gave up")
}

func TestColumnsGoAsTheWidthShrinks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w    int
		want string
	}{
		{40, "time UTC status output"},
		{50, "time UTC status cost output"},
		{60, "time UTC status cost latency output"},
		{70, "time UTC status tokens cost latency output"},
		{80, "time UTC status model tokens cost latency output"},
		{200, "time UTC status model tokens cost latency output"},
	} {
		var titles []string
		used := markWidth
		for _, col := range columns(c.w) {
			titles = append(titles, col.title)
			used += col.width + 1
		}
		if got := strings.Join(titles, " "); got != c.want {
			t.Errorf("%d cells: %s, want %s", c.w, got, c.want)
		}
		if used-1 != c.w {
			t.Errorf("%d cells: the columns take %d", c.w, used-1)
		}
	}
}

func TestDigitsAreCutVisibly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ digits, want string }{
		{"", ""}, {"0.10", "$0.10"}, {"0.00000012345", "$0.0000001…"},
	} {
		if got := amount("$", c.digits, "", 11); got != c.want {
			t.Errorf("%q is shown as %q, want %q", c.digits, got, c.want)
		}
	}
}

func TestALargeLogIsPreviewedMeanwhile(t *testing.T) {
	t.Parallel()
	large := strings.Replace(doc(1), "answer 1", "answer 1 "+strings.Repeat("words ", quick/5), 1)
	d := drive(t, &shelf{t: t, docs: []string{doc(0), large, doc(2)}}, 140, 30)
	d.hold = true
	d.press("j")
	d.wants("│reading …")
	d.press("j")
	d.wants("│answer 2")
	d.release()
	d.wants("│answer 2")
	d.lacks("│answer 1")
	d.press("k")
	d.wants("│answer 1 words")
}

func TestWheel(t *testing.T) {
	t.Parallel()
	long := strings.Replace(doc(0), "answer 0", strings.Repeat(`line\n`, 100)+"end", 1)
	d := drive(t, &shelf{t: t, docs: append([]string{long}, docs(30)[1:]...)}, 140, 20)
	before := d.preview.pane.View()
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 130, Y: 5})
	d.at("log_000")
	if d.preview.pane.View() == before {
		t.Error("the preview does not scroll")
	}
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 3, Y: 5})
	d.at("log_003")
	d.press("p")
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 3, Y: 5})
	d.at("log_003")
}

func TestThemeChange(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(10)}, 140, 30)
	d.press("j", "f")
	d.typing("pr_9")
	before := d.frame()
	d.SetTheme(theme.Dark())
	if got := d.frame(); got != before {
		t.Errorf("another theme shows\n%s\nwant\n%s", got, before)
	}
	d.press("esc", "/")
	d.typing("words")
	before = d.frame()
	d.SetTheme(theme.Light())
	if got := d.frame(); got != before {
		t.Errorf("another theme shows\n%s\nwant\n%s", got, before)
	}
}

// The thousands stand apart where the column has room for that.
func TestAmountsInTheTable(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]string{"": "", "57": "57", "12345": "12,345", "123456": "123,456", "1234567": "1234567", "12345678": "123456…"} {
		if got := amount("", digits, "", 7); got != want {
			t.Errorf("%q is %q, want %q", digits, got, want)
		}
	}
}
