// Package pager shows values for reading: a conversation, an indented tree of JSON, a text. It draws only the visible
// window of a list of blocks, whose text it decodes when it is shown.
//
// It knows how values look. It must not know which field they belong to, nor how to change them.
package pager

import (
	"regexp"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/ui/theme"
)

// Block is a piece of text that is shown as one paragraph or more.
type Block struct {
	Text   string // as decoded from the log, not made safe; the pager does that. May have line breaks
	Indent int    // cells on the left
	Spans  []Span // looks of parts of Text; the rest is the theme's Text
}

// Span is a look for some bytes of a block's text.
type Span struct {
	Start, End int
	Style      lipgloss.Style
}

// Source is what a pager shows. Block may be called again and again, and for any i.
type Source interface {
	Len() int
	Block(i int) Block
}

// Conversation shows chat messages: role, name, content parts, thinking, tool calls with their arguments as a tree, images as a placeholder, unknown
// members.
func Conversation(list []model.ChatMessage, th *theme.Theme) Source { panic("todo") }

// Tree shows JSON indented, with names and literals in the theme's colours and strings decoded.
func Tree(raw []byte, th *theme.Theme) Source { panic("todo") }

// Plain shows text.
func Plain(text string, th *theme.Theme) Source { panic("todo") }

// For chooses the source for a value of field f; absent and null are shown as the words in the theme's Muted.
func For(f *model.Field, v model.Value, th *theme.Theme) Source { panic("todo") }

// Model is a scrollable view of a source.
type Model struct{}

// New makes a view that begins at the top.
func New(s Source, th *theme.Theme) *Model { panic("todo") }

// SetSize gives the cells that it may draw on.
func (m *Model) SetSize(w, h int) { panic("todo") }

// SetSource shows something else, at the top.
func (m *Model) SetSource(s Source) { panic("todo") }

// Update takes movement keys (up down k j pgup pgdn home end g G, ctrl+u ctrl+d) and the wheel; it tells whether it used the message.
func (m *Model) Update(msg tea.Msg) (used bool) { panic("todo") }

// View draws exactly the given size.
func (m *Model) View() string { panic("todo") }

// Progress is the part of the blocks above and in the window, 0 to 1, and whether all of it is visible.
func (m *Model) Progress() (part float64, all bool) { panic("todo") }

// Hit is a place where a search matched.
type Hit struct{ Block, Start, End int }

// Find searches the text of all blocks; stop is asked now and then and ends it early. It is safe in another goroutine as long as the source is.
func Find(s Source, re *regexp.Regexp, stop func() bool) []Hit { panic("todo") }

// Highlight marks hits; current is scrolled into view, -1 for none.
func (m *Model) Highlight(hits []Hit, current int) { panic("todo") }
