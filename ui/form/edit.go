package form

import (
	"bytes"
	"errors"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/sanitize"
)

// largeText is the size from which a text is parsed away from the keys.
const largeText = 64 << 10

// hugeValue is the size from which a value is read when its editor is closed, and not before: each
// reading holds it twice in memory.
const hugeValue = 16 << 20

// restAfter is how long a large text rests before it is parsed in the background.
const restAfter = 200 * time.Millisecond

// sitting is what the editing of a field as text and as a structure have in common, from enter to
// esc.
type sitting struct {
	field  *model.Field
	before *model.Edit // the edit ahead of the sitting, for undo; nil when there was none
	err    error       // why what stands there is no value
}

// session is the editing of one field's value as text.
type session struct {
	sitting
	ed      *editor.Model
	single  bool
	first   int         // the editor's version when the session began
	read    int         // the version that the change set has
	pending bool        // a later version is waiting to be parsed
	kept    editor.Text // what the draft has
	aid     aid
	find    find.InText
}

// restMsg comes when a large text may have come to rest; parsedMsg brings what it stands for.
type restMsg struct{ version int }

type parsedMsg struct {
	field   *model.Field
	version int
	scratch *model.ChangeSet
}

// start opens an editor on a text, whose bytes it shares.
func (m *Model) start(f *model.Field, text []byte, err error) {
	single := oneLine(f.Kind) && !bytes.ContainsRune(text, '\n')
	ed := editor.New(text, editor.Options{Styles: bars.EditorStyles(m.th), Single: single})
	m.edit = &session{sitting: sitting{f, m.edited(f), err}, ed: ed, single: single, first: ed.Version(), read: ed.Version(), aid: m.aid(f), find: find.InText{Last: m.o.Searched}}
	m.reading, m.diff = false, false
	m.arrange()
	m.markError()
}

// oneLine tells whether values of a kind are usually one line.
func oneLine(k model.Kind) bool {
	switch k {
	case model.Line, model.Integer, model.Decimal, model.Datetime, model.ToolChoice:
		return true
	}
	return false
}

// typed brings the change set up to date after the editor used a key: at once for a small text,
// after a rest for a large one.
func (m *Model) typed() tea.Cmd {
	m.written()
	s := m.edit
	version := s.ed.Version()
	if version == s.read {
		s.pending = false
		return nil
	}
	if s.ed.Text().Len() <= largeText {
		m.parse()
		return nil
	}
	if !s.pending && s.ed.Text().Len() < hugeValue {
		s.pending = true
		return tea.Tick(restFor(s.ed.Text().Len()), func(time.Time) tea.Msg { return restMsg{version} })
	}
	return nil
}

// restFor is how long a text of so many bytes rests: the larger it is, the more its parsing costs.
func restFor(size int) time.Duration { return restAfter + time.Duration(size>>20)*10*time.Millisecond }

// rested parses a large text in the background, unless it was typed on meanwhile: then it waits
// again.
func (m *Model) rested(msg restMsg) tea.Cmd {
	s := m.edit
	if s == nil || !s.pending {
		return nil
	}
	version := s.ed.Version()
	if version != msg.version {
		return tea.Tick(restFor(s.ed.Text().Len()), func(time.Time) tea.Msg { return restMsg{version} })
	}
	return m.readText()
}

// readText is the command that reads the editor's text.
func (m *Model) readText() tea.Cmd {
	f, text, version, base := m.edit.field, m.edit.ed.Text(), m.edit.ed.Version(), m.changes.Base()
	return func() tea.Msg {
		scratch := model.NewChangeSet(base)
		var whole strings.Builder
		whole.Grow(text.Len())
		_, _ = text.WriteTo(&whole)
		_ = setText(scratch, f, whole.String()) // the edit holds the error
		return parsedMsg{f, version, scratch}
	}
}

// parsed takes the result of the background, if it is still of the text that stands there.
func (m *Model) parsed(msg parsedMsg) tea.Cmd {
	s := m.edit
	if s == nil || s.field != msg.field {
		return nil
	}
	if v := s.ed.Version(); v != msg.version {
		return tea.Tick(restFor(s.ed.Text().Len()), func(time.Time) tea.Msg { return restMsg{v} })
	}
	m.changes.Adopt(s.field, msg.scratch)
	edit, _ := msg.scratch.Edit(s.field)
	s.read, s.pending, s.err = msg.version, false, edit.Err
	m.markError()
	return nil
}

// parse reads the editor's text into the change set. The totals wait for the text to be kept: a
// typed character must not change other rows.
func (m *Model) parse() {
	s := m.edit
	s.read, s.pending = s.ed.Version(), false
	if s.read == s.first {
		s.err = m.restore(s.sitting)
	} else {
		s.err = setText(m.changes, s.field, string(s.ed.Text().Bytes()))
	}
	m.markError()
}

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

// markError shows in the text where it stops being a value.
func (m *Model) markError() {
	line, col := position(m.edit.err)
	m.edit.ed.MarkError(line, col)
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
func (m *Model) Commit() {
	m.busy = nil
	if m.built != nil {
		m.commitStructure()
		return
	}
	s := m.edit
	if s == nil {
		return
	}
	if s.read != s.ed.Version() {
		m.parse()
	}
	s.find.Close()
	m.edit = nil
	m.keep(append(m.noted(s.field, s.before), draft.Close{})...)
	if s.err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: s.err.Error()})
	}
}

// Fix goes to the first field whose text is no value, and opens it where the text goes wrong. ok is
// false when there is none.
func (m *Model) Fix() (ok bool) {
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
func (m *Model) GoTo(f *model.Field) {
	m.reading = false
	m.moveTo(m.rowOf(f))
}

// footer is the line under the editor: what is wrong with the text, or what it means.
func (s *session) footer(m *Model, w int) string {
	if s.err != nil && s.read == s.ed.Version() {
		return m.th.Error.Render(sanitize.Line(s.trouble(), w))
	}
	words, live := s.hint()
	return bars.Bar(w, []bars.Piece{{Text: words, Style: m.th.Faint}, {Text: live, Style: m.th.Text}}, nil)
}
