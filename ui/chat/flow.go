package chat

import (
	"github.com/charmbracelet/lipgloss"

	"errata/ui/pager"
)

// flow is the text of a part, paragraph by paragraph. A paragraph is found from the one beside it,
// so that nothing but the window need be read. There is at least one.
type flow interface {
	first() int
	last() int
	after(at int) (int, bool)
	before(at int) (int, bool)
	paragraph(at int) paragraph
}

// paragraph is text that begins on a row of its own and is wrapped.
type paragraph struct {
	text   string // as decoded, not made safe
	spans  []pager.Span
	shown  []pager.Shown // what of it stands in the message
	indent int
	drawn  bool // text is a row that is drawn already
}

// fixed is a flow of a few paragraphs at hand.
type fixed []paragraph

func (f fixed) first() int { return 0 }

func (f fixed) last() int { return len(f) - 1 }

func (f fixed) after(at int) (int, bool) { return at + 1, at+1 < len(f) }

func (f fixed) before(at int) (int, bool) { return at - 1, at > 0 }

func (f fixed) paragraph(at int) paragraph { return f[at] }

// pages is a flow of the blocks of a pager's source.
type pages struct {
	pager.Source
	indent int
}

func (p pages) first() int { return 0 }

func (p pages) last() int { return p.Len() - 1 }

func (p pages) after(at int) (int, bool) { return at + 1, at+1 < p.Len() }

func (p pages) before(at int) (int, bool) { return at - 1, at > 0 }

// blockBytes is the most of one block that is shown; the whole is seen in its editor.
const blockBytes = 16 << 10

func (p pages) paragraph(at int) paragraph {
	b := p.Block(at)
	if len(b.Text) > blockBytes {
		b.Text = b.Text[:blockBytes] + "…"
		for i, s := range b.Shown {
			b.Shown[i].Start, b.Shown[i].End = min(s.Start, blockBytes), min(s.End, blockBytes)
		}
	}
	return paragraph{text: b.Text, spans: b.Spans, shown: b.Shown, indent: b.Indent + p.indent}
}

// line is one paragraph made of runs.
type line struct{ paragraph }

// say adds words.
func (l *line) say(text string, style lipgloss.Style) *line {
	if text != "" {
		l.spans = append(l.spans, pager.Span{Start: len(l.text), End: len(l.text) + len(text), Style: style})
		l.text += text
	}
	return l
}

// show adds text that shows a literal, which begins at a byte of the message.
func (l *line) show(text string, style lipgloss.Style, literal []byte, at int) *line {
	if from := len(l.text); text != "" {
		l.shown = append(l.shown, pager.Literal(from, from+len(text), literal, at))
	}
	return l.say(text, style)
}

// words is a line of words of errata.
func words(indent int, text string, style lipgloss.Style) paragraph {
	l := &line{paragraph{indent: indent}}
	return l.say(text, style).paragraph
}
