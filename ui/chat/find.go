package chat

import (
	"bytes"
	"regexp"
	"slices"
	"sort"

	"errata/ui/find"
	"errata/ui/pager"
	"errata/ui/stringlines"
)

// unseen are the members whose names no card shows: they are told by where their values stand.
var unseen = []string{
	roleName, contentName, nameName, callIDName, callsName, thinkingName, argumentsName, "id", "type", "function", "text", "image_url", "url", "detail",
}

// hides tells what of a member no card shows: the names of those that it knows, the words that only
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
	if m.w == 0 || m.h == 0 {
		return
	}
	to := m.rowOf(h)
	if _, seen := m.until(m.top, to, m.h); !seen {
		m.top, _ = m.shift(to, -m.h/3)
		m.settleTop()
	}
}

// rowOf is the row of a hit in the part under the cursor. It notes where in the part that is.
func (m *view) rowOf(h find.Hit) place {
	f := m.flow(m.at)
	m.hit = spot{f.first(), h.Start}
	if s, ok := where(f, h.At-m.begin(m.at.message)); ok {
		m.hit = s
	}
	l := m.paragraph(m.at, f, m.hit.at)
	row := sort.Search(len(l.starts)-1, func(i int) bool { return l.starts[i+1] > m.hit.start })
	return place{m.at, m.hit.at, row}
}

// spot is a place within a part: a paragraph, and a byte of it.
type spot struct{ at, start int }

// where is the place in a flow that shows a byte of the message; ok is false when none does.
func where(f flow, at int) (s spot, ok bool) {
	switch f := f.(type) {
	case fixed:
		for i, p := range f {
			if start, ok := (pager.Block{Shown: p.shown}).Byte(at); ok {
				return spot{i, start}, true
			}
		}
	case titled:
		if start, ok := (pager.Block{Shown: f.title.shown}).Byte(at); ok {
			return spot{f.first(), start}, true
		}
		return where(f.flow, at)
	case *passage:
		if at -= f.at; at >= f.first() && at < f.End() {
			line := f.Start(at)
			return spot{line, stringlines.Size(f.Text[line:at])}, true
		}
	case pages:
		s.at, s.start, ok = pager.Where(f.Source, at)
	}
	return s, ok
}

// found are the matches in a paragraph, once they were looked for.
type found struct {
	re   *regexp.Regexp
	list [][2]int
}

// matches are those of the search in a paragraph, and where the current hit begins, -1 when it is
// not there.
func (m *view) matches(p place, l *laid) (list [][2]int, now int) {
	re := m.Search().Pattern()
	if re == nil || l.drawn {
		return nil, -1
	}
	_, ok := m.Search().Current()
	if l.found.re != re {
		l.found = found{re, pager.Matches(re, l.text, l.shown)}
	}
	if ok && p.stop == m.at && m.hit.at == p.at && slices.Equal(m.Search().At(), m.At()) {
		return l.found.list, m.hit.start
	}
	return l.found.list, -1
}
