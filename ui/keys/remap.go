package keys

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"errata/model/spell"
)

// Change gives an action other keys.
type Change struct {
	Name string   // TABLE.ACTION, as Names lists them
	Keys []string // as Bubble Tea calls them, the space as "space"; none takes the action its keys
}

// Remap gives actions the keys that somebody chose. It is called once, before anything is shown:
// the tables are those of the whole program. An error says which of the changes is wrong, and why;
// then nothing is changed.
func Remap(changes []Change) (wrong int, err error) {
	if len(changes) == 0 {
		return 0, nil
	}
	before := copies()
	// what is said of one table holds against what is said of all
	for _, first := range []bool{true, false} {
		for i, c := range changes {
			if strings.HasPrefix(c.Name, lists+".") != first {
				continue
			}
			if err := apply(c); err != nil {
				restore(before)
				return i, err
			}
		}
	}
	for i, c := range changes {
		if err := clash(c); err != nil {
			restore(before)
			return i, err
		}
	}
	return 0, nil
}

// copies are the rows of all tables as they are.
func copies() (rows [][]Binding) {
	for _, t := range registry {
		for _, m := range t.maps {
			rows = append(rows, m.Bindings())
		}
	}
	return rows
}

func restore(rows [][]Binding) {
	for _, t := range registry {
		for _, m := range t.maps {
			*m, rows = m.With(rows[0]), rows[1:]
		}
	}
}

// find is the table that a change means, and the name of its action.
func find(c Change) (t table, action string, err error) {
	name, action, ok := strings.Cut(c.Name, ".")
	if !ok {
		return t, "", errors.New("want a screen and an action, such as form.edit" + spell.Meant(c.Name, Names()))
	}
	i := slices.IndexFunc(registry, func(t table) bool { return t.name == name })
	if i < 0 {
		return t, "", errors.New("there is no screen " + name + cmp.Or(spell.Meant(name, tableNames()), ", only "+spell.Either(tableNames())))
	}
	t = registry[i]
	if known := t.actions(); !slices.Contains(known, action) {
		return t, "", errors.New(name + " has no action " + action + cmp.Or(spell.Meant(action, known), ", only "+spell.Either(known)))
	}
	return t, action, nil
}

// apply puts the keys of a change into its rows.
func apply(c Change) error {
	t, action, err := find(c)
	if err != nil {
		return err
	}
	list := make([]string, len(c.Keys))
	for i, k := range c.Keys {
		if k == space {
			k = " "
		}
		switch {
		case !isKey(k):
			return fmt.Errorf("%q is not a key: want a character, or a name such as enter, space, ctrl+n, alt+x, shift+up or f5", k)
		case k == "ctrl+c":
			return errors.New("ctrl+c always cancels or quits; choose another key")
		case t.typing && len([]rune(k)) == 1:
			return fmt.Errorf("%s is text there; choose a key such as ctrl+n, alt+x or f5", Label([]string{k}))
		}
		list[i] = k
	}
	for _, m := range t.maps {
		rows := slices.Clone(m.Bindings())
		for i := range rows {
			if b := &rows[i]; b.Do.name() == action {
				b.SetKeys(list...)
				b.SetHelp(Label(list), b.Help().Desc)
			}
		}
		*m = m.With(rows)
	}
	return nil
}

// clash says which other action has a key of a change: in one of its tables, or in one beside it.
func clash(c Change) error {
	t, action, _ := find(c)
	for _, m := range t.maps {
		mine := m.With(own(m, action))
		for _, other := range append(beside(m), m) {
			for _, b := range other.Bindings() {
				// each table says what it closes, and what is edited is not suspended: undo has its
				// key
				if b.Do.name() == action || other == &Global && (b.Do == Close || b.Do == Suspend && (t.typing || action == Undo.name())) {
					continue
				}
				if k := mine.shares(b); k != "" {
					return fmt.Errorf("%s is %s.%s already; give that another key", Label([]string{k}), nameOf(other), b.Do.name())
				}
			}
		}
	}
	return nil
}

// nameOf is the name of a table.
func nameOf(m *Map) string {
	for _, t := range registry[1:] { // behind the one that is about several
		if slices.Contains(t.maps, m) {
			return t.name
		}
	}
	return ""
}

// own are the rows of an action.
func own(m *Map, action string) (rows []Binding) {
	for _, b := range m.Bindings() {
		if b.Do.name() == action {
			rows = append(rows, b)
		}
	}
	return rows
}

// shares is a key that a row of the table and b both have, "" for none.
func (m Map) shares(b Binding) string {
	for _, k := range b.Keys() {
		if _, ok := m.Find(k); ok {
			return k
		}
	}
	return ""
}
