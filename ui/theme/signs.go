package theme

import "github.com/charmbracelet/lipgloss"

// Sign is a character that shows the state of something, in a cell of its own.
type Sign struct {
	Text  string
	Style lipgloss.Style
	Word  string // the same in one word
	Help  string // for the legend
}

// SignName says which sign is meant.
type SignName int

// NoSign is a blank cell, which says nothing.
const NoSign SignName = -1

// The signs, in the order of the legend.
const (
	Changed SignName = iota
	LeftOut
	Invalid
	Failed
	Corrected
	Judged
	Marked
	Locked
	Pointer
)

// signs is the table of signs: each has a character of its own, and where a terminal shows ASCII
// only, one of those. All take one cell.
var signs = [...]struct {
	text, ascii, word, help string
	style                   func(*Theme) *lipgloss.Style
}{
	Changed:   {"●", "*", "changed", "changed, and not sent", func(t *Theme) *lipgloss.Style { return &t.Changed }},
	LeftOut:   {"○", "o", "left out", "changed, and left out of what is sent", func(t *Theme) *lipgloss.Style { return &t.Faint }},
	Invalid:   {"!", "!", "invalid", "does not fit, or is to be looked at", func(t *Theme) *lipgloss.Style { return &t.Error }},
	Failed:    {"✗", "x", "error", "the log of a call that failed", func(t *Theme) *lipgloss.Style { return &t.Error }},
	Corrected: {"✎", "c", "corrected", "corrected: a value was changed after it was logged", func(t *Theme) *lipgloss.Style { return &t.Corrected }},
	Judged:    {"◆", "j", "judged", "judged by somebody", func(t *Theme) *lipgloss.Style { return &t.Judged }},
	Marked:    {"✓", "+", "marked", "marked, for what is done with many logs", func(t *Theme) *lipgloss.Style { return &t.Marked }},
	Locked:    {"⊘", "-", "locked", "cannot be changed", func(t *Theme) *lipgloss.Style { return &t.Locked }},
	Pointer:   {"▸", ">", "here", "the row under the cursor", func(t *Theme) *lipgloss.Style { return &t.Title }},
}

// Sign is the sign of a name in this theme. For a screen reader its cell is blank, and the caller
// writes its word.
func (t *Theme) Sign(name SignName) Sign {
	if name == NoSign {
		return Sign{Text: " ", Style: t.Text}
	}
	s := signs[name]
	text := t.lines(" ", s.ascii, s.text)
	return Sign{Text: text, Style: *s.style(t), Word: s.word, Help: s.help}
}

// Lead is a sign before words about it, or its word for a screen reader.
func (t *Theme) Lead(name SignName) string {
	s := t.Sign(name)
	if t.Plain {
		return s.Word + ": "
	}
	return s.Text + " "
}

// Seen is what stands for it on the screen: its character, or its word where there is none.
func (s Sign) Seen() string {
	if s.Text == " " {
		return s.Word
	}
	return s.Text
}

// Draw is the sign in its look.
func (s Sign) Draw() string { return s.Style.Render(s.Text) }

// Legend lists the signs with what they say.
func (t *Theme) Legend() []Sign {
	list := make([]Sign, len(signs))
	for name := range signs {
		list[name] = t.Sign(SignName(name))
	}
	return list
}
