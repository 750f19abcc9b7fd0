package chat

import (
	"sort"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// laid is a paragraph laid out in rows.
type laid struct {
	paragraph
	bytes  []byte
	starts []int // where each row begins; at least one
	inks   []ink // of the spans
	found  found
}

// layOut wraps a paragraph for a width. At least half of the width is left for the text.
func layOut(p paragraph, width int) *laid {
	l := &laid{paragraph: p, bytes: []byte(p.text), starts: []int{0}}
	if p.drawn {
		return l
	}
	l.indent = min(max(p.indent, 0), width/2)
	// as the editor does, so that a text stays where it is when it is opened
	l.starts = sanitize.Wrap(l.bytes, max(width-l.indent-1, 1), true, false)
	for _, s := range p.spans {
		l.inks = append(l.inks, inkOf(s.Style))
	}
	return l
}

// draw writes row n in at most width cells.
func (l *laid) draw(out *strings.Builder, n, width int, inks *inks, marks marks) {
	if l.drawn {
		out.WriteString(l.text)
		return
	}
	indent := min(l.indent, width)
	out.WriteString(strings.Repeat(" ", indent))
	end := len(l.bytes)
	if n+1 < len(l.starts) {
		end = l.starts[n+1]
	}
	span := sort.Search(len(l.spans), func(i int) bool { return l.spans[i].End > l.starts[n] })
	pen := brush{out: out}
	for i, col := l.starts[n], 0; i < end; {
		g := sanitize.Next(l.bytes[i:], col)
		for span < len(l.spans) && l.spans[span].End <= i {
			span++
		}
		text, room := g.Text, width-indent-col
		if g.Width > room {
			if room < 1 || g.Mark && g.Width == 1 {
				break
			}
			text = sanitize.Fit(text, room)
		}
		with := &inks.text
		switch {
		case marks.at(i):
			with = &inks.match
			if marks.now == marks.list[0][0] {
				with = &inks.current
			}
		case g.Mark:
			with = &inks.mark
		case span < len(l.spans) && l.spans[span].Start <= i:
			with = &l.inks[span]
		}
		pen.put(text, with)
		i, col = i+g.Len, col+g.Width
		if col >= width-indent {
			break
		}
	}
	pen.end()
}

// ink is what a style writes around text.
type ink struct{ before, after string }

func inkOf(s lipgloss.Style) ink {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return ink{before, after}
}

// inks are the looks of every text.
type inks struct{ text, mark, cursor, match, current ink }

func inksOf(th *theme.Theme) *inks {
	return &inks{text: inkOf(th.Text), mark: inkOf(th.Mark), cursor: inkOf(th.Title), match: inkOf(th.Match), current: inkOf(th.CurrentMatch)}
}

// brush writes runs of one look.
type brush struct {
	out  *strings.Builder
	with *ink
}

func (b *brush) put(text string, with *ink) {
	if b.with == nil || *b.with != *with {
		b.end()
		b.with = with
		b.out.WriteString(with.before)
	}
	b.out.WriteString(text)
}

func (b *brush) end() {
	if b.with != nil {
		b.out.WriteString(b.with.after)
		b.with = nil
	}
}
