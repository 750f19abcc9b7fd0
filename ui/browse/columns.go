package browse

import (
	"slices"

	"errata/model/columns"
)

// column is a column of the table. Its width depends on the table's alone, so that nothing moves
// while one scrolls.
type column struct {
	columns.Column
	look
	at int // of what is at a path: its place among the texts of a row
}

// look is how a column is drawn.
type look struct {
	title string
	width int  // cells at least
	most  int  // cells at most, where there is room
	right bool // aligned to the right
	words bool // what was asked and answered, which has a line of its own where it is needed
	goes  int  // where there is not room for all, the column with the lowest number goes first
}

// looks says how each column is drawn, and in which order they give way: latency first, then
// tokens, cost, the prompt, what was chosen by a path (the last first), the model, the question and
// the time. The output goes last.
var looks = map[string]look{
	columns.Latency:  {title: "latency", width: 8, most: 8, right: true, goes: 1},
	columns.Tokens:   {title: "tokens", width: 7, most: 7, right: true, goes: 2},
	columns.Cost:     {title: "cost", width: 9, most: 9, right: true, goes: 3},
	columns.Prompt:   {title: "prompt", width: 12, most: 30, goes: 4},
	columns.Model:    {title: "model", width: 12, most: 24, goes: 6},
	columns.Question: {title: "question", width: 16, words: true, goes: 7},
	columns.Time:     {title: "time UTC", width: 11, most: 16, goes: 8},
	columns.Output:   {title: "output", width: 16, words: true, goes: 9},
}

// byPath is how what is at a path is drawn.
var byPath = look{width: 10, most: 24, goes: 5}

// wordsFull is the cells from which on the words of a log are in one line with the rest.
const wordsFull = 28

// chooseColumns takes columns for the table.
func (m *logList) chooseColumns(list []columns.Column) {
	m.columns = nil
	m.shape = shape{made: m.shape.made + 1}
	for _, c := range list {
		of, word := looks[c.Name]
		at := textMore + len(m.shape.paths)
		if !word || c.Path != nil {
			of = byPath
			of.title = c.Name
			m.shape.paths = append(m.shape.paths, c)
		}
		m.columns = append(m.columns, column{c, of, at})
	}
	if was := m.order; was != nil {
		m.order = nil
		m.sortAs(was.words)
	}
}

// grid is where the columns of a table stand: in one line a log, or in two, of which the second has
// the words.
type grid struct {
	first, second []column // with the cells that they have
	failed        bool     // the sign of an error is among the others: no column says it
	lead          int      // the cells ahead of a row: its signs, or its state in words
}

// lines is how many lines a log takes.
func (g *grid) lines() int {
	if g.second == nil {
		return 1
	}
	return 2
}

// grid lays the columns out for a table of w cells and h lines.
func (m *logList) grid(w, h int) (g grid) {
	said := slices.ContainsFunc(m.columns, func(c column) bool { return c.Name == columns.Output })
	g.failed = !said
	g.lead = m.lead(w, g.failed, true)
	room := w - g.lead
	if m.twoLines(room, h) {
		for _, c := range m.columns {
			if c.words {
				g.second = append(g.second, c)
			} else {
				g.first = append(g.first, c)
			}
		}
		g.first, g.second = fit(g.first, room), fit(g.second, room)
		return g
	}
	g.lead = m.lead(w, g.failed, false)
	g.first = fit(m.columns, w-g.lead)
	return g
}

// lowTable is the lines from which on a log may take two of them.
const lowTable = 10

// twoLines reports whether a log takes two lines: where its words would not have room beside the
// rest.
func (m *logList) twoLines(room, h int) bool {
	if m.compact || h < lowTable {
		return false
	}
	need, words := 0, false
	for _, c := range m.columns {
		if c.words {
			words = true
			need += wordsFull + 1
		} else {
			need += c.width + 1
		}
	}
	return words && need-1 > room && slices.ContainsFunc(m.columns, func(c column) bool { return !c.words })
}

// fit leaves out the columns for which there is no room, and gives what is left over to the others.
func fit(list []column, room int) []column {
	list = slices.Clone(list)
	for len(list) > 1 && needed(list) > room {
		list = slices.Delete(list, firstToGo(list), firstToGo(list)+1)
	}
	spare := room - needed(list)
	words := 0
	for i := range list {
		c := &list[i]
		switch grows := max(min(c.most-c.width, spare), 0); {
		case c.words:
			words++
		case c.most > c.width && (c.Name != columns.Time || grows == c.most-c.width):
			c.width += grows
			spare -= grows
		}
	}
	for i := range list {
		if c := &list[i]; c.words {
			share := max(spare/words, 0)
			c.width += share
			spare, words = spare-share, words-1
		}
	}
	if len(list) == 1 {
		list[0].width = min(max(list[0].width, 0), max(room, 0))
	}
	return list
}

// needed is the cells that columns take at least, with a blank between two.
func needed(list []column) int {
	n := max(len(list)-1, 0)
	for _, c := range list {
		n += c.width
	}
	return n
}

// firstToGo is the column that gives way.
func firstToGo(list []column) (at int) {
	for i, c := range list {
		if c.goes <= list[at].goes {
			at = i
		}
	}
	return at
}
