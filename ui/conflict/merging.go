package conflict

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/keys"
)

// open edits the merge of the field under the cursor: what could be merged, and both sides where it
// could not. One that was edited before goes on.
func (m *Model) open() {
	f := m.fields[m.cursor]
	text, err := f.MergeText(m.mine.Base().Value(f), m.edited(f), m.newer.Value(f), m.marks())
	if err != nil {
		m.Say(bars.News{Level: bars.Warning, Text: f.Name + " cannot be merged as text: " + err.Error() + "; m or t chooses a side"})
		return
	}
	m.warned = false
	now, edited := m.merges[f]
	if !edited {
		now = text
	}
	m.edit, m.err = editor.New([]byte(now), editor.Options{Styles: bars.EditorStyles(m.th)}), nil
	m.kept = m.edit.Text()
	m.keepEvents(draft.Open{Field: f, Base: m.mine.Base().Value(f), Text: []byte(text)})
	if edited {
		m.keepEvents(draft.Between([]byte(text), []byte(now)))
	}
	m.arrange()
}

// typed gives the editor of the merge a key or a paste, and tells the draft.
func (m *Model) typed(msg tea.Msg) {
	m.edit.Update(msg)
	if now := m.edit.Text(); !now.Same(m.kept) {
		at, del, ins := now.Since(m.kept)
		m.keepEvents(draft.Splice{At: at, Del: del, Ins: ins})
		m.merges[m.fields[m.cursor]] = ""
		m.kept = now
	}
}

// close closes the editor of the merge. What was typed stays for e to continue with.
func (m *Model) close() {
	f := m.fields[m.cursor]
	if _, edited := m.merges[f]; edited {
		m.merges[f] = string(m.edit.Text().Bytes())
	}
	m.edit, m.err = nil, nil
}

// unsettle takes what a field was settled to by hand out of the draft again: its change is what it
// was.
func (m *Model) unsettle(i int) {
	if !m.verdicts[i].edited {
		return
	}
	f := m.fields[i]
	put := draft.Put{Field: f, Base: m.mine.Base().Value(f)}
	if was, had := m.mine.Edit(f); had {
		put.Edit = &was
	}
	m.keepEvents(put)
}

func (m *Model) keepEvents(events ...draft.Event) {
	if m.o.Keep != nil {
		m.o.Keep(events...)
	}
}

// edited is the value made here; of a text that is not a value yet, the base's.
func (m *Model) edited(f *model.Field) model.Value { return m.mine.Value(f) }

// editKey gives a key to the editor of the merge. esc closes it and settles nothing, ctrl+s keeps
// the text if it is a value.
func (m *Model) editKey(msg tea.KeyMsg) tea.Cmd {
	if m.find.IsOpen() {
		if used, cmd := m.find.Key(msg); used {
			return cmd
		}
		m.find.Close()
	}
	if m.edit.Pending() {
		m.typed(msg)
		return nil
	}
	if keys.Find.Action(msg.String()) == keys.Search {
		m.find.Open(m.edit, m.th)
		return nil
	}
	switch keys.MergeEditor.Action(msg.String()) {
	case keys.Close:
		m.close()
		m.keepEvents(draft.Close{})
		if _, edited := m.merges[m.fields[m.cursor]]; edited {
			m.Say(bars.News{Text: "not settled; e goes on with this text"})
		}
	case keys.Accept:
		m.keep()
	default:
		m.typed(msg)
	}
	return nil
}

// keep takes the text of the merge as the value of the field.
func (m *Model) keep() {
	f := m.fields[m.cursor]
	scratch := model.NewChangeSet(m.newer)
	text := string(m.edit.Text().Bytes())
	if !m.warned && (model.SignMarks.In(text) || model.WordMarks.In(text)) {
		m.warned = true
		m.Say(bars.News{Level: bars.Warning, Text: "marks of the conflict are left in the text; ctrl+s again keeps them"})
		return
	}
	err := scratch.SetText(f, text)
	if text == "" && f.Kind.IsText() {
		var empty model.Value
		empty, err = model.String("")
		scratch.Set(f, empty)
	}
	if err != nil {
		m.err = err
		var at *model.ParseError
		if errors.As(err, &at) {
			m.edit.MarkError(at.Line, at.Col)
			m.edit.GoTo(max(at.Line, 1), max(at.Col, 1))
		}
		return
	}
	m.close()
	m.keepEvents(draft.Put{Field: f, Base: m.mine.Base().Value(f), Edit: &model.Edit{Value: scratch.Value(f)}}, draft.Close{})
	m.settle(verdict{choice: model.Mine, edited: true, value: scratch.Value(f)})
}

// marks are the lines around both sides, in words for a screen reader.
func (m *Model) marks() model.Marks {
	if m.th.Plain {
		return model.WordMarks
	}
	return model.SignMarks
}
