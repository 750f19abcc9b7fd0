package compare

import (
	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/term"
)

// move carries out a key that moves the cursor, and reports whether it was one.
func (m *Model) move(action keys.Action) bool {
	page := max(m.window.Height-1, 1)
	switch action {
	case keys.Up:
		m.up()
	case keys.Down:
		m.down()
	case keys.PageUp:
		m.page(-page)
	case keys.PageDown:
		m.page(page)
	case keys.Top:
		m.goTo(m.next(-1, 1, anyStop))
	case keys.Bottom:
		m.goTo(m.next(len(m.items), -1, anyStop))
	case keys.NextHit:
		m.walk(1, difference, "no further difference")
	case keys.PrevHit:
		m.walk(-1, difference, "no difference before this one")
	case keys.NextField:
		m.walk(1, m.otherField, "no further field that differs")
	case keys.PrevField:
		m.walk(-1, m.otherField, "no field before this one")
	default:
		return false
	}
	return true
}

// goTo puts the cursor on the stop at an item and shows as much of it as there is room for.
func (m *Model) goTo(at int) {
	if at < 0 {
		return
	}
	m.cursor, _ = m.items[at].stop()
	m.reveal(at)
}

// reveal shows the stop at an item.
func (m *Model) reveal(at int) {
	if m.blank() {
		return
	}
	first := row{at, 0}
	last, n := m.window.Shift(first, min(m.rowsTo(at, m.end(at)), m.window.Height)-1)
	m.window.Reveal(first, last, n+1)
}

// rowsTo counts the rows from one item up to another, no further than the window is high.
func (m *Model) rowsTo(at, end int) (n int) {
	for ; at < end && n < m.window.Height; at++ {
		n += m.laid(at).rows
	}
	return max(n, 1)
}

// up scrolls to the beginning of what the cursor is on, and then goes to the stop before.
func (m *Model) up() {
	at := m.cursorItem()
	if at < 0 || m.blank() {
		return
	}
	if m.window.Of.Before(row{at, 0}, m.window.Top) {
		m.window.Scroll(-1)
		return
	}
	before := m.next(at, -1, anyStop)
	if before < 0 {
		m.window.Scroll(-1)
		return
	}
	m.cursor, _ = m.items[before].stop()
	if m.window.Of.Before(row{before, 0}, m.window.Top) {
		last := m.end(before) - 1
		m.window.Reveal(row{last, 0}, row{last, 0}, 1)
		if m.rowsTo(before, last+1) < m.window.Height {
			m.reveal(before)
		}
	}
}

// down scrolls to the end of what the cursor is on, and then goes to the next stop.
func (m *Model) down() {
	at := m.cursorItem()
	if at < 0 || m.blank() {
		return
	}
	end := m.end(at) - 1
	last := row{end, m.laid(end).rows - 1}
	if foot, _ := m.window.Shift(m.window.Top, m.window.Height-1); m.window.Of.Before(foot, last) {
		m.window.Scroll(1)
		return
	}
	m.goTo(m.next(at, 1, anyStop))
}

// page scrolls by rows and takes the cursor along; at an end it goes to the last stop there.
func (m *Model) page(by int) {
	if m.blank() {
		return
	}
	end := m.next(-1, 1, anyStop)
	if by > 0 {
		end = m.next(len(m.items), -1, anyStop)
	}
	if m.window.Scroll(by) == 0 {
		m.goTo(end)
		return
	}
	at := m.next(m.window.Top.item-1, 1, anyStop)
	foot, _ := m.window.Shift(m.window.Top, m.window.Height-1)
	if at < 0 || m.window.Of.Before(foot, row{at, 0}) {
		at = m.next(m.window.Top.item, -1, anyStop)
	}
	if at >= 0 {
		m.cursor, _ = m.items[at].stop()
	}
}

// otherField reports whether another field that differs begins at an item.
func (m *Model) otherField(it item) bool {
	return it.e != nil && it.e.differs() && it.e.field != m.cursor.field && (it.kind == fieldItem || it.e.isPlace())
}

// walk goes to the next stop that passes a test.
func (m *Model) walk(by int, pass func(item) bool, none string) {
	at := m.next(m.cursorItem(), by, pass)
	if at < 0 {
		m.Say(bars.News{Text: none})
		return
	}
	m.goTo(at)
}

// topStop is the item at the top of the window as far as it can be told when all items are made
// again: the stop that it belongs to, and how many items below that.
func (m *Model) topStop() (top topPlace) {
	if m.window.Top.item >= len(m.items) {
		return top
	}
	at := m.window.Top.item
	for ; at >= 0; at-- {
		if s, ok := m.items[at].stop(); ok {
			return topPlace{s, m.window.Top.item - at, true}
		}
	}
	return top
}

type topPlace struct {
	stop  stop
	below int
	known bool
}

// settle finds the cursor and the top of the window among new items. was is the item that the
// cursor stood on.
func (m *Model) settle(was int, top topPlace) {
	at := m.cursorItem()
	if at < 0 { // the place differs no longer, or again
		m.cursor.done, m.cursor.came = !m.cursor.done, false
		at = m.cursorItem()
	}
	if at < 0 && !m.cursor.done {
		m.cursor.came = true
		at = m.cursorItem()
	}
	if at < 0 { // what it stood on is gone: the field of it, or what is there now
		at = m.next(-1, 1, func(it item) bool { return it.e != nil && it.e.field == m.cursor.field })
	}
	if at < 0 {
		at = m.next(min(was, len(m.items))-1, 1, anyStop)
	}
	if at < 0 {
		at = m.next(len(m.items), -1, anyStop)
	}
	if at >= 0 {
		m.cursor, _ = m.items[at].stop()
	}
	m.window.Top = row{}
	for i, it := range m.items {
		if s, ok := it.stop(); ok && top.known && s == top.stop {
			m.window.Top = row{min(i+top.below, len(m.items)-1), 0}
		}
	}
	if !m.blank() && at >= 0 {
		m.window.Settle()
		m.reveal(at)
	}
}

// stand puts the cursor on a field, as soon as the items are made again; nil leaves it.
func (m *Model) stand(f *model.Field) {
	if f != nil && f != m.cursor.field {
		m.cursor = stop{field: f}
		m.list()
	}
}

// blank says that there is nothing to show, or no room for it.
func (m *Model) blank() bool { return len(m.items) == 0 || m.window.Height <= 0 || m.w <= 0 }

// fold folds the field under the cursor, or opens it again; on the line that says how many fields
// are the same it lists them.
func (m *Model) fold() {
	at := m.cursorItem()
	if at < 0 {
		return
	}
	switch it := m.items[at]; it.kind {
	case foldItem:
		m.opened = !m.opened
	case sameItem:
		m.opened, m.cursor = false, stop{fold: true}
	default:
		it.e.folded = !it.e.folded
		m.cursor = stop{field: it.e.field}
	}
	m.list()
}

// click puts the cursor on what a row belongs to, in the log whose column is clicked on; a double
// click folds it.
func (m *Model) click(c term.ClickMsg) {
	y := c.Y - m.parts.Header.H
	if !m.ready() || m.blank() || y < 0 || y >= m.window.Height {
		return
	}
	at, gone := m.window.Shift(m.window.Top, y)
	if gone < y {
		return
	}
	m.news = bars.News{}
	for i := at.item; i >= 0; i-- {
		if s, ok := m.items[i].stop(); ok {
			m.cursor = s
			break
		}
	}
	if m.parts.Wide {
		m.at = 0
		if c.X > m.columns()[0] {
			m.at = 1
		}
	}
	if c.Double {
		m.fold()
	}
}
