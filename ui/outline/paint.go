package outline

import (
	"regexp"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// pen is what a style writes before and after text. Style.Render would take text apart where a
// style underlines.
type pen struct{ before, after string }

func penOf(s lipgloss.Style) pen {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return pen{before, after}
}

// pens are the looks of the parts of a row.
type pens struct {
	text, muted, faint, title, warning, key, mark pen
	match, current                                pen
	name, str, number, word                       pen
}

func pensOf(th *theme.Theme) pens {
	return pens{
		text: penOf(th.Text), muted: penOf(th.Muted), faint: penOf(th.Faint), title: penOf(th.Title), warning: penOf(th.Warning),
		key: penOf(th.Key), mark: penOf(th.Mark),
		match: penOf(th.Match), current: penOf(th.CurrentMatch),
		name: penOf(th.JSONName), str: penOf(th.JSONString), number: penOf(th.JSONNumber), word: penOf(th.JSONWord),
	}
}

// line is one line that is being drawn, from the left.
type line struct {
	out   strings.Builder
	mark  pen
	room  int   // cells that are left
	found found // in what is put next
}

// found are the marks of a search.
type found struct {
	re             *regexp.Regexp // nil for none
	now            int            // where the current hit begins, -1 when it is not there
	match, current pen
}

// marks are the matches in a text, as far as it may be seen.
func (f found) marks(text string, limit int) [][]int {
	if f.re == nil {
		return nil
	}
	return f.re.FindAllStringIndex(text[:min(len(text), max(limit, 0)*sanitize.MaxLen)], -1)
}

// put draws text in one look, in at most limit cells and what room there is. Text that does not fit
// ends with "…".
func (l *line) put(text string, p pen, limit int) {
	limit = min(limit, l.room)
	cells, used, whole := cut(text, limit)
	as, open := pen{}, false
	marks := l.found.marks(text, limit)
	at := 0
	for _, c := range cells {
		next := p
		for len(marks) > 0 && marks[0][1] <= at {
			marks = marks[1:]
		}
		switch {
		case len(marks) > 0 && marks[0][0] <= at && marks[0][0] == l.found.now:
			next = l.found.current
		case len(marks) > 0 && marks[0][0] <= at:
			next = l.found.match
		case c.mark:
			next = l.mark
		}
		at += c.bytes
		if !open || next != as {
			if open {
				l.out.WriteString(as.after)
			}
			l.out.WriteString(next.before)
			as, open = next, true
		}
		l.out.WriteString(c.text)
	}
	if open {
		l.out.WriteString(as.after)
	}
	if !whole && used < limit {
		l.out.WriteString(p.before + "…" + p.after)
		used++
	}
	l.room -= used
}

// space leaves n cells blank.
func (l *line) space(n int) {
	n = min(n, l.room)
	l.out.WriteString(strings.Repeat(" ", n))
	l.room -= n
}

// cell is a cluster as it is shown.
type cell struct {
	text  string
	width int
	mark  bool
	bytes int // of the text that it shows
}

// cut gives the cells of text, a line break as one marked ⏎. When they do not fit into limit, one
// is left free.
func cut(text string, limit int) (cells []cell, used int, whole bool) {
	if limit <= 0 {
		return nil, 0, text == ""
	}
	b := []byte(text[:min(len(text), limit*sanitize.MaxLen)])
	for i := 0; i < len(b); {
		g := sanitize.Next(b[i:], used)
		c := cell{g.Text, g.Width, g.Mark, g.Len}
		if g.Break {
			c = cell{g.Text + "⏎", g.Width + 1, true, g.Len}
		}
		if used+c.width > limit {
			for used >= limit {
				used -= cells[len(cells)-1].width
				cells = cells[:len(cells)-1]
			}
			return cells, used, false
		}
		cells, used = append(cells, c), used+c.width
		i += g.Len
	}
	return cells, used, len(b) == len(text)
}

// fits tells whether text takes no more than limit cells.
func fits(text string, limit int) bool {
	if text == "" {
		return true
	}
	_, _, whole := cut(text, limit)
	return whole
}
