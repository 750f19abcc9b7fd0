package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/rows"
)

// openedMsg brings what a large value is edited as.
type openedMsg struct {
	token int
	work
}

// work is what a value is edited as: a structure, or a text.
type work struct {
	field     *model.Field
	structure *rows.Model
	locked    bool // the structure is only read
	root      *tree.Node
	text      []byte
	value     model.Value // whose text or structure it is, absent if a text is none of a value
	seek      find.Seek
	at        int   // where in the text the hit of the seek is, -1 for its end
	err       error // why text is not a value
	cannot    error // why it cannot be edited
}

// open starts the editor on the field under the cursor, the cursor at the end of a text, or the
// reading of a value that is locked. A value that can be edited as a structure is, unless asText;
// one of a wrong type is edited as JSON.
func (m *editors) open(asText bool) tea.Cmd {
	r := m.rows[m.cursor]
	if r.of != nil {
		m.judgeHere()
		return nil
	}
	if why := m.locked(r); why != "" {
		m.Say(bars.News{Level: bars.Warning, Text: r.name() + " opens for reading: " + why})
		return m.look()
	}
	f, v, base, o := r.field, m.changes.Value(r.field), m.changes.Base().Value(r.field), m.structureOptions(r.field)
	edit, had := m.changes.Edit(f)
	seek := m.search.seekHere()
	if had && edit.Err != nil {
		return m.take(invalid(f, edit, seek))
	}
	open := func() work {
		if structured(f.Kind) && !f.Misfit(v) && !asText {
			root := rootOf(v)
			return work{field: f, structure: structureOf(f.Kind, root, o), root: root, value: v, seek: seek}
		}
		text, cannot := f.EditText(v, base)
		text = choiceText(f, text)
		w := work{field: f, text: text, at: seek.In(text), cannot: cannot}
		if f.Kind.IsText() && !f.Misfit(v) && !f.Misfit(base) {
			w.value = v
		}
		return w
	}
	if v.Len() < backgroundSize {
		return m.take(open())
	}
	token := m.begin("opening "+figure.Size(v.Len()), "not opened", nil)
	return func() tea.Msg { return openedMsg{token, open()} }
}

// invalid is the editing of a text that is not a value yet. It is at hand, but a large one is not
// looked through for a hit.
func invalid(f *model.Field, edit model.Edit, s find.Seek) work {
	w := work{field: f, text: []byte(edit.Text), at: -1, err: edit.Err}
	if len(w.text) < backgroundSize {
		w.at = s.In(w.text)
	}
	return w
}

// take begins the editing, at the hit of a search if one is shown.
func (m *editors) take(w work) tea.Cmd {
	switch {
	case w.cannot != nil:
		m.Say(bars.News{Level: bars.Warning, Text: w.field.Name + " cannot be edited here: " + w.cannot.Error()})
		m.reading, m.diff = true, false
	case w.locked:
		m.looked = looking{w.structure, m.cursor}
		m.fit()
		return m.toHit(w.structure, w.seek)
	case w.structure != nil:
		m.build(w.field, w.value, w.root, w.structure)
		if m.stand(w.field) {
			return nil
		}
		m.foldAlike()
		return m.toHit(w.structure, w.seek)
	default:
		m.start(w.field, w.text, w.err)
		m.opened(w.text)
		m.edit.opened = opened{w.value, m.edit.ed.Text()}
		if !m.stand(w.field) && w.at >= 0 {
			m.edit.ed.GoToOffset(w.at)
		}
	}
	return nil
}

// ready begins the editing of a large value.
func (m *editors) ready(msg openedMsg) tea.Cmd {
	if _, ok := m.done(msg.token); !ok {
		return nil
	}
	return m.take(msg.work)
}

// Fix goes to the first field whose text is not a value, and opens it where the text goes wrong. ok
// is false when there is none.
func (m *editors) Fix() (ok bool) {
	invalid := m.changes.Invalid()
	if len(invalid) == 0 {
		return false
	}
	m.GoTo(invalid[0])
	m.open(true)
	if m.edit == nil {
		return true
	}
	if line, col := position(m.edit.err); line > 0 {
		m.edit.ed.GoTo(line, col)
	}
	m.Say(bars.News{Level: bars.Bad, Text: "not sent: " + m.edit.err.Error()})
	return true
}
