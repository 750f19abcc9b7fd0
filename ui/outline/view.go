package outline

import (
	"strings"

	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/keys"
)

// lines counts the lines of the list: its rows, and the line of a prompt or of the choice of a type
// among them.
func (m *Model) lines() int {
	if _, ok := m.gap(); ok {
		return m.rows() + 1
	}
	return m.rows()
}

// lineOf is the line on which a row stands.
func (m *Model) lineOf(row int) int {
	if g, ok := m.gap(); ok && row >= g {
		return row + 1
	}
	return row
}

// gap is the line that is no row: that of the entry being typed, or the choice of a type.
func (m *Model) gap() (at int, ok bool) {
	switch {
	case m.menu:
		return m.row + 1, true
	case m.inner != nil && m.inner.what == entering:
		return m.gapOf(m.inner.path), true
	}
	return 0, false
}

// gapOf is the line ahead of the node at path, or behind the last one of its container.
func (m *Model) gapOf(path []int) int {
	up, i := path[:len(path)-1], path[len(path)-1]
	if len(up) == 0 {
		return m.kids.above(i)
	}
	row := m.rowOf(up)
	s, ok := m.spot(row)
	if !ok || s.open == nil || s.open.text != nil || s.depth() != len(up)-1 {
		return row + 1
	}
	return row + 1 + s.open.kids.above(i)
}

// listHeight is the lines that the list has: what an editor below it leaves.
func (m *Model) listHeight() int {
	if m.inner == nil || !m.inner.block {
		return m.h
	}
	return max(m.h-m.inner.height-m.titleHeight(), 0)
}

// titleHeight is the lines of what stands above an editor below the rows.
func (m *Model) titleHeight() int { return min(max(m.h-1, 0), 1) }

// View draws the outline: m.h lines of at most m.w cells.
func (m *Model) View() string {
	if m.h == 0 {
		return ""
	}
	lines := make([]string, 0, m.h)
	if m.w > 0 {
		lines = m.list(lines, m.listHeight())
	}
	if in := m.inner; in != nil && in.block && m.w > 0 {
		lines = bars.Fill(lines, m.listHeight())
		if m.titleHeight() > 0 {
			lines = append(lines, in.title(m))
		}
		lines = append(lines, strings.Split(in.ed.View(), "\n")...)
	}
	lines = bars.Fill(lines, m.h)
	if m.find.Asking() && m.w > 0 {
		lines[m.h-1], _ = m.find.Line(m.w)
	}
	return strings.Join(lines, "\n")
}

// list draws the lines that are in the window.
func (m *Model) list(lines []string, h int) []string {
	if m.lines() == 0 {
		return append(lines, m.blank()...)[:min(h, 2)]
	}
	g, ok := m.gap()
	typing := ok && !m.menu // the cursor is in the line of the gap
	at := m.top
	row := at
	if ok && at > g {
		row--
	}
	s, more := m.spot(row)
	for ; len(lines) < h && at < m.lines(); at++ {
		if ok && at == g {
			lines = append(lines, m.drawGap())
			continue
		}
		if !more {
			break
		}
		lines = append(lines, m.draw(&s, row == m.row && !typing))
		row++
		more = s.next()
	}
	return lines
}

// blank says what to do where there is nothing.
func (m *Model) blank() []string {
	what, how := "nothing here yet", "a adds a member and makes it an object, t writes JSON"
	if m.o.Field != nil {
		what = "nothing in " + m.o.Field.Name + " yet"
	}
	if m.root != nil {
		left, right := brackets(m.root)
		what, how = left+right, "a adds to it"
	}
	if m.o.ReadOnly {
		how = ""
	}
	l, below := line{mark: m.pens.mark, room: m.w}, line{mark: m.pens.mark, room: m.w}
	l.space(pointerWidth)
	l.put(what, m.pens.muted, l.room)
	below.space(pointerWidth)
	below.put(how, m.pens.faint, below.room)
	return []string{l.out.String(), below.out.String()}
}

// drawGap draws the line that is no row.
func (m *Model) drawGap() string {
	if m.menu {
		return m.drawMenu()
	}
	in := m.inner
	l := m.newLine(len(in.path)-1, true)
	l.put("+ ", m.pens.key, foldWidth)
	if in.block {
		return l.out.String()
	}
	m.drawEditor(l)
	m.drawUsage(l)
	return l.out.String()
}

// drawUsage says what may be typed where nothing is yet. It gives way to the first character.
func (m *Model) drawUsage(l *line) {
	in := m.inner
	if in.ed.Text().Len() > 0 {
		return
	}
	l.space(1) // the cursor's
	switch {
	case in.what == entering && m.inList(in.path):
		l.put("text, or :=JSON", m.pens.faint, l.room)
	case in.what == entering:
		l.put("name=text, name:=JSON, or a name", m.pens.faint, l.room)
	case in.what == value && in.node.Kind() == jsonraw.Null:
		l.put("null: a number, true, false, or other JSON", m.pens.faint, l.room)
	}
}

// drawMenu draws the types to choose from.
func (m *Model) drawMenu() string {
	s, _ := m.spot(m.row)
	l := m.newLine(s.depth(), false)
	l.space(foldWidth)
	for _, b := range keys.OutlineType.Bindings {
		letter := b.Keys()[0]
		if b.Hint == "" || len(letter)+1+len(b.Hint) > l.room {
			continue
		}
		l.put(letter, m.pens.key, l.room)
		l.put(" "+b.Hint, m.pens.muted, l.room)
		l.space(2)
	}
	return l.out.String()
}

// Cursor is the cell of the terminal's cursor within the view: where text is being typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	in := m.inner
	switch {
	case m.w == 0 || m.h == 0:
		return 0, 0, false
	case m.find.Asking():
		_, x = m.find.Line(m.w)
		return min(x, m.w-1), m.h - 1, true
	case in == nil:
		return 0, 0, false
	}
	x, y, ok = in.ed.Cursor()
	if in.block {
		return x, m.listHeight() + m.titleHeight() + y, ok
	}
	at := m.lineOf(m.row)
	if g, gap := m.gap(); gap {
		at = g
	}
	x, y = in.start+x, at-m.top
	return min(x, m.w-1), y, ok && y >= 0 && y < m.h
}
