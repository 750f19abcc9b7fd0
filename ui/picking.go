package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
)

// picker is the list of themes beside the screen, which is drawn in the one under the cursor.
type picker struct {
	names  []string
	cursor int
	top    int
	before string // the theme that holds until another is taken
}

// pickerWidth is the cells of the list.
const pickerWidth = 34

// pickTheme opens the list of themes, at the one that holds.
func (r *root) pickTheme() {
	names := theme.Names()
	if r.o.ThemeNames != nil {
		names = append(r.o.ThemeNames(), names...)
	}
	slices.Sort(names[:len(names)-len(theme.Names())])
	names = slices.Compact(names)
	r.picker = &picker{names: names, cursor: max(slices.Index(names, r.o.Theme), 0), before: r.o.Theme}
}

// pick does what a key says in the list of themes.
func (r *root) pick(msg tea.KeyMsg) {
	p := r.picker
	switch do := keys.Themes.Action(msg.String()); do {
	case keys.Close:
		r.picker = nil
		r.wear(p.before)
	case keys.Accept:
		r.picker = nil
		r.say(bars.News{Level: bars.Good, Text: r.keepTheme(p)})
	default:
		if by, ok := do.Steps(len(p.names), r.h-2); ok {
			r.wearAt(p.cursor + by)
		}
	}
}

// wearAt puts the cursor of the list on a theme, and shows it.
func (r *root) wearAt(i int) {
	p := r.picker
	p.cursor = max(min(i, len(p.names)-1), 0)
	r.wear(p.names[p.cursor])
}

// clickTheme shows the theme that is clicked on; a double click takes it.
func (r *root) clickTheme(c term.ClickMsg) {
	p, wide := r.picker, min(pickerWidth, r.w)
	list := layout.Rect{X: r.w - wide, Y: 1, W: wide, H: r.h - 2}
	i, ok := list.Row(c.X, c.Y, p.top, 1, len(p.names))
	if !ok {
		return
	}
	if c.Double {
		r.picker = nil
		r.say(bars.News{Level: bars.Good, Text: r.keepTheme(p)})
		return
	}
	r.wearAt(i)
}

// keepTheme says how the theme that was chosen is kept for good.
func (*root) keepTheme(p *picker) string {
	name := p.names[p.cursor]
	if name == p.before {
		return "theme " + name + ", as before"
	}
	return "theme " + name + " until you quit; theme = " + strconv.Quote(name) + " at the top of config.toml keeps it"
}

// wear applies a theme to everything, from now on. If it cannot be read, it says so and leaves the
// colours as they are.
func (r *root) wear(name string) {
	th, err := theme.Named(r.find(), name, r.terminal)
	if err != nil {
		r.say(bars.News{Level: bars.Warning, Text: err.Error()})
		return
	}
	r.o.Theme = name
	r.paint(th)
}

// find finds themes by their names.
func (s *session) find() theme.Find {
	if s.o.Themes != nil {
		return s.o.Themes
	}
	return theme.BuiltIn
}

// over draws the list at the right of a screen.
func (p *picker) over(view string, w, h int, th *theme.Theme) string {
	lines := bars.Fill(strings.Split(view, "\n"), h)
	wide := min(pickerWidth, w)
	rows := h - 2
	p.top = layout.Scroll(p.top, p.cursor, len(p.names), max(rows, 1), 1)
	rule := bars.Scroll(th, p.top, rows, len(p.names))
	rule = append(append([]string{th.Faint.Render(th.Rule()) + " "}, rule...), th.Faint.Render(th.Rule())+" ")
	for y := range lines {
		lines[y] = beside(lines[y], w-wide, rule[y]+p.line(y, rows, wide-layout.RuleWidth, th))
	}
	return strings.Join(lines, "\n")
}

// line is row y of the list.
func (p *picker) line(y, rows, w int, th *theme.Theme) string {
	i := p.top + y - 1
	switch {
	case y == 0:
		return bars.Bar(w, []bars.Piece{{Text: "Themes", Style: th.Title}}, nil)
	case y > rows:
		return bars.Buttons(w, th, keys.Themes)
	case i >= len(p.names):
		return strings.Repeat(" ", w)
	case i == p.cursor:
		return bars.Row(w, th, true, []bars.Piece{bars.Point(th, true), {Text: " " + p.names[i], Style: th.Text}}, nil)
	}
	return bars.Bar(w, []bars.Piece{{Text: "  " + p.names[i], Style: th.Text}}, nil)
}

// hintAt is the key whose hint is drawn at the foot of the list.
func (p *picker) hintAt(c term.ClickMsg, w, h int, th *theme.Theme) (name string, ok bool) {
	wide := min(pickerWidth, w)
	if c.Y != h-1 {
		return "", false
	}
	return bars.ButtonAt(c.X-(w-wide)-layout.RuleWidth, wide-layout.RuleWidth, th, keys.Themes)
}

// beside is the first cells of a styled line, with another behind them.
func beside(line string, cells int, right string) string {
	left := ansi.Truncate(line, cells, "")
	for n := cells; sanitize.Width(ansi.Strip(left)) > cells; { // it is measured otherwise here
		n--
		left = ansi.Truncate(line, n, "")
	}
	return left + ansi.ResetStyle + strings.Repeat(" ", cells-sanitize.Width(ansi.Strip(left))) + right
}
