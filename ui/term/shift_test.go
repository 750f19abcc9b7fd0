package term

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// listed is a row of a list in so many cells, with a value where there is room for one, then a rule
// and the text beside it.
func listed(rnd *rand.Rand, cells int, text string) string {
	words := "  a name"
	if room := cells - 20; room > 0 && rnd.IntN(3) > 0 {
		words += "   a value of it"[:min(room, 16)]
	}
	row := "\x1b[" + looks[rnd.IntN(len(looks))] + "m" + words + strings.Repeat(" ", max(cells-len(words), 0)) + "\x1b[m"
	return row + "\x1b[38;5;245m" + []string{border, thumb}[rnd.IntN(2)] + "\x1b[m " + text
}

// Text beside a list that becomes wider or narrower is moved, and each cell looks as its frame
// says, whatever is there and however the list looks.
func TestMovedTextLooksAsItsFrameSays(t *testing.T) {
	t.Parallel()
	const w, h = 90, 24
	rnd := rand.New(rand.NewPCG(5, 6))
	e := newEmulator(w, h)
	texts := make([]string, h)
	for round := range 200 {
		for y := range texts {
			if round%6 == 0 || rnd.IntN(12) == 0 {
				texts[y] = strings.Repeat("high water ", rnd.IntN(5)) + styled(rnd)
			}
		}
		rows := make([]string, h)
		for y := range rows {
			rows[y] = listed(rnd, 14+round%3*rnd.IntN(9), texts[y])
		}
		e.paint(text(w, h, rows...), false)
		e.looksAs(t, round, rows)
	}
}

// What only goes to the right is not written again.
func TestMovedTextCostsLittle(t *testing.T) {
	t.Parallel()
	const w, h = 120, 40
	frameOf := func(cells int) frame {
		f := text(w, h)
		for range h {
			f.lines = append(f.lines, "  a name"+strings.Repeat(" ", cells-8)+border+" The tide turns at nine and comes again by three.")
		}
		return f
	}
	e := newEmulator(w, h)
	e.paint(frameOf(22), false)
	if n := e.paint(frameOf(48), false); n > 15*h {
		t.Errorf("text that goes to the right costs %d bytes in %d rows", n, h)
	}
	if n := e.paint(frameOf(22), false); n > 15*h {
		t.Errorf("text that goes back costs %d bytes in %d rows", n, h)
	}
}
