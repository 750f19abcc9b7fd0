package term

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

var testEnv = []string{"TERM=xterm-256color", "COLORTERM=truecolor"}

// An emulator shows what a terminal would after the bytes of a painter.
type emulator struct {
	*vt.Emulator
	p *painter
}

func newEmulator(w, h int) *emulator {
	e := &emulator{vt.NewEmulator(w, h), newPainter(testEnv)}
	_, _ = e.WriteString(enterModes(Options{}))
	return e
}

// paint shows f and returns how many bytes it took.
func (e *emulator) paint(f frame, repaint bool) int {
	b := e.p.paint(&f, repaint)
	_, _ = e.Write(b)
	return len(b)
}

// rows are the rows of the screen without trailing blanks.
func (e *emulator) rows() []string {
	var rows []string
	for y := range e.Height() {
		var b strings.Builder
		for x := 0; x < e.Width(); {
			c := e.CellAt(x, y)
			if c == nil || c.Width == 0 {
				x++
				continue
			}
			b.WriteString(c.Content)
			x += max(c.Width, 1)
		}
		rows = append(rows, strings.TrimRight(b.String(), " "))
	}
	return rows
}

func text(w, h int, lines ...string) frame { return frame{lines: lines, w: w, h: h} }

func TestPaintShowsTheFrame(t *testing.T) {
	e := newEmulator(20, 4)
	e.paint(text(20, 4, "one", "\x1b[1;31mtwo\x1b[m", "", "日本語 four"), true)
	want := []string{"one", "two", "", "日本語 four"}
	if got := e.rows(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPaintNothingForTheSameFrame(t *testing.T) {
	e := newEmulator(20, 4)
	f := text(20, 4, "one", "two 漢", "three 👨‍👩‍👧‍👦")
	f.cursor = cursor{3, 1, true}
	e.paint(f, true)
	if n := e.paint(f, false); n != 0 {
		t.Errorf("%d bytes", n)
	}
}

func TestPaintCutsWhatIsTooLarge(t *testing.T) {
	e := newEmulator(5, 2)
	view := "1234567890\nabcdefghij\nthird\nfourth"
	e.paint(frame{lines: lines(view, 2), w: 5, h: 2}, true)
	if got := fmt.Sprint(e.rows()); got != "[12345 abcde]" {
		t.Errorf("got %s", got)
	}
	e.paint(frame{lines: []string{"1234漢", "漢漢漢漢"}, w: 5, h: 2}, false)
	if got := fmt.Sprint(e.rows()); got != "[1234 漢漢]" {
		t.Errorf("a wide character at the edge: got %s", got)
	}
}

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		view string
		h    int
		want int
	}{{"", 3, 1}, {"a\nb", 3, 2}, {"a\nb\nc\nd", 3, 3}, {"a\nb\nc", 1, 1}, {"a", 0, 0}} {
		if got := len(lines(tt.view, tt.h)); got != tt.want {
			t.Errorf("%q in %d rows: %d lines, want %d", tt.view, tt.h, got, tt.want)
		}
	}
}

func TestCursor(t *testing.T) {
	e := newEmulator(10, 3)
	f := text(10, 3, "abc", "def")
	first := string(e.p.paint(&f, true))
	if strings.Contains(first, ansi.ShowCursor) {
		t.Error("shown, though the model hides it")
	}
	steps := []struct {
		at   cursor
		want string // bytes that must be there
		not  string
	}{
		{cursor{2, 1, true}, ansi.ShowCursor, ansi.HideCursor},
		{cursor{3, 1, true}, "", ansi.ShowCursor},
		{cursor{}, ansi.HideCursor, ansi.ShowCursor},
		{cursor{0, 0, true}, ansi.ShowCursor, ansi.HideCursor},
		{cursor{10, 0, true}, ansi.HideCursor, ansi.ShowCursor}, // out of the window
	}
	for _, s := range steps {
		f.cursor = s.at
		out := string(e.p.paint(&f, false))
		_, _ = e.Write([]byte(out))
		if !strings.Contains(out, s.want) || strings.Contains(out, s.not) {
			t.Errorf("%v: %q", s.at, out)
		}
		if p := e.CursorPosition(); s.at.ok && s.at.x < 10 && (p.X != s.at.x || p.Y != s.at.y) {
			t.Errorf("%v: cursor at %v", s.at, p)
		}
	}
}

func TestTypingCostsFewBytes(t *testing.T) {
	const w, h = 120, 40
	rows := make([]string, h)
	for y := range rows {
		rows[y] = fmt.Sprintf("│ \x1b[36mfield %d\x1b[m │ %s │", y, strings.Repeat("·", 90))
	}
	e := newEmulator(w, h)
	typed := ""
	for i, c := range "The quick brown fox, jumps over: the 'lazy' dog." {
		typed += string(c)
		rows[7] = "│ \x1b[36mfield 7\x1b[m │ \x1b[1m" + typed + "\x1b[m"
		f := text(w, h, rows...)
		f.cursor = cursor{14 + len(typed), 7, true}
		if n := e.paint(f, i == 0); i > 0 && n > 32 {
			t.Errorf("%q costs %d bytes", c, n)
		}
	}
}

func TestBigFramesAreOneUpdate(t *testing.T) {
	e := newEmulator(80, 24)
	full := text(80, 24)
	for y := range 24 {
		full.lines = append(full.lines, strings.Repeat(fmt.Sprint(y%10), 79))
	}
	full.cursor = cursor{1, 1, true}
	_ = e.p.paint(&full, true)
	again := string(e.p.paint(&full, true))
	if !strings.HasPrefix(again, ansi.SetModeSynchronizedOutput) || !strings.HasSuffix(again, ansi.ResetModeSynchronizedOutput) {
		t.Errorf("not bracketed: %.40q", again)
	}
	if strings.Count(again, ansi.HideCursor) != strings.Count(again, ansi.ShowCursor) {
		t.Error("the cursor does not come back")
	}
	full.lines[3] = "x" + full.lines[3][1:]
	if small := string(e.p.paint(&full, false)); strings.Contains(small, "2026") {
		t.Errorf("a small change is bracketed: %q", small)
	}
}

var scripts = []string{
	"plain ascii text", "日本語のテキスト and more", "emoji 👍🏽 thumbs 👨‍👩‍👧‍👦 family ❤️ heart 🏳️‍🌈 flag", "cafe\u0301 combining e\u0301e\u0301",
	"हिन्दी नमस्ते देवनागरी", "العربية والعبرية שלום", "box ─│┌ ① … ™", "ไทย ภาษา", "한국어 텍스트 입니다", "a\u0300\u0301\u0302 stacked", "",
}

// Whatever frames follow each other, the screen is that of the last one painted alone.
func TestPaintEqualsRepaint(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	w, h := 60, 16
	e := newEmulator(w, h)
	var rows []string
	for range h {
		rows = append(rows, scripts[rnd.IntN(len(scripts))])
	}
	for round := range 200 {
		resized := round%25 == 24
		switch {
		case resized:
			w, h = 30+rnd.IntN(60), 6+rnd.IntN(20)
			e.Resize(w, h)
		case round%3 == 0: // scrolled
			rows = append(rows[1:], scripts[rnd.IntN(len(scripts))])
		}
		for range 3 {
			rows[rnd.IntN(len(rows))] = fmt.Sprintf("\x1b[3%dm%d\x1b[m %s|%s", rnd.IntN(8), rnd.IntN(1000), scripts[rnd.IntN(len(scripts))], scripts[rnd.IntN(len(scripts))])
		}
		f := text(w, h, append([]string(nil), rows[:min(h, len(rows))]...)...)
		e.paint(f, resized || round == 0)
		whole := newEmulator(w, h)
		whole.paint(f, true)
		got, want := e.rows(), whole.rows()
		for y := range want {
			if got[y] != want[y] {
				t.Fatalf("round %d row %d:\n got %q\nwant %q", round, y, got[y], want[y])
			}
		}
	}
}

func TestHarmless(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "plain", "plain"},
		{"style", "\x1b[1;31mred\x1b[m", "\x1b[1;31mred\x1b[m"},
		{"other scripts", "Ärger 日本 ❤️ e\u0301", "Ärger 日本 ❤️ e\u0301"},
		{"title", "\x1b]0;title\atext", "]0;titletext"},
		{"APC", "\x1b_G\x1b\\x", "_G\\x"},
		{"DCS", "\x1bPq\x1b\\", "Pq\\"},
		{"reset", "\x1bcx", "cx"},
		{"C0", "a\x00\b\r\tb\x7f", "ab"},
		{"C1", "a\u009b31mb\u0085", "a31mb"},
		{"raw C1", "a\x9b31m", "a31m"},
		{"invalid", "a\xff\xfeb", "ab"},
		{"replacement character", "a\uFFFDb", "a\uFFFDb"},
		{"no-break space", "a\u00a0b", "a\u00a0b"},
		{"esc at the end", "a\x1b", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := harmless(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzPaint: no byte of a View but its styles gets to the terminal as a control.
func FuzzPaint(f *testing.F) {
	for _, s := range scripts {
		f.Add(s)
	}
	f.Add("\x1b]52;c;aGk=\a\x1bc\x1b[2J\x1b[31mred\x1b[m\u009b\x9b\r\n\t\x00")
	f.Add("\x1b_x\x1b\\\x1bPq\x1b\\\x1b[?1049l\x1b[6n")
	f.Fuzz(func(t *testing.T, line string) {
		p := newPainter(testEnv)
		blank := text(40, 1, "")
		p.paint(&blank, true)
		fr := text(40, 1, lines(line, 1)...)
		out := string(p.paint(&fr, false))
		for i, r := range out {
			if control(r) && r != '\r' && r != '\b' && r != '\n' && !startsCSI(out[i:]) {
				t.Fatalf("%q in %q", r, out)
			}
		}
		if strings.Contains(out, "\x1b[6n") || strings.Contains(out, "\x1b[2J") || strings.Contains(out, "\x1b[?1049") {
			t.Fatalf("a command passed: %q", out)
		}
	})
}

func TestProfile(t *testing.T) {
	tests := []struct {
		env  []string
		want colorprofile.Profile
	}{
		{[]string{"TERM=xterm-256color", "COLORTERM=truecolor"}, colorprofile.TrueColor},
		{[]string{"TERM=xterm-256color"}, colorprofile.ANSI256},
		{[]string{"TERM=xterm-256color", "NO_COLOR=1"}, colorprofile.ASCII},
		{[]string{"TERM=xterm-256color", "NO_COLOR=please"}, colorprofile.ASCII},
		{[]string{"TERM=xterm-256color", "NO_COLOR="}, colorprofile.ANSI256},
		{[]string{"TERM=dumb"}, colorprofile.NoTTY},
	}
	for _, tt := range tests {
		if got := Profile(tt.env); got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.env, got, tt.want)
		}
	}
}

func TestModesComeBack(t *testing.T) {
	for _, mouse := range []bool{false, true} {
		on, off := enterModes(Options{Mouse: mouse}), leaveModes(Options{Mouse: mouse})
		for _, m := range strings.Split(on, "\x1b[?") {
			if strings.HasSuffix(m, "h") && !strings.Contains(off, "\x1b[?"+strings.TrimSuffix(m, "h")+"l") {
				t.Errorf("mode %s stays on", m)
			}
			if strings.HasSuffix(m, "l") && !strings.Contains(off, "\x1b[?"+strings.TrimSuffix(m, "l")+"h") {
				t.Errorf("mode %s stays off", m)
			}
		}
		if got := strings.Contains(on, "1006"); got != mouse {
			t.Errorf("mouse %v, want %v", got, mouse)
		}
	}
}

func BenchmarkTypedCharacter(b *testing.B) {
	rows := make([]string, 40)
	for y := range rows {
		rows[y] = strings.Repeat("text of a row ", 8)
	}
	e := newEmulator(120, 40)
	n := 0
	for b.Loop() {
		n++
		rows[5] = strings.Repeat("x", n%100)
		f := text(120, 40, append([]string(nil), rows...)...)
		_ = e.p.paint(&f, false)
	}
}
