package chat

import (
	"bytes"
	"slices"

	"errata/ui/find"
	"errata/ui/pager"
)

// unseen are the members whose names no card shows, known by the places of their values.
var unseen = []string{
	roleName, contentName, nameName, callIDName, callsName, thinkingName, argumentsName, "id", "type", "function", "text", "image_url", "url", "detail",
}

// hides says what of a member no card shows: the names of those that it knows, the words that only
// say of what type a part is, images, and what of thinking only its provider can read.
func hides(in, name string, value []byte) (hideName, hideValue bool) {
	if in == thinkingName && (name == "signature" || name == "data") {
		return true, true
	}
	if !slices.Contains(unseen, name) {
		return false, false
	}
	switch name {
	case "type":
		hideValue = bytes.HasPrefix(value, []byte(`"text"`)) || bytes.HasPrefix(value, []byte(`"function"`)) || bytes.HasPrefix(value, []byte(`"image_url"`))
	case "url":
		hideValue = bytes.HasPrefix(value, []byte(`"data:`))
	}
	return true, hideValue
}

// shownOrder are the members of a message in the order in which a card shows them; others follow.
var shownOrder = []string{roleName, nameName, callIDName, thinkingName, contentName, callsName}

// Searched says what of messages, or of a single one, is searched: what cards show, in their order.
func Searched(single bool) find.Options {
	o := find.Options{Hides: hides, Packed: func(name string) bool { return name == argumentsName }, Level: 1}
	if single {
		o.Level = 0
	}
	o.Rank = func(name string) int {
		if i := slices.Index(shownOrder, name); i >= 0 {
			return i
		}
		return len(shownOrder)
	}
	return o
}

// Reach unfolds the message of a hit and scrolls to the row of it.
func (m *view) Reach(h find.Hit) {
	m.GoTo(h.Path)
	p := m.part()
	if p.kind == thinking && m.collapsed(p.node) {
		m.folds.by[p.node] = open
		delete(m.kept, m.at.message)
	}
	m.Search().Shown(m.At())
	if !m.blank() {
		m.window.Find(m.rowOf(h))
	}
}

// rowOf is the row of a hit in the part under the cursor. It notes where in the part that is.
func (m *view) rowOf(h find.Hit) place {
	src := m.source(m.at)
	m.hit = spot{pager.After(src, -1), h.Start}
	if at, start, ok := pager.Where(src, h.At-m.begin(m.at.message)); ok {
		m.hit = spot{at, start}
	}
	return place{m.at, m.hit.at, m.block(m.at, m.hit.at).Row(m.hit.start)}
}

// spot is a place within a part: a block, and a byte of it.
type spot struct{ at, start int }

// matches are those of the search in a block, and where the current hit begins, -1 when it is not
// there.
func (m *view) matches(p place, l *pager.Laid) (list [][2]int, now int) {
	re := m.Search().Pattern()
	if re == nil || l.Drawn {
		return nil, -1
	}
	if _, ok := m.Search().Current(); ok && p.stop == m.at && m.hit.at == p.at && slices.Equal(m.Search().At(), m.At()) {
		return l.Matches(re), m.hit.start
	}
	return l.Matches(re), -1
}
