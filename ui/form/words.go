package form

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/sanitize"
	"errata/ui/units"
)

// amountWidth is the cells of the column in which the digits of numbers end.
const amountWidth = 12

// firstWords are the first words of a value, safe for a terminal, and how they are laid out.
type firstWords struct {
	text  string
	style lipgloss.Style
	unit  string         // of a number that ends in the column of numbers
	dim   lipgloss.Style // of the unit
	right bool           // it does
	clock bool           // it is a time, with its zone
}

// words are the first words of a row's value within a number of cells. Null, zero, units and zones
// are drawn faintly, as they carry little information. While a value is being edited its row stays
// as it was, so that a typed character costs no more on the line than itself.
func (l *fieldList) words(i, room int) []bars.Piece {
	first, ok := l.texts[i]
	if !ok {
		first = l.firstWords(i)
		l.texts[i] = first
	}
	switch {
	case first.clock:
		clock, zone := fitted(first.text, room)
		return []bars.Piece{{Text: clock, Style: first.style}, {Text: zone, Style: l.th.Muted}}
	case first.right:
		lead := max(min(amountWidth, room)-sanitize.Width(first.text), 0)
		return []bars.Piece{{Text: strings.Repeat(" ", lead) + first.text, Style: first.style}, {Text: first.unit, Style: first.dim}}
	}
	return []bars.Piece{{Text: first.text, Style: first.style}}
}

// mostWords is the cells of first words that are kept.
const mostWords = 120

func (l *fieldList) firstWords(i int) firstWords {
	v, r := l.value(i), l.rows[i]
	if r.of != nil {
		return firstWords{text: sanitize.Line(l.th.Words(l.says(r.of)), mostWords), style: l.th.Text}
	}
	if edit, changed := l.changes.Edit(r.field); r.field != nil && changed && edit.Err != nil {
		return firstWords{text: sanitize.Line(edit.Text[:min(len(edit.Text), previewBytes)], mostWords), style: l.th.Text}
	}
	if v.Kind() == jsonraw.Number && r.field != nil && r.field.Unit != "" {
		return l.amount(r.field, v)
	}
	text, plain := preview(r.field, v)
	if v.Kind() == jsonraw.Array || v.Kind() == jsonraw.Object {
		text = l.th.Words(text)
	}
	words := firstWords{text: sanitize.Line(text, mostWords), style: l.th.Text}
	switch {
	case !plain:
		words.style = l.th.Faint
	case r.field == model.ErrorText:
		words.style = l.th.Error
	case r.field != nil && r.field.Kind == model.Datetime:
		words.clock = true
	}
	return words
}

// amount is a number with its unit.
func (l *fieldList) amount(f *model.Field, v model.Value) firstWords {
	raw := v.Bytes()
	digits, unit := units.Apart(f, string(raw[:min(len(raw), previewBytes)]))
	words := firstWords{text: sanitize.Line(digits, mostWords), unit: unit, right: true, style: l.th.Text, dim: l.th.Muted}
	if strings.Trim(digits, "$0.,-") == "" {
		words.style, words.dim = l.th.Faint, l.th.Faint
	}
	return words
}
