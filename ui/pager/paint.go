package pager

import (
	"sort"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// look says which style a cluster has: one of those below, or a span's index.
type look int

const (
	plain look = -1 - iota
	mark
	match
	currentMatch
)

// paint draws a row: m.w cells. Text without a style is written as it is.
func (m *Model) paint(p place) string {
	l := m.block(p.block)
	w := brush{m: m, l: l, as: plain}
	w.out.WriteString(strings.Repeat(" ", min(l.indent, m.w)))
	spans := sort.Search(len(l.Spans), func(i int) bool { return l.Spans[i].End > p.row.start })
	hit := sort.Search(len(m.hits), func(i int) bool {
		h := m.hits[i]
		return h.Block > p.block || h.Block == p.block && h.End > p.row.start
	})
	// what follows the row may tell how it ends
	b := []byte(l.Text[p.row.start:min(p.row.end+sanitize.Lookahead, p.piece.end)])
	col, room := 0, min(l.width, m.w)
	for i := 0; p.row.start+i < p.row.end; {
		off := p.row.start + i
		g := sanitize.Next(b[i:], col)
		for spans < len(l.Spans) && l.Spans[spans].End <= off {
			spans++
		}
		for hit < len(m.hits) && m.hits[hit].Block == p.block && m.hits[hit].End <= off {
			hit++
		}
		if col > 0 && col+g.Width > room { // the space that hangs over
			break
		}
		text, width := g.Text, g.Width
		if width > room {
			text, width = sanitize.Fit(text, room), room
		}
		w.put(text, m.look(l, p.block, off, g, spans, hit))
		col += width
		i += g.Len
	}
	w.flush()
	w.out.WriteString(strings.Repeat(" ", max(m.w-min(l.indent, m.w)-col, 0)))
	return w.out.String()
}

// look chooses the style of the cluster at byte off; span and hit are the first that end behind
// off.
func (m *Model) look(l *laid, block, off int, g sanitize.Glyph, span, hit int) look {
	if hit < len(m.hits) && m.hits[hit].Block == block && m.hits[hit].Start < off+g.Len {
		if hit == m.current {
			return currentMatch
		}
		return match
	}
	if g.Mark {
		return mark
	}
	if span < len(l.Spans) && l.Spans[span].Start <= off {
		return look(span)
	}
	return plain
}

// brush collects runs of one look.
type brush struct {
	m   *Model
	l   *laid
	out strings.Builder
	run strings.Builder
	as  look
}

func (b *brush) put(text string, as look) {
	if as != b.as {
		b.flush()
		b.as = as
	}
	b.run.WriteString(text)
}

func (b *brush) flush() {
	if b.run.Len() == 0 {
		return
	}
	var with ink
	if b.as < 0 {
		with = b.m.inks[-b.as]
	} else {
		with = b.l.inks[b.as]
	}
	b.out.WriteString(with.before)
	b.out.WriteString(b.run.String())
	b.out.WriteString(with.after)
	b.run.Reset()
}

// ink is what a style writes around text. Style.Render would take the text apart where a style
// underlines, and a cluster of several code points would fall to pieces.
type ink struct{ before, after string }

func inkOf(s lipgloss.Style) ink {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return ink{before, after}
}

// palette is the inks of the looks below 0.
func palette(th *theme.Theme) [1 - currentMatch]ink {
	return [...]ink{
		-plain: inkOf(th.Text), -mark: inkOf(th.Mark), -match: inkOf(th.Match), -currentMatch: inkOf(th.CurrentMatch),
	}
}
