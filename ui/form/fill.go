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
	*fieldList
	list    []model.Fill // those of the field that the form's cursor is on first
	marked  []*model.Field
	at      int      // the fill-in under the cursor
	first   int      // the one at the top
	missing []string // what would be needed for more
	about   *model.Field
}

// newFillMenu lists what could be filled in, the field under the cursor first.
func newFillMenu(l *fieldList) *fillMenu {
	menu := &fillMenu{fieldList: l, about: l.Field()}
	menu.refill()
	return menu
}

// refill brings an open menu up to date. A value that follows from others is made from the marked
// ones: the cost from the tokens that are to be filled in, say.
func (menu *fillMenu) refill() {
	var under *model.Field
	if menu.at < len(menu.list) {
		under = menu.list[menu.at].Field
	}
	scratch := menu.changes.Clone()
	menu.list = model.FillIn(scratch, menu.o.Prices, menu.marked)
	menu.marked = fields(menu.list)
	menu.list = append(menu.list, model.Fills(scratch, menu.o.Prices)...)
	menu.missing = model.Unfilled(scratch, menu.o.Prices)
	for i, f := range menu.list {
		menu.list[i].Old = menu.changes.Value(f.Field)
	}
	slices.SortStableFunc(menu.list, func(a, b model.Fill) int { return menu.place(a.Field) - menu.place(b.Field) })
	menu.at = max(slices.IndexFunc(menu.list, func(f model.Fill) bool { return f.Field == under }), 0)
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

// key is a key while the menu is open. It reports whether the key closes it.
func (menu *fillMenu) key(msg tea.KeyMsg) (closes bool) {
	action := keys.Fill.Action(msg.String())
	if by, ok := action.Steps(len(menu.list), menu.parts.Pane.H/fillRows-1); ok {
		menu.move(by)
		return false
	}
	switch action {
	case keys.Mark:
		menu.mark()
		return false
	case keys.Accept:
		menu.accept()
	case keys.All:
		menu.fillAll()
	case keys.Close:
	default:
		return false
	}
	return true
}

// move moves the cursor of the menu down by n fill-ins.
func (menu *fillMenu) move(n int) {
	menu.at = max(min(menu.at+n, len(menu.list)-1), 0)
	menu.first = menu.topmost(menu.parts.Pane.H)
}

// topmost is the fill-in at the top of a pane of h lines, so that the one under the cursor is in
// sight.
func (menu *fillMenu) topmost(h int) int {
	return layout.Scroll(menu.first, menu.at, len(menu.list), max((h-paneHeader)/fillRows, 1), 0)
}

// mark marks the fill-in under the cursor and goes on to the next, or takes the mark away.
func (menu *fillMenu) mark() {
	if len(menu.list) == 0 {
		return
	}
	f := menu.list[menu.at].Field
	if i := slices.Index(menu.marked, f); i >= 0 {
		menu.marked = slices.Delete(menu.marked, i, i+1)
		menu.refill()
	} else {
		menu.marked = append(menu.marked, f)
		menu.refill()
		menu.at = min(menu.at+1, len(menu.list)-1)
	}
	menu.first = menu.topmost(menu.parts.Pane.H)
}

// accept fills in what is marked, or what is under the cursor where nothing is.
func (menu *fillMenu) accept() {
	want := menu.marked
	if len(want) == 0 && len(menu.list) > 0 {
		want = []*model.Field{menu.list[menu.at].Field}
	}
	menu.fillIn(want, "")
}

// fillAll fills in everything, also what only follows from what is filled in. Of two texts that
// differ neither is taken: that is for a person to say.
func (menu *fillMenu) fillAll() {
	want, undecided := model.FillAll(menu.changes, menu.o.Prices, menu.marked)
	open := ""
	if undecided != nil {
		open = undecided.Field.Name + " and " + undecided.Opposite.Name + " differ: mark the one to replace"
	}
	menu.fillIn(want, open)
}

// fillIn makes fill-ins, each an edit and a step of undo like any other, and says which. open is
// what is left to decide.
func (menu *fillMenu) fillIn(want []*model.Field, open string) {
	names := ""
	for _, fill := range model.FillIn(menu.changes.Clone(), menu.o.Prices, want) {
		menu.set(fill.Field, fill.Value)
		if names != "" {
			names += ", "
		}
		names += fill.Name()
	}
	switch {
	case names == "" && open == "":
	case names == "":
		menu.Say(bars.News{Level: bars.Warning, Text: open})
	case open != "":
		menu.Say(bars.News{Level: bars.Warning, Text: "filled in: " + names + "; " + open})
	default:
		menu.Say(bars.News{Text: "filled in: " + names + "; u takes it back"})
	}
}
