package form

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
)

// fillMenu is the list of what could be filled in.
type fillMenu struct {
	list    []model.Fill // those of the field that the form's cursor is on first
	marked  []*model.Field
	cursor  int
	top     int
	missing []string // what would be needed for more
	about   *model.Field
}

// openFill lists what could be filled in, the field under the cursor first.
func (m *Model) openFill() {
	if m.o.ReadOnly != "" {
		m.Say(bars.News{Level: bars.Warning, Text: m.o.ReadOnly})
		return
	}
	m.fill = &fillMenu{about: m.Field()}
	m.diff = false
	m.refill()
}

// refill brings an open menu up to date. A value that follows from others is made from the marked
// ones: the cost from the tokens that are to be filled in, say.
func (m *Model) refill() {
	menu := m.fill
	if menu == nil {
		return
	}
	var at *model.Field
	if menu.cursor < len(menu.list) {
		at = menu.list[menu.cursor].Field
	}
	scratch := m.changes.Clone()
	menu.list = model.FillIn(scratch, m.o.Prices, menu.marked)
	menu.marked = fields(menu.list)
	menu.list = append(menu.list, model.Fills(scratch, m.o.Prices)...)
	menu.missing = model.Unfilled(scratch, m.o.Prices)
	for i, f := range menu.list {
		menu.list[i].Old = m.changes.Value(f.Field)
	}
	slices.SortStableFunc(menu.list, func(a, b model.Fill) int { return menu.place(a.Field) - menu.place(b.Field) })
	menu.cursor = max(slices.IndexFunc(menu.list, func(f model.Fill) bool { return f.Field == at }), 0)
}

// fields are those of a list of fill-ins.
func fields(list []model.Fill) []*model.Field {
	out := make([]*model.Field, len(list))
	for i, f := range list {
		out[i] = f.Field
	}
	return out
}

// place orders the menu: the field it was opened on, then the others as on the form.
func (menu *fillMenu) place(f *model.Field) int {
	if f == menu.about {
		return -1
	}
	return slices.Index(model.Form(), f)
}

// fillKey is a key while the menu is open.
func (m *Model) fillKey(msg tea.KeyMsg) {
	menu := m.fill
	action := keys.Fill.Action(msg.String())
	if by, ok := action.Steps(len(menu.list), m.parts.Pane.H/fillRows-1); ok {
		m.moveFill(by)
		return
	}
	switch action {
	case keys.Mark:
		m.markFill()
	case keys.Accept:
		m.acceptFill()
	case keys.All:
		m.fillAll()
	case keys.Close:
		m.fill = nil
	}
}

// moveFill moves the cursor of the menu down by n fill-ins.
func (m *Model) moveFill(n int) {
	menu := m.fill
	menu.cursor = max(min(menu.cursor+n, len(menu.list)-1), 0)
	menu.top = menu.first(m.parts.Pane.H)
}

// first is the fill-in at the top of a pane of h lines, so that the one under the cursor is in
// sight.
func (menu *fillMenu) first(h int) int {
	return layout.Scroll(menu.top, menu.cursor, len(menu.list), max((h-paneHeader)/fillRows, 1), 0)
}

// markFill marks the fill-in under the cursor and goes on to the next, or takes the mark away.
func (m *Model) markFill() {
	menu := m.fill
	if len(menu.list) == 0 {
		return
	}
	f := menu.list[menu.cursor].Field
	if i := slices.Index(menu.marked, f); i >= 0 {
		menu.marked = slices.Delete(menu.marked, i, i+1)
		m.refill()
	} else {
		menu.marked = append(menu.marked, f)
		m.refill()
		menu.cursor = min(menu.cursor+1, len(menu.list)-1)
	}
	menu.top = menu.first(m.parts.Pane.H)
}

// acceptFill fills in what is marked, or what is under the cursor where nothing is.
func (m *Model) acceptFill() {
	menu := m.fill
	m.fill = nil
	want := menu.marked
	if len(want) == 0 && len(menu.list) > 0 {
		want = []*model.Field{menu.list[menu.cursor].Field}
	}
	m.fillIn(want, "")
}

// fillAll fills in everything, also what only follows from what is filled in. Of two texts that
// differ neither is taken: that is for a person to say.
func (m *Model) fillAll() {
	menu := m.fill
	m.fill = nil
	want, undecided := model.FillAll(m.changes, m.o.Prices, menu.marked)
	open := ""
	if undecided != nil {
		open = undecided.Field.Name + " and " + undecided.Opposite.Name + " differ: mark the one to replace"
	}
	m.fillIn(want, open)
}

// fillIn makes fill-ins, each an edit and a step of undo like any other, and says which. open is
// what is left to decide.
func (m *Model) fillIn(want []*model.Field, open string) {
	names := ""
	for _, fill := range model.FillIn(m.changes.Clone(), m.o.Prices, want) {
		m.set(fill.Field, fill.Value)
		if names != "" {
			names += ", "
		}
		names += fill.Name()
	}
	switch {
	case names == "" && open == "":
	case names == "":
		m.Say(bars.News{Level: bars.Warning, Text: open})
	case open != "":
		m.Say(bars.News{Level: bars.Warning, Text: "filled in: " + names + "; " + open})
	default:
		m.Say(bars.News{Text: "filled in: " + names + "; u takes it back"})
	}
}
