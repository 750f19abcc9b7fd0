package browse

import (
	"regexp"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"errata/model/columns"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/units"
)

// text is what a column shows of a row.
func (m *logList) text(r *row, c *column) string {
	switch c.Name {
	case columns.Time:
		return r.when(m.year, c.width)
	case columns.Model:
		return r.model.Value()
	case columns.Prompt:
		return short(r.prompt.Value(), c.width)
	case columns.Tokens:
		return units.Short(r.texts.at(textTokens), units.Tokens)
	case columns.Cost:
		return units.Short(r.texts.at(textCost), units.USD)
	case columns.Latency:
		return units.Short(r.texts.at(textLatency), units.Seconds)
	case columns.Question:
		return r.texts.at(textQuestion)
	case columns.Output:
		return r.texts.at(textOutput)
	}
	if r.made != m.shape.made {
		return "…"
	}
	return r.texts.at(c.at)
}

// short is the path of a prompt in some cells: its end, where there is no room for all of it, and
// its name alone, where that has room whole and the end has not.
func short(path string, cells int) string {
	wide := func(text string) int { return sanitize.Width(sanitize.Line(text, -1)) }
	at := strings.LastIndexByte(path, '/')
	if at <= 0 || wide(path) <= cells {
		return path
	}
	name, end := path[at+1:], "…"+path[at:]
	if wide(end) > cells && wide(name) <= cells {
		return name
	}
	return end
}

// The times of a table: with the year only where it is not the present one.
const (
	thisYear  = "01-02 15:04"
	otherYear = "2006-01-02 15:04"
	otherDay  = "2006-01-02"
)

// when is the time as the table shows it in some cells.
func (r *row) when(year, cells int) string {
	if r.created == undated {
		return r.texts.at(textCreated)
	}
	t := time.Unix(0, r.created).UTC()
	switch {
	case t.Year() == year && cells >= len(otherYear):
		return strings.Repeat(" ", len(otherYear)-len(thisYear)) + t.Format(thisYear)
	case t.Year() == year:
		return t.Format(thisYear)
	case cells >= len(otherYear):
		return t.Format(otherYear)
	}
	return t.Format(otherDay)
}

// cell makes text exactly as wide as the column.
func (c *column) cell(text string) string {
	text = sanitize.Line(text, c.width)
	blank := strings.Repeat(" ", max(c.width-sanitize.Width(text), 0))
	if c.right {
		return blank + text
	}
	return text + blank
}

// style is the look of what a column shows of a row.
func (c *column) style(r *row, text string, th *theme.Theme) *lipgloss.Style {
	switch {
	case c.Name == columns.Output && r.failed:
		return &th.Error
	case strings.Trim(text, " $0s…") == "":
		return &th.Faint
	case c.words || c.Name == columns.Model || c.Path != nil:
		return &th.Text
	}
	return &th.Muted
}

// head is the line of titles, with an arrow at the column that the rows are sorted by.
func (m *logList) head(g *grid, w int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", g.lead))
	for _, c := range g.first {
		if o := m.order; o != nil && o.by == c.Name {
			arrow := m.th.Up()
			if o.falls {
				arrow = m.th.Down()
			}
			c.title = sanitize.Line(c.title, c.width-sanitize.Width(arrow)) + arrow
		}
		b.WriteString(c.cell(c.title))
		b.WriteByte(' ')
	}
	return sanitize.Fit(b.String(), w)
}

// drawing is what all rows of a frame are drawn with.
type drawing struct {
	*grid
	w   int
	lit *regexp.Regexp // what was searched for, nil for nothing
	th  *theme.Theme
}

// draw draws a row: as many lines as the grid has for one, each of w cells. Under the cursor the
// first is a bar from end to end.
func (m *logList) draw(d *drawing, r *row, marked, under bool) []string {
	first := &brush{th: d.th, under: under}
	rest := m.drawSigns(first, d, r, marked)
	lines := []string{m.line(first, d, r, d.first)}
	if d.second != nil {
		second := &brush{th: d.th}
		second.put(&d.th.Text, sanitize.Fit(sanitize.Line(rest, d.lead-1), d.lead))
		lines = append(lines, m.line(second, d, r, d.second))
	}
	return lines
}

// line draws some columns of a row behind what the brush has drawn.
func (m *logList) line(b *brush, d *drawing, r *row, list []column) string {
	used := d.lead
	for i := range list {
		c := &list[i]
		text := m.text(r, c)
		style := c.style(r, text, d.th)
		if c.Name == columns.Output && r.failed {
			text = d.th.Lead(theme.Failed) + text
		}
		shown := c.cell(text)
		used += c.width
		if i < len(list)-1 { // in the same look, which takes fewer bytes on the line
			shown += " "
			used++
		}
		if c.words {
			b.lighten(style, shown, d.lit)
		} else {
			b.put(style, shown)
		}
	}
	b.put(&d.th.Text, strings.Repeat(" ", max(d.w-used, 0)))
	return b.String()
}

// brush draws runs of text in the looks of a theme, in those of the cursor's bar under the cursor.
type brush struct {
	th    *theme.Theme
	under bool

	done  strings.Builder
	style *lipgloss.Style // of the run that is not drawn yet
	run   string
}

// put adds text.
func (b *brush) put(style *lipgloss.Style, text string) {
	if b.style != style {
		b.flush()
		b.style = style
	}
	b.run += text
}

func (b *brush) flush() {
	switch {
	case b.run == "":
	case b.under && b.style == &b.th.Match:
		b.done.WriteString(b.th.Cursor.Underline(true).Render(b.run))
	case b.under:
		b.done.WriteString(b.th.OnCursor(*b.style).Render(b.run))
	case b.style == &b.th.Text:
		b.done.WriteString(b.run)
	default:
		b.done.WriteString(b.style.Render(b.run))
	}
	b.run = ""
}

// String is all that was drawn.
func (b *brush) String() string {
	b.flush()
	return b.done.String()
}
