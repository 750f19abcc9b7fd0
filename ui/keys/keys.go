// Package keys holds the tables of keys: what each key does on each screen. The screens look their keys up here and
// the help is made from the same tables, so that the two cannot differ.
//
// It knows names of keys and of actions. It must not know any screen.
package keys

// Action is what a key does, named for the code that does it.
type Action string

// Binding is one row of a table. Keys are Bubble Tea's names; the first ones stand in the help as Show says, or as they are.
type Binding struct {
	Do   Action
	Keys []string
	Show string // how the help writes the keys; "" writes Keys
	Help string // what happens, in a few words
	Hint string // one word for the footer; "" keeps it out of the footer
}

// Map is the keys of one screen.
type Map struct {
	Title    string
	Bindings []Binding
}

// Action is what key does, "" for nothing.
func (m Map) Action(key string) Action {
	for i := range m.Bindings {
		for _, k := range m.Bindings[i].Keys {
			if k == key {
				return m.Bindings[i].Do
			}
		}
	}
	return ""
}

// Label is how the help writes the keys of b.
func (b Binding) Label() string {
	if b.Show != "" {
		return b.Show
	}
	out := ""
	for i, k := range b.Keys {
		if i > 0 {
			out += " "
		}
		out += k
	}
	return out
}
