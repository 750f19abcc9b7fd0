package find

import (
	"bytes"
	"regexp"

	"errata/ui/editor"
)

// lineWindow is how much of a text is searched at a time, and overlap how long a match may be that
// is on a cut within a longer line.
const (
	lineWindow = 1 << 20
	overlap    = 1 << 10
)

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
	probe := newProbe(re)
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
