package change

import (
	"unicode/utf8"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/sanitize"
)

// Turn shows a change on one line: both values, shortened, from shortly before their first
// difference.
func Turn(before, after model.Value) string { return TurnIn(before, after, 32) }

// TurnIn is Turn with at most so many cells for each value.
func TurnIn(before, after model.Value, most int) string {
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
	if from > 0 && max(len(was), len(is)) > most {
		was, is = "…"+was[from:], "…"+is[from:]
	}
	return sanitize.Line(was, most) + " → " + sanitize.Line(is, most)
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
