package browse

import (
	"regexp"
	"strings"

	"errata/model/figure"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// column is a column of the table. Its width depends on the table's alone, so that nothing moves
// while one scrolls.
type column struct {
	title string
	width int
	right bool // aligned to the right
	text  func(r *row) string
}

// outputMin is the cells that the output has at least before another column is shown.
const outputMin = 16

// columns are those that a table of w cells has room for.
func columns(w int) []column {
	when := column{title: "time UTC", width: 11, text: func(r *row) string { return r.when("01-02 15:04") }}
	if w >= 90 {
		when = column{title: "time UTC", width: 16, text: func(r *row) string { return r.when("2006-01-02 15:04") }}
	}
	status := column{title: "status", width: 6, text: func(r *row) string { return map[bool]string{true: "error", false: "ok"}[r.failed] }}
	name := column{title: "model", width: 13, text: func(r *row) string { return r.model.Value() }}
	if w >= 110 {
		name.width = 22
	}
	tokens := column{title: "tokens", width: 7, right: true, text: func(r *row) string { return amount("", r.texts.at(textTokens), "", 7) }}
	cost := column{title: "cost", width: 11, right: true, text: func(r *row) string { return amount("$", r.texts.at(textCost), "", 11) }}
	latency := column{title: "latency", width: 8, right: true, text: func(r *row) string { return amount("", r.texts.at(textLatency), "s", 8) }}

	room := w - markWidth - when.width - status.width - 2 - outputMin
	var shown [4]bool
	middle := [4]column{name, tokens, cost, latency}
	for _, i := range []int{2, 3, 1, 0} { // the first to come is the last to go
		if n := middle[i].width + 1; n <= room {
			shown[i] = true
			room -= n
		}
	}
	list := []column{when, status}
	for i, c := range middle {
		if shown[i] {
			list = append(list, c)
		}
	}
	output := column{title: "output", width: max(outputMin+room, 0), text: func(r *row) string { return r.texts.at(textOutput) }}
	return append(list, output)
}

// markWidth is the cells of the cursor's pointer and of the mark.
const markWidth = 2

// amount writes a number with its unit, its thousands apart where there is room for that; the
// digits for which there is none are cut off visibly.
func amount(before, digits, after string, width int) string {
	if digits == "" {
		return ""
	}
	room := width - len(before) - len(after)
	if apart := figure.Thousands(digits); len(apart) <= room {
		digits = apart
	}
	return before + sanitize.Line(digits, room) + after
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

// head is the line of titles.
func head(list []column, w int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", markWidth))
	for i := range list {
		b.WriteString(list[i].cell(list[i].title))
		b.WriteByte(' ')
	}
	return sanitize.Fit(b.String(), w)
}

// line draws a row of w cells. Under the cursor it has one look from end to end, elsewhere what was
// searched for is marked in the output.
func (r *row) line(list []column, w int, marked, under bool, lit *regexp.Regexp, th *theme.Theme) string {
	pointer, mark := " ", " "
	if under {
		pointer = "▸"
	}
	if marked {
		mark = markSign
	}
	var b strings.Builder
	put := func(text string) { b.WriteString(text) }
	put(pointer)
	if !under && marked {
		put(th.Changed.Render(mark))
	} else {
		put(mark)
	}
	used := markWidth
	for i := range list {
		c := &list[i]
		text := c.cell(c.text(r))
		switch {
		case under:
			put(text)
		case c.title == "status" && r.failed:
			put(th.Error.Render(text))
		case i == len(list)-1:
			put(lighten(text, lit, th.Match))
		default:
			put(text)
		}
		used += c.width
		if used < w {
			put(" ")
			used++
		}
	}
	put(strings.Repeat(" ", max(w-used, 0)))
	if under {
		return th.Cursor.Render(b.String())
	}
	return b.String()
}
