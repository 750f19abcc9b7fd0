package form

import (
	"bytes"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/theme"
)

// editors is the editing of values: how one is opened, kept up with and read.
type editors struct {
	*valuePane
	search  *searching
	busy    *busy      // what is waited for, nil when nothing is
	reopens *reopening // the editor that opens again when replacing is done, nil for none
}

// drop closes the open editor without reading it.
func (m *editors) drop() {
	if m.edit != nil {
		m.edit.find.Close()
	}
	m.edit, m.built, m.busy, m.looked, m.judging = nil, nil, nil, looking{}, nil
}

// paint changes the looks of the open editor.
func (m *editors) paint(th *theme.Theme) {
	if m.edit != nil {
		m.edit.ed.SetStyles(bars.EditorStyles(th))
		m.edit.find.SetTheme(th)
	}
	if st := m.structure(); st != nil {
		st.SetTheme(th)
	}
	if m.judging != nil {
		m.judging.paint()
	}
}

// start opens an editor on a text, whose bytes it shares.
func (m *editors) start(f *model.Field, text []byte, err error) {
	single := oneLine(f.Kind) && !bytes.ContainsRune(text, '\n')
	ed := editor.New(text, editor.Options{Styles: bars.EditorStyles(m.th), Single: single})
	m.edit = &session{ed: ed, single: single, aid: m.aid(f), find: find.InText{Last: m.o.Searched}}
	m.edit.sitting = m.sit(f, m.edit, err)
	m.fit()
	m.edit.taken(m.fieldList, err)
}

// oneLine reports whether values of a kind are usually one line.
func oneLine(k model.Kind) bool {
	switch k {
	case model.Line, model.Integer, model.Decimal, model.Datetime, model.ToolChoice:
		return true
	}
	return false
}

// typed brings draft and change set up to date after the editor used a key. The totals wait for the
// text to be kept: a typed character must not change other rows.
func (m *editors) typed() tea.Cmd {
	m.keep(m.edit.written()...)
	return m.follow()
}

// Commit keeps what is in an open editor and closes it. What is not a value is kept as it is, and
// marked. An editor that is still being opened is not. Reading a large value takes long: see
// Unread.
func (m *editors) Commit() {
	m.busy = nil
	m.commitJudging()
	s := m.editing()
	switch {
	case s == nil:
		return
	case m.built != nil:
		m.commitInner()
	default:
		m.edit.find.Close()
	}
	if _, yes := m.dirty(); yes {
		m.parse()
	}
	m.keepFolds()
	m.edit, m.built = nil, nil
	m.keep(append(m.noted(s.field, s.before), draft.Close{})...)
	if s.err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: s.err.Error()})
	}
}

// opened tells the draft that an editor is open on a text.
func (m *editors) opened(text []byte) {
	f := m.edit.field
	m.keep(draft.Open{Field: f, Base: m.changes.Base().Value(f), Text: text})
	m.edit.kept = m.edit.ed.Text()
}
