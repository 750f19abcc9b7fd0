package change

import (
	"strings"

	"znkr.io/diff"

	"errata/model/figure"
)

// context is the number of unchanged lines that are shown around a change.
const context = 2

// text compares two texts line by line, and words within the lines that changed.
func text(before, after string) []Line {
	if !strings.Contains(before, "\n") && !strings.Contains(after, "\n") {
		return append(pair(before, after), emptied(before, after)...)
	}
	was, is := split(before), split(after)
	var out []Line
	seen := 0
	for _, h := range diff.Hunks(was, is, diff.Context(context)) {
		out = append(out, skipped(h.PosX-seen)...)
		out = append(out, hunk(h.Edits)...)
		seen = h.EndX
		if len(out) > maxLines {
			return out
		}
	}
	out = append(out, skipped(len(was)-seen)...)
	return append(out, lastBreak(before, after)...)
}

// split cuts a text into lines that keep their line break, so that a last line without one differs
// from one with it.
func split(s string) []string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// hunk shows runs of unchanged lines and, between them, what went and what came.
func hunk(edits []diff.Edit[string]) []Line {
	var out []Line
	for i := 0; i < len(edits); {
		if edits[i].Op == diff.Match {
			out = append(out, Line{Kind: Same, Text: shorten(bare(edits[i].X), maxSame)})
			i++
			continue
		}
		var gone, come []string
		for ; i < len(edits) && edits[i].Op != diff.Match; i++ {
			if edits[i].Op == diff.Delete {
				gone = append(gone, bare(edits[i].X))
			} else {
				come = append(come, bare(edits[i].Y))
			}
		}
		out = append(out, block(gone, come)...)
	}
	return out
}

// tally is in how many lines two texts differ, and, for one that changed, the last of them in both.
type tally struct{ changed, gone, come, was, is int }

func tallied(before, after []string) (t tally) {
	for _, h := range diff.Hunks(before, after, diff.Context(0)) {
		gone, come := h.EndX-h.PosX, h.EndY-h.PosY
		both := min(gone, come)
		t.changed, t.gone, t.come = t.changed+both, t.gone+gone-both, t.come+come-both
		t.was, t.is = h.PosX, h.PosY
	}
	return t
}

// block shows the lines that went and then those that came; lines that stand opposite each other
// are compared by word.
func block(gone, come []string) []Line {
	out := make([]Line, 0, len(gone)+len(come))
	added := make([]Line, 0, len(come))
	for i := range max(len(gone), len(come)) {
		switch {
		case i >= len(gone):
			added = append(added, Line{Kind: Added, Text: shorten(come[i], maxLine)})
		case i >= len(come):
			out = append(out, Line{Kind: Removed, Text: shorten(gone[i], maxLine)})
		case gone[i] == come[i]: // only the line break at the end differs
			out = append(out, Line{Kind: Removed, Text: shorten(gone[i], maxSame)})
			added = append(added, Line{Kind: Added, Text: shorten(come[i], maxSame)})
		default:
			both := pair(gone[i], come[i])
			out, added = append(out, both[0]), append(added, both[1])
		}
	}
	return append(out, added...)
}

func bare(line string) string { return strings.TrimSuffix(line, "\n") }

func skipped(n int) []Line {
	if n <= 0 {
		return nil
	}
	return []Line{{Kind: Note, Text: figure.Count(n, "line") + " the same"}}
}

// lastBreak says when the texts differ in whether they end with a line break, which no line shows.
func lastBreak(before, after string) []Line {
	had, has := strings.HasSuffix(before, "\n"), strings.HasSuffix(after, "\n")
	switch {
	case had && !has:
		return []Line{{Kind: Note, Text: "the line break at the end is gone"}}
	case has && !had:
		return []Line{{Kind: Note, Text: "a line break at the end is new"}}
	default:
		return nil
	}
}

// emptied says which of two texts is empty, since an empty line could be overlooked.
func emptied(before, after string) []Line {
	switch {
	case before == "":
		return []Line{{Kind: Note, Text: "was an empty text"}}
	case after == "":
		return []Line{{Kind: Note, Text: "becomes an empty text"}}
	default:
		return nil
	}
}
