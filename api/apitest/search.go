package apitest

import (
	"testing"

	"errata/api"
	"errata/api/rules"
)

// testSearch searches all places, which is an addition to the API, and then those that the API has.
func testSearch(t *testing.T, open opener) {
	svc := open(t, Seed{Logs: lines(t, "search.jsonl")})
	all := []string{rules.SearchAll}
	for _, c := range []struct {
		search string
		in     []string
		want   []string
	}{
		{"FERRY", nil, []string{"log_inputs"}},
		{"ferry OR noon", nil, nil},
		{"ferr", all, []string{"log_inputs", "log_call", "log_ferry"}},
		{"log_b", all, []string{"log_broken"}},
		{"is the", all, []string{"log_broken", "log_ferry"}},
		{"get_ferries", all, []string{"log_call"}},
		{"north pier", all, []string{"log_call"}},
		{"web", all, []string{"log_ferry"}},
		{"channel", all, []string{"log_inputs", "log_ferry"}},
		{"(quay OR ferry) late", all, []string{"log_inputs", "log_ferry"}},
		{"late AND ferry", all, []string{"log_inputs", "log_ferry"}},
		{"late -ferry", all, []string{"log_broken"}},
		{"quay OR timeout", all, []string{"log_broken", "log_call"}},
		{`"ramp OR"`, all, []string{"log_inputs"}},
		{"error:noon", all, []string{"log_broken"}},
		{"noon -error:noon", all, []string{"log_ferry"}},
		{"tool:ferries", all, []string{"log_call"}},
		{"tool:north", all, nil},
		{"id:log_c", all, []string{"log_call"}},
		{"source:harbour", all, []string{"log_broken"}},
		{"NOT noon", all, []string{"log_inputs", "log_call"}},
		{"metadata:100%", all, []string{"log_inputs"}},
		{"harbour", all, []string{"log_call"}},
		{"late", []string{"messages"}, []string{"log_broken", "log_ferry"}},
		{"late", []string{"metadata", "error"}, []string{"log_inputs"}},
		{"OLD quay", []string{"messages", "output"}, []string{"log_call"}},
		{"http://nowhere", all, nil},
	} {
		t.Run(c.search, func(t *testing.T) {
			q := api.LogQuery{FileID: "pr_find", Size: 9, Search: c.search, SearchIn: c.in}
			checkPage(t, svc, q, c.want, len(c.want))
			if page := listed(t, svc, q); page.SearchedIn != (len(c.in) > 0) {
				t.Errorf("the page says that places were asked for: %v", page.SearchedIn)
			}
		})
	}
	t.Run("changed message", func(t *testing.T) {
		fresh := open(t, Seed{Logs: lines(t, "search.jsonl")})
		patch := []byte(`{"messages": [{"role": "user", "content": "Where is the lighthouse?"}]}`)
		if _, err := fresh.UpdateLog(t.Context(), "pr_find", "log_ferry", patch, ""); err != nil {
			t.Fatal(err)
		}
		checkPage(t, fresh, api.LogQuery{FileID: "pr_find", Size: 9, Search: "lighthouse", SearchIn: all}, []string{"log_ferry"}, 1)
		checkPage(t, fresh, api.LogQuery{FileID: "pr_find", Size: 9, Search: "messages:ferry", SearchIn: all}, nil, 0)
	})
	t.Run("no search", func(t *testing.T) {
		_, err := svc.Logs(t.Context(), api.LogQuery{FileID: "pr_find", Size: 9, Search: "late AND", SearchIn: all})
		wantFields(t, err, "query", "search")
	})
}
