// Package keys holds the tables of keys: what each key does on each screen. The screens look their
// keys up here and the help is made from the same tables, so that the two cannot differ.
//
// It knows names of keys and of actions. It must not know any screen.
package keys

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/bubbles/key"
)

// Action is what a key does, named for the code that does it.
type Action string

// Binding is one row of a table: keys with their help, as every bubble knows them, and the action
// of this program that they stand for.
type Binding struct {
	key.Binding
	Do      Action
	Hint    string // one word for the footer; "" keeps the row out of the footer
	Changes bool   // it changes a value, or settles what becomes of one: not to be done by mistake
}

// Bind makes a row. The keys are Bubble Tea's names; the help writes them as they are.
func Bind(do Action, help string, keys ...string) Binding {
	b := Binding{Do: do}
	b.SetKeys(keys...)
	b.SetHelp(strings.Join(keys, " "), help)
	return b
}

// As is the row with its keys written otherwise in the help and in the footer.
func (b Binding) As(label string) Binding {
	b.SetHelp(label, b.Help().Desc)
	return b
}

// Hinted is the row with a word for the footer.
func (b Binding) Hinted(word string) Binding {
	b.Hint = word
	return b
}

// Map is the keys of one screen.
type Map struct {
	Title string
	rows  *rows
}

// rows are those of a table. They are made when they are first asked for: a run shows few screens,
// and a command none.
type rows struct {
	written []row
	moves   bool             // behind the rows that every list shares
	of      func() []Binding // instead of written: of the rows of other tables

	once sync.Once
	list []Binding
}

// row is a row as it is written down. Rows are plain data, for which no code has to run.
type row struct {
	do      Action
	help    string
	keys    string // with spaces between; the space itself is "space"
	label   string // how the help writes the keys, where it is not as they are
	hint    string
	changes bool
}

// binding is the row as a screen has it.
func (r *row) binding() Binding {
	list := strings.Fields(r.keys)
	for i, k := range list {
		if k == space {
			list[i] = " "
		}
	}
	b := Bind(r.do, r.help, list...).As(cmp.Or(r.label, r.keys))
	b.Hint, b.Changes = r.hint, r.changes
	return b
}

// moving are the rows that every list shares.
var moving = []row{
	{do: Up, help: "up", keys: "up k", label: "↑ k"},
	{do: Down, help: "down", keys: "down j", label: "↓ j"},
	{do: PageUp, help: "a page up", keys: "pgup ctrl+b", label: "pgup"},
	{do: PageDown, help: "a page down", keys: "pgdown ctrl+f", label: "pgdn"},
	{do: Top, help: "to the first", keys: "home g"},
	{do: Bottom, help: "to the last", keys: "end G"},
}

// fill makes the rows.
func (r *rows) fill() {
	if r.of != nil {
		r.list = r.of()
		return
	}
	written := r.written
	if r.moves {
		written = slices.Concat(moving, written)
	}
	r.list = make([]Binding, len(written))
	for i := range written {
		r.list[i] = written[i].binding()
	}
}

// Table is a table with the rows that of gives.
func Table(title string, of func() []Binding) Map { return Map{title, &rows{of: of}} }

// Bindings are the rows. They are not to be changed.
func (m Map) Bindings() []Binding {
	if m.rows == nil {
		return nil
	}
	m.rows.once.Do(m.rows.fill)
	return m.rows.list
}

// With is the table with other rows.
func (m Map) With(list []Binding) Map { return Table(m.Title, func() []Binding { return list }) }

// Action is what key does, "" for nothing.
func (m Map) Action(key string) Action {
	b, _ := m.Find(key)
	return b.Do
}

// Find is the row of a key.
func (m Map) Find(key string) (b Binding, ok bool) {
	list := m.Bindings()
	for i := range list {
		if slices.Contains(list[i].Keys(), key) {
			return list[i], true
		}
	}
	return Binding{}, false
}

// Named is the table with another word for an action in the footer.
func (m Map) Named(do Action, hint string) Map {
	list := slices.Clone(m.Bindings())
	for i := range list {
		if list[i].Do == do {
			list[i].Hint = hint
		}
	}
	return m.With(list)
}

// Quiet is the table without words for some actions in the footer: there is nothing for them to do
// just now.
func (m Map) Quiet(actions ...Action) Map {
	for _, do := range actions {
		m = m.Named(do, "")
	}
	return m
}

// Of is the row of an action, the first if there are several.
func (m Map) Of(do Action) (b Binding) {
	list := m.Bindings()
	for i := range list {
		if list[i].Do == do {
			return list[i]
		}
	}
	return b
}

// without are the rows for reading only: those that change nothing, but for those of some actions.
func (m Map) without(actions ...Action) []Binding {
	return slices.DeleteFunc(slices.Clone(m.Bindings()), func(b Binding) bool {
		return b.Changes || slices.Contains(actions, b.Do)
	})
}
