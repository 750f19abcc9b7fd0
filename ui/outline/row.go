package outline

import (
	"strconv"
	"strings"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/pattern"
	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/sanitize"
)

// indentWidth is the cells by which a level is indented.
const indentWidth = 2

// foldWidth is the cells of what says whether a row is folded.
func (m *view) foldWidth() int { return m.pens.th.FoldCells() }

// countedBytes is the size up to which a folded container is looked into for its count and its
// first members. A larger one shows its size, which is known without reading it.
const countedBytes = 32 << 10

// levels is how many levels are indented one below the other before the indentation begins again:
// half of the width.
func (m *view) levels() int { return max(m.w/2/indentWidth, 1) }

// margin is what stands left of a node of a depth: blanks, and how many levels they leave out where
// the indentation began again.
func (m *view) margin(depth int) (skipped string, blank int) {
	n := m.levels()
	if depth >= n {
		skipped = "…" + strconv.Itoa(depth/n*n) + " "
	}
	return skipped, depth % n * indentWidth
}

// start is the cell at which the name of a node of a depth begins.
func (m *view) start(depth int) int {
	skipped, blank := m.margin(depth)
	width := 0
	for range skipped {
		width++
	}
	return m.pens.th.Gutter() + width + blank + m.foldWidth()
}

// textRoom is the cells of the rows of an unfolded text.
func (m *view) textRoom(depth int) int { return max(m.w-m.start(depth), 1) }

// painter draws what is in the window.
type painter struct{ *view }

// newLine begins a line: the cursor's mark, the indentation.
func (m painter) newLine(depth int, current bool) *line {
	l := &line{looks: m.pens.looks, room: m.w}
	wide, here := m.pens.th.Gutter(), ""
	if current {
		here = strings.TrimRight(m.pens.th.Here(wide), " ")
		l.put(here, m.pens.title, wide)
	}
	l.space(wide - sanitize.Width(here))
	skipped, blank := m.margin(depth)
	l.put(skipped, m.pens.faint, l.room)
	l.space(blank)
	return l
}

// draw draws a row.
func (m painter) draw(s *spot, current bool) string {
	l := m.newLine(s.depth(), current)
	if s.line > 0 {
		l.put(m.pens.th.Inside(), m.pens.faint, m.foldWidth())
		text, at, rest := s.open.text.row(s.line - 1)
		if rest {
			l.put(text, m.pens.faint, l.room)
		} else {
			m.mark(l, s, false, at)
			l.put(trimBreak(text), m.pens.str, l.room)
		}
		return l.out.String()
	}
	if mark := m.foldMark(s, l.room); mark == "" {
		l.space(m.foldWidth())
	} else {
		l.put(mark, m.pens.faint, m.foldWidth())
	}
	if in := m.inner(); in != nil && !in.block && in.what != entering && current {
		if in.what != naming {
			m.drawName(l, s, current)
		}
		m.drawEditor(l)
		m.drawUsage(l)
		return l.out.String()
	}
	m.drawName(l, s, current)
	m.drawValue(l, s)
	return l.out.String()
}

// foldMark shows what can be unfolded, and what is; "" for neither.
func (m *view) foldMark(s *spot, room int) string {
	switch {
	case s.open.rows() > 0:
		return m.pens.th.Unfolded()
	case rows.Holds(s.node) && !empty(s.node), s.node.Kind() == jsonraw.String && m.long(s, room-m.foldWidth()):
		return m.pens.th.Folded()
	}
	return ""
}

// long reports whether a string does not show all of itself in its row.
func (m *view) long(s *spot, room int) bool {
	text, whole := s.node.TextPrefix(m.prefix())
	return !whole || strings.Contains(text, "\n") || !fits(text, room-m.nameWidth(s, room)-quotes(text))
}

// prefix is how many bytes of a text decide what its row shows.
func (m *view) prefix() int { return 8*m.w + 64 }

// nameLimit is the cells that a name may take: half of what there is.
func nameLimit(room int) int { return max(room/2, 1) }

// nameWidth is the cells of the name and what is between it and the value.
func (m *view) nameWidth(s *spot, room int) int {
	text := label(s)
	if text == "" {
		return 0
	}
	_, used, whole := cut(text, nameLimit(room))
	if !whole {
		used++
	}
	return used + 2
}

// drawName draws a member's name, or an element's number.
func (m painter) drawName(l *line, s *spot, current bool) {
	text := label(s)
	if text == "" {
		return
	}
	look := m.pens.name
	name, _, named := s.name()
	if !named {
		look = m.pens.faint
	}
	if current {
		look = m.pens.title
	}
	if named {
		m.mark(l, s, true, -one(text != name))
	}
	l.put(text, look, nameLimit(l.room))
	l.found = found{}
	l.put(": ", m.pens.faint, 2)
}

// label is how a node is called where it is: a name, in quotes when it would not be seen otherwise,
// or its number. It is empty for a value that is alone.
func label(s *spot) string {
	name, index, named := s.name()
	switch {
	case index < 0:
		return ""
	case !named:
		return strconv.Itoa(index)
	}
	return shownName(name)
}

// shownName puts a name in quotes that would not be seen otherwise.
func shownName(name string) string {
	if name == "" || strings.Trim(name, " ") != name {
		return `"` + name + `"`
	}
	return name
}

// drawEditor draws an editor in its row. If there is no room for it, nothing is seen of it.
func (m painter) drawEditor(l *line) {
	if width := m.w - m.inner().start; width > 0 && width <= l.room {
		l.out.WriteString(m.inner().Ed.View())
	}
}

// drawValue draws the value, as far as there is room.
func (m painter) drawValue(l *line, s *spot) {
	switch n := s.node; n.Kind() {
	case object, array:
		m.drawContainer(l, s)
	case jsonraw.String:
		m.drawString(l, s)
	case jsonraw.Number:
		m.mark(l, s, false, 0)
		l.put(rawPrefix(n, l.room), m.pens.number, l.room)
	default:
		m.mark(l, s, false, 0)
		l.put(rawPrefix(n, l.room), m.pens.word, l.room)
	}
}

// rawPrefix is the beginning of a scalar's literal, which is long enough to fill room.
func rawPrefix(n *tree.Node, room int) string {
	raw := n.Bytes()
	return string(raw[:min(len(raw), max(room, 0)+1)])
}

// drawString draws a string's first words; of one that is unfolded, its size.
func (m painter) drawString(l *line, s *spot) {
	if s.open != nil {
		l.put("text, "+figure.Size(s.node.Size()), m.pens.faint, l.room)
		return
	}
	if d, ok := s.data(); ok {
		l.put(d.String(), m.pens.word, l.room)
		return
	}
	text, whole := s.node.TextPrefix(m.prefix())
	size, quoted := "", false
	if n := s.node.Size(); n >= 1000 {
		size = " " + figure.Size(n)
	}
	switch {
	case !whole:
		text += "…"
	case quotes(text) > 0:
		text, quoted = `"`+text+`"`, true
	}
	room := l.room
	if size != "" && room > 30 && !fits(text, room) {
		room -= len(size)
	} else {
		size = ""
	}
	m.mark(l, s, false, -one(quoted))
	l.put(text, m.pens.str, room)
	l.found = found{}
	l.put(size, m.pens.faint, len(size))
}

// numeric is text that a person takes for a number, though JSON may not: 0042.
var numeric = pattern.Of(`^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$`)

// quotes is how many cells a string's quotes take in its row: none, unless without them it would
// not be seen, or be taken for a number, a word or a container.
func quotes(text string) int {
	switch {
	case text == "", strings.Trim(text, " ") != text, strings.IndexByte(`{["`, text[0]) >= 0:
		return 2
	case text == "true", text == "false", text == "null":
		return 2
	}
	if len(text) <= 80 && numeric().MatchString(text) {
		return 2
	}
	return 0
}

// trimBreak is a row of a text without the line break that ends it.
func trimBreak(text string) string { return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r") }
