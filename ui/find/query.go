package find

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/frame"
	"errata/ui/glyph"
	"errata/ui/term"
	"errata/ui/theme"
)

// Last is what was looked for last. The search lines that share one open with the same query.
type Last struct {
	Query string
	Regex bool
}

// Query is the line in which a query is typed. It opens with an earlier query selected: what is
// typed or pasted takes its place, a key that moves the cursor or deletes a word keeps it.
type Query struct {
	ed       *editor.Model
	th       *theme.Theme
	selected bool
}

// NewQuery opens the line on an earlier query, "" for none.
func NewQuery(last string, th *theme.Theme) *Query {
	q := &Query{th: th, ed: editor.New([]byte(last), editor.Options{Single: true, Styles: frame.EditorStyles(th)})}
	q.ed.SetSize(80, 1) // until it is drawn
	q.mark(last != "")
	return q
}

// erasing are the keys that delete the query as a whole while it is selected.
var erasing = []string{"backspace", "ctrl+h", "delete", "ctrl+u"}

// Update takes a key or a paste. It tells whether it used the message; keys that it does not know
// are its user's.
func (q *Query) Update(msg tea.Msg) (used bool) {
	if !q.selected {
		return q.ed.Update(msg)
	}
	key, isKey := msg.(tea.KeyMsg)
	_, pasted := msg.(term.PasteMsg)
	typed := isKey && (key.Type == tea.KeyRunes || key.Type == tea.KeySpace) && !key.Alt
	switch {
	case pasted || typed || q.ed.Pending():
		q.ed.SetText(nil)
	case isKey && slices.Contains(erasing, key.String()):
		q.ed.SetText(nil)
		q.mark(false)
		return true
	}
	used = q.ed.Update(msg)
	if used && !q.ed.Pending() {
		q.mark(false)
	}
	return used
}

// mark selects the text, or takes that away.
func (q *Query) mark(selected bool) {
	q.selected = selected
	if selected {
		q.ed.Highlight([][2]int{{0, q.ed.Text().Len()}}, 0)
	} else {
		q.ed.Highlight(nil, -1)
	}
}

// Text is the query as it stands.
func (q *Query) Text() string { return string(q.ed.Text().Bytes()) }

// Pending tells that the next key will be typed literally.
func (q *Query) Pending() bool { return q.ed.Pending() }

// SetTheme changes the looks.
func (q *Query) SetTheme(th *theme.Theme) {
	q.th = th
	q.ed.SetStyles(frame.EditorStyles(th))
}

// Line draws the query behind a label in w cells. x is the cell of the cursor. The label gives way
// where there is no room for both.
func (q *Query) Line(label string, w int) (line string, x int) {
	cells := glyph.Width(label)
	if w <= cells+1 {
		label, cells = "", 0
	}
	q.ed.SetSize(max(w-cells, 1), 1)
	x, _, _ = q.ed.Cursor()
	return q.th.Label.Render(label) + q.ed.View(), cells + x
}
