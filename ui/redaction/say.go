package redaction

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"errata/model/figure"
	"errata/model/redact"
)

// Places are where hits are, those that are masked first, and by kind and path.
func Places(report *redact.Report) []redact.Where {
	kinds := redact.Names(nil)
	rank := func(kind string) int {
		if i := slices.Index(kinds, kind); i >= 0 {
			return i
		}
		return len(kinds) // of a pattern
	}
	return slices.SortedFunc(maps.Keys(report.Counts), func(a, b redact.Where) int {
		return cmp.Or(strings.Compare(a.Locked, b.Locked), rank(a.Kind)-rank(b.Kind),
			strings.Compare(a.Kind, b.Kind), strings.Compare(a.Path, b.Path))
	})
}

// lines sum up what was found in so many logs, of which some hold hits.
func lines(found *redact.Report, logs, of int, samples bool) (list []string) {
	masked, left := found.Hits()
	if masked+left == 0 {
		list = append(list, "nothing is found in the values of "+figure.Count(of, "log"))
	} else {
		list = append(list, figure.Count(masked, "hit")+" in "+figure.Count(logs, "log")+" of "+figure.Int(of))
	}
	places := Places(found)
	for _, where := range places[:min(len(places), mostPlaces)] {
		line := "  " + where.Kind + "  " + figure.Int(found.Counts[where]) + "  " + where.Path
		if where.Locked != "" {
			line += ", left: " + where.Locked
		}
		list = append(list, line)
	}
	if more := len(places) - mostPlaces; more > 0 {
		list = append(list, "  … and "+figure.Int(more)+" more like these")
	}
	if samples {
		list = sampleLines(list, "samples of hits:", found.Samples)
		list = sampleLines(list, "near misses, which stay:", found.Misses)
	}
	return list
}

// mostPlaces is how many kinds of places are listed.
const mostPlaces = 100

// longestSample is how many bytes of a hit are shown.
const longestSample = 60

// sampleLines adds samples to a list of lines.
func sampleLines(list []string, head string, samples []redact.Sample) []string {
	if len(samples) == 0 {
		return list
	}
	list = append(list, head)
	samples = slices.Clone(samples)
	slices.SortStableFunc(samples, func(a, b redact.Sample) int { return strings.Compare(a.Kind, b.Kind) })
	for _, s := range samples {
		text := s.Text
		if len(text) > longestSample {
			text = strings.ToValidUTF8(text[:longestSample], "") + "…"
		}
		why := ""
		if s.Why != "" {
			why = "  (" + s.Why + ")"
		}
		list = append(list, "  "+s.Kind+"  "+s.Path+"  …"+s.Before+"»"+text+"«"+s.After+"…"+why)
	}
	return list
}
