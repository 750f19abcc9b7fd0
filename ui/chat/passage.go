package chat

import (
	"errata/model/media"
	"errata/ui/pager"
	"errata/ui/stringlines"

	"github.com/charmbracelet/lipgloss"
)

// passage is the text of a JSON string, a paragraph for each of its lines.
type passage struct {
	stringlines.Parts
	at     int // the byte of the message at which the literal begins
	indent int
	info   *lipgloss.Style // of the pictures and files in it
	style  *style          // of each line, nil for none of its own
	look   *lipgloss.Style // of all of it, nil for the theme's text
}

// passage is the text of a part of message i, with the pictures and files that it holds each in one
// row.
func (m *cards) passage(i int, p *part, indent int) *passage {
	raw := p.node.Bytes()
	return &passage{Parts: stringlines.Parts{Text: raw, Whole: media.Within(raw)}, at: m.start(i, p.place()), indent: indent, info: &m.th.Info}
}

// style draws the lines of a text in a way of its own. at is where the line begins in raw.
type style func(raw []byte, at int, text string) (shown string, spans []pager.Span)

func (l *passage) first() int { return l.First() }

func (l *passage) last() int { return l.Last() }

func (l *passage) after(at int) (int, bool) { return l.After(at) }

func (l *passage) before(at int) (int, bool) { return l.Before(at) }

func (l *passage) paragraph(at int) paragraph {
	end, _ := l.Stop(at)
	if l.IsWhole(at) {
		d, _ := media.Address(l.Text[at:end])
		return words(l.indent, d.String(), *l.info)
	}
	p := paragraph{text: l.Line(at), indent: l.indent}
	switch {
	case l.style != nil:
		p.text, p.spans = (*l.style)(l.Text, at, p.text)
	case l.look != nil:
		p.spans = whole(p.text, *l.look)
	}
	p.shown = []pager.Shown{{Start: 0, End: len(p.text), At: l.at + at, Raw: l.Text[at:end]}}
	return p
}
