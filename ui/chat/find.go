package chat

import (
	"bytes"
	"regexp"
	"slices"
	"sort"

	"errata/ui/find"
	"errata/ui/paint"
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
	_, nth := m.Search().At()
	if t, ok := f.(titled); ok && !h.Name {
		if l, ok := t.flow.(*passage); ok {
			f = l
		}
	}
	if _, ok := f.(*passage); ok && !h.Name {
		m.hit.at = h.Line
	} else if s, ok := m.nth(f, nth); ok {
		m.hit = s
	}
	l := m.paragraph(m.at, m.flow(m.at), m.hit.at)
	row := sort.Search(len(l.starts)-1, func(i int) bool { return l.starts[i+1] > m.hit.start })
	return place{m.at, m.hit.at, row}
}

// spot is a place within a part: a paragraph, and a byte of it.
type spot struct{ at, start int }

// nth is match number n in a flow, or the last one before.
func (m *view) nth(f flow, n int) (s spot, ok bool) {
	const most = 100_000
	re := m.Search().Pattern()
	at, more := f.first(), true
	for k := 0; more && k < most; k++ {
		if list := re.FindAllStringIndex(f.paragraph(at).text, -1); len(list) > 0 {
			s, ok = spot{at, list[min(n, len(list)-1)][0]}, true
			if n -= len(list); n < 0 {
				break
			}
		}
		at, more = f.after(at)
	}
	return s, ok
}

// found are the matches in a paragraph, once they were looked for.
type found struct {
	re   *regexp.Regexp
	list [][2]int
}

// matches are those of the search in a paragraph, and where the current hit begins, -1 when it is
// not there. In the words that a card puts in there are none.
func (m *view) matches(p place, l *laid) (list [][2]int, now int) {
	re := m.Search().Pattern()
	if re == nil || l.drawn {
		return nil, -1
	}
	at, _ := m.Search().At()
	_, shown := m.Search().Current()
	here := shown && p.stop == m.at && slices.Equal(at, m.At())
	switch m.card(p.message).parts[p.part].kind {
	case heading, call, image, blank:
		if !here {
			return nil, -1
		}
	}
	if l.found.re != re {
		l.found = found{re, paint.Matches(re, l.text)}
	}
	if here && m.hit.at == p.at {
		return l.found.list, m.hit.start
	}
	return l.found.list, -1
}
