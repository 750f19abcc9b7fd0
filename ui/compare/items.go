package compare

import (
	"slices"

	"errata/model"
)

// kind says what an item is.
type kind int

const (
	fieldItem kind = iota // the name of a field that differs
	placeItem             // the path to a place within it
	lineItem              // a line of a place
	blankItem
	foldItem // how many fields are the same
	sameItem // one of these
)

// item is one line of the screen, or more where its text is long.
type item struct {
	kind kind
	e    *entry
	p    *place // nil for none; it stays as it was when the field is compared again
	line int    // of the place
}

// stop is what the cursor is on: a field, a place within it by its path, or the line that says how
// many fields are the same. It stays right when the items are made again.
type stop struct {
	field *model.Field
	path  string
	came  bool // the place differs, and only the second log has something there
	done  bool // the place is the same in both logs, since it was edited
	fold  bool
}

// stop is the stop that begins at an item; ok is false if none does.
func (it item) stop() (s stop, ok bool) {
	switch it.kind {
	case fieldItem, sameItem:
		return stop{field: it.e.field}, true
	case placeItem:
		return stop{field: it.e.field, path: it.p.Where(it.e.field), came: it.p.differs && it.p.Came(), done: !it.p.differs}, true
	case foldItem:
		return stop{fold: true}, true
	}
	return stop{}, false
}

// list makes the items again, the cursor where it was, or near.
func (m *Model) list() {
	if !m.ready() {
		return
	}
	at := max(m.cursorItem(), 0)
	top := m.topStop()
	m.items, m.cache = m.items[:0:0], nil
	var same []*entry
	for _, e := range m.entries {
		if e.differs() {
			m.items = append(m.items, m.itemsOf(e)...)
		} else {
			same = append(same, e)
		}
	}
	if len(same) > 0 {
		m.items = append(m.items, item{kind: foldItem})
	}
	for _, e := range same {
		if m.opened {
			m.items = append(m.items, item{kind: sameItem, e: e})
		}
	}
	m.settle(at, top)
}

// itemsOf are the items of a field that differs. A place that is the whole of it needs no path, and
// the only place in it no name of the field above it.
func (m *Model) itemsOf(e *entry) (list []item) {
	if !e.isPlace() {
		list = append(list, item{kind: fieldItem, e: e})
	}
	for i := range e.places {
		p := &e.places[i]
		if e.folded {
			break
		}
		if !p.Whole() {
			list = append(list, item{kind: placeItem, e: e, p: p})
		}
		if p.lines == nil {
			p.layLines(e.field, e.stands)
		}
		n := len(p.lines)
		if m.parts.Wide {
			n = len(p.beside)
		}
		for l := range n {
			list = append(list, item{kind: lineItem, e: e, p: p, line: l})
		}
	}
	return append(list, item{kind: blankItem})
}

// isPlace reports whether the one place that a field differs in stands for the field.
func (e *entry) isPlace() bool { return len(e.places) == 1 && !e.places[0].Whole() && !e.folded }

// cursorItem is the item that the cursor is on, -1 where there is none.
func (m *Model) cursorItem() int {
	return slices.IndexFunc(m.items, func(it item) bool { s, ok := it.stop(); return ok && s == m.cursor })
}

// end is the item behind the last one of the stop that begins at an item.
func (m *Model) end(at int) int {
	for at++; at < len(m.items); at++ {
		if _, ok := m.items[at].stop(); ok || m.items[at].kind == blankItem {
			break
		}
	}
	return at
}

// next is the item at which the next stop begins in a direction that passes a test, -1 for none.
func (m *Model) next(from, by int, pass func(item) bool) int {
	for at := from + by; at >= 0 && at < len(m.items); at += by {
		if _, ok := m.items[at].stop(); ok && pass(m.items[at]) {
			return at
		}
	}
	return -1
}

func anyStop(item) bool { return true }

// difference reports whether an item is a place in which the logs differ: not a field of which each
// place has a stop of its own.
func difference(it item) bool {
	switch {
	case it.kind == placeItem:
		return it.p.differs
	case it.kind != fieldItem || !slices.ContainsFunc(it.e.places, func(p place) bool { return p.differs }):
		return false
	}
	return it.e.folded || it.e.places[0].Whole()
}
