package term

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
)

// probeRow is the row, from 0, in which a terminal is asked how wide it draws. In the first row the
// answer could not be told from a function key.
const probeRow = 1

// reportMsg is an answer: the column of the cursor in probeRow, from 0.
type reportMsg int

// widthsMsg says what the terminal said of itself.
type widthsMsg sanitize.Joins

// wantWidths is whether the terminal shall be asked, which is noted before the first key is read.
func (s *session) wantWidths() bool {
	return s.opts.Widths && s.want(&s.widths)
}

// report notes an answer. The last one makes a message for the model.
func (s *session) report(column int) {
	if s.widths.answered == nil || len(s.columns) == len(sanitize.Probes) {
		return // nobody asked
	}
	if s.columns = append(s.columns, column); len(s.columns) == len(sanitize.Probes) {
		s.widths.answer()
		s.queue.push(widthsMsg(sanitize.Answer(s.columns)))
	}
}

// measured takes over what the terminal said. A size that differs, and back, makes every screen lay
// out again.
func (d *drawer) measured(msg widthsMsg) tea.Cmd {
	sanitize.Tell(sanitize.Joins(msg))
	if d.w < 2 {
		return nil
	}
	d.remeasured = true
	var narrower, back tea.Cmd
	d.m, narrower = d.m.Update(tea.WindowSizeMsg{Width: d.w - 1, Height: d.h})
	d.m, back = d.m.Update(tea.WindowSizeMsg{Width: d.w, Height: d.h})
	return tea.Batch(d.s.guard(narrower), d.s.guard(back))
}

// probe returns the bytes that ask the terminal for the width of each probe, and put back what is
// in their row. It is empty if there is no room.
func (p *painter) probe() []byte {
	if p.cells == nil || len(p.lines) <= probeRow || p.cells.Width() <= sanitize.ProbeWidth {
		return nil
	}
	p.out.Reset()
	// one row changes, and is put back: to look for rows that moved would hash all of them, twice
	p.r.SetScrollOptim(false)
	defer p.r.SetScrollOptim(true)
	p.row(probeRow, "")
	p.r.Render(p.cells)
	p.flush()
	p.pen.look(&p.out) // the question is one piece, without looks
	start := ansi.CursorPosition(1, probeRow+1)
	for _, text := range sanitize.Probes {
		_, _ = p.r.WriteString(start + text + ansi.RequestCursorPositionReport)
	}
	_, _ = p.r.WriteString(start + ansi.EraseEntireLine)
	p.r.SetPosition(-1, -1)
	p.row(probeRow, p.lines[probeRow])
	p.r.Render(p.cells)
	p.place(p.cursor)
	p.flush()
	return p.update(p.shown)
}
