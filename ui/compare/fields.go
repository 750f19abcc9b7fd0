package compare

import (
	"slices"
	"unsafe"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/path"
	"errata/ui/change"
)

// background is the size, in bytes of both values, from which a field is compared, and a value
// copied, away from the keys.
const background = 256 << 10

// entry is a field as it is in both logs.
type entry struct {
	field  *model.Field
	stands [2]stand // what places was made from
	token  int      // of the comparison that is under way, 0 for none
	// where the logs differ, or were edited; none if they are the same
	places []place
	known  []name // of places, in the order in which they are listed
	folded bool
}

// stand is how a field is in one log.
type stand struct {
	now, base model.Value
	edited    bool
	err       error // why what was typed is not a value yet
}

// place is one place of a field in which the logs differ, or in which one was edited.
type place struct {
	change.Place
	differs bool
	edited  [2]bool
	lines   []line   // nil until they are looked at
	beside  [][2]int // the same side by side: numbers of lines, -1 for none
}

// standing is how a field is in a side just now.
func standing(s Side, f *model.Field) stand {
	c := s.Changes()
	edit, edited := c.Edit(f)
	return stand{c.Value(f), c.Base().Value(f), edited, edit.Err}
}

// is reports whether nothing has changed. It reads no value: one that is set again is another.
func (s stand) is(t stand) bool {
	same := s.err == t.err //nolint:errorlint // is it the very same?
	return same && s.edited == t.edited && identical(s.now, t.now) && identical(s.base, t.base)
}

func identical(v, w model.Value) bool {
	a, b := v.Bytes(), w.Bytes()
	return len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

// differs reports whether the entry is listed ahead of the fields that are the same.
func (e *entry) differs() bool { return e.token != 0 || len(e.places) > 0 }

// comparing counts the bytes that are being compared.
func (m *Model) comparing() (n int) {
	for _, e := range m.entries {
		if e.token != 0 {
			n += size(e.stands)
		}
	}
	return n
}

func size(stands [2]stand) int { return len(stands[0].now.Bytes()) + len(stands[1].now.Bytes()) }

// Refresh compares again what has changed in either log, by whatever cause, and returns the news of
// it. The command compares large values.
func (m *Model) Refresh() tea.Cmd {
	if !m.ready() {
		return nil
	}
	for _, s := range m.sides {
		m.Say(s.Told())
	}
	var cmds []tea.Cmd
	changed := m.items == nil
	for _, e := range m.entries {
		now := [2]stand{standing(m.sides[0], e.field), standing(m.sides[1], e.field)}
		if m.items != nil && now[0].is(e.stands[0]) && now[1].is(e.stands[1]) {
			continue
		}
		changed = true
		e.stands, e.token = now, 0
		if size(now) < background {
			e.put(places(now))
			continue
		}
		m.tokens++
		e.token = m.tokens // its places stay until they are known again
		msg := comparedMsg{entry: e, token: e.token}
		cmds = append(cmds, func() tea.Msg {
			msg.places = places(now)
			return msg
		})
	}
	if changed {
		m.list()
	}
	return tea.Batch(cmds...)
}

// comparedMsg brings the places of a field with large values.
type comparedMsg struct {
	entry  *entry
	token  int
	places []place
}

func (m *Model) compared(msg comparedMsg) {
	if msg.entry.token == msg.token {
		msg.entry.token = 0
		msg.entry.put(msg.places)
		m.list()
	}
}

// name is what a place is known by: its path, and whether only the second log has something there,
// for that counts the elements of another list.
type name struct {
	path path.Path
	came bool
}

func (p *place) name() name { return name{p.Path(), p.Came()} }

// places lists where a field differs, and then where it was edited and is the same all the same. It
// may be called from any goroutine.
func places(of [2]stand) (list []place) {
	for _, p := range change.Places(of[0].now, of[1].now) {
		list = append(list, place{Place: p, differs: true})
	}
	for side, s := range of {
		if !s.edited {
			continue
		}
		edits := change.Places(s.base, s.now)
		if s.err != nil {
			edits = []change.Place{{}}
		}
		for _, e := range edits {
			list = markEdit(list, e, side)
		}
	}
	return list
}

// markEdit marks the places that an edit of one side touches. One that touches none is a place of
// its own.
func markEdit(list []place, e change.Place, side int) []place {
	touched := false
	for i := range list {
		if p := &list[i]; p.touchedBy(e, side) {
			p.edited[side], touched = true, true
		}
	}
	if !touched {
		p := place{Place: change.Place{Old: e.New, New: e.New, Before: e.After, After: e.After}}
		p.edited[side] = true
		list = append(list, p)
	}
	return list
}

// in is the path to the place in one of the logs.
func (p *place) in(side int) path.Path { return [2]path.Path{p.Old, p.New}[side] }

// label is the path to the place as one of the logs counts, where it has something there.
func (p *place) label(f *model.Field, side int) string {
	if side == 1 && p.After != nil {
		p = &place{Place: change.Place{Old: p.New, New: p.New, Before: p.After}}
	}
	return p.Where(f)
}

// touchedBy reports whether an edit of one of the logs was made in the place, within it, or in what
// holds it. If an element was taken out, or is lacking, another has its position.
func (p *place) touchedBy(e change.Place, side int) bool {
	at, has := p.in(side), [2][]byte{p.Before, p.After}[side]
	n := min(len(at), len(e.New))
	gap := func(to path.Path, has []byte) bool { return has == nil && n > 0 && len(to) == n && to[n-1].Element }
	return slices.Equal(at[:n], e.New[:n]) && gap(at, has) == gap(e.New, e.After)
}

// put takes over places, in the order in which they were first listed: what was copied stays where
// it is.
func (e *entry) put(list []place) {
	at := 0
	for i := range list {
		p := &list[i]
		switch i := e.order(p); {
		case i >= 0:
			at = i + 1
		case p.differs:
			e.known = slices.Insert(e.known, at, p.name())
			at++
		default:
			e.known = slices.Insert(e.known, e.behind(p.Path()), p.name())
		}
	}
	slices.SortStableFunc(list, func(a, b place) int { return e.order(&a) - e.order(&b) })
	e.places = list
}

// order is the position of a place in the order of them all, -1 where it is new.
func (e *entry) order(p *place) int {
	at := p.name()
	return slices.IndexFunc(e.known, func(q name) bool { return (at.came == q.came || !p.differs) && slices.Equal(at.path, q.path) })
}

// behind is where a new path belongs: ahead of the elements that are behind its own.
func (e *entry) behind(p path.Path) int {
	i := slices.IndexFunc(e.known, func(known name) bool {
		n, q := 0, known.path
		for n < min(len(p), len(q))-1 && p[n] == q[n] {
			n++
		}
		return n < min(len(p), len(q)) && p[n].Element && q[n].Element && p[n].Index < q[n].Index
	})
	if i < 0 {
		return len(e.known)
	}
	return i
}
