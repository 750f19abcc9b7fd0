package change

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
)

// Kind says what a line is.
type Kind int

// The kinds of line.
const (
	Same    Kind = iota + 1 // text that did not change, shown around what did
	Removed                 // what the old value held
	Added                   // what the new value holds
	Note                    // words of ours: what was left out, a difference, a path
)

// Sign is the one-character mark in front of a line in plain output.
func (k Kind) Sign() string {
	switch k {
	case Removed:
		return "-"
	case Added:
		return "+"
	case Note:
		return "·"
	default:
		return " "
	}
}

// Line is one line of a change. It holds no line break, but may hold anything else that a log may
// hold.
type Line struct {
	Kind Kind
	Text string
	// the parts of Text that its counterpart has not, in order; none when the whole line is new
	Marks []Span
}

// Span is a half-open range of bytes of a line's text.
type Span struct{ Start, End int }

// Bounds of what is compared and shown. Beyond them a change is described by its sizes and its
// first difference.
const (
	maxCompare = 1 << 20 // bytes of both values that are compared word by word
	maxLines   = 400     // lines of one field
	maxLine    = 2000    // bytes of a line that is all new or all gone
	maxDepth   = 64      // levels of JSON that are walked
)

// Lines says how a value became another, none when they mean the same. Their number, and the work
// for values of any size, is bounded.
func Lines(f *model.Field, before, after model.Value) []Line {
	return (&teller{f: f}).tell(before, after)
}

// Around is Lines with what is beside a change in a list, and with what was put in or taken out
// laid out for reading: a message as its role and its text.
func Around(f *model.Field, before, after model.Value) []Line {
	return (&teller{f: f, around: true}).tell(before, after)
}

// unset tells a change from or to nothing. The words are notes, so that they cannot be taken for a
// text that reads the same.
func unset(f *model.Field, before, after model.Value, around bool) []Line {
	whole := whole
	if around && f.Kind == model.Messages {
		whole = func(kind Kind, v model.Value) []Line { return messagesOf(kind, f.Name, v) }
	}
	var out []Line
	if before.IsSet() {
		out = append(out, whole(Removed, before)...)
	} else {
		out = append(out, Line{Kind: Note, Text: "was " + word(before)})
	}
	if after.IsSet() {
		return append(out, whole(Added, after)...)
	}
	return append(out, Line{Kind: Note, Text: "becomes " + word(after)})
}

func word(v model.Value) string {
	if v.IsAbsent() {
		return "absent"
	}
	return "null"
}

// whole shows one value as lines of one kind: text as it reads, JSON laid out.
func whole(kind Kind, v model.Value) []Line {
	raw := v.Bytes()
	if v.Kind() == jsonraw.String {
		if len(raw) > maxCompare {
			head, _ := jsonraw.TextPrefix(raw, maxLine)
			return append(linesOf(kind, head), Line{Kind: Note, Text: figure.Size(len(raw)) + " in all"})
		}
		if s, ok := v.Text(); ok {
			if s == "" {
				return []Line{{Kind: kind, Text: `""`}, {Kind: Note, Text: "an empty text"}}
			}
			return linesOf(kind, s)
		}
	}
	if len(raw) > maxCompare {
		return append(linesOf(kind, string(raw[:maxLine])), Line{Kind: Note, Text: figure.Size(len(raw)) + " in all"})
	}
	return linesOf(kind, string(jsonraw.Indent(raw)))
}

// linesOf cuts a text into lines of one kind.
func linesOf(kind Kind, s string) []Line {
	var out []Line
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if len(out) > maxLines {
			break // limit says how the rest is told
		}
		out = append(out, Line{Kind: kind, Text: shorten(line, maxLine)})
	}
	return out
}

// literals shows two values as they are written.
func literals(before, after model.Value) []Line {
	return []Line{
		{Kind: Removed, Text: shorten(flat(before.Bytes()), maxLine)},
		{Kind: Added, Text: shorten(flat(after.Bytes()), maxLine)},
	}
}

// flat is a JSON value on one line; a string's escapes of visible characters are decoded.
func flat(raw []byte) string {
	if jsonraw.KindOf(raw) == jsonraw.String {
		return string(jsonraw.Indent(raw))
	}
	return string(jsonraw.Compact(raw))
}

func limit(lines []Line) []Line {
	if len(lines) <= maxLines {
		return lines
	}
	return append(lines[:maxLines:maxLines], Line{Kind: Note, Text: "there is more than is shown here"})
}
