package term

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

// looks are styles that follow each other on a screen, grounds and lines among them.
var looks = []string{"", "1", "38;5;247", "1;38;5;110", "48;5;237", "1;48;5;237", "38;5;215;48;5;237", "7", "4;31", "9", "3;38;2;9;8;7"}

// styled is a row of words in looks, with blanks of the same look before and behind them.
func styled(rnd *rand.Rand) string {
	var b strings.Builder
	for range rnd.IntN(6) {
		word := []string{"tide", "", "neap tide", "é", "│", "漢"}[rnd.IntN(6)]
		fmt.Fprintf(&b, "\x1b[%sm%s%s%s\x1b[m", looks[rnd.IntN(len(looks))], strings.Repeat(" ", rnd.IntN(12)), word, strings.Repeat(" ", rnd.IntN(12)))
	}
	return b.String()
}

// Whatever is left out, each cell looks as its frame says: a letter in all of its style, a blank in
// as much as is seen of it.
func TestEachCellLooksAsItsFrameSays(t *testing.T) {
	t.Parallel()
	const w, h = 50, 8
	rnd := rand.New(rand.NewPCG(3, 4))
	e := newEmulator(w, h)
	rows := make([]string, h)
	for round := range 300 {
		switch round % 5 {
		case 1: // scrolled
			rows = append(rows[1:], styled(rnd))
		case 3:
			rows = append([]string{styled(rnd)}, rows[:h-1]...)
		default:
			rows[rnd.IntN(h)], rows[rnd.IntN(h)] = styled(rnd), styled(rnd)
		}
		e.paint(text(w, h, append([]string(nil), rows...)...), round%50 == 0)
		e.looksAs(t, round, rows)
	}
}

// looksAs fails the test unless each cell looks as its row says.
func (e *emulator) looksAs(t *testing.T, round int, rows []string) {
	t.Helper()
	for y, row := range rows {
		l := liner{line: make(uv.Line, e.Width()), profile: e.p.profile}
		l.draw(row)
		for x := range l.line {
			want, got := l.line.At(x), e.CellAt(x, y)
			if seenOf(got) != seenOf(want) {
				t.Fatalf("round %d, cell %d,%d of %q: %s, want %s", round, x, y, row, seenOf(got), seenOf(want))
			}
		}
	}
}

// seenOf says what is seen of a cell.
func seenOf(c *uv.Cell) string {
	if c == nil || c.Width == 0 {
		return ""
	}
	content := c.Content[strings.LastIndexByte(c.Content, 'G')+1:] // behind the column it names
	if content == "" {
		content = " "
	}
	if content == " " && bare(c.Style) {
		return (&uv.Style{Bg: c.Style.Bg}).Styled(" ")
	}
	return c.Style.Styled(content)
}

// A rule down the screen and blank rows beside it cost a move and a letter each, in whatever
// colours both are.
func TestBlanksSetNoColours(t *testing.T) {
	t.Parallel()
	const w, h = 120, 40
	list := text(w, h)
	for y := range h {
		list.lines = append(list.lines, fmt.Sprintf("\x1b[38;5;249m %-20d \x1b[m%s\x1b[38;5;247m│\x1b[m", y, strings.Repeat("words ", 5)))
	}
	narrow := text(w, h)
	for y := range h {
		narrow.lines = append(narrow.lines, fmt.Sprintf("\x1b[38;5;249m %-20d \x1b[38;5;247m│\x1b[m", y))
	}
	e := newEmulator(w, h)
	e.paint(list, true)
	if n, most := e.paint(narrow, false), 12*h; n > most {
		t.Errorf("%d bytes, want %d at most", n, most)
	}
	for y, line := range narrow.lines {
		narrow.lines[y] = strings.Replace(line, " \x1b[38;5;247m│", "\x1b[1;38;5;110m \x1b[0;38;5;247m│", 1)
	}
	if n := e.paint(narrow, false); n != 0 {
		t.Errorf("blanks in another colour cost %d bytes", n)
	}
}
