package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/ui/keys"
	"errata/ui/rows"
)

// looking is a locked value that is open as a structure: its parts can be folded, searched, copied
// and saved, and none can be changed.
type looking struct {
	st  *rows.Model // nil for none
	row int         // whose value it is
}

// looking is the structure that is being read, nil when none is.
func (p *valuePane) looking() *rows.Model {
	if p.looked.row != p.cursor || !p.reading || p.diff {
		return nil
	}
	return p.looked.st
}

// look opens the locked value under the cursor for reading, one that has parts as a structure.
func (m *editors) look() tea.Cmd {
	m.reading, m.diff = true, false
	f, v := m.rows[m.cursor].field, m.value(m.cursor)
	if k := v.Kind(); k != jsonraw.Array && k != jsonraw.Object {
		return nil
	}
	o := m.structureOptions(f)
	o.ReadOnly = true
	o.Above = path.Path{path.Member(m.rows[m.cursor].name())}
	w := work{field: f, locked: true, seek: m.search.seekHere()}
	open := func() work {
		w.structure = structureOf(kindOf(f, v), rootOf(v), o)
		return w
	}
	if v.Len() < backgroundSize {
		return m.take(open())
	}
	token := m.begin("opening "+figure.Size(v.Len()), "not opened", nil)
	return func() tea.Msg { return openedMsg{token, open()} }
}

// kindOf is the kind as which a value with parts is shown: that of its field, if it fits there.
func kindOf(f *model.Field, v model.Value) model.Kind {
	if f == nil || !structured(f.Kind) || f.Misfit(v) {
		return model.Map
	}
	return f.Kind
}

// lookingKey gives a key to the structure that is being read; what it does not know is the form's.
func (m *Model) lookingKey(msg tea.KeyMsg) tea.Cmd {
	if used, cmd := m.lookingTakes(msg); used {
		return cmd
	}
	switch action := keys.Locked.Action(msg.String()); action {
	case keys.Close:
		m.reading = false
	case keys.NextField, keys.PrevField:
		return m.tab(msg)
	default:
		return m.act(action)
	}
	return nil
}

// lookingTakes gives a message to the structure that is being read.
func (m *editors) lookingTakes(msg tea.Msg) (used bool, cmd tea.Cmd) {
	st := m.looking()
	if st == nil {
		return false, nil
	}
	used, cmd = st.Update(msg)
	m.hear(st)
	return used, cmd
}

// structure is the structure that has the keys, nil when none has.
func (m *editors) structure() *rows.Model {
	if m.built != nil {
		return m.built.st
	}
	return m.looking()
}

// hear takes over what a structure has to say.
func (m *editors) hear(st *rows.Model) {
	if news, ok := st.News(); ok {
		m.Say(news)
	}
}

// lookingKeys are the tables that hold while a structure is read.
func lookingKeys(st *rows.Model) []keys.Map {
	if st.Capturing() {
		return st.Keys()
	}
	list := st.Keys()
	return append(list[:len(list):len(list)], keys.Locked)
}
