package editor

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/term"
)

// action is a binding and its function.
type action struct {
	key.Binding
	do func(*Model)
}

func act(keys, help string, do func(*Model)) action {
	return action{key.NewBinding(key.WithKeys(strings.Fields(keys)...), key.WithHelp(keys, help)), do}
}

// editing are the keys of an editor, besides those that type themselves.
var editing = []action{
	act("left", "left", (*Model).left),
	act("right", "right", (*Model).right),
	act("up", "up", (*Model).up),
	act("down", "down", (*Model).down),
	act("ctrl+left alt+b alt+left", "word left", (*Model).wordLeft),
	act("ctrl+right alt+f alt+right", "word right", (*Model).wordRight),
	act("home", "start of the row, then of the line", (*Model).home),
	act("end", "end of the row, then of the line", (*Model).end),
	act("ctrl+a", "start of the line", (*Model).lineHome),
	act("ctrl+e", "end of the line", (*Model).lineFar),
	act("ctrl+home", "start of the text", (*Model).textHome),
	act("ctrl+end", "end of the text", (*Model).textEnd),
	act("pgup", "page up", (*Model).pageUp),
	act("pgdown", "page down", (*Model).pageDown),
	act("enter ctrl+j", "new line", (*Model).newline),
	act("backspace ctrl+h", "delete to the left", (*Model).backspace),
	act("delete", "delete to the right", (*Model).delete),
	act("ctrl+w alt+backspace", "delete the word to the left", (*Model).deleteWord),
	act("ctrl+u", "delete to the start of the line", (*Model).deleteToStart),
	act("ctrl+k", "delete to the end of the line", (*Model).deleteToEnd),
	act("ctrl+z", "undo", (*Model).undo),
	act("ctrl+y", "redo", (*Model).redo),
	act("ctrl+v", "type the next key literally, a tab say", (*Model).expectLiteral),
}

// viewing are the keys of a read-only editor.
var viewing = []action{
	act("up k", "up", func(m *Model) { m.look(-1) }),
	act("down j", "down", func(m *Model) { m.look(1) }),
	act("pgup", "page up", func(m *Model) { m.look(-max(m.height-1, 1)) }),
	act("pgdown", "page down", func(m *Model) { m.look(max(m.height-1, 1)) }),
	act("home g ctrl+home", "start of the text", (*Model).textHome),
	act("end G ctrl+end", "end of the text", (*Model).textEnd),
}

// Bindings are the keys that an editor uses, or a read-only one.
func Bindings(readOnly bool) []key.Binding {
	actions := editing
	if readOnly {
		actions = viewing
	}
	list := make([]key.Binding, len(actions))
	for i, a := range actions {
		list[i] = a.Binding
	}
	return list
}

// Update takes a key, a paste (term.PasteMsg), or the wheel. It tells whether it used the message;
// keys that it does not know are its user's.
func (m *Model) Update(msg tea.Msg) (used bool) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return m.key(msg)
	case term.PasteMsg:
		return m.paste(msg.Text)
	case tea.MouseMsg:
		return m.wheel(msg)
	case term.ClickMsg:
		return m.click(msg)
	}
	return false
}

// click puts the cursor where it is clicked in the view, or at the end of what is seen where the
// text is shorter.
func (m *Model) click(c term.ClickMsg) bool {
	if m.options.ReadOnly || c.X < 0 || c.Y < 0 || c.X >= m.width || c.Y >= m.height {
		return false
	}
	w := m.window()
	r, gone := w.Shift(w.Top, c.Y)
	at := r.nearest(c.X - m.gutter)
	if gone < c.Y {
		at = r.end()
	}
	m.literal = false
	m.moveTo(at)
	return true
}

func (m *Model) key(msg tea.KeyMsg) bool {
	switch {
	case m.literal:
		return m.typeLiteral(msg)
	case msg.Paste:
		return m.paste(string(msg.Runes))
	case m.options.ReadOnly:
		return m.act(viewing, msg.String())
	}
	if text := KeyText(msg); text != "" {
		m.typed(text)
		return true
	}
	name := msg.String()
	if m.options.Single {
		switch name {
		case "enter", "ctrl+j":
			return false
		case "up", "down":
			return true
		}
	}
	return m.act(editing, name)
}

// act does what a key is bound to, if anything.
func (m *Model) act(actions []action, name string) bool {
	i := slices.IndexFunc(actions, func(a action) bool { return slices.Contains(a.Keys(), name) })
	if i < 0 {
		return false
	}
	actions[i].do(m)
	return true
}

// KeyText is what a key types by itself, "" for nothing.
func KeyText(msg tea.KeyMsg) string {
	switch {
	case msg.Alt:
		return ""
	case msg.Type == tea.KeySpace:
		return " "
	case msg.Type == tea.KeyRunes:
		return string(msg.Runes)
	}
	return ""
}

func (m *Model) expectLiteral() { m.literal = true }

// Literal is the character that a key stands for where it is typed literally: tab is \t, enter \r,
// ctrl+j \n, esc \x1b, backspace \x7f. It is "" for a key that stands for none, such as an arrow.
// ok is false for ctrl+c, which is its user's.
func Literal(msg tea.KeyMsg) (text string, ok bool) {
	text = KeyText(msg)
	switch {
	case msg.Type == tea.KeyCtrlC:
		return "", false
	case text == "" && !msg.Alt && msg.Type >= 0 && msg.Type <= 0x7F:
		text = string(rune(msg.Type))
	}
	return text, true
}

// typeLiteral types the character that a key stands for. Any key ends the waiting for one.
func (m *Model) typeLiteral(msg tea.KeyMsg) bool {
	m.literal = false
	text, ok := Literal(msg)
	if text != "" {
		m.Insert(text)
	}
	return ok
}

func (m *Model) paste(text string) bool {
	m.literal = false
	if m.options.ReadOnly {
		return false
	}
	m.Insert(text)
	return true
}

func (m *Model) wheel(msg tea.MouseMsg) bool {
	switch rows := term.WheelRows * term.Wheel(msg); {
	case rows == 0:
		return false
	case m.options.ReadOnly:
		m.look(rows)
	default:
		m.scroll(rows)
	}
	return true
}

// look scrolls a read-only text; its cursor, which nobody sees, stays at the top so that Position
// tells what is in sight.
func (m *Model) look(n int) {
	m.scroll(n)
	m.cursor = m.top
}
