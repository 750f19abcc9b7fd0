// Package pager shows values for reading: an indented tree of JSON, a text, whatever else is blocks
// of text. It draws only the visible window of them, whose text it decodes when it is shown.
//
// It knows how values look. It must not know which field they belong to, nor how to change them.
package pager

import (
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"errata/ui/keys"
	"errata/ui/paint"
	"errata/ui/term"
	"errata/ui/theme"
)

// Block is a piece of text that is shown as one paragraph or more.
type Block struct {
	// as decoded from the log, not made safe; the pager does that. May have line breaks
	Text   string
	Indent int    // cells on the left; on a narrow screen fewer are given
	Spans  []Span // looks of parts of Text, in order and apart; the rest is the theme's Text
	Shown  []Shown
}

// Span is a look for some bytes of a block's text.
type Span struct {
	Start, End int
	Style      lipgloss.Style
}

// Source is what a pager shows. Block may be called again and again, and for any i from 0 to
// Len()-1. The sources of this package never change and may be read by several goroutines.
type Source interface {
	Len() int
	Block(i int) Block
}

// Model is a scrollable view of a source.
type Model struct {
	src   Source
	looks paint.Looks
	w, h  int

	top   place // the first visible row
	held  int   // the byte of the top block that stays visible when the size changes
	end   bool  // the last row of the source is visible
	rows  []shown
	cache map[int]*laid // the blocks in and next to the window

	re  *regexp.Regexp // what is marked, nil for nothing
	hit hit
}

// New makes a view that begins at the top.
func New(s Source, th *theme.Theme) *Model {
	return &Model{src: s, looks: th.Looks()}
}

// SetSize gives the cells that it may draw on. The text at the top stays at the top.
func (m *Model) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == m.w && h == m.h {
		return
	}
	rewrap := w != m.w
	m.w, m.h = w, h
	if rewrap {
		m.cache = nil
		m.top = m.locate(m.top.block, m.held)
	}
	m.settle()
}

// SetSource shows something else, at the top, without hits.
func (m *Model) SetSource(s Source) {
	m.src, m.cache, m.re = s, nil, nil
	m.show(m.first())
}

// SetTheme shows the same again in another theme, at the same place. s is what is shown now, made
// with th.
func (m *Model) SetTheme(s Source, th *theme.Theme) {
	m.src, m.looks, m.cache = s, th.Looks(), nil
	m.settle()
}

// Update takes movement keys (up down k j pgup pgdn home end g G, ctrl+u ctrl+d) and the wheel; it
// tells whether it used the message.
func (m *Model) Update(msg tea.Msg) (used bool) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return m.key(msg.String())
	case tea.MouseMsg:
		rows := term.WheelRows * term.Wheel(msg)
		if rows != 0 {
			m.Scroll(rows)
		}
		return rows != 0
	}
	return false
}

func (m *Model) key(name string) (used bool) {
	switch name {
	case "ctrl+d":
		m.Scroll(max(m.h/2, 1))
		return true
	case "ctrl+u":
		m.Scroll(-max(m.h/2, 1))
		return true
	}
	action := keys.Reading.Action(name)
	by, ok := action.Steps(0, m.h-1)
	switch {
	case action == keys.Top:
		m.show(m.first())
	case action == keys.Bottom:
		m.show(m.lastTop())
	case ok:
		m.Scroll(by)
	}
	return ok
}

// Scroll moves the window down by n rows, up when n is negative, and stops at the ends.
func (m *Model) Scroll(n int) {
	m.show(m.move(m.top, n))
}

// show puts a row at the top, or higher when little is below it.
func (m *Model) show(top place) {
	m.top = top
	m.settle()
	m.held = m.top.row.start
}

// View draws exactly the given size: h lines of w cells.
func (m *Model) View() string {
	var b strings.Builder
	blank := strings.Repeat(" ", m.w)
	for i := range m.h {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(m.rows) {
			b.WriteString(m.rows[i].text)
		} else {
			b.WriteString(blank)
		}
	}
	return b.String()
}

// Progress is the part of the blocks above and in the window, 0 to 1, and whether all of it is
// visible.
func (m *Model) Progress() (part float64, all bool) {
	if len(m.rows) == 0 || m.end {
		return 1, m.end && m.atTop() || m.src.Len() == 0
	}
	bottom := m.rows[len(m.rows)-1].at
	inside := 1.0
	if l := m.block(bottom.block); len(l.bytes) > 0 {
		inside = float64(bottom.row.end) / float64(len(l.bytes))
	}
	return (float64(bottom.block) + inside) / float64(m.src.Len()), false
}
