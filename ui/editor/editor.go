// Package editor is a text editor for a terminal that never alters a byte that nobody typed over.
// The text is a persistent rope: a copy costs nothing, so undo, snapshots and background work are
// free, and no key costs more for a larger text.
//
// It knows text, clusters and rows. It must not know logs or JSON; validation is its user's.
package editor

import "github.com/charmbracelet/lipgloss"

// Styles are the looks of an editor's parts.
type Styles struct {
	Text, Mark, Match, CurrentMatch, Gutter, Error lipgloss.Style
}

// Model is an editor of one text, also a read-only viewer of it. Update changes it in place.
type Model struct {
	laid
	inks inks

	version int
	cursor  int // byte; always where a cluster begins, or the end
	column  int // the cell that up and down keep to, -1 for the cursor's own
	literal bool

	done, undone []state // what undo and redo go back to, the latest last
	run          run

	matches             [][2]int
	match               int
	errorLine, errorCol int
}

// Options configure an editor.
type Options struct {
	Styles   Styles
	ReadOnly bool
	Single   bool // one line: enter is not typed, up and down do nothing
	Gutter   bool // line numbers
}

// New makes an editor of text, the cursor at its end; a read-only one starts at the top. The bytes
// are shared, not copied, and stay unmodified; nobody else may modify them either.
func New(text []byte, o Options) *Model {
	m := &Model{laid: laid{options: o, text: build(text), segments: map[int]*segment{}}, inks: inksOf(o.Styles), column: -1, match: -1}
	if !o.ReadOnly {
		m.cursor = m.text.Len()
	}
	m.layout()
	return m
}

// SetSize gives the cells that the editor may draw on. The cursor stays visible.
func (m *Model) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == m.width && h == m.height {
		return
	}
	m.width, m.height = w, h
	m.layout()
	m.reveal()
}

// Text is a snapshot of the text. It costs nothing; reading it is safe in another goroutine.
func (m *Model) Text() Text { return Text{m.text} }

// Version counts the changes: two equal versions of one Model have the same text.
func (m *Model) Version() int { return m.version }

// SetText replaces the whole text as one step of undo; the same text is not a change. The bytes are
// shared as with New.
func (m *Model) SetText(text []byte) {
	if m.Text().Equal(text) {
		return
	}
	m.step()
	m.change(build(text), min(m.cursor, len(text)))
}

// Insert types text at the cursor as one step of undo.
func (m *Model) Insert(text string) {
	if text == "" {
		return
	}
	m.step()
	m.replace(m.cursor, m.cursor, []byte(text))
}

// Position is the cursor's line and column, from 1; the column counts clusters. In a line of more
// than 8 KB it counts code points for all but the last few thousand bytes before the cursor.
func (m *Model) Position() (line, col int) {
	s := m.segmentAt(m.cursor)
	start := m.text.lineStart(s.line)
	col = 1
	if !s.first {
		col += m.text.pointsBefore(s.start) - m.text.pointsBefore(start)
	}
	for i := range s.rows {
		r := row{s, i}
		if r.from() >= m.cursor {
			break
		}
		col += r.count(m.cursor)
	}
	return s.line + 1, col
}

// GoTo puts the cursor at a line and column, from 1; the column counts code points, as JSON errors
// do. Beyond the end of the line it is the end.
func (m *Model) GoTo(line, col int) { m.GoToOffset(m.offset(line, col)) }

// Offset is the byte at which the cursor is.
func (m *Model) Offset() int { return m.cursor }

// GoToOffset puts the cursor at a byte, or at the start of the cluster that the byte belongs to.
func (m *Model) GoToOffset(offset int) {
	start, _ := m.cluster(min(max(offset, 0), m.text.Len()))
	m.moveTo(start)
}

// offset is the byte at a line and column, from 1, in code points; the end of the text beyond its
// last line.
func (p *laid) offset(line, col int) int {
	if line > p.text.lines() {
		return p.text.Len()
	}
	line = max(line, 1) - 1
	start, end := p.text.lineStart(line), p.text.lineStart(line+1)
	if line+1 < p.text.lines() {
		end--
	}
	at := p.text.pointStart(p.text.pointsBefore(start) + max(col, 1) - 1)
	return min(max(at, start), end)
}

// Highlight marks ranges of bytes (search hits), in order and apart; current is the index of the
// one to stand out, -1 for none. A change of the text ends the highlights.
func (m *Model) Highlight(ranges [][2]int, current int) { m.matches, m.match = ranges, current }

// MarkError underlines the cluster at a line and column, from 1 (code points); 0, 0 removes it.
func (m *Model) MarkError(line, col int) { m.errorLine, m.errorCol = line, col }

// Pending says that the next key will be typed literally (ctrl+v was pressed).
func (m *Model) Pending() bool { return m.literal }
