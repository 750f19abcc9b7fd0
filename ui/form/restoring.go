package form

import (
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/draft"
	"errata/ui/rows"
)

// Restore takes up the work that a draft holds, on the change set that the form has: the history,
// and the editor that was open with its text.
func (m *editors) Restore(s *draft.State) {
	m.history, m.said = s.History, s.Said
	m.relist()
	m.forget()
	if s.Open == nil || m.o.ReadOnly != "" {
		return
	}
	f := s.Open.Field
	m.GoTo(f)
	if s.Open.Literal && m.restoreStructure(s.Open) {
		return
	}
	m.start(f, s.Open.Text, nil)
	m.edit.first = -1
	m.opened(s.Open.Text)
	if v := m.changes.Value(f); f.Kind.IsText() && v.Kind() == jsonraw.String && !f.Misfit(m.changes.Base().Value(f)) {
		m.edit.opened.value = v
	}
	if len(s.Open.Text) < backgroundSize {
		m.parse()
	} else {
		m.edit.read = -1 // when the editor is closed
	}
}

// restoreStructure opens a structure on what a draft holds of it. ok is false if that is not JSON:
// it is then a text.
func (m *editors) restoreStructure(o *draft.Opened) (ok bool) {
	var root *tree.Node
	if len(o.Text) > 0 {
		if jsonraw.Check(o.Text) != nil {
			return false
		}
		root = tree.New(o.Text)
	}
	st := structureOf(o.Field.Kind, root, m.structureOptions(o.Field))
	m.build(o.Field, model.Absent, root, st)
	m.built.first = version(rootOf(m.changes.Value(o.Field)))
	if in := o.Inner; in != nil {
		st.Restore(rows.Place(in.Place), in.Text)
		m.keep(m.built.written()...)
	}
	if len(o.Text) < backgroundSize {
		m.parse()
	} else {
		m.built.read = m.built.first // when the editor is closed
	}
	return true
}
