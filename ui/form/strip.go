package form

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/annotate"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/sanitize"
)

// slotWidths are the most cells of the words of a slot: the first with which all of them fit. At
// each the titles of the evaluators give way before the words become shorter.
var slotWidths = []int{28, 14, 8, 5}

// entersStrip puts the cursor on the strip, when it is on the last row of the list.
func (m *Model) entersStrip() bool {
	if m.editing() != nil || m.reading || m.cursor != m.lastStop() || len(m.o.Annotating.Slots) == 0 {
		return false
	}
	m.strip = 0
	return true
}

// lastStop is the last row at which the cursor can be.
func (l *fieldList) lastStop() int {
	i := len(l.rows) - 1
	for i > 0 && !l.rows[i].stop() {
		i--
	}
	return i
}

// stripKey is a key while the cursor is on the strip. It reports whether the strip takes it.
func (m *Model) stripKey(msg tea.KeyMsg) bool {
	a := m.o.Annotating
	switch keys.Strip.Action(msg.String()) {
	case keys.PrevField:
		if m.strip--; m.strip < 0 {
			m.strip = -1
		}
	case keys.NextField:
		m.strip = min(m.strip+1, len(a.Slots)-1)
	case keys.Mark:
		m.carry(&a.Slots[m.strip])
		if m.judging != nil {
			m.strip = -1
		}
	case keys.CompleteLog:
		m.strip = -1
		m.leaveExternal()
		m.want = CompleteMsg{}
	case keys.Close:
		m.strip = -1
	default:
		return m.press(msg.String())
	}
	return true
}

// stripLine draws the strip in w cells: how far the queue is, then what is on which digit.
// Judgments made on the log are in brackets.
func (m *Model) stripLine(w int) string {
	line, slots := m.stripParts(w)
	for _, p := range slots {
		line = append(line, p.pieces...)
	}
	return bars.Bar(w, line, nil)
}

// stripParts are the parts of the strip in w cells.
func (m *Model) stripParts(w int) (left []bars.Piece, slots []slotPart) {
	a := m.o.Annotating
	left = []bars.Piece{{Text: m.th.Words(a.Progress), Style: m.th.Title}}
	if a.Failed != "" {
		left = append(left, bars.Piece{Text: "  " + sanitize.Line(a.Failed, w/3), Style: m.th.Error})
	}
	if a.Note != "" {
		left = append(left, bars.Piece{Text: "  " + a.Note, Style: m.th.Warning})
	}
	for _, most := range slotWidths {
		if slots = m.slotsFrom(0, most); bars.Width(left)+cells(slots) <= w {
			return left, slots
		}
		if slots = untitled(slots); m.distinct() && bars.Width(left)+cells(slots) <= w {
			return left, slots
		}
	}
	if m.strip > 0 { // what is under the cursor is in sight
		left = append(left, bars.Piece{Text: "  …", Style: m.th.Faint})
		slots = m.slotsFrom(max(m.strip-2, 0), slotWidths[0])
	}
	return left, slots
}

// slotPart is a part of the strip that belongs to a slot: the title of its evaluator, or what is
// said with it.
type slotPart struct {
	pieces []bars.Piece
	slot   int
	title  bool
}

// untitled are parts without the titles of the evaluators.
func untitled(parts []slotPart) []slotPart {
	return slices.DeleteFunc(slices.Clone(parts), func(p slotPart) bool { return p.title })
}

// distinct reports whether no two slots have the same words, so that they say without a title which
// evaluator they belong to.
func (m *Model) distinct() bool {
	met := map[string]bool{}
	for _, s := range m.o.Annotating.Slots {
		if met[s.Label] {
			return false
		}
		met[s.Label] = true
	}
	return true
}

// cells is how many cells parts take.
func cells(parts []slotPart) (w int) {
	for _, p := range parts {
		w += bars.Width(p.pieces)
	}
	return w
}

// slotAt is the part of the strip that is drawn at a cell of it.
func (m *Model) slotAt(x int) (at slotPart, ok bool) {
	left, slots := m.stripParts(m.w)
	x -= bars.Width(left)
	for _, p := range slots {
		w := bars.Width(p.pieces)
		if x < w {
			return p, x >= 0
		}
		x -= w
	}
	return at, false
}

// clickStrip says what is clicked on, as its digit would, or takes it back; a click on the title of
// an evaluator puts the cursor on the first of its slots.
func (m *Model) clickStrip(x int) {
	switch at, ok := m.slotAt(x); {
	case !ok:
	case at.title:
		m.strip = at.slot
	default:
		m.strip = -1
		m.carry(&m.o.Annotating.Slots[at.slot])
	}
}

// slotsFrom are the slots from one on, as the strip shows them, the words of each in most cells.
func (m *Model) slotsFrom(first, most int) (list []slotPart) {
	group := ""
	for i, s := range m.o.Annotating.Slots[first:] {
		if title := s.Evaluator.Title(); !s.IsTag() && !s.Opens() && title != group {
			group = title
			list = append(list, slotPart{[]bars.Piece{{Text: "  " + sanitize.Line(title, most) + ":", Style: m.th.Muted}}, first + i, true})
		}
		list = append(list, slotPart{m.slotPieces(s, most, m.marked()[first+i], first+i == m.strip), first + i, false})
	}
	return list
}

// marked says for each slot whether its judgment is made.
func (m *Model) marked() []bool {
	if slots := m.o.Annotating.Slots; len(m.marks) != len(slots) {
		m.marks = make([]bool, len(slots))
		for i, s := range slots {
			m.marks[i] = m.saidWith(s)
		}
	}
	return m.marks
}

// slotPieces are a slot as the strip shows it, its words in most cells.
func (m *Model) slotPieces(s annotate.Slot, most int, said, under bool) []bars.Piece {
	words, style := sanitize.Line(s.Label, most), inValence(m.th, s.Valence)
	if said {
		words = m.th.Said(words)
	}
	lead := "  "
	if under {
		lead, style = m.th.Chosen(), m.th.Title
	}
	return []bars.Piece{{Text: lead, Style: m.th.Title}, {Text: strings.TrimLeft(s.Key+" ", " "), Style: m.th.Key}, {Text: words, Style: style.Bold(said)}}
}

// saidWith reports whether the judgment of a slot is made on the log.
func (m *Model) saidWith(s annotate.Slot) bool {
	if s.IsTag() {
		now := m.changes.Clone()
		return now.Carry(model.Edits{Assign: s.Tag}) == nil && len(m.differing(now)) == 0
	}
	for _, r := range m.rows {
		if r.of == nil || r.of.is.ID != s.Evaluator.ID {
			continue
		}
		v := m.ownValue(r.of)
		if s.Opens() {
			return v.IsSet()
		}
		several, _ := judgment.Texts(v)
		name, _ := s.Value.Text()
		for _, one := range several {
			if s.Several() && one == name {
				return true
			}
		}
		return judgment.Same(v, s.Value)
	}
	return false
}
