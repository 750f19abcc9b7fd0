package pager

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/find"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// hostile holds what must never reach a terminal, beside what is merely hard to lay out.
const hostile = "a\x1b[2Jb\x1b]52;c;aGk=\x07c\x00d\u202ee\u200bf\tg\r\nh\xff\xfei\xed\xa0\x80j\u009b31mk\n" +
	"漢字かな交じり文 한국어 العربية עברית हिन्दी ไทย\n👩‍👩‍👧‍👦 👍🏽 ❤️ 🇩🇪🇫🇷 e\u0301\u0302\u0303\u0304\u0305\u0306\u0307x\n" +
	"averyveryveryveryverylongwordthatfitsnowhere            and many blanks            \n\n\u2028\u2029\ufeff end"

func open(s Source, w, h int) *Model {
	m := New(s, theme.None())
	m.SetSize(w, h)
	return m
}

func press(m *Model, names ...string) {
	for _, k := range uitest.Keys(names...) {
		m.Update(k)
	}
}

// frame is the view as plain text, without the blanks at the end of its lines.
func frame(m *Model) string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func frameOf(s Source, w, h int) string { return strings.TrimRight(frame(open(s, w, h)), "\n") }

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestKeysMoveTheWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys        string
		first, last int
	}{
		{"", 1, 5},
		{"down", 2, 6},
		{"j j k", 2, 6},
		{"up", 1, 5},
		{"pgdown", 5, 9},
		{"pgdown pgup", 1, 5},
		{"ctrl+d ctrl+d", 5, 9},
		{"ctrl+d ctrl+d ctrl+u", 3, 7},
		{"G", 96, 100},
		{"end k", 95, 99},
		{"G j j pgdown", 96, 100},
		{"G g", 1, 5},
		{"G home", 1, 5},
	} {
		m := open(Plain(numbered(100), theme.None()), 20, 5)
		press(m, strings.Fields(c.keys)...)
		lines := strings.Split(frame(m), "\n")
		if want := fmt.Sprintf("line %d", c.first); lines[0] != want {
			t.Errorf("%q: the first line is %q, want %q", c.keys, lines[0], want)
		}
		if want := fmt.Sprintf("line %d", c.last); lines[4] != want {
			t.Errorf("%q: the last line is %q, want %q", c.keys, lines[4], want)
		}
	}
}

func TestOtherKeysAreLeft(t *testing.T) {
	t.Parallel()
	m := open(Plain(numbered(100), theme.None()), 20, 5)
	for _, k := range []string{"enter", "esc", "q", "/", "n", "tab", "x"} {
		if m.Update(uitest.Key(k)) {
			t.Errorf("%s was used", k)
		}
	}
	if m.Update(tea.MouseMsg{Button: tea.MouseButtonLeft}) {
		t.Error("a click was used")
	}
	if got := strings.Split(frame(m), "\n")[0]; got != "line 1" {
		t.Errorf("the window moved to %q", got)
	}
}

func TestWheel(t *testing.T) {
	t.Parallel()
	m := open(Plain(numbered(100), theme.None()), 20, 5)
	for range 2 {
		if !m.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown}) {
			t.Fatal("the wheel was not used")
		}
	}
	m.Update(tea.MouseMsg{Button: tea.MouseButtonWheelUp})
	if got := strings.Split(frame(m), "\n")[0]; got != "line 4" {
		t.Errorf("the first line is %q, want line 4", got)
	}
}

func TestResizeKeepsTheTopText(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("some words of a paragraph that wraps ", 60) + "\n" + numbered(50)
	m := open(Plain(text, theme.None()), 60, 6)
	press(m, "pgdown", "j")
	before := m.held
	first := frame(m)
	for _, w := range []int{30, 7, 1, 90, 60} {
		m.SetSize(w, 6)
		if start, end := m.block(m.window.Top.block).row(m.window.Top.n); start > before || end <= before {
			t.Errorf("width %d: byte %d is not in the first row, %d to %d", w, before, start, end)
		}
	}
	if got := frame(m); got != first {
		t.Errorf("back at the old width:\n%s\nwant\n%s", got, first)
	}
}

func TestGeometry(t *testing.T) {
	t.Parallel()
	sources := map[string]Source{
		"hostile text": Plain(hostile, theme.None()),
		"tree":         Tree([]byte(`{"a":[[[[[[[[[["deep \u202e\ud83d\udc4d 漢字"]]]]]]]]]],"b\u0000":"x\ny\r\nz\t."}`), theme.None()),
		"empty":        blocks{},
		"long line":    Plain(strings.Repeat("漢字 and words ", 5000), theme.None()),
		"hits":         Tree([]byte(`["`+strings.Repeat("abc 👍 漢字 ", 50)+`"]`), theme.None()),
	}
	for name, s := range sources {
		m := open(s, 0, 0)
		if name == "hits" {
			m.Highlight(regexp.MustCompile("[a-c]+"), &find.Hit{At: 3, End: 2})
		}
		for _, w := range []int{1, 2, 3, 5, 8, 13, 21, 40, 80, 250, 4, 1} {
			for _, h := range []int{1, 2, 5, 24, 60, 3} {
				m.SetSize(w, h)
				press(m, []string{"j", "G", "k", "pgdown", "g"}[(w+h)%5])
				checkFrame(t, fmt.Sprintf("%s at %d×%d", name, w, h), m.View(), w, h)
			}
		}
		m.SetSize(0, 0)
		press(m, "j", "k", "g", "G", "pgdown")
		if got := m.View(); got != "" {
			t.Errorf("%s: without any room it draws %q", name, got)
		}
	}
}

func checkFrame(t *testing.T, name, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%s: %d lines", name, len(lines))
	}
	for _, l := range lines {
		if got := sanitize.Width(ansi.Strip(l)); got != w {
			t.Errorf("%s: a line of %d cells: %q", name, got, l)
		}
	}
	uitest.Harmless(t, name, view)
}

func TestUnstyledTextHasNoEscapes(t *testing.T) {
	t.Parallel()
	for _, th := range []*theme.Theme{theme.For("dark", theme.Terminal{}), theme.For("light", theme.Terminal{}), theme.None()} {
		m := New(Plain("plain words\n\nand more", th), th)
		m.SetSize(30, 4)
		if v := m.View(); strings.Contains(v, "\x1b") {
			t.Errorf("theme %s: %q", th.Name, v)
		}
	}
}

// allRows walks from one end to the other.
func allRows(m *Model, fromEnd bool) []row {
	step, at := walk{m}.Below, m.first()
	if fromEnd {
		step, at = walk{m}.Above, walk{m}.Tail()
	}
	rows := []row{at}
	for more := true; more; {
		if at, more = step(at); more {
			rows = append(rows, at)
		}
	}
	if fromEnd {
		slices.Reverse(rows)
	}
	return rows
}

// atEnd reports whether the last row is in the window.
func atEnd(m *Model) bool {
	_, ok := m.window.Until(m.window.Top, walk{m}.Tail(), m.window.Height)
	return ok
}

func TestRowsDoNotDependOnTheWay(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("words and 漢字 ", 4000)
	for name, text := range map[string]string{
		"hostile": hostile, "numbered": numbered(200), "long lines": long + "\n" + long + "\n\n",
		"no ascii": strings.Repeat("漢", passageLen), "marks": strings.Repeat("e\u0301\u200d", passageLen/3), "bad bytes": strings.Repeat("\xff", passageLen+7),
		"exact": strings.Repeat("x", 2*passageLen) + "\n" + strings.Repeat("y", passageLen) + "\n",
		"break": strings.Repeat("漢", passageLen/3) + "字\r\nx",
	} {
		for _, s := range []Source{Plain(text, theme.None()), blocks{{Text: text}, {Text: text}}} {
			m := open(s, 61, 12)
			down, up := allRows(m, false), allRows(m, true)
			if !slices.Equal(down, up) {
				t.Errorf("%s: %d rows down and %d rows up are not the same", name, len(down), len(up))
			}
			for i := 0; i < len(down); i += 97 {
				start, _ := m.block(down[i].block).row(down[i].n)
				if got := m.locate(down[i].block, start); got != down[i] {
					t.Errorf("%s: row %d is %v, found again as %v", name, i, down[i], got)
				}
			}
		}
	}
}

func TestRowsCoverTheText(t *testing.T) {
	t.Parallel()
	text := hostile + strings.Repeat("漢字 words ", 3000) + "\n\n" + hostile
	for _, w := range []int{1, 2, 9, 80} {
		l := LayOut(Block{Text: text}, w)
		at := 0
		for n := range l.starts {
			start, end := l.row(n)
			if start != at {
				t.Fatalf("width %d: a row begins at %d, want %d", w, start, at)
			}
			if i := strings.IndexByte(text[start:end], '\n'); i >= 0 && i < end-start-1 {
				t.Fatalf("width %d: a row from %d has two lines", w, start)
			}
			at = end
		}
		if at != len(text) {
			t.Errorf("width %d: the rows end at %d of %d", w, at, len(text))
		}
	}
}

func FuzzScroll(f *testing.F) {
	f.Add(hostile, uint8(20), uint8(5), uint64(1))
	f.Add(numbered(100), uint8(80), uint8(24), uint64(2))
	f.Add(strings.Repeat("漢字 ", 100), uint8(1), uint8(1), uint64(3))
	f.Fuzz(func(t *testing.T, text string, w, h uint8, seed uint64) {
		width, height := int(w)%100+1, int(h)%40+1
		m := open(Plain(text, theme.None()), width, height)
		first := m.View()
		rnd := rand.New(rand.NewPCG(seed, 0))
		for range 20 {
			checkFrame(t, "random walk", m.View(), width, height)
			before, at := m.View(), m.window.Top
			n := rnd.IntN(9)
			m.Scroll(n)
			if moved := m.window.Top; moved != at && !atEnd(m) {
				m.Scroll(-n)
				if m.View() != before {
					t.Fatal("down and up again shows something else")
				}
			}
			press(m, []string{"j", "pgdown", "k", "G", "pgup", "ctrl+d"}[rnd.IntN(6)])
		}
		press(m, "G")
		if !atEnd(m) {
			t.Fatal("G does not show the end")
		}
		press(m, "g")
		if m.View() != first {
			t.Fatal("G and g do not show the start again")
		}
	})
}

// counting says which blocks were asked for.
type counting struct {
	Source
	asked map[int]int
}

func (c *counting) Block(i int) Block {
	c.asked[i]++
	return c.Source.Block(i)
}

func TestOnlyTheWindowIsDecoded(t *testing.T) {
	t.Parallel()
	c := &counting{Plain(numbered(100_000), theme.None()), map[int]int{}}
	m := open(c, 80, 24)
	press(m, "G", "g", "j", "pgdown", "j", "j")
	if len(c.asked) > 200 {
		t.Errorf("%d blocks were decoded", len(c.asked))
	}
	clear(c.asked)
	press(m, "j", "j", "j", "k", "j")
	if len(c.asked) > 4 {
		t.Errorf("small steps decoded %v", c.asked)
	}
}

func TestStepsInAHugeLineLayOutLittle(t *testing.T) {
	t.Parallel()
	huge := strings.Repeat("some words and 漢字 ", 1<<17)
	digits := strings.Repeat("1234567890", 1<<17)
	for name, s := range map[string]Source{
		"a text": Plain(huge, theme.None()), "a string": Tree([]byte(`"`+huge+`"`), theme.None()),
		"a name": Tree([]byte(`{"`+huge+`":1}`), theme.None()), "a number": Tree([]byte(`[`+digits+`]`), theme.None()),
	} {
		c := &counting{s, map[int]int{}}
		m := open(c, 80, 24)
		press(m, "G", "k", "pgup", "g", "j", "pgdown")
		if n := len(c.asked); n > 16 {
			t.Errorf("of %s %d blocks were laid out", name, n)
		}
		for i := range c.asked {
			if n := len(c.Source.Block(i).Text); n > 2*passageLen {
				t.Errorf("a block of %s has %d bytes", name, n)
			}
		}
	}
}
