package find

import (
	"bytes"
	"regexp"

	"errata/model/tree"
	"errata/ui/editor"
)

// lineWindow is how much of a text is searched at a time, and overlap how long a match may be that
// stands on a cut within a longer line.
const (
	lineWindow = 1 << 20
	overlap    = 1 << 10
)

// NthInLines is where hit number n, from 0, of a text begins, or the last one before it. Hits stand
// within lines and are not empty, as everywhere.
func NthInLines(text []byte, re *regexp.Regexp, n int) (at int, ok bool) {
	inLines(text, re, NewProbe(re), func(h Hit) bool {
		at, ok = h.Start, true
		n--
		return n >= 0
	})
	return at, ok
}

// Seek is a hit to put the cursor of an editor at: its number, from 0, among those of a text.
type Seek struct {
	Re  *regexp.Regexp // nil when there is none to seek
	Nth int
	// the node from which on they are counted, where the text is JSON; nil for the beginning
	From tree.Path
}

// In is where the hit begins in a text, or the last one before it; -1 when there is none. For a
// large text call it away from the keys.
func (s Seek) In(text []byte) int {
	if s.Re == nil {
		return -1
	}
	from := 0
	if len(s.From) > 0 {
		from, _, _ = tree.New(text).Span(s.From)
	}
	if at, ok := NthInLines(text[from:], s.Re, s.Nth); ok {
		return from + at
	}
	return -1
}

// inLines gives the hits of a text, line by line, until yield refuses one. Lines in which the probe
// finds nothing are passed over; without one, nil, none is.
func inLines(text []byte, re *regexp.Regexp, probe *Probe, yield func(Hit) bool) {
	var places *Places
	if probe != nil {
		places = probe.Over(text)
	}
	for at := 0; at < len(text); {
		if places != nil {
			near := places.Next(at)
			if near < 0 {
				break
			}
			at += bytes.LastIndexByte(text[at:near], '\n') + 1
		}
		end := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		for _, loc := range re.FindAllIndex(text[at:end], -1) {
			if loc[0] < loc[1] && !yield(Hit{Start: at + loc[0], End: at + loc[1]}) {
				return
			}
		}
		at = end + 1
	}
}

// walkText gives the hits of a text that begin from one byte up to another, window by window, until
// yield refuses one. stop is asked before each window, with the bytes that were passed, and ends
// the search.
func walkText(text editor.Text, re *regexp.Regexp, from, to int, yield func(Hit) bool, stop func(passed int) bool) {
	probe := NewProbe(re)
	at := max(text.LineStart(from), from-lineWindow)
	for ended := false; at < to && !ended && !stop(max(at-from, 0)); {
		window, whole := text.Slice(at, at+lineWindow+overlap), lineWindow
		if len(window) <= lineWindow {
			whole = len(window)
		} else if n := bytes.LastIndexByte(window[:whole], '\n'); n >= 0 {
			whole, window = n+1, window[:n+1]
		}
		limit, next := min(at+whole, to), at+whole
		inLines(window, re, probe, func(h Hit) bool {
			begin, end := at+h.Start, at+h.End
			if begin >= limit {
				return false
			}
			next = max(next, end)
			ended = begin >= from && !yield(Hit{Start: begin, End: end})
			return !ended
		})
		at = next
	}
}
