package chat

import (
	"bytes"
	"regexp"
	"slices"
	"sort"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
)

// unseen are the members whose names no card shows: they are told by where their values stand.
var unseen = []string{
	roleName, contentName, nameName, callIDName, callsName, thinkingName, argumentsName, "id", "type", "function", "text", "image_url", "url", "detail",
}

// hides tells what of a member no card shows: the names of those that it knows, the words that only
// say of what type a part is, and images.
func hides(name string, value []byte) (hideName, hideValue bool) {
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

// search carries out a key of the search.
func (m *Model) search(action keys.Action) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Act(action, m.th, m.root, m.Path())
	if used {
		m.searched(moved)
	}
	return used, cmd
}

// findKey is a key, or a paste, while the query is typed.
func (m *Model) findKey(msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Key(msg, m.root, m.Path())
	m.searched(moved)
	return used, cmd
}

// reported takes what a search in the background has found; used is false when it is not this
// editor's.
func (m *Model) reported(msg find.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Update(msg)
	m.searched(moved && m.panel == nil && m.list == nil)
	return used, cmd
}

// searched says how the search stands, and shows the hit that it went to.
func (m *Model) searched(moved bool) {
	if h, ok := m.find.Current(); ok && moved {
		m.reach(h)
	}
	if n, ok := m.find.News(); ok {
		m.news = &n
	}
}

// reach unfolds the message of a hit and scrolls to the row of it.
func (m *Model) reach(h find.Hit) {
	m.GoTo(h.Path)
	p := m.part()
	if p.kind == thinking && m.collapsed(p.node) {
		m.folds.by[p.node] = open
		delete(m.cards, m.at.message)
	}
	m.find.Shown(m.Path())
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
func (m *Model) rowOf(h find.Hit) place {
	f := m.flow(m.at)
	m.hit = spot{f.first(), h.Start}
	_, nth := m.find.At()
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
func (m *Model) nth(f flow, n int) (s spot, ok bool) {
	const most = 100_000
	re := m.find.Pattern()
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
	list [][]int
}

// marks are the matches in a row that is drawn, the first of which may be behind the place that is
// drawn next.
type marks struct {
	list [][]int
	now  int // where the current hit begins, -1 when it is not there
}

// at tells whether a byte is in a match. Calls go forward.
func (k *marks) at(i int) bool {
	for len(k.list) > 0 && k.list[0][1] <= i {
		k.list = k.list[1:]
	}
	return len(k.list) > 0 && k.list[0][0] <= i
}

// marks are the matches in a paragraph. In the words that a card puts in there are none.
func (m *Model) marks(p place, l *laid) marks {
	re := m.find.Pattern()
	if re == nil || l.drawn {
		return marks{}
	}
	at, _ := m.find.At()
	_, shown := m.find.Current()
	here := shown && p.stop == m.at && slices.Equal(at, m.Path())
	switch m.card(p.message).parts[p.part].kind {
	case heading, call, image, blank:
		if !here {
			return marks{}
		}
	}
	if l.found.re != re {
		l.found = found{re, re.FindAllStringIndex(l.text, -1)}
	}
	k := marks{list: l.found.list, now: -1}
	if here && m.hit.at == p.at {
		k.now = m.hit.start
	}
	return k
}

// Find looks for a query as if it had been typed, and shows the hit of a number, from 0.
func (m *Model) Find(query string, regex bool, nth int) tea.Cmd {
	defer m.settled()
	moved, cmd := m.find.BeginAt(query, regex, m.root, nth)
	m.searched(moved)
	return cmd
}

// Interrupt stops a search that is under way. It tells whether there was one.
func (m *Model) Interrupt() bool {
	if m.Waiting() {
		m.closePanel()
		m.say(bars.Info, "not opened")
		return true
	}
	stopped := m.find.Stop()
	if n, ok := m.find.News(); ok {
		m.news = &n
	}
	return stopped
}
