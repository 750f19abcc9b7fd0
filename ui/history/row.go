package history

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/api/journal"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// columns are the widths of the list's columns in cells; 0 leaves one out.
type columns struct{ time, outcome, log, fields int }

// roomy is the width from which a row has room for the fields beside the log, and for the year.
const roomy = 72

// columns shares out a row. The log is left out when all entries are of the same.
func (m *Model) columns() columns {
	c := columns{time: len("01-02 15:04"), outcome: len(journal.NotSaved)}
	if m.w >= roomy {
		c.time = len("2006-01-02 15:04")
	}
	rest := max(m.w-pointerWidth-c.time-1-c.outcome-1, 0)
	switch {
	case m.o.Filter.LogID != "":
		c.fields = rest
	case m.w >= roomy:
		c.log = min(28, rest)
		c.fields = max(rest-c.log-1, 0)
	default:
		c.log = rest
	}
	return c
}

// pointerWidth is the cells of the mark on the row under the cursor.
const pointerWidth = 2

// head is the line of titles.
func (c columns) head() string {
	return strings.Repeat(" ", pointerWidth) + c.join("time UTC", "outcome", "log", "change")
}

// line is the text of a row.
func (c columns) line(r record) string {
	if b := r.batch; b != nil {
		return c.join(r.when(c.time), "batch", figure.Count(b.Logs, "log"), b.Words)
	}
	return c.join(r.when(c.time), string(r.entry.Outcome), r.entry.LogID, r.fields())
}

// join puts cells side by side.
func (c columns) join(time, outcome, log, fields string) string {
	cells := []string{cell(time, c.time), cell(outcome, c.outcome)}
	if c.log > 0 {
		cells = append(cells, cell(log, c.log))
	}
	if c.fields > 0 {
		cells = append(cells, cell(fields, c.fields))
	}
	return strings.Join(cells, " ")
}

// cell makes text exactly w cells wide; what does not fit ends with an ellipsis.
func cell(text string, w int) string { return sanitize.Fit(sanitize.Line(text, w), w) }

// line draws a row.
func (m *Model) line(r record, c columns, under bool) string {
	var text string
	var style lipgloss.Style
	switch e := r.entry; {
	case r.err != nil:
		text, style = cell("cannot be read: "+r.err.Error(), m.w-pointerWidth), m.th.Error
	case r.batch != nil, e.Outcome == journal.Verified || e.Outcome == journal.Saved:
		text, style = c.line(r), m.th.Text
	default:
		text = c.line(r)
		style, _ = standing(e.Outcome, m.th)
	}
	return bars.Row(m.w, m.th, under, []bars.Piece{bars.Point(m.th, under), {Text: " "}, {Text: m.th.Words(text), Style: style}}, nil)
}

// when is the time of the PATCH in w cells, in UTC.
func (r record) when(w int) string {
	const layout = "2006-01-02 15:04"
	return r.entry.Time.UTC().Format(layout[len(layout)-w:])
}

// readily is the size of values, in bytes, up to which a row says how they changed.
const readily = 32 << 10

// fields says what was changed: one field in a sentence, several by their names.
func (r record) fields() string {
	names := make([]string, len(r.entry.Changes))
	for i, c := range r.entry.Changes {
		names[i] = c.Field.Label
	}
	text := strings.Join(names, ", ")
	if len(names) == 1 && !r.entry.Redacted && r.size() <= readily {
		text += ": " + said(r.entry, r.entry.Changes[0])
	}
	if r.entry.Judgment != nil {
		text = "judgment: " + r.entry.Judgment.Evaluator.Title()
	}
	if r.entry.Redacted {
		return "redacted: " + text
	}
	return text
}

// standing is the look of an outcome, and what it means beyond its name.
func standing(o journal.Outcome, th *theme.Theme) (style lipgloss.Style, meaning string) {
	switch o {
	case journal.Pending:
		return th.Warning, "under way, or errata ended before the outcome was known"
	case journal.Accepted:
		return th.Warning, "the server said yes, but did not show it when it was read back"
	case journal.Saved:
		return th.Good, "found on the server afterwards"
	case journal.Verified:
		return th.Good, "read back and found as sent"
	case journal.NotKept:
		return th.Error, "the server did not keep all of it as sent"
	case journal.Refused:
		return th.Muted, "the server said no; nothing was written"
	case journal.NotSaved:
		return th.Muted, "it did not arrive; nothing was written"
	default:
		return th.Warning, "it is not known whether it was written"
	}
}
