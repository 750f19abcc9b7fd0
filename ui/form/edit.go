package form

import (
	"bytes"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// editors is the editing of values: how one is opened, kept up with and read.
type editors struct {
	*valuePane
	search *searching
	busy   *busy // what is waited for, nil when nothing is
}

// drop closes the open editor without reading it.
func (m *editors) drop() {
	if m.edit != nil {
		m.edit.find.Close()
	}
	m.edit, m.built, m.busy, m.looked = nil, nil, nil, looking{}
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
}

// session is the editing of one field's value as text.
type session struct {
	sitting
	ed     *editor.Model
	single bool
	kept   editor.Text // what the draft has
	aid    aid
	find   find.InText
}

// start opens an editor on a text, whose bytes it shares.
func (m *editors) start(f *model.Field, text []byte, err error) {
	single := oneLine(f.Kind) && !bytes.ContainsRune(text, '\n')
	ed := editor.New(text, editor.Options{Styles: bars.EditorStyles(m.th), Single: single})
	m.edit = &session{ed: ed, single: single, aid: m.aid(f), find: find.InText{Last: m.o.Searched}}
	m.edit.sitting = m.sit(f, m.edit, err)
	m.arrange()
	m.edit.taken(m.fieldList, err)
}

// oneLine tells whether values of a kind are usually one line.
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
	m.written()
	return m.follow()
}

func (s *session) version() version { return s.ed.Version() }

func (s *session) size() int { return s.ed.Text().Len() }

func (s *session) setter(f *model.Field) func(*model.ChangeSet) error {
	text := s.ed.Text()
	return func(c *model.ChangeSet) error {
		var whole strings.Builder
		whole.Grow(text.Len())
		_, _ = text.WriteTo(&whole)
		return setText(c, f, whole.String())
	}
}

// taken shows in the text where it stops being a value.
func (s *session) taken(_ *fieldList, err error) { s.ed.MarkError(position(err)) }

// setText gives a field the value of a text that was typed. A text that was emptied is the empty
// string, which only null and absent values that nobody typed on are not.
func setText(c *model.ChangeSet, f *model.Field, text string) error {
	if text == "" && f.Kind.IsText() {
		empty, err := model.String("")
		c.Set(f, empty)
		return err
	}
	return c.SetText(f, text)
}

// position is where a text stops being a value, 0 and 0 where that says nothing.
func position(err error) (line, col int) {
	var at *model.ParseError
	if errors.As(err, &at) {
		return at.Line, at.Col
	}
	return 0, 0
}

// Commit keeps what stands in an open editor and closes it. What is no value is kept as it is, and
// marked. An editor that is still being opened is not. Reading a large value takes long: see
// Unread.
func (m *editors) Commit() {
	m.busy = nil
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
	m.edit, m.built = nil, nil
	m.keep(append(m.noted(s.field, s.before), draft.Close{})...)
	if s.err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: s.err.Error()})
	}
}

// Fix goes to the first field whose text is no value, and opens it where the text goes wrong. ok is
// false when there is none.
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

// GoTo puts the cursor on a field.
func (m *editors) GoTo(f *model.Field) {
	m.reading = false
	m.moveTo(m.rowOf(f))
}

// footer is the line under the editor: what is wrong with the text, or what it means.
func (s *session) footer(th *theme.Theme, w int) string {
	if s.err != nil && s.read == s.ed.Version() {
		return th.Error.Render(sanitize.Line(s.trouble(), w))
	}
	words, live := s.hint()
	return bars.Bar(w, []bars.Piece{{Text: words, Style: th.Faint}, {Text: live, Style: th.Text}}, nil)
}
