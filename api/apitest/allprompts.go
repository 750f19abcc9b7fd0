package apitest

import (
	"fmt"
	"slices"
	"testing"

	"errata/api"
	"errata/model"
)

// testAllPrompts checks that the logs of all prompts are listed in one order, page after page, each
// once, whatever comes meanwhile.
func testAllPrompts(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	seed := allKinds(t)
	for i := range 30 {
		created := fmt.Sprintf("2024-03-01T10:%02d:00Z", i/4) // several at one instant
		seed.Logs = append(seed.Logs, fmt.Appendf(nil, `{"id":"all_%d","prompt":{"id":"all_pr_%d"},"created_at":%q}`, i, i%3, created))
	}
	seed.Logs = append(seed.Logs, []byte(`{"id":"all_never","prompt":{"id":"all_pr_1"},"created_at":"once"}`))
	b := open(t, seed)
	list := func(q api.LogQuery) (got []string) {
		t.Helper()
		q.FileID = api.AllPrompts
		for {
			raw, err := b.Logs(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			page, err := model.ParsePage(raw)
			if err != nil || !page.Marked {
				t.Fatalf("%s: %v", raw, err)
			}
			for _, log := range page.Logs {
				got = append(got, log.Head().ID)
			}
			if q.After = page.After; q.After == "" {
				return got
			}
			if len(got) == 2*q.Size {
				create(t, b, fmt.Appendf(nil, `{"id":"all_pr_0","log_id":"all_late_%d","created_at":"2026-11-28T09:00:00Z"}`, q.Size))
			}
		}
	}
	dated := api.LogQuery{Size: 7, StartDate: "2024-03-01T10:00:00Z", EndDate: "2024-03-01T10:59:00Z"}
	var want []string
	for minute := 7; minute >= 0; minute-- { // of one instant the prompt that was stored last comes first
		for prompt := 2; prompt >= 0; prompt-- {
			for i := 29; i >= 0; i-- {
				if i/4 == minute && i%3 == prompt {
					want = append(want, fmt.Sprint("all_", i))
				}
			}
		}
	}
	if got := list(dated); !slices.Equal(got, want) {
		t.Errorf("between two dates:\n got %q\nwant %q", got, want)
	}
	all := list(api.LogQuery{Size: 4})
	if n := len(all); n == 0 || all[0] != "all_late_7" || all[n-1] != "all_never" || slices.Contains(all, "all_late_4") {
		t.Errorf("all are %q", all)
	}
	if again := slices.Compact(slices.Sorted(slices.Values(all))); len(again) != len(all) {
		t.Errorf("some are listed twice: %q", all)
	}
	_, err := b.Logs(t.Context(), api.LogQuery{FileID: api.AllPrompts, Search: "word", Size: 1})
	wantFields(t, err, "query", "file_id")
	for _, mark := range []string{"x", "1.1", "-1.1.-1", "1.1.0", "1.1.1 ", "+1.1.1", "1.1.1.1", "1.99999.1", "99999999999999999999.1.1"} {
		_, err := b.Logs(t.Context(), api.LogQuery{FileID: api.AllPrompts, After: mark, Size: 1})
		wantFields(t, err, "query", "after")
	}
}
