package outline

import (
	"regexp"
	"strings"

	"errata/ui/paint"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// pens are the looks of the parts of a row.
type pens struct {
	looks                             paint.Looks
	muted, faint, title, warning, key paint.Ink
	name, str, number, word           paint.Ink
	th                                *theme.Theme // what is beside a row
}

func pensOf(th *theme.Theme) pens {
	return pens{
		looks: th.Looks(), muted: paint.Of(th.Muted), faint: paint.Of(th.Faint), title: paint.Of(th.Title), warning: paint.Of(th.Warning), key: paint.Of(th.Key),
		th: th, name: paint.Of(th.JSONName), str: paint.Of(th.JSONString), number: paint.Of(th.JSONNumber), word: paint.Of(th.JSONWord),
	}
}

// line is one line that is being drawn, from the left.
type line struct {
	out   strings.Builder
	looks paint.Looks
	room  int   // cells that are left
	found found // in what is put next
}

// found are the marks of a search.
type found struct {
	re  *regexp.Regexp // nil for none
	now int            // where the current hit begins, -1 when it is not there
}

// put draws text in one look, in at most limit cells and what room there is. Text that does not fit
// ends with "…".
func (l *line) put(text string, ink paint.Ink, limit int) {
	limit = min(limit, l.room)
	t := paint.Text{Looks: l.looks, Bytes: seen(text, limit), Now: l.found.now, Break: lineBreak}
	t.Looks.Text = ink
	if l.found.re != nil {
		t.Matches = paint.Matches(l.found.re, string(t.Bytes))
	}
	end, used, whole := cut(text, limit)
	t.Draw(&l.out, 0, end, limit)
	if !whole && used < limit {
		l.out.WriteString(ink.On("…"))
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

// lineBreak stands for a line break.
const lineBreak = "⏎"

// seen is as much of a text as can be seen in so many cells.
func seen(text string, limit int) []byte {
	return []byte(text[:min(len(text), max(limit, 0)*sanitize.MaxLen)])
}

// cut says how much of a text fits into so many cells. If it is not all, one is left free.
func cut(text string, limit int) (end, used int, whole bool) {
	if limit <= 0 {
		return 0, 0, text == ""
	}
	b, col := seen(text, limit), 0
	for i := 0; i < len(b); {
		g := sanitize.Next(b[i:], col)
		if col += g.Width; g.Break {
			col += sanitize.Width(lineBreak)
		}
		if col > limit {
			return end, used, false
		}
		if i += g.Len; col < limit {
			end, used = i, col
		}
	}
	return len(b), col, len(b) == len(text)
}

// fits reports whether text takes no more than limit cells.
func fits(text string, limit int) bool {
	if text == "" {
		return true
	}
	_, _, whole := cut(text, limit)
	return whole
}
