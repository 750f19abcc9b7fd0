package outline

import (
	"strings"

	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/keys"
)

// lines counts the lines of the list: its rows, and the line of a prompt or of the choice of a type
// among them.
func (m *view) lines() int {
	if _, ok := m.gap(); ok {
		return m.rows() + 1
	}
	return m.rows()
}

// lineOf is the line on which a row stands.
func (m *view) lineOf(row int) int {
	if g, ok := m.gap(); ok && row >= g {
		return row + 1
	}
	return row
}

// gap is the line that is not a row: that of the entry being typed, or the choice of a type.
func (m *view) gap() (at int, ok bool) {
	if m.choosing() {
		return m.row + 1, true
	}
	if in := m.inner(); in != nil && in.what == entering {
		return m.gapOf(in.Path), true
	}
	return 0, false
}

// gapOf is the line ahead of the node at path, or behind the last one of its container.
func (m *view) gapOf(path []int) int {
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
func (m *view) listHeight() int {
	in := m.inner()
	if in == nil || !in.block {
		return m.h
	}
	return max(m.h-in.height-m.titleHeight(), 0)
}

// titleHeight is the lines of what is above an editor below the rows.
func (m *view) titleHeight() int { return min(max(m.h-1, 0), 1) }

// Draw draws the outline: m.h lines of at most m.w cells.
func (m *view) Draw() []string {
	lines := make([]string, 0, m.h)
	if m.w > 0 {
		lines = painter{m}.list(lines, m.listHeight())
	}
	if in := m.inner(); in != nil && in.block && m.w > 0 {
		lines = bars.Fill(lines, m.listHeight())
		if m.titleHeight() > 0 {
			lines = append(lines, in.title())
		}
		lines = append(lines, strings.Split(in.Ed.View(), "\n")...)
	}
	return lines
}

// list draws the lines that are in the window.
func (m painter) list(lines []string, h int) []string {
	if m.lines() == 0 {
		return append(lines, m.blank()...)[:min(h, 2)]
	}
	g, ok := m.gap()
	typing := ok && !m.choosing() // the cursor is in the line of the gap
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
func (m painter) blank() []string {
	what, how := "nothing here yet", "a adds a member and makes it an object, t writes JSON"
	if m.Options().Field != nil {
		what = "nothing in " + m.Options().Field.Name + " yet"
	}
	if m.Root() != nil {
		left, right := brackets(m.Root())
		what, how = left+right, "a adds to it"
	}
	if m.Options().ReadOnly {
		how = ""
	}
	l, below := line{looks: m.pens.looks, room: m.w}, line{looks: m.pens.looks, room: m.w}
	l.space(m.pens.th.Gutter())
	l.put(what, m.pens.muted, l.room)
	below.space(m.pens.th.Gutter())
	below.put(how, m.pens.faint, below.room)
	return []string{l.out.String(), below.out.String()}
}

// drawGap draws the line that is not a row.
func (m painter) drawGap() string {
	if m.choosing() {
		menu, _ := m.drawMenu(-1)
		return menu
	}
	in := m.inner()
	l := m.newLine(len(in.Path)-1, true)
	l.put(m.pens.th.Entry(), m.pens.key, m.foldWidth())
	if in.block {
		return l.out.String()
	}
	m.drawEditor(l)
	m.drawUsage(l)
	return l.out.String()
}

// drawUsage says what may be typed where nothing is yet. It gives way to the first character.
func (m painter) drawUsage(l *line) {
	in := m.inner()
	if in.Ed.Text().Len() > 0 {
		return
	}
	l.space(1) // the cursor's
	switch {
	case in.what == entering && m.inList(in.Path):
		l.put("text, or :=JSON", m.pens.faint, l.room)
	case in.what == entering:
		l.put("name=text, name:=JSON, or a name", m.pens.faint, l.room)
	case in.what == value && in.node.Kind() == jsonraw.Null:
		l.put("null: a number, true, false, or other JSON", m.pens.faint, l.room)
	}
}

// drawMenu draws the types to choose from, and says which of them is at cell x, "" for none.
func (m painter) drawMenu(x int) (drawn string, under keys.Action) {
	s, _ := m.spot(m.row)
	l := m.newLine(s.depth(), false)
	l.space(m.foldWidth())
	for _, b := range keys.OutlineType.Bindings() {
		letter := b.Keys()[0]
		if b.Hint == "" || len(letter)+1+len(b.Hint) > l.room {
			continue
		}
		from := m.w - l.room
		l.put(letter, m.pens.key, l.room)
		l.put(" "+b.Hint, m.pens.muted, l.room)
		if x >= from && x < m.w-l.room {
			under = b.Do
		}
		l.space(2)
	}
	return l.out.String(), under
}

// Caret is where text is being typed.
func (m *view) Caret() (x, y int, ok bool) {
	in := m.inner()
	if in == nil {
		return 0, 0, false
	}
	x, y, ok = in.Ed.Cursor()
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
