package form

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
)

// largeText is the size from which what is edited is read away from the keys.
const largeText = 64 << 10

// hugeValue is the size from which a value is read when its editor is closed, and not before: each
// reading holds it twice in memory.
const hugeValue = 16 << 20

// restAfter is how long a large value rests before it is read in the background.
const restAfter = 200 * time.Millisecond

// sitting is the editing of a field, as text or as a structure, from enter to esc.
type sitting struct {
	content
	field   *model.Field
	before  *model.Edit // the edit ahead of the sitting, for undo; nil when there was none
	err     error       // why what is there is no value
	first   version     // when the sitting began
	read    version     // that the change set has
	resting bool        // a later version waits to be read
}

// version is a state of what is edited, which is another after every change.
type version any

// content is what is in an open editor: a text, or a structure.
type content interface {
	version() version
	size() int
	// setter gives a field what is there now. What it returns may be called in a goroutine of its
	// own.
	setter(f *model.Field) func(c *model.ChangeSet) error
	// taken is called when the change set has what is there, or why that is not a value.
	taken(l *fieldList, err error)
}

// sit begins a sitting on the field under the cursor.
func (m *editors) sit(f *model.Field, c content, err error) sitting {
	m.reading, m.diff = false, false
	return sitting{content: c, field: f, before: m.edited(f), err: err, first: c.version(), read: c.version()}
}

// restMsg comes when a large value may have come to rest; parsedMsg brings what it stands for.
type restMsg struct{ version version }

type parsedMsg struct {
	of      *sitting
	version version
	scratch *model.ChangeSet
}

// follow brings the change set up to date after an editor used a message: at once for a small
// value, after a rest for a large one.
func (m *editors) follow() tea.Cmd {
	s := m.editing()
	switch size := s.size(); {
	case s.version() == s.read:
		s.resting = false
	case size <= largeText:
		m.parse()
	case size < hugeValue && !s.resting:
		return s.rest()
	}
	return nil
}

// rest waits for the value to be left alone: the larger it is, the longer, as its reading costs
// more.
func (s *sitting) rest() tea.Cmd {
	s.resting = true
	now, long := s.version(), restAfter+time.Duration(s.size()>>20)*10*time.Millisecond
	return tea.Tick(long, func(time.Time) tea.Msg { return restMsg{now} })
}

// rested reads a large value in the background, unless it was changed meanwhile: then it waits
// again.
func (m *editors) rested(msg restMsg) tea.Cmd {
	s := m.editing()
	switch {
	case s == nil || !s.resting:
		return nil
	case s.version() != msg.version:
		return s.rest()
	}
	return m.readAside()
}

// readAside is the command that reads what is in the open editor.
func (m *editors) readAside() tea.Cmd {
	s, base := m.editing(), m.changes.Base()
	now, set := s.version(), s.setter(s.field)
	return func() tea.Msg {
		scratch := model.NewChangeSet(base)
		_ = set(scratch) // the edit holds the error
		msg := parsedMsg{s, now, scratch}
		// who carries it out together with others holds it until all are done, and it the text
		s, set = nil, nil
		return msg
	}
}

// parsed takes the result of the background, if it is still of what is there.
func (m *editors) parsed(msg parsedMsg) tea.Cmd {
	s := m.editing()
	switch {
	case s != msg.of || s == nil || s.read == msg.version:
		return nil
	case s.version() != msg.version:
		return s.rest()
	}
	m.changes.Adopt(s.field, msg.scratch)
	edit, _ := msg.scratch.Edit(s.field)
	s.read, s.resting, s.err = msg.version, false, edit.Err
	s.taken(m.fieldList, s.err)
	return nil
}

// parse reads what is in the open editor into the change set.
func (m *editors) parse() {
	s := m.editing()
	s.read, s.resting = s.version(), false
	if s.read == s.first {
		s.err = m.restore(*s)
	} else {
		s.err = s.setter(s.field)(m.changes)
	}
	s.taken(m.fieldList, s.err)
}

// dirty reports whether the change set does not have yet what is in the open editor, and how large
// that is.
func (m *editors) dirty() (size int, yes bool) {
	s := m.editing()
	if s == nil || s.version() == s.read {
		return 0, false
	}
	return s.size(), true
}
