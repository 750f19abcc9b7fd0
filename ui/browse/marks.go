package browse

import (
	"maps"
	"slices"

	"errata/model/figure"
	"errata/ui/theme"
)

// marks are the logs that something is to be done with. They stay when another search is made, so
// that a set can be put together of several.
type marks struct {
	at   map[string]int // by id: the marks in their order
	next int
	from string // the log at which a range was started, "" without one
}

func (k *marks) has(id string) bool { return k.at[id] > 0 }

func (k *marks) add(id string) {
	if k.at == nil {
		k.at = map[string]int{}
	}
	if !k.has(id) {
		k.next++
		k.at[id] = k.next
	}
}

func (k *marks) remove(id string) { delete(k.at, id) }

// ids lists the marked logs in the order in which they were marked.
func (k *marks) ids() []string {
	return slices.SortedFunc(maps.Keys(k.at), func(a, b string) int { return k.at[a] - k.at[b] })
}

// Marked lists the marked logs: those of the table as they are in it, then the others.
func (m *logList) Marked() []string {
	m.endRange()
	if len(m.marks.at) == 0 {
		return nil
	}
	ids := make([]string, 0, len(m.marks.at))
	for i := range m.rows {
		if id := m.rows[i].id(); m.marks.has(id) {
			ids = append(ids, id)
		}
	}
	for _, id := range m.marks.ids() {
		if !m.known[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// Chosen lists the logs that an action means: the marked ones, else the one under the cursor.
func (m *logList) Chosen() []string {
	if ids := m.Marked(); len(ids) > 0 {
		return ids
	}
	if id, ok := m.Selected(); ok {
		return []string{id}
	}
	return nil
}

// Unmark takes away all marks.
func (m *logList) Unmark() { m.marks = marks{} }

// underMark reports whether the row of the cursor is marked.
func (m *logList) underMark() bool {
	id, ok := m.Selected()
	return ok && (m.marks.from != "" || m.marks.has(id))
}

// MarkCount counts the marked logs, those of the range that is being made among them.
func (m *logList) MarkCount() int {
	n := len(m.marks.at)
	first, last := m.span()
	for i := first; i < last; i++ {
		if !m.marks.has(m.rows[i].id()) {
			n++
		}
	}
	return n
}

// markCount says how many logs are marked, "" if none is. Marks of an earlier list are counted
// apart, once all of the present list is loaded.
func (m *logList) markCount() string {
	n := m.MarkCount()
	if n == 0 {
		return ""
	}
	text := m.th.Sign(theme.Marked).Text + " " + figure.Int(n) + " marked"
	if away := m.markedElsewhere(); away > 0 {
		text += ", " + figure.Int(away) + " not listed"
	}
	return text + "  "
}

// markedElsewhere counts the marked logs that the list does not have, 0 while it is not known.
func (m *logList) markedElsewhere() (n int) {
	if !m.source.done || m.source.fresh {
		return 0
	}
	for id := range m.marks.at {
		if !m.known[id] {
			n++
		}
	}
	return n
}

// mark turns the mark of the log under the cursor and goes on to the next; a range it ends.
func (m *logList) mark() {
	id, ok := m.Selected()
	switch {
	case !ok:
		return
	case m.endRange():
	case m.marks.has(id):
		m.marks.remove(id)
		m.whole = nil
	default:
		m.marks.add(id)
	}
	m.move(1)
}

// markRange begins a range at the cursor, which every move makes longer, or ends it.
func (m *logList) markRange() {
	if !m.endRange() {
		m.marks.from, _ = m.Selected()
	}
}

// isMarked reports whether a row is marked, or in the range that is being made, its span.
func (m *logList) isMarked(i, first, last int) bool {
	return i >= first && i < last || m.marks.has(m.rows[i].id())
}

// span is the rows of the range that is being made: from first up to last. Without one, or when the
// log at which it was started is not listed any more, there are none.
func (m *logList) span() (first, last int) {
	if m.marks.from == "" {
		return 0, 0
	}
	at := slices.IndexFunc(m.rows, func(r *row) bool { return r.id() == m.marks.from })
	if at < 0 {
		return 0, 0
	}
	return min(at, m.cursor), max(at, m.cursor) + 1
}

// endRange marks the rows of a range, and reports whether there was one.
func (m *logList) endRange() bool {
	if m.marks.from == "" {
		return false
	}
	first, last := m.span()
	for i := first; i < last; i++ {
		m.marks.add(m.rows[i].id())
	}
	m.marks.from = ""
	return true
}

// dropRange gives up a range: its rows are as they were. It reports whether there was one.
func (m *logList) dropRange() bool {
	was := m.marks.from != ""
	m.marks.from = ""
	return was
}
