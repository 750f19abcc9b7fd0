package browse

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/columns"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
)

// chooser is the list in which columns are chosen: those that are shown in their order, then the
// others.
type chooser struct {
	list   []option
	cursor int
	top    int
	in     *query.Line // in which a path is typed, nil when none is
	offer  offer
	wrong  string // why what is typed is not a path
}

// option is a column that may be shown.
type option struct {
	columns.Column
	on bool
}

// openColumns lists the columns.
func (m *Model) openColumns() {
	c := &chooser{}
	for _, of := range m.columns {
		c.list = append(c.list, option{of.Column, true})
	}
	for _, of := range columns.Default() {
		if !c.has(of.Name) {
			c.list = append(c.list, option{of, false})
		}
	}
	m.chooser = c
}

func (c *chooser) has(name string) bool {
	return slices.ContainsFunc(c.list, func(o option) bool { return o.Name == name })
}

// chosen are the columns that are shown.
func (c *chooser) chosen() (list []columns.Column) {
	for _, o := range c.list {
		if o.on {
			list = append(list, o.Column)
		}
	}
	return list
}

// columnKey is a key while columns are chosen. What is chosen is shown at once.
func (m *Model) columnKey(msg tea.KeyMsg) (cmd tea.Cmd) {
	c := m.chooser
	if c.in != nil {
		m.pathKey(msg)
		return nil
	}
	do := keys.ColumnsScreen.Action(msg.String())
	if by, ok := do.Steps(len(c.list), m.parts().body.H-2); ok {
		c.cursor = max(min(c.cursor+by, len(c.list)-1), 0)
	}
	switch do {
	case keys.Mark:
		m.turn()
	case keys.MoveUp:
		m.shift(-1)
	case keys.MoveDown:
		m.shift(1)
	case keys.AddPath:
		c.in = query.New("", m.th)
	case keys.OneLine:
		m.compact = !m.compact
	case keys.AsBefore:
		m.chooseColumns(columns.Default())
		m.openColumns()
	case keys.Copy:
		cmd = term.Copy("the line for config.toml", configured(c.chosen())+"\n")
	case keys.Close:
		m.chooser = nil
	}
	m.follow()
	return cmd
}

// configured is the line of config.toml that makes these the columns.
func configured(list []columns.Column) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(c.Name) + `"`
	}
	return "columns = [" + strings.Join(names, ", ") + "]"
}

// turn shows the column under the cursor, or leaves it out; the last one stays.
func (m *Model) turn() {
	c := m.chooser
	o := &c.list[c.cursor]
	if o.on && len(c.chosen()) == 1 {
		m.news = bars.News{Text: "one column has to stay"}
		return
	}
	o.on = !o.on
	m.chooseColumns(c.chosen())
}

// shift moves the column under the cursor.
func (m *Model) shift(by int) {
	c := m.chooser
	to := c.cursor + by
	if to < 0 || to >= len(c.list) {
		return
	}
	c.list[c.cursor], c.list[to] = c.list[to], c.list[c.cursor]
	c.cursor = to
	m.chooseColumns(c.chosen())
}

// pathKey is a key while a path is typed.
func (m *Model) pathKey(msg tea.KeyMsg) {
	c := m.chooser
	c.wrong = ""
	switch do := keys.AddColumn.Action(msg.String()); {
	case c.in.Pending() || do == "":
		c.in.Update(msg)
	case do == keys.Close:
		c.in = nil
	case do == keys.Complete:
		m.completePath()
	case do == keys.Accept:
		m.addColumn(c.in.Text())
	}
}

// addColumn shows what is at a path, behind the column under the cursor.
func (m *Model) addColumn(text string) {
	c := m.chooser
	if strings.TrimSpace(text) == "" {
		c.in = nil
		return
	}
	list, err := columns.ParseAll([]string{text})
	if err != nil {
		c.wrong = err.Error()
		return
	}
	c.in = nil
	if at := slices.IndexFunc(c.list, func(o option) bool { return o.Name == list[0].Name }); at >= 0 {
		c.list[at].on, c.cursor = true, at
	} else {
		c.cursor = min(c.cursor+1, len(c.list))
		c.list = slices.Insert(c.list, c.cursor, option{list[0], true})
	}
	m.chooseColumns(c.chosen())
	m.follow()
}

// completePath completes what is typed by the paths that logs have; the same key again takes the
// next.
func (m *Model) completePath() {
	c := m.chooser
	o := &c.offer
	if text := c.in.Text(); text == o.made && len(o.words) > 1 {
		o.at = (o.at + 1) % len(o.words)
	} else {
		o.words, o.at = nil, 0
		for _, at := range m.seen().paths {
			if at = strings.TrimPrefix(at, "."); strings.HasPrefix(at, text) && at != text {
				o.words = append(o.words, at)
			}
		}
		if len(o.words) == 0 {
			return
		}
	}
	o.made = o.words[o.at]
	c.in.Put(o.made, len(o.made))
}

// columnLines draw the list of columns: h lines of w cells.
func (m *Model) columnLines(w, h int) []string {
	c := m.chooser
	title := bars.Bar(w, []bars.Piece{{Text: "Columns, from left to right", Style: m.th.Heading}}, nil)
	if c.in != nil {
		title, _ = c.in.View(pathLabel, w)
	}
	lines := []string{title}
	c.top = layout.Scroll(c.top, c.cursor, len(c.list), h-1, 1)
	for i := c.top; i < len(c.list) && len(lines) < h; i++ {
		lines = append(lines, c.list[i].line(w, i == c.cursor, m.th))
	}
	return fill(lines, w, h)
}

const pathLabel = "path: "

// line draws a column that may be shown.
func (o option) line(w int, under bool, th *theme.Theme) string {
	name := sanitize.Line(bars.Box(th, o.on).Text+o.Name, -1)
	help := columns.Help(o.Name)
	if o.Path != nil {
		help = "what stands there"
	}
	return choice{name: name, note: help}.line(w, w, under, th)
}
