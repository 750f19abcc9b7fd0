// Package query is the line in which something short is typed that is not part of a log: a search,
// a filter, the name of a file. It is the text field of bubbles, with the keys of the editor of
// values, undo, and every byte kept: tabs, control characters and bad bytes too. It measures
// clusters and widths by sanitize, as the whole screen does, and what it draws is safe to print.
//
// It knows text and cells. It must not know what the line is for, nor logs: their values have an
// editor of their own.
package query

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/term"
	"errata/ui/theme"
)

// Line is the line. Update changes it in place.
type Line struct {
	in       textinput.Model
	th       *theme.Theme
	selected bool // all of the text: what is typed takes its place
	literal  bool // the next key is typed literally
	first    int  // byte; the line is drawn from it on
	label    int  // cells ahead of it, as it was drawn last
	room     int  // cells that it was drawn in

	refused string // why what came last was not taken, shown until the next key

	done, undone []state // what undo and redo go back to, the latest last
	// the last key typed a character of a word: the next one is part of its step
	typing bool
}

// state is what undo goes back to.
type state struct {
	value string // as the text field holds it
	pos   int
}

// New opens the line on a text, the cursor at its end.
func New(text string, th *theme.Theme) *Line {
	in := textinput.New()
	in.KeyMap = textinput.KeyMap{} // the keys are ours
	in.Cursor.SetMode(cursor.CursorStatic)
	in.Focus()
	in.SetValue(held(text))
	return &Line{in: in, th: th}
}

// Select is the line with its text selected: what is typed or pasted takes its place, a key that
// moves the cursor or deletes a word keeps it.
func (l *Line) Select() *Line {
	l.selected = l.in.Value() != ""
	return l
}

// Text is the current text.
func (l *Line) Text() string { return told(l.in.Value()) }

// Pending says that the next key will be typed literally (ctrl+v was pressed).
func (l *Line) Pending() bool { return l.literal }

// SetTheme changes the looks.
func (l *Line) SetTheme(th *theme.Theme) { l.th = th }

// Update takes a key, a paste, or a click as seen from the first cell of what was drawn last. It
// reports whether it used the message; keys that it does not know are its user's.
func (l *Line) Update(msg tea.Msg) (used bool) {
	l.refused = ""
	switch msg := msg.(type) {
	case term.PasteMsg:
		l.paste(msg.Text)
		return true
	case tea.KeyMsg:
		return l.key(msg)
	case term.ClickMsg:
		return l.click(msg)
	}
	return false
}

// click puts the cursor where a click is: on the label at the first cell that is drawn, behind the
// text at its end.
func (l *Line) click(c term.ClickMsg) bool {
	if c.Y != 0 || c.X < 0 || c.X >= l.label+l.room {
		return false
	}
	l.literal, l.selected, l.typing = false, false, false
	l.goTo(l.byteAt(c.X - l.label))
	return true
}

func (l *Line) key(msg tea.KeyMsg) bool {
	switch {
	case l.literal:
		return l.typeLiteral(msg)
	case msg.Paste:
		l.paste(string(msg.Runes))
		return true
	}
	if text := editor.KeyText(msg); text != "" {
		l.typed(text)
		return true
	}
	return l.act(msg)
}

// typeLiteral types the character that a key stands for. Any key ends the waiting for one.
func (l *Line) typeLiteral(msg tea.KeyMsg) bool {
	l.literal = false
	text, ok := editor.Literal(msg)
	if text != "" {
		l.paste(text)
	}
	l.selected = l.selected && !ok
	return ok
}

// longest is how many bytes the line takes. Nobody searches for more, and the text field is made
// for lines that are typed.
const longest = 64 << 10

// refuses reports whether text would make the line too long; then the line says so and stays as it
// is.
func (l *Line) refuses(text string) bool {
	size := len(text)
	if !l.selected {
		size += len(l.in.Value())
	}
	if size <= longest {
		return false
	}
	l.refused = "not taken: this line holds 64 KiB at most"
	return true
}

// paste puts text at the cursor, or in the place of what is selected, as one step of undo.
func (l *Line) paste(text string) {
	l.literal = false
	if text == "" || l.refuses(text) {
		return
	}
	l.step()
	l.insert(text)
}

// typed puts what a key types at the cursor. The letters of a word are one step of undo.
func (l *Line) typed(text string) {
	if l.refuses(text) {
		return
	}
	if blank := text == " "; !l.typing || l.selected || blank {
		l.step()
		l.typing = !blank
	}
	l.insert(text)
}

// insert gives text to the text field.
func (l *Line) insert(text string) {
	if l.selected {
		l.in.Reset()
	}
	l.selected = false
	l.pass(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(held(text))})
}

// pass gives a key to the text field.
func (l *Line) pass(msg tea.KeyMsg) { l.in, _ = l.in.Update(msg) }

// step begins a step of undo.
func (l *Line) step() {
	l.done, l.undone = append(l.done, l.state()), nil
	l.typing = false
}

func (l *Line) state() state { return state{l.in.Value(), l.in.Position()} }

// travel goes to the latest state of one list and leaves the present one on the other.
func (l *Line) travel(from, to *[]state) {
	last := len(*from) - 1
	if last < 0 {
		return
	}
	s := (*from)[last]
	*from = (*from)[:last]
	*to = append(*to, l.state())
	l.in.SetValue(s.value)
	l.in.SetCursor(s.pos)
}
