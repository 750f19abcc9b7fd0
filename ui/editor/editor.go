// Package editor is a text editor for a terminal that never alters a byte that nobody typed over. The text is
// a persistent rope: a copy costs nothing, so undo, snapshots and background work are free, and no key costs more for a
// larger text.
//
// It knows text, clusters and rows. It must not know logs or JSON; validation is its user's.
package editor

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
)

// Styles are the looks of an editor's parts.
type Styles struct {
	Text, Mark, Match, CurrentMatch, Gutter, Error lipgloss.Style
}

// Model is an editor of one text, also a read-only viewer of it. Update changes it in place.
type Model struct{}

// Options configure an editor.
type Options struct {
	Styles   Styles
	ReadOnly bool
	Single   bool // one line: enter is not typed, up and down do nothing
	Gutter   bool // line numbers
}

// New makes an editor of text, the cursor at its end. The bytes are shared, not copied, and stay unmodified.
func New(text []byte, o Options) *Model { panic("todo") }

// SetSize gives the cells that the editor may draw on.
func (m *Model) SetSize(w, h int) { panic("todo") }

// Update takes a key, a paste (term.PasteMsg), or the wheel. It tells whether it used the message; keys that it does not
// know are its user's.
func (m *Model) Update(msg tea.Msg) (used bool) { panic("todo") }

// View draws exactly the given size: h lines of at most w cells.
func (m *Model) View() string { panic("todo") }

// Cursor is the cursor's cell within the view; ok false when it is not visible.
func (m *Model) Cursor() (x, y int, ok bool) { panic("todo") }

// Position is the cursor's line and column, from 1; the column counts clusters.
func (m *Model) Position() (line, col int) { panic("todo") }

// Text is a snapshot of the text. It costs nothing; reading it is safe in another goroutine.
func (m *Model) Text() Text { panic("todo") }

// Version counts the changes: two equal versions of one Model have the same text.
func (m *Model) Version() int { panic("todo") }

// SetText replaces the whole text as one step of undo.
func (m *Model) SetText(text []byte) { panic("todo") }

// Insert types text at the cursor as one step of undo.
func (m *Model) Insert(text string) { panic("todo") }

// GoTo puts the cursor at a line and column, from 1; the column counts code points, as JSON errors do.
func (m *Model) GoTo(line, col int) { panic("todo") }

// GoToOffset puts the cursor at a byte.
func (m *Model) GoToOffset(offset int) { panic("todo") }

// Highlight marks ranges of bytes (search hits); current is the index of the one to stand out, -1 for none.
func (m *Model) Highlight(ranges [][2]int, current int) { panic("todo") }

// MarkError underlines the cluster at a line and column, from 1 (code points); 0, 0 removes it.
func (m *Model) MarkError(line, col int) { panic("todo") }

// Text is an immutable snapshot.
type Text struct{}

// Len is the number of bytes.
func (t Text) Len() int { panic("todo") }

// Bytes copies the text together. For a large text do it away from the keys.
func (t Text) Bytes() []byte { panic("todo") }

// Equal compares without copying.
func (t Text) Equal(b []byte) bool { panic("todo") }
