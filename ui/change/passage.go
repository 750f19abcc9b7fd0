package change

import (
	"slices"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/stringlines"
)

// passage compares two huge strings from the first byte in which they differ to the last, with a
// few lines around, as texts. ok is false if that is still too much, or where no place is near at
// which the literals may be cut.
func passage(path string, before []byte, after jsonraw.Parts, k *known) (t said, ok bool) {
	from, rest, ok := narrow(before, after, k)
	if !ok {
		return t, false
	}
	was, is := literal(before[from:len(before)-rest]), literal(after.Of(jsonraw.Span{Start: from, End: after.Len() - rest}))
	if large(was, is) {
		return t, false
	}
	oldText, fine := jsonraw.Text(was)
	newText, too := jsonraw.Text(is)
	if !fine || !too {
		return t, false
	}
	t = text(oldText, newText)
	t.ahead, t.rest = from, rest
	if from > 1 {
		t = t.below(Line{Kind: Note, Text: figure.Size(from-1) + " the same"})
	}
	if path != "" {
		t = t.below(Line{Kind: Note, Text: path})
	}
	if rest > 1 {
		t.lines = append(t.lines, Line{Kind: Note, Text: figure.Size(rest-1) + " the same"})
	}
	return t, true
}

// narrow leaves out what two string literals begin and end with, but for a few lines: the bytes
// ahead of the rest, and those behind it.
func narrow(before []byte, after jsonraw.Parts, k *known) (from, rest int, ok bool) {
	head, tail := k.shared(before, after)
	from, to := cutBefore(before, head), cutBehind(before, len(before)-tail)
	return from, len(before) - to, from > 0 && to > 0
}

// literal makes a string literal of a part of one.
func literal(part []byte) []byte { return slices.Concat([]byte{'"'}, part, []byte{'"'}) }

// margin is how far from a change a place to cut is looked for, and surround how many breaks of a
// line are passed on the way.
const (
	margin   = 4 << 10
	surround = context + 1
)

// cutBefore is a place at or before i at which the inside of a string literal may be cut, which is
// at a space or behind a line feed: a few lines before it where there are any near; -1 for none.
func cutBefore(raw []byte, i int) int {
	at, enough := cut(raw, i, max(i-margin, 0), -1)
	if !enough && i <= margin {
		return 1
	}
	return at
}

// cutBehind is such a place behind i; what is ahead of it is the same in both literals from i on.
func cutBehind(raw []byte, i int) int {
	at, enough := cut(raw, i+1, max(min(i+margin, len(raw)), i+1), 1)
	if !enough && i+margin >= len(raw) {
		return len(raw) - 1
	}
	return at
}

// cut looks for such a place from one byte on, until another; -1 for none. enough says that a few
// lines were passed.
func cut(raw []byte, from, end, step int) (best int, enough bool) {
	best = -1
	breaks := 0
	for at := from; at != end; at += step {
		switch {
		case stringlines.Text(raw).BreakBefore(at) > 0:
			best = at
			if breaks++; breaks == surround {
				return at, true
			}
		case best < 0 && raw[at-1] == ' ':
			best = at
		}
	}
	return best, false
}
