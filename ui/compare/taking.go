package compare

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/term"
)

// under is the field under the cursor, and the place within it; nil if the cursor is on all of the
// field, or on no field.
func (m *Model) under() (e *entry, p *place) {
	at := m.cursorItem()
	if at < 0 {
		return nil, nil
	}
	return m.items[at].e, m.items[at].p
}

// take copies what the other log has under the cursor into the one with the cursor.
func (m *Model) take() tea.Cmd {
	e, p := m.under()
	side := m.sides[m.at]
	switch {
	case side.ReadOnly() != "":
		m.warn("not copied: " + side.ReadOnly())
	case m.taking != 0:
		m.warn("a value is still being copied; try again in a moment")
	case e == nil, p != nil && !p.differs, !e.apart() && e.token == 0:
		m.Say(bars.News{Text: "nothing to copy: this is the same in both logs"})
	case p != nil && e.token != 0:
		m.warn(e.field.Name + " is still being compared; try again in a moment")
	case side.Changes().Base().Locked(e.field) != "":
		m.warn("not copied: " + side.Changes().Base().Locked(e.field))
	default:
		return m.copyOver(e, p)
	}
	return nil
}

func (m *Model) warn(text string) { m.Say(bars.News{Level: bars.Warning, Text: text}) }

// takenMsg brings the edit that copies a value.
type takenMsg struct {
	token int
	side  int
	field *model.Field
	of    stand  // what it was made from
	what  string // was copied
	edit  *model.ChangeSet
	err   error
}

// copyOver makes the edit that copies a value: at once, or by the command where it is large.
func (m *Model) copyOver(e *entry, p *place) tea.Cmd {
	now := standing(m.sides[m.at], e.field)
	msg := takenMsg{side: m.at, field: e.field, of: now, what: e.field.Name}
	whole := change.Place{Before: e.stands[0].now.Bytes(), After: e.stands[1].now.Bytes()}
	if p != nil {
		whole, msg.what = p.Place, p.label(e.field, m.at)
	}
	base, back := m.sides[m.at].Changes().Base(), m.at == 1
	carry := func() takenMsg {
		msg.edit, msg.err = edited(base, msg.field, now.now, whole, back)
		return msg
	}
	if size(e.stands) < background {
		return m.taken(carry())
	}
	m.tokens++
	m.taking, msg.token = m.tokens, m.tokens
	return func() tea.Msg { return carry() }
}

// edited is the edit of a field that gets in a place what the other log has there. It may be called
// from any goroutine.
func edited(base *model.Log, f *model.Field, now model.Value, p change.Place, back bool) (*model.ChangeSet, error) {
	v, err := p.Onto(now, back)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	if v.IsSet() {
		var refused *model.ParseError
		if err := f.Fits(v.Bytes(), base.Value(f)); errors.As(err, &refused) {
			return nil, errors.New(refused.Msg) // the value is nobody's text, and has no lines
		}
	}
	c := model.NewChangeSet(base)
	c.Set(f, v)
	return c, nil
}

// taken gives the side an edit that was made for it, unless the field has changed meanwhile.
func (m *Model) taken(msg takenMsg) tea.Cmd {
	if msg.token != 0 && msg.token != m.taking {
		return nil
	}
	m.taking = 0
	side := m.sides[msg.side]
	switch {
	case msg.err != nil:
		m.warn("not copied: " + msg.err.Error())
		return nil
	case !standing(side, msg.field).is(msg.of):
		m.warn("not copied: " + msg.field.Name + " was changed meanwhile; press m again")
		return nil
	}
	side.Take(msg.field, msg.edit)
	m.Say(bars.News{Text: msg.what + " copied into " + m.ids[msg.side] + "; u takes it back, ctrl+s reviews"})
	return nil
}

// revert reverts the field under the cursor in the log with the cursor.
func (m *Model) revert() {
	if e, _ := m.under(); e != nil {
		m.sides[m.at].RevertEdit(e.field)
	}
}

// copyValue copies to the clipboard what the log with the cursor has under it.
func (m *Model) copyValue() tea.Cmd {
	e, p := m.under()
	if e == nil {
		return nil
	}
	what, v := e.field.Name, e.stands[m.at].now
	if p != nil {
		what, v = p.label(e.field, m.at), model.Raw([2][]byte{p.Before, p.After}[m.at])
	}
	if v.IsAbsent() {
		m.Say(bars.News{Text: "nothing to copy: " + what + " is absent"})
		return nil
	}
	text, ok := v.Text()
	if !ok {
		text = string(v.Bytes())
	}
	return term.Copy(what, text)
}
