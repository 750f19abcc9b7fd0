package compare

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/model/figure"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// ahead is the cells ahead of the text of an item: those of the cursor's mark and, ahead of a line,
// of its sign.
func (m *Model) ahead(it item) int {
	if it.kind == lineItem {
		return m.th.Gutter() + len(sign(0, m.th))
	}
	return m.th.Gutter()
}

// sign is ahead of what only one of the logs has, first or second.
func sign(side int, th *theme.Theme) string {
	if th.Plain {
		return [2]string{"first:  ", "second: "}[side]
	}
	return pager.Sign([2]change.Kind{change.Removed, change.Added}[side], th)
}

// edits is the sign of an edit, which is said in a word beside it.
func edits(th *theme.Theme) string {
	if th.Plain {
		return ""
	}
	return th.Sign(theme.Changed).Text + " "
}

// row is a row of an item.
type row struct{ item, n int }

// laid is an item laid out: a text in each column, or one in the only column.
type laid struct {
	texts [2]*pager.Laid // nil for none
	rows  int
}

// rows are the rows of the screen.
type rows struct{ *Model }

// Below is the row below one.
func (r rows) Below(at row) (row, bool) {
	if at.n+1 < r.laid(at.item).rows {
		return row{at.item, at.n + 1}, true
	}
	return row{at.item + 1, 0}, at.item+1 < len(r.items)
}

// Above is the row above one.
func (r rows) Above(at row) (row, bool) {
	switch {
	case at.n > 0:
		return row{at.item, at.n - 1}, true
	case at.item == 0:
		return at, false
	}
	return row{at.item - 1, r.laid(at.item-1).rows - 1}, true
}

// Tail is the last row.
func (r rows) Tail() row { return row{len(r.items) - 1, r.laid(len(r.items)-1).rows - 1} }

// Before reports whether a row is above another.
func (r rows) Before(at, other row) bool {
	return at.item < other.item || at.item == other.item && at.n < other.n
}

// columns are the widths of the two columns; if the logs are one above the other there is one.
func (m *Model) columns() (widths [2]int) {
	if !m.parts.Wide {
		return [2]int{m.w, 0}
	}
	left := (m.w - 1) / 2
	return [2]int{left, m.w - 1 - left}
}

// laid lays an item out, or gives it as it was.
func (m *Model) laid(at int) laid {
	if l, ok := m.cache[at]; ok {
		return l
	}
	if m.cache == nil || len(m.cache) > 4*m.h+64 {
		m.cache = map[int]laid{}
	}
	l := laid{rows: 1}
	for side, w := range m.columns() {
		ahead := m.ahead(m.items[at])
		b, ok := m.block(m.items[at], side)
		if !ok || w <= ahead {
			continue
		}
		l.texts[side] = pager.LayOut(b, w-ahead)
		l.rows = max(l.rows, l.texts[side].Rows())
	}
	m.cache[at] = l
	return l
}

// block is the text of an item in a column; ok is false if there is none.
func (m *Model) block(it item, side int) (b pager.Block, ok bool) {
	switch it.kind {
	case fieldItem:
		return m.named(it.e.field.Name, m.th.Label, m.editedIn(it.e, nil, side), it.e), true
	case placeItem:
		style := m.th.Muted
		if it.e.isPlace() {
			style = m.th.Label
		}
		return m.named(it.p.label(it.e.field, side), style, m.editedIn(it.e, it.p, side), nil), true
	case lineItem:
		l, ok := m.lineIn(it, side)
		return m.lineBlock(l), ok
	case foldItem:
		return styled(m.foldText(), m.th.Muted), side == 0
	case sameItem:
		return styled("  "+it.e.field.Name+"  "+inShort(it.e.stands[side].now), m.th.Muted), side == 0
	}
	return b, false
}

func styled(text string, style lipgloss.Style) pager.Block {
	return pager.Block{Text: text, Spans: []pager.Span{{Start: 0, End: len(text), Style: style}}}
}

// named is a name with what there is to say of it behind.
func (m *Model) named(name string, style lipgloss.Style, mark string, e *entry) pager.Block {
	b := styled(name, style)
	add := func(text string, style lipgloss.Style) {
		if text != "" {
			b.Spans = append(b.Spans, pager.Span{Start: len(b.Text), End: len(b.Text) + len(text), Style: style})
			b.Text += text
		}
	}
	add(mark, m.th.Changed)
	switch {
	case e == nil:
	case e.token != 0:
		add("  comparing "+figure.Size(size(e.stands))+" …", m.th.Info)
	case e.folded:
		add("  "+m.th.Folded()+figure.Count(len(e.places), "place"), m.th.Muted)
	}
	return b
}

// editedIn says whether a field, or a place of it, is edited in the log of a column. One column
// says it of both.
func (m *Model) editedIn(e *entry, p *place, side int) string {
	edited := func(side int) bool {
		if p != nil {
			return p.edited[side]
		}
		return e.stands[side].edited
	}
	switch {
	case m.parts.Wide && edited(side):
		return "  " + edits(m.th) + "edited"
	case m.parts.Wide:
		return ""
	case edited(0) && edited(1):
		return "  " + edits(m.th) + "both edited"
	case edited(0):
		return "  " + edits(m.th) + sign(0, m.th) + "edited"
	case edited(1):
		return "  " + edits(m.th) + sign(1, m.th) + "edited"
	}
	return ""
}

// lineIn is the line of a place that an item shows in a column; ok is false if there is none.
func (m *Model) lineIn(it item, side int) (l line, ok bool) {
	if it.kind != lineItem || !m.parts.Wide && side > 0 {
		return l, false
	}
	n := it.line
	if m.parts.Wide {
		n = it.p.beside[it.line][side]
	}
	if n < 0 {
		return l, false
	}
	return it.p.lines[n], true
}

// lineBlock is the text of a line, whose sign is ahead of it.
func (m *Model) lineBlock(l line) pager.Block {
	b := pager.Changes([]change.Line{l.Line}, m.th).Block(0)
	cut := len(pager.Sign(l.Kind, m.th))
	b.Text = b.Text[cut:]
	for i := range b.Spans {
		b.Spans[i].Start, b.Spans[i].End = max(b.Spans[i].Start-cut, 0), b.Spans[i].End-cut
	}
	return b
}

// foldText is the line that says how many fields are the same.
func (m *Model) foldText() string {
	n := 0
	for _, e := range m.entries {
		if !e.differs() {
			n++
		}
	}
	text := figure.Count(n, "field") + " the same in both"
	if m.opened {
		return text + ":"
	}
	return text + ": enter lists them"
}

// inShort is a value in a few words.
func inShort(v model.Value) string {
	const long = 160 // bytes
	if raw := v.Bytes(); len(raw) > long {
		return v.Kind().Word() + " of " + figure.Size(len(raw))
	}
	return sanitize.Line(change.OneLine(v), long/2)
}

// draw draws a row: all columns, with the rule between them.
func (m *Model) draw(at row) string {
	l, it := m.laid(at.item), m.items[at.item]
	var out strings.Builder
	for side, w := range m.columns() {
		if w == 0 {
			break
		}
		if side == 1 {
			out.WriteString(m.th.Faint.Render(m.th.Rule()))
		}
		out.WriteString(m.mark(at, side))
		used := m.th.Gutter()
		if t := l.texts[side]; t != nil && at.n < t.Rows() {
			out.WriteString(m.sign(at, side))
			used = m.ahead(it) + t.Draw(&out, at.n, w-m.ahead(it), m.th.Looks(), nil, -1)
		}
		out.WriteString(strings.Repeat(" ", max(w-used, 0)))
	}
	return out.String()
}

// sign is what is ahead of the first row of a line: whose it is.
func (m *Model) sign(at row, side int) string {
	l, ok := m.lineIn(m.items[at.item], side)
	wide := len(sign(0, m.th))
	text, style := pager.Sign(l.Kind, m.th), m.th.Muted
	switch {
	case !ok:
		return ""
	case at.n > 0:
		return strings.Repeat(" ", wide)
	case l.Kind == change.Note && l.side != both: // a word of ours that stands for a value
		text = sign(l.side, m.th)
	case l.Kind == change.Removed:
		text, style = sign(0, m.th), m.th.Removed
	case l.Kind == change.Added:
		text, style = sign(1, m.th), m.th.Added
	}
	text = sanitize.Fit(text, wide)
	word := strings.TrimRight(text, " ")
	return style.Render(word) + text[len(word):]
}

// mark is the first cell of a row in a column: where the cursor is, and how far what it is on
// reaches in the log that it is in.
func (m *Model) mark(at row, side int) string {
	wide := m.th.Gutter()
	blank := strings.Repeat(" ", wide)
	from := m.cursorItem()
	if from < 0 || at.item < from || at.item >= m.end(from) {
		return blank
	}
	first := at.item == from && at.n == 0
	switch it := m.items[at.item]; {
	case it.kind == foldItem || it.kind == sameItem || !m.parts.Wide:
		first = first && side == 0
	default:
		first = first && side == m.at
	}
	switch {
	case first:
		mark := strings.TrimRight(m.th.Here(wide), " ")
		return m.th.Title.Render(mark) + blank[len([]rune(mark)):]
	case m.reaches(m.items[at.item], side):
		return m.th.Title.Render(m.th.Thumb()) + blank[1:]
	}
	return blank
}

// reaches reports whether a line in a column is about the log with the cursor.
func (m *Model) reaches(it item, side int) bool {
	if it.kind != lineItem || m.parts.Wide {
		return it.kind == lineItem && side == m.at
	}
	of := it.p.lines[it.line].side
	return of == m.at || of == both
}
