package editor

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/term"
)

// editing is what the keys of keys.Typing do.
var editing = map[keys.Action]func(*Model){
	keys.CharLeft:      (*Model).left,
	keys.CharRight:     (*Model).right,
	keys.Up:            (*Model).up,
	keys.Down:          (*Model).down,
	keys.WordLeft:      (*Model).wordLeft,
	keys.WordRight:     (*Model).wordRight,
	keys.RowStart:      (*Model).home,
	keys.RowEnd:        (*Model).end,
	keys.LineStart:     (*Model).lineHome,
	keys.LineEnd:       (*Model).lineFar,
	keys.Top:           (*Model).textHome,
	keys.Bottom:        (*Model).textEnd,
	keys.PageUp:        (*Model).pageUp,
	keys.PageDown:      (*Model).pageDown,
	keys.NewLine:       (*Model).newline,
	keys.DeleteLeft:    (*Model).backspace,
	keys.DeleteRight:   (*Model).delete,
	keys.DeleteWord:    (*Model).deleteWord,
	keys.DeleteToStart: (*Model).deleteToStart,
	keys.DeleteToEnd:   (*Model).deleteToEnd,
	keys.Undo:          (*Model).undo,
	keys.Redo:          (*Model).redo,
	keys.Verbatim:      (*Model).expectLiteral,
}

// viewing is what the keys of keys.Reading do in a read-only editor.
var viewing = map[keys.Action]func(*Model){
	keys.Up:       func(m *Model) { m.look(-1) },
	keys.Down:     func(m *Model) { m.look(1) },
	keys.PageUp:   func(m *Model) { m.look(-max(m.height-1, 1)) },
	keys.PageDown: func(m *Model) { m.look(max(m.height-1, 1)) },
	keys.Top:      (*Model).textHome,
	keys.Bottom:   (*Model).textEnd,
}

// Update takes a key, a paste (term.PasteMsg), or the wheel. It reports whether it used the
// message; keys that it does not know are its user's.
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
		return m.do(viewing[keys.Reading.Action(msg.String())])
	}
	if text := KeyText(msg); text != "" {
		m.typed(text)
		return true
	}
	action := keys.Typing.Action(msg.String())
	if m.options.Single {
		switch action {
		case keys.NewLine:
			return false
		case keys.Up, keys.Down:
			return true
		}
	}
	return m.do(editing[action])
}

// do does what a key is bound to, if anything.
func (m *Model) do(deed func(*Model)) bool {
	if deed == nil {
		return false
	}
	deed(m)
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
// says what is in sight.
func (m *Model) look(n int) {
	m.scroll(n)
	m.cursor = m.top
}
