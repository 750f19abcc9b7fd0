package change

import (
	"strings"
	"unicode/utf8"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/sanitize"
)

// Turn shows a change on one line: both values, shortened, from shortly before their first
// difference.
func Turn(before, after model.Value) string { return turnIn(before, after, 32) }

// turnIn is Turn with at most so many cells for each value.
func turnIn(before, after model.Value, most int) string {
	return opposite(OneLine(before), OneLine(after), most)
}

// opposite shows two texts of one line opposite each other.
func opposite(was, is string, most int) string {
	lead := min(most/4, 8) // bytes in front of the first difference
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	from := max(same-lead, 0)
	for from > 0 && !utf8.RuneStart(was[from]) {
		from--
	}
	if max(len(was), len(is)) <= most {
		from = 0
	}
	return cutOut(was, from, most) + " → " + cutOut(is, from, most)
}

// cutOut is a text from a byte on, in at most so many cells. "…" stands for what is left out at
// either end, and a text in quotes keeps both of them.
func cutOut(text string, from, most int) string {
	const quote = `"`
	open, end := "", ""
	if most > 8 && len(text) > 1 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
		open, end = quote, quote
		text, from, most = text[1:len(text)-1], max(from-1, 0), most-2
	}
	if from > 0 {
		text = "…" + text[min(from, len(text)):]
	}
	return open + sanitize.Line(text, most) + end
}

// OneLine is a value as JSON on one line, which tells a text from a word of ours. Escapes in a text
// that need not be are taken out, to be read.
func OneLine(v model.Value) string {
	switch {
	case v.IsAbsent():
		return "absent"
	case v.Kind() == jsonraw.String:
		return string(jsonraw.Indent(v.Bytes()))
	}
	return string(jsonraw.Compact(v.Bytes()))
}
