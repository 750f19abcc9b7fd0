package redact

import (
	"strings"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/model/rewrite"
)

// Where is a kind of thing at a kind of place.
type Where struct {
	Kind   string
	Path   string // with [] for the elements of a list: messages[].content
	Locked string // why what is there is left, "" if it is masked
}

// Sample is a hit or a near miss with what is around it.
type Sample struct {
	Where
	Before, Text, After string
	Why                 string // it is not a hit; "" for a hit
}

// Report is what was found in a log, or in many.
type Report struct {
	Counts  map[Where]int // hits
	Samples []Sample      // of hits, a few of each kind
	Misses  []Sample      // of near misses, likewise
	Missed  map[string]int
}

// NewReport is a report of nothing, to merge others into.
func NewReport() *Report { return &Report{Counts: map[Where]int{}, Missed: map[string]int{}} }

// mostSamples is how many samples there are of hits of a kind, and how many of near misses.
const mostSamples = 3

// around is how many bytes are shown on either side of a sample.
const around = 24

func (r *Report) add(w *writer, at *rewrite.Place, text string, found Found) {
	if len(found.Hits)+len(found.Misses) == 0 {
		return
	}
	path := w.general(at)
	for _, h := range found.Hits {
		where := Where{h.Kind, path, w.locked}
		r.Counts[where]++
		r.Samples = sampled(r.Samples, sample(where, text, h, ""))
	}
	for _, m := range found.Misses {
		if w.locked == "" {
			r.Missed[m.Kind]++
			r.Misses = sampled(r.Misses, sample(Where{m.Kind, path, ""}, text, m.Hit, m.Why))
		}
	}
}

// general is the path to a place, with [] in the place of positions. Names in which something is
// found are masked: a path is shown where texts are not.
func (w *writer) general(at *rewrite.Place) string {
	path := w.root
	for _, s := range at.Steps {
		if s.Element {
			path += "[]"
			continue
		}
		var swaps []jsonraw.Swap
		for _, h := range w.Finder.Find(s.Name, "").Hits {
			swaps = append(swaps, jsonraw.Swap{At: h.Start, Del: h.End - h.Start, Ins: []byte("[" + h.Kind + "]")})
		}
		s.Name = string(jsonraw.Swapped([]byte(s.Name), swaps, 0))
		path = s.Behind(path)
	}
	return path
}

// sample is a stretch of a text as it is shown.
func sample(where Where, text string, h Hit, why string) Sample {
	from, to := max(0, h.Start-around), min(len(text), h.End+around)
	for from < h.Start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > h.End && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	text = strings.Clone(text[from:to]) // the whole of it is not kept
	start, end := h.Start-from, h.End-from
	return Sample{where, text[:start], text[start:end], text[end:], why}
}

// sampled adds a sample, unless there are enough of its kind, or one of the same text.
func sampled(list []Sample, s Sample) []Sample {
	n := 0
	for _, have := range list {
		if have.Kind == s.Kind && have.Locked == s.Locked {
			if n++; have.Text == s.Text || n == mostSamples {
				return list
			}
		}
	}
	return append(list, s)
}

// Merge takes in what was found in another log.
func (r *Report) Merge(other *Report) {
	for where, n := range other.Counts {
		r.Counts[where] += n
	}
	for kind, n := range other.Missed {
		r.Missed[kind] += n
	}
	for _, s := range other.Samples {
		r.Samples = sampled(r.Samples, s)
	}
	for _, s := range other.Misses {
		r.Misses = sampled(r.Misses, s)
	}
}

// Hits is how many hits there are that can be masked, and how many that are left.
func (r *Report) Hits() (masked, left int) {
	for where, n := range r.Counts {
		if where.Locked == "" {
			masked += n
		} else {
			left += n
		}
	}
	return masked, left
}
