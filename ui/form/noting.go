package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/keys"
	"errata/ui/query"
)

// noteLabel is before a note.
const noteLabel = "note: "

// noteTarget is where a note goes that no evaluator takes.
var noteTarget = model.Assignment{Target: model.Target{Field: model.Metadata, Path: path.Path{path.Member(model.Metadata.Name), path.Member("note")}}}

// noting is a note about the log that is being typed. Each key is in the draft.
type noting struct {
	line   *query.Line
	before *model.Edit // the edit of the metadata when it began
}

// beginNote opens the line for a note, on the one that is there.
func (m *Model) beginNote() {
	switch {
	case m.refusesEdits():
		return
	case m.changes.Base().Locked(model.Metadata) != "":
		m.Say(bars.News{Level: bars.Warning, Text: m.changes.Base().Locked(model.Metadata)})
		return
	}
	m.noting = &noting{query.New(m.note(), m.th), m.edited(model.Metadata)}
}

// note is the note that is in the metadata, "" for none.
func (m *Model) note() string {
	v := m.changes.Value(model.Metadata)
	if !v.IsSet() {
		return ""
	}
	n, _, err := path.Get(tree.New(v.Bytes()), noteTarget.Path[1:])
	if err != nil || n == nil {
		return ""
	}
	text, _ := jsonraw.Text(n.Bytes())
	return text
}

// noteKey is a key while a note is typed.
func (m *Model) noteKey(msg tea.KeyMsg) {
	action := keys.NoteLine.Action(msg.String())
	if m.noting.line.Pending() || action == "" {
		m.noteInput(msg)
		return
	}
	m.endNote()
}

// noteInput gives the line a key or a paste, and the draft what is there then.
func (m *Model) noteInput(msg tea.Msg) {
	before := m.noting.line.Text()
	m.noting.line.Update(msg)
	text := m.noting.line.Text()
	if text == before {
		return
	}
	if err := m.setNote(text); err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: bars.Reason(err)})
		return
	}
	f := model.Metadata
	m.touched(f)
	m.keep(draft.Put{Field: f, Base: m.changes.Base().Value(f), Edit: m.edited(f)})
}

// setNote gives the metadata a note; an empty one is taken out of it.
func (m *Model) setNote(text string) error {
	if text == "" {
		return m.changes.Carry(model.Edits{Remove: []model.Target{noteTarget.Target}})
	}
	a := noteTarget
	a.Text = text
	return m.changes.Carry(model.Edits{Assign: []model.Assignment{a}})
}

// endNote closes the line: the note is a step of undo.
func (m *Model) endNote() {
	before := m.noting.before
	m.noting = nil
	m.keep(m.noted(model.Metadata, before)...)
}

// Commit keeps what is in an open editor or a note, and closes it.
func (m *Model) Commit() {
	if m.noting != nil {
		m.endNote()
	}
	m.editors.Commit()
	m.remember()
}
