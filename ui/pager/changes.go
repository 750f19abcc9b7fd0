package pager

import (
	"github.com/charmbracelet/lipgloss"

	"errata/ui/change"
	"errata/ui/theme"
)

// lines is a source of one block for each line of a change.
type lines struct {
	list []change.Line
	th   *theme.Theme
}

// Changes shows how a value changed: a sign and a look for what went and what came, the differing
// words marked.
func Changes(list []change.Line, th *theme.Theme) Source { return lines{list, th} }

// Sign begins a line of a change and says whose it is: a sign, or a word for a screen reader.
func Sign(k change.Kind, th *theme.Theme) string {
	switch {
	case !th.Plain:
		return k.Sign() + " "
	case k == change.Removed:
		return "old: "
	case k == change.Added:
		return "new: "
	}
	return ""
}

func (l lines) Len() int { return len(l.list) }

func (l lines) Block(i int) Block {
	line := l.list[i]
	sign := Sign(line.Kind, l.th)
	style := l.th.Text
	switch line.Kind {
	case change.Removed:
		style = l.th.Removed
	case change.Added:
		style = l.th.Added
	case change.Note:
		style = l.th.Muted
	}
	b := Block{Text: sign + line.Text, Hang: len(sign)}
	at := 0
	look := func(end int, style lipgloss.Style) {
		if end > at {
			b.Spans = append(b.Spans, Span{at, end, style})
			at = end
		}
	}
	for _, mark := range line.Marks {
		look(mark.Start+len(sign), style)
		look(mark.End+len(sign), style.Underline(true).Bold(true))
	}
	look(len(b.Text), style)
	return b
}
