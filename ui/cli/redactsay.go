package cli

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"errata/model/figure"
	"errata/model/redact"
)

// tell prints what one log holds: kinds, places and counts, and none of the words.
func (r *redaction) tell(id string, report *redact.Report) {
	if masked, left := report.Hits(); masked+left == 0 || masked == 0 && !r.cfg.JSON() {
		return
	}
	if !r.cfg.JSON() {
		for _, where := range places(report) {
			if where.Locked == "" {
				r.bar.clear()
				r.text(id + "  " + where.Kind + "  " + figure.Int(report.Counts[where]) + "  " + where.Path + "\n")
			}
		}
		return
	}
	told := toldOf{ID: id, Hits: []toldHit{}}
	for _, where := range places(report) {
		told.Hits = append(told.Hits, toldHit{where.Kind, where.Path, report.Counts[where], where.Locked})
	}
	line, err := json.Marshal(told)
	if err == nil {
		r.value(line)
	}
}

// toldOf is a line of errata redact --check --json.
type toldOf struct {
	ID   string    `json:"id"`
	Hits []toldHit `json:"hits"`
}

type toldHit struct {
	Kind  string `json:"kind"`
	Path  string `json:"path"`
	Count int    `json:"count"`
	Left  string `json:"left,omitempty"` // why it would be left
}

// places are where hits are, those that are masked first, and by kind and path.
func places(report *redact.Report) []redact.Where {
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

// sayFound sums up what was found, with samples where somebody reads them.
func (r *redaction) sayFound(samples bool) {
	masked, left := r.found.Hits()
	if masked+left == 0 {
		r.say("nothing is found in the values of %s", figure.Count(r.batch.Len(), "log"))
	} else {
		r.say("%s in %s of %s", figure.Count(masked, "hit"), figure.Count(r.logs, "log"), figure.Int(r.batch.Len()))
	}
	t := tally{app: &r.console}
	for _, where := range places(r.found) {
		words := ""
		if where.Locked != "" {
			words = ", left: " + where.Locked
		}
		t.say("  %s  %s  %s%s", where.Kind, figure.Int(r.found.Counts[where]), where.Path, words)
	}
	t.close()
	if samples {
		r.saySamples("samples of hits:", r.found.Samples)
		r.saySamples("near misses, which stay:", r.found.Misses)
	}
}

// longestSample is how many bytes of a hit are shown.
const longestSample = 60

func (r *redaction) saySamples(head string, list []redact.Sample) {
	if len(list) == 0 {
		return
	}
	r.say("%s", head)
	slices.SortStableFunc(list, func(a, b redact.Sample) int { return strings.Compare(a.Kind, b.Kind) })
	for _, s := range list {
		text := s.Text
		if len(text) > longestSample {
			text = strings.ToValidUTF8(text[:longestSample], "") + "…"
		}
		why := ""
		if s.Why != "" {
			why = "  (" + s.Why + ")"
		}
		r.say("  %s  %s  …%s»%s«%s…%s", s.Kind, s.Path, s.Before, text, s.After, why)
	}
}
