package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/tree"
	"errata/ui/editor"
)

// reopening is where an editor stood that is closed while something is replaced in its field, so
// that it opens again as if it had never been closed.
type reopening struct {
	field *model.Field
	site  *fieldSite
	was   *session // the editor of a text, nil if it was that of a structure
	above int      // rows of the text that were seen above the cursor
	path  tree.Path
	folds any
}

// leaving is where the open editor of a field stands.
func (m *editors) leaving(f *model.Field, site *fieldSite) *reopening {
	r := &reopening{field: f, site: site}
	if m.built != nil {
		r.path, r.folds = m.built.st.Path(), m.built.st.Folds()
	} else {
		r.was, r.above = m.edit, m.edit.ed.Above()
	}
	return r
}

// reopen opens the editor again once replacing is done. A large value comes later, and take stands
// it there.
func (m *Model) reopen() tea.Cmd {
	news := m.news
	m.moveTo(m.rowOf(m.reopens.field))
	cmd := m.open(m.reopens.was != nil)
	m.Say(news)
	return cmd
}

// stand puts an editor that was opened again where it stood; false if it is another one.
func (m *editors) stand(f *model.Field) bool {
	r := m.reopens
	m.reopens = nil
	switch {
	case r == nil || r.field != f:
		return false
	case m.built != nil:
		m.built.st.Fold(r.folds)
		m.built.st.GoTo(r.path)
	case m.edit == nil || r.was == nil:
		return false
	case r.site.isText(r.was.ed.Text()):
		m.edit.ed.Stand(r.site.moved(r.was.ed.Offset()), r.above)
	default: // JSON, in which the hits are elsewhere
		line, col := r.was.ed.Position()
		m.edit.ed.GoTo(line, col)
		m.edit.ed.Stand(m.edit.ed.Offset(), r.above)
	}
	return true
}

// isText reports whether the hits are of just this text.
func (s *fieldSite) isText(text editor.Text) bool {
	return len(s.spots) == 0 || len(s.spots[0].Text) == text.Len() && text.Equal([]byte(s.spots[0].Text))
}

// moved is where a byte of the text is after the replacement; one in a hit that was replaced is
// behind it.
func (s *fieldSite) moved(offset int) int {
	by := 0
	for i, spot := range s.spots {
		switch {
		case i >= len(s.yes) || !s.yes[i] || spot.Start >= offset:
		case spot.End > offset:
			by += spot.Start + len(spot.With) - offset
		default:
			by += len(spot.With) - (spot.End - spot.Start)
		}
	}
	return offset + by
}
