package change

import (
	"strings"

	"znkr.io/diff"

	"errata/model/figure"
	"errata/model/jsonraw"
)

// context is the number of unchanged lines that are shown around a change.
const context = 2

// said is how a text changed, in lines, and the parts of it.
type said struct {
	lines []Line
	parts []part
	// how many bytes of the literal are ahead of the text and behind it; 0 if it is all of it
	ahead, rest int
}

// part is a run of lines of a text that changed: what takes its place, what it was, how many lines
// are ahead of it, and the lines, from one to another, that tell of it.
type part struct {
	swap     jsonraw.Swap
	was      string
	line     int
	from, to int
}

// below puts a line ahead.
func (t said) below(head Line) said {
	for i := range t.parts {
		t.parts[i].from, t.parts[i].to = t.parts[i].from+1, t.parts[i].to+1
	}
	t.lines = append([]Line{head}, t.lines...)
	return t
}

// text compares two texts line by line, and words within the lines that changed. A text of one
// line, or of more changes than are shown, has no parts.
func text(before, after string) (t said) {
	if !strings.Contains(before, "\n") && !strings.Contains(after, "\n") {
		return said{lines: append(pair(before, after), emptied(before, after)...)}
	}
	was, is := split(before), split(after)
	seen, at := 0, 0 // lines and bytes of the old text
	for _, h := range diff.Hunks(was, is, diff.Context(context)) {
		for _, line := range was[seen:h.PosX] {
			at += len(line)
		}
		t.lines = append(t.lines, skipped(h.PosX-seen)...)
		at = t.hunk(h.Edits, at, h.PosX)
		if seen = h.EndX; len(t.lines) > maxLines {
			return said{lines: t.lines}
		}
	}
	t.lines = append(t.lines, skipped(len(was)-seen)...)
	if note := lastBreak(before, after); note != nil { // the last part has come to the end
		t.lines = append(t.lines, note...)
		t.parts[len(t.parts)-1].to = len(t.lines)
	}
	return t
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

// hunk shows runs of unchanged lines and, between them, what went and what came. at is the byte of
// the old text at which they begin, behind so many lines; it gives the one at which they end.
func (t *said) hunk(edits []diff.Edit[string], at, line int) (end int) {
	for i := 0; i < len(edits); {
		if edits[i].Op == diff.Match {
			t.lines = append(t.lines, Line{Kind: Same, Text: shorten(bare(edits[i].X), maxSame)})
			at += len(edits[i].X)
			i++
			line++
			continue
		}
		p := part{swap: jsonraw.Swap{At: at}, line: line, from: len(t.lines)}
		var gone, come []string
		var was []byte
		for ; i < len(edits) && edits[i].Op != diff.Match; i++ {
			if edits[i].Op == diff.Delete {
				gone, was = append(gone, bare(edits[i].X)), append(was, edits[i].X...)
			} else {
				come, p.swap.Ins = append(come, bare(edits[i].Y)), append(p.swap.Ins, edits[i].Y...)
			}
		}
		t.lines = append(t.lines, block(gone, come)...)
		p.was, p.swap.Del, p.to = string(was), len(was), len(t.lines)
		t.parts = append(t.parts, p)
		at, line = at+p.swap.Del, line+len(gone)
	}
	return at
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
