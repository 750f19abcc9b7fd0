// Package pager shows values for reading: an indented tree of JSON, a text, whatever else is blocks
// of text. It draws only the visible window of them, whose text it decodes when it is shown.
//
// It knows how values look. It must not know which field they belong to, nor how to change them.
package pager

import (
	"regexp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/paint"
	"errata/ui/term"
	"errata/ui/theme"
)

// Block is a piece of text that is shown as one paragraph or more.
type Block struct {
	// as decoded from the log, not made safe; the pager does that. May have line breaks
	Text   string
	Indent int // cells on the left; on a narrow screen fewer are given
	// how many bytes at the start of Text are ahead of all of its rows, as a sign does: the rows
	// below the first begin behind them. Each of them takes one cell
	Hang  int
	Spans []Span // looks of parts of Text, in order and apart; the rest is the theme's Text
	Shown []Shown
	Drawn bool // Text is a row that is drawn already
}

// Span is a look for some bytes of a block's text.
type Span struct {
	Start, End int
	Style      lipgloss.Style
}

// Source is what a pager shows: blocks at places from 0 to Len()-1, one at each, or, where they are
// not counted, at some of them; see After and Before. Block may be called again and again, for any
// place that has a block. The sources of this package never change and may be read by several
// goroutines.
type Source interface {
	Len() int
	Block(at int) Block
}

// sparse is a source that has no block at some of its places.
type sparse interface {
	after(at int) int
	before(at int) int
}

// After is the next place that has a block, Len where there is none. After(s, -1) is the first.
func After(s Source, at int) int {
	if s, ok := s.(sparse); ok {
		return s.after(at)
	}
	return at + 1
}

// Before is the place before that has a block, -1 where there is none. Before(s, s.Len()) is the
// last.
func Before(s Source, at int) int {
	if s, ok := s.(sparse); ok {
		return s.before(at)
	}
	return at - 1
}

// Model is a scrollable view of a source.
type Model struct {
	src   Source
	looks paint.Looks
	w     int

	window layout.Window[row]
	held   int           // the byte of the top block that stays visible when the size changes
	rows   []string      // those of the window
	last   row           // the lowest of them
	cache  map[int]*Laid // the blocks in and next to the window

	re  *regexp.Regexp // what is marked, nil for nothing
	hit hit
}

// New makes a view that begins at the top.
func New(s Source, th *theme.Theme) *Model {
	m := &Model{looks: th.Looks()}
	m.window.Of = walk{m}
	m.SetSource(s)
	return m
}

// SetSize gives the cells that it may draw on. The text at the top stays at the top.
func (m *Model) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == m.w && h == m.window.Height {
		return
	}
	rewrap := w != m.w
	m.w, m.window.Height = w, h
	if rewrap {
		m.cache = nil
		m.window.Top = m.locate(m.window.Top.block, m.held)
	}
	m.settle()
}

// SetSource shows something else, at the top, without hits.
func (m *Model) SetSource(s Source) {
	m.src, m.cache, m.re, m.held = s, nil, nil, 0
	m.show(m.first())
}

// SetTheme shows the same again in another theme, at the same place. s is what is shown now, made
// with th.
func (m *Model) SetTheme(s Source, th *theme.Theme) {
	m.src, m.looks, m.cache = s, th.Looks(), nil
	m.settle()
}

// Update takes movement keys (up down k j pgup pgdn home end g G, ctrl+u ctrl+d) and the wheel; it
// reports whether it used the message.
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
	action := keys.Reading.Action(name)
	by, ok := action.Steps(0, m.window.Height-1)
	half := max(m.window.Height/2, 1)
	switch action {
	case keys.HalfDown:
		by, ok = half, true
	case keys.HalfUp:
		by, ok = -half, true
	}
	switch {
	case action == keys.Top:
		m.show(m.first())
	case action == keys.Bottom:
		if !m.blank() {
			m.window.Bottom()
		}
		m.show(m.window.Top)
	case ok:
		m.Scroll(by)
	}
	return ok
}

// Scroll moves the window down by n rows, up when n is negative, and stops at the ends.
func (m *Model) Scroll(n int) {
	if !m.blank() {
		m.window.Scroll(n)
	}
	m.show(m.window.Top)
}

// GoToBlock scrolls so that the block at a place, or the next one, is at the top, or as near to it
// as the end allows.
func (m *Model) GoToBlock(at int) { m.show(m.locate(After(m.src, at-1), 0)) }

// Spot is a place in a source: a block, and a byte of it.
type Spot struct{ block, off int }

// Spot is what is at the top.
func (m *Model) Spot() Spot { return Spot{m.window.Top.block, m.held} }

// GoTo puts a place at the top, or the one nearest to it that there is.
func (m *Model) GoTo(s Spot) { m.show(m.locate(max(s.block, After(m.src, -1)), s.off)) }

// View draws exactly the given size: h lines of w cells.
func (m *Model) View() string {
	lines := slices.Clone(m.rows)
	for blank := strings.Repeat(" ", m.w); len(lines) < m.window.Height; {
		lines = append(lines, blank)
	}
	return strings.Join(lines, "\n")
}
