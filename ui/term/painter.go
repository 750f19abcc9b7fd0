package term

import (
	"bytes"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A painter knows what the terminal shows and turns the next frame into the bytes that lead there.
type painter struct {
	raw     bytes.Buffer // what the renderer writes
	out     bytes.Buffer // what of that goes to the terminal
	pen     pen
	r       *uv.TerminalRenderer
	cells   *uv.RenderBuffer
	lines   []string // what the cells were drawn from
	profile colorprofile.Profile
	shown   bool   // the cursor is visible
	cursor  cursor // where it was placed last
}

func newPainter(env []string) *painter {
	p := &painter{profile: Profile(env)}
	p.r = uv.NewTerminalRenderer(&p.raw, env)
	p.r.SetColorProfile(p.profile)
	p.r.SetFullscreen(true)
	p.r.SetRelativeCursor(false)
	p.r.SetScrollOptim(true)
	p.r.SetBackspace(true)
	// the cells name their columns: it need not bring the cursor back behind each row
	p.r.SetGraphemeWidth(true)
	p.r.SetWidthMethod(ansi.GraphemeWidth)
	return p
}

// paint returns the bytes from the frame painted last to f. The slice is valid until the next call.
func (p *painter) paint(f *frame, repaint bool) []byte {
	p.out.Reset()
	p.fit(f, repaint)
	old := p.draw(f)
	p.lines = append(p.lines[:0], f.lines...)
	for len(p.lines) < f.h {
		p.lines = append(p.lines, "")
	}
	p.shifting(old)
	p.r.Render(p.cells)
	wasShown := p.shown
	p.cursor = f.cursor
	p.place(f.cursor)
	p.flush()
	return p.bracketed(wasShown)
}

// draw draws the rows that differ into the cells. It gives them as they were, where they are many
// and text may have moved in them.
func (p *painter) draw(f *frame) (old map[int]uv.Line) {
	var rows []int
	for y := range f.h {
		if y >= len(p.lines) || p.lines[y] != f.line(y) {
			rows = append(rows, y)
		}
	}
	var ends []int // of them, those that end as they did
	if len(rows) >= manyRows && len(p.lines) == f.h {
		for _, y := range rows {
			if sameEnd(p.lines[y], f.line(y)) {
				ends = append(ends, y)
			}
		}
	}
	if len(ends) >= manyRows {
		old = make(map[int]uv.Line, len(rows))
		for _, y := range rows {
			old[y] = slices.Clone(p.cells.Line(y))
		}
	}
	for _, y := range rows {
		p.row(y, f.line(y))
	}
	return old
}

// row draws line into row y of the cells.
func (p *painter) row(y int, line string) {
	l := liner{line: p.cells.Line(y), profile: p.profile}
	l.draw(harmless(line))
	if l.doubtful {
		// From now on ultraviolet compares two ways of measuring, and draws a row whole where they
		// differ. That builds a table of 2 MB, which screens without such clusters do not need.
		p.r.SetWidthMethod(ansi.WcWidth)
	}
	p.cells.TouchLine(0, y, len(l.line))
}

// autowrap is what ultraviolet writes around the last cell of the screen.
var autowrap = strings.NewReplacer(ansi.SetModeAutoWrap, "", ansi.ResetModeAutoWrap, "")

// flush adds what the renderer has written to out. What would turn autowrap on is left out: it is
// off from entering to leaving.
func (p *painter) flush() {
	p.raw.Reset()
	_ = p.r.Flush() // into raw, which takes everything
	p.pen.pass(&p.out, autowrap.Replace(p.raw.String()))
	p.pen.ground(&p.out) // whoever writes or resizes next finds no ground of ours
}

// fit makes the cells as large as the frame. A repaint assumes nothing of what the terminal shows.
func (p *painter) fit(f *frame, repaint bool) {
	sized := p.cells != nil && p.cells.Width() == f.w && p.cells.Height() == f.h
	if sized && !repaint {
		return
	}
	p.cells = uv.NewRenderBuffer(f.w, f.h)
	p.lines = p.lines[:0]
	p.r.Resize(f.w, f.h)
	p.r.Erase()
	p.pen.lost = true
}

// place puts the cursor where c wants it, and shows or hides it only when that changes.
func (p *painter) place(c cursor) {
	visible := c.ok && c.x >= 0 && c.y >= 0 && c.x < p.cells.Width() && c.y < p.cells.Height()
	if visible {
		p.r.MoveTo(c.x, c.y)
	}
	if visible != p.shown {
		p.shown = visible
		if visible {
			_, _ = p.r.WriteString(ansi.ShowCursor)
		} else {
			_, _ = p.r.WriteString(ansi.HideCursor)
		}
	}
}

// bracketed returns the output, as one synchronized update when it is large.
func (p *painter) bracketed(shown bool) []byte {
	if p.out.Len() < bigFrame {
		return p.out.Bytes()
	}
	return p.update(shown)
}

// update returns the output as one synchronized update.
func (p *painter) update(shown bool) []byte {
	var b bytes.Buffer
	b.WriteString(ansi.SetModeSynchronizedOutput)
	if shown {
		// it would be seen flying over the screen where the bracket is not known
		b.WriteString(ansi.HideCursor)
	}
	b.Write(p.out.Bytes())
	if shown && p.shown {
		b.WriteString(ansi.ShowCursor)
	}
	b.WriteString(ansi.ResetModeSynchronizedOutput)
	return b.Bytes()
}
