package term

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/sanitize"
)

// measures are ways in which terminals measure text.
var measures = map[string]measure{"by sum": bySum, "by age": byAge, "by cluster": byCluster}

// samples are texts that terminals measure differently.
var samples = []string{
	"plain words of a row that goes on", "नमस्ते दुनिया कि यह एक परीक्षण है", "ทำน้ำให้ใส กำลัง", "မြန်မာစာ ကျွန်တော်", "நிலா கொடு தமிழ்",
	"👍🏽 ok 👨‍👩‍👧 home ❤️ love", "✌ v ☝ up 🕵 spy", "漢字 が 각 text", "e\u0301te\u0301 │ border │", "\x1b[7mकि selected ❤️\x1b[m plain",
	"漢字│漢字│कि│end", "क्ष\u0304e\u0301", "🫨 shaking ⁂ 🩷", "",
}

// TestEveryRowIsWhole: whatever terminals measure, each row shows all of its text, whatever stood
// there before, the cursor stands where it should, and nothing scrolls. Frames follow each other,
// and each is held against one that is painted alone.
func TestEveryRowIsWhole(t *testing.T) {
	t.Parallel()
	for name, take := range measures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			walk(t, take, false)
		})
	}
	t.Run("a character a cell", func(t *testing.T) {
		t.Parallel()
		walk(t, bySum, true)
	})
}

// walk shows 500 frames. over is a habit of the terminal.
func walk(t *testing.T, take measure, over bool) {
	t.Helper()
	const w, h = 40, 12
	rnd := rand.New(rand.NewPCG(3, 5))
	screen, painter := newPaper(w, h, take), newPainter(testEnv)
	screen.over = over
	screen.write(enterModes(Options{}))
	rows := make([]string, h)
	for step := range 500 {
		if step%5 == 0 {
			rows = append(rows[1:], someText(rnd))
		}
		y := rnd.IntN(h)
		rows[y] = someText(rnd)
		at := cursor{rnd.IntN(w), rnd.IntN(h), true}
		f := frame{lines: slices.Clone(rows), w: w, h: h, cursor: at}
		screen.write(string(painter.paint(&f, step == 0)))
		alone := newPaper(w, h, take)
		alone.over = over
		alone.write(enterModes(Options{}) + string(newPainter(testEnv).paint(&f, true)))
		compare(t, fmt.Sprintf("step %d", step), screen, alone, f)
		if t.Failed() {
			return
		}
	}
}

// someText is a few samples, often just as long as a row.
func someText(rnd *rand.Rand) string {
	text := ""
	for range 1 + rnd.IntN(4) {
		text += samples[rnd.IntN(len(samples))] + strings.Repeat("x", rnd.IntN(4))
	}
	return text
}

func compare(t *testing.T, when string, screen, alone *paper, f frame) {
	t.Helper()
	for y, line := range f.lines {
		if want := screen.kept(fits(line, f.w)); screen.row(y) != want {
			t.Errorf("%s, row %d shows\n%q, want\n%q", when, y, screen.row(y), want)
		}
		if now, whole := strings.Join(screen.cells[y], "|"), strings.Join(alone.cells[y], "|"); now != whole {
			t.Errorf("%s, row %d has cells\n%q, painted alone\n%q", when, y, now, whole)
		}
	}
	if screen.x != f.cursor.x || screen.y != f.cursor.y {
		t.Errorf("%s: the cursor stands at %d,%d, want %v", when, screen.x, screen.y, f.cursor)
	}
	if screen.scrolled || alone.scrolled {
		t.Errorf("%s: it scrolled", when)
	}
}

// TestARowOfUncertainClustersCostsLittle: naming columns costs at most three times the text.
func TestARowOfUncertainClustersCostsLittle(t *testing.T) {
	t.Parallel()
	for _, text := range samples {
		line := strings.Repeat(text+" ", 6)
		p := newPainter(testEnv)
		blank := frame{lines: []string{""}, w: 200, h: 2}
		p.paint(&blank, true)
		f := frame{lines: []string{line}, w: 200, h: 2}
		if n, most := len(p.paint(&f, false)), 4*len(line)+16; n > most {
			t.Errorf("%q takes %d bytes, at most %d", line, n, most)
		}
	}
}

// TestTheTerminalIsAsked: the question shows nothing, and what it is about is what the terminal
// does.
func TestTheTerminalIsAsked(t *testing.T) {
	t.Parallel()
	f := frame{lines: []string{"one", "two 漢字 ❤️ कि", "three"}, w: 30, h: 3, cursor: cursor{2, 2, true}}
	for name, take := range measures {
		p, screen := newPainter(testEnv), newPaper(f.w, f.h, take)
		screen.write(enterModes(Options{}) + string(p.paint(&f, true)))
		before := fmt.Sprint(screen.cells, screen.x, screen.y)
		screen.write(string(p.probe()))
		if after := fmt.Sprint(screen.cells, screen.x, screen.y); after != before {
			t.Errorf("%s: asking left\n%s, before\n%s", name, after, before)
		}
		var told []int
		for _, answer := range screen.answers {
			if msg, ok := decode([]byte(answer)).(reportMsg); ok {
				told = append(told, int(msg))
			}
		}
		j := sanitize.Answer(told)
		if j&sanitize.Answered == 0 || (j&sanitize.Vowels != 0) != (name == "by cluster") || (j&sanitize.Sequences != 0) != (name == "by cluster") {
			t.Errorf("%s: answered %v, understood %b", name, told, j)
		}
	}
	small := newPainter(testEnv)
	small.paint(&frame{lines: []string{"x"}, w: 5, h: 1}, true)
	if b := small.probe(); len(b) != 0 {
		t.Errorf("asked without room: %q", b)
	}
}

// sizes keeps the sizes that a model is told.
type sizes struct {
	counter
	told *[]int
}

func (s sizes) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		*s.told = append(*s.told, size.Width)
	}
	return s, nil
}

// TestAnAnswerLaysOutAnew is not parallel: what the terminal said holds for all.
func TestAnAnswerLaysOutAnew(t *testing.T) {
	defer sanitize.Tell(0)
	views, told := new(int), []int{}
	s := &session{queue: newQueue(), screen: newScreen(nil, Options{}, nil), opts: Options{Widths: true, Env: testEnv}}
	d := newDrawer(s, sizes{counter{views: views}, &told})
	d.start(20, 5)
	s.report(1) // nobody asked yet
	if !s.wantWidths() {
		t.Fatal("it is not asked")
	}
	for _, width := range []int{2, 2, 1, 1, 1, 1, 2, 2} {
		s.report(width)
	}
	msg, _ := s.queue.pop()
	s.screen.fresh = false
	d.Update(event{msg})
	if fmt.Sprint(told) != "[20 19 20]" {
		t.Errorf("the model was told the widths %v", told)
	}
	if !s.screen.fresh || !s.screen.renew {
		t.Error("the same text is not drawn anew")
	}
	if got := sanitize.Width("कि👨‍👩‍👧"); got != 3 {
		t.Errorf("a terminal that joins gives %d cells, want 3", got)
	}
}
