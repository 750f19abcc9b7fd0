package cli

import (
	"maps"
	"slices"
	"strings"

	"errata/api/batch"
	"errata/model/figure"
)

// alike counts reasons that many logs have in common, so that a full disk is not a sentence for
// each.
type alike struct {
	counts map[string]int
}

// mostAlike is of how many logs with the same reason it is said one by one.
const mostAlike = 5

// again counts the reason of a log, and reports whether it was said often enough.
func (a *alike) again(e batch.Event) bool {
	if e.Err == nil {
		return false
	}
	reason := e.Err.Error()
	for _, name := range []string{e.LogID, e.Entry} {
		if name != "" {
			reason = strings.ReplaceAll(reason, name, "…")
		}
	}
	if a.counts == nil {
		a.counts = map[string]int{}
	}
	a.counts[reason]++
	return a.counts[reason] > mostAlike
}

// more says of how many more logs each reason holds, and counts again.
func (a *alike) more() (list []string) {
	for _, reason := range slices.Sorted(maps.Keys(a.counts)) {
		if more := a.counts[reason] - mostAlike; more > 0 {
			list = append(list, figure.Count(more, "more log")+": "+reason)
		}
	}
	a.counts = nil
	return list
}
