package chat

import (
	"strings"

	"errata/ui/pager"
	"errata/ui/paint"
	"errata/ui/sanitize"
)

// laid is a paragraph laid out in rows.
type laid struct {
	paragraph
	bytes  []byte
	starts []int // where each row begins; at least one
	inks   []paint.Span
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
	l.inks = pager.Inks(p.spans)
	return l
}

// draw writes row n in at most width cells. matches are those of the search, and now is where the
// one begins that is shown.
func (l *laid) draw(out *strings.Builder, n, width int, looks paint.Looks, matches [][2]int, now int) {
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
	t := paint.Text{Looks: looks, Bytes: l.bytes, Spans: l.inks, Matches: matches, Now: now}
	t.Draw(out, l.starts[n], end, width-indent)
}
