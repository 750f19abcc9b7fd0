package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/model/figure"
	"errata/model/selection"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
)

// help is the overlay with the keys of the screen beneath it, by what they are for. It can be
// searched, and does what the key under its cursor does.
type help struct {
	title  string
	all    []keys.TaskRow
	rows   []keys.TaskRow // those that are listed
	cursor int            // index into rows
	top    int            // the first line that is shown
	filter *query.Line    // what is looked for, nil for nothing
	th     *theme.Theme
	w, h   int
}

// keyWidth is the most cells of the column of keys, and pointerWidth those of the pointer before
// it.
const (
	keyWidth     = 22
	pointerWidth = 2
)

// keyCells is how wide the column of keys is: as wide as the longest that is listed where nothing
// is looked for, so that it stays while somebody types.
func (h *help) keyCells() (n int) {
	for _, row := range h.all {
		n = max(n, sanitize.Width(h.th.Words(row.Help().Key))+1)
	}
	return min(n, keyWidth)
}

// newHelp makes the help of some tables of keys and of the keys that work everywhere.
func newHelp(maps []keys.Map, th *theme.Theme, w, height int) *help {
	if n := len(maps); n == 0 || maps[n-1].Title != keys.Global.Title {
		maps = append(maps[:n:n], keys.Global)
	}
	h := &help{title: maps[0].Title, all: keys.ByTask(maps), th: th}
	if h.title == keys.FilterLine.Title {
		h.all = append(filterWords(), h.all...)
	}
	h.rows = h.all
	h.setSize(w, height)
	return h
}

// setSize lays the help out for a window.
func (h *help) setSize(w, height int) {
	h.w, h.h = w, height
	h.scroll()
}

// key moves in the help, searches it or closes it. do is the key that is to be carried out then,
// nil for none.
func (h *help) key(msg tea.KeyMsg) (closes bool, do *tea.KeyMsg) {
	action := h.table().Action(msg.String())
	if by, ok := action.Steps(len(h.rows), max(h.body()-1, 1)); ok {
		h.move(by)
		return false, nil
	}
	switch action {
	case keys.Accept:
		return true, h.chosen()
	case keys.Search:
		h.filter = query.New("", h.th)
	case keys.Close:
		if h.filter == nil {
			return true, nil
		}
		h.filter = nil
		h.refilter()
	default:
		if msg.String() == "ctrl+c" {
			return true, nil
		}
		if h.filter != nil && h.filter.Update(msg) {
			h.refilter()
		}
	}
	return false, nil
}

// table is the keys of the help just now.
func (h *help) table() keys.Map {
	if h.filter != nil {
		return keys.HelpFilter
	}
	return keys.HelpScreen
}

// click puts the cursor on the row under the pointer; a double click does what its key does.
func (h *help) click(c term.ClickMsg) (closes bool, do *tea.KeyMsg) {
	if h.filter != nil && h.filter.Update(c.In(0, h.h-2)) {
		return false, nil
	}
	cursor, top := h.cursor, h.top
	defer func() { h.top = top }()
	at := top + c.Y - 1
	if c.Y < 1 || c.Y > h.body() {
		return false, nil
	}
	for h.cursor = range h.rows {
		if _, from, to := h.lines(); from <= at && at <= to {
			if c.Double {
				return true, h.chosen()
			}
			return false, nil
		}
	}
	h.cursor = cursor
	return false, nil
}

// chosen is the key of the row under the cursor, nil if it has several that do different things.
func (h *help) chosen() *tea.KeyMsg {
	if h.cursor >= len(h.rows) {
		return nil
	}
	const alike = 4 // keys that mean the same
	list := h.rows[h.cursor].Keys()
	if len(list) > alike {
		return nil
	}
	if msg, ok := keyNamed(list[0]); ok {
		return &msg
	}
	return nil
}

// keyNamed is the key of a name in the tables.
func keyNamed(name string) (msg tea.KeyMsg, ok bool) {
	plain, alt := strings.CutPrefix(name, "alt+")
	msg.Alt = alt
	if msg.Runes = []rune(plain); len(msg.Runes) == 1 && plain != " " {
		msg.Type = tea.KeyRunes
		return msg, true
	}
	msg.Runes = nil
	if plain == " " {
		msg.Type, msg.Runes = tea.KeySpace, []rune(" ")
		return msg, true
	}
	for kind := tea.KeyF20; kind <= tea.KeyType(127); kind++ {
		if msg.Type = kind; msg.String() == name {
			return msg, true
		}
	}
	return msg, false
}

// refilter lists the rows that hold every word that is typed.
func (h *help) refilter() {
	h.rows, h.cursor, h.top = h.all, 0, 0
	if h.filter == nil {
		return
	}
	words := strings.Fields(strings.ToLower(h.filter.Text()))
	h.rows = nil
rows:
	for _, row := range h.all {
		text := strings.ToLower(row.Task + " " + row.Help().Key + " " + row.Help().Desc)
		for _, word := range words {
			if !strings.Contains(text, word) {
				continue rows
			}
		}
		h.rows = append(h.rows, row)
	}
}

func (h *help) move(by int) {
	h.cursor = max(min(h.cursor+by, len(h.rows)-1), 0)
	h.scroll()
}

// scroll keeps the row under the cursor in the window, with the head of its task.
func (h *help) scroll() {
	lines, from, to := h.lines()
	if h.cursor == len(h.rows)-1 {
		to = len(lines) - 1 // the legend is below the last key
	}
	h.top = layout.Scroll(h.top, to, len(lines), h.body(), 0)
	h.top = min(h.top, max(from-1, 0))
	if h.cursor == 0 {
		h.top = 0
	}
}

// body is the lines between the title and the footer.
func (h *help) body() int { return max(h.h-3, 1) }

// lines draws the rows below the heads of their tasks. from and to are the first and the last line
// of the row under the cursor.
func (h *help) lines() (lines []string, from, to int) {
	task := ""
	for i, row := range h.rows {
		if row.Task != task {
			if task != "" {
				lines = append(lines, "")
			}
			task = row.Task
			lines = append(lines, h.th.Heading.Render(sanitize.Line(task, h.w)))
		}
		if i == h.cursor {
			from = len(lines)
		}
		lines = append(lines, h.row(row, i == h.cursor)...)
		if i == h.cursor {
			to = len(lines) - 1
		}
	}
	if h.filter == nil {
		lines = append(lines, h.legend()...)
	}
	return lines, from, to
}

// row draws a row on as many lines as its words take.
func (h *help) row(row keys.TaskRow, under bool) (lines []string) {
	cells := h.keyCells()
	room := max(h.w-pointerWidth-cells-1, 1)
	words := strings.Split(ansi.Wrap(row.Help().Desc, room, " "), "\n")
	names := strings.Split(ansi.Wrap(h.th.Words(row.Help().Key), cells, " "), "\n")
	for i := range max(len(words), len(names)) {
		name, word, pointer := "", "", ""
		if i < len(names) {
			name = names[i]
		}
		if i < len(words) {
			word = words[i]
		}
		if i == 0 && under {
			pointer = h.th.Sign(theme.Pointer).Text
		}
		pieces := []bars.Piece{{Text: sanitize.Fit(pointer, pointerWidth), Style: h.th.Title}, {Text: sanitize.Fit(name, cells) + " ", Style: h.th.Key}, {Text: word, Style: h.th.Text}}
		lines = append(lines, bars.Row(h.w, h.th, under, pieces, nil))
	}
	return lines
}

// filterWords lists what a filter may be made of, as rows before those of the keys.
func filterWords() (list []keys.TaskRow) {
	add := func(word, about string) {
		list = append(list, keys.TaskRow{Task: "Words of a filter", Binding: keys.Bind(keys.Accept, about, word).As(word)})
	}
	add("WORD", "only logs in which it stands")
	said := strings.NewReplacer("`", "", "--", "")
	for _, f := range selection.Flags() {
		about := said.Replace(f.Help)
		if f.Example != "" {
			about += ", as " + f.Example
		}
		add(strings.TrimRight("--"+f.Name+" "+f.Arg, " "), about)
	}
	return list
}

// legend lists the signs that say how something stands.
func (h *help) legend() []string {
	lines := []string{"", h.th.Heading.Render("Signs")}
	for _, s := range h.th.Legend() {
		sign := bars.Piece{Text: sanitize.Fit(strings.Repeat(" ", pointerWidth)+s.Seen(), pointerWidth+h.keyCells()+1), Style: s.Style}
		lines = append(lines, bars.Bar(h.w, []bars.Piece{sign, {Text: s.Help, Style: h.th.Text}}, nil))
	}
	return lines
}

func (h *help) view() string {
	if h.w < layout.MinWidth || h.h < layout.MinHeight {
		return bars.TooSmall(h.w, h.h)
	}
	lines, _, _ := h.lines()
	n := figure.Count(len(h.rows), "key")
	if h.filter != nil {
		n = figure.Int(len(h.rows)) + " of " + figure.Int(len(h.all)) + " keys"
	}
	out := []string{bars.Bar(h.w, []bars.Piece{{Text: "Help: " + h.title, Style: h.th.Title}}, []bars.Piece{{Text: n, Style: h.th.Muted}})}
	out = bars.Fill(append(out, lines[min(h.top, len(lines)):]...), h.h-2)
	status := bars.Status(h.w, h.th, bars.News{})
	if h.filter != nil {
		status, _ = h.filter.View(helpLabel, h.w)
	}
	return strings.Join(append(out, status, bars.Hints(h.w, h.th, h.table())), "\n")
}

// helpLabel is before what is looked for.
const helpLabel = "search the keys: "

// cursorCell is the cell of the terminal's cursor while it is typed what is looked for.
func (h *help) cursorCell() (x, y int, ok bool) {
	if h.filter == nil || h.w < layout.MinWidth || h.h < layout.MinHeight {
		return 0, 0, false
	}
	_, x = h.filter.View(helpLabel, h.w)
	return x, h.h - 2, true
}
