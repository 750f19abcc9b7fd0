package apitest

import (
	"slices"
	"testing"

	"errata/api"
	"errata/model"
)

// testArrivals checks that each log of a prompt is listed once, when it is new, whatever its time
// is: not when it is changed or judged, and no log of another kind of file.
func testArrivals(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	mark := ""
	next := func(n int, want ...string) {
		t.Helper()
		list, err := b.Arrived(t.Context(), mark, n)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range list.Logs {
			if got = append(got, a.ID); a.PromptID != promptID {
				t.Errorf("%s is of the prompt %q", a.ID, a.PromptID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("new are %q, want %q", got, want)
		}
		mark = list.After
	}
	add := func(id, created string) {
		t.Helper()
		create(t, b, body(`"id":"`+promptID+`","log_id":"`+id+`","created_at":"`+created+`"`, nil))
	}
	next(9)
	next(9)
	add("log_same1", "2026-11-28T09:00:00Z")
	add("log_same2", "2026-11-28T09:00:00Z")
	add("log_old", "1999-01-01T00:00:00Z")
	next(2, "log_same1", "log_same2")
	next(2, "log_old")
	next(2)
	if _, err := b.UpdateLog(t.Context(), promptID, "log_same1", object(model.PromptTokens.Name, "1"), ""); err != nil {
		t.Fatal(err)
	}
	upsert(t, b, "team/yes", specs["yes no"])
	judge(t, b, `"path":"team/yes","parent_id":"log_same1","judgment":true`)
	next(9)
	if err := b.DeleteLogs(t.Context(), []string{"log_same2"}); err != nil {
		t.Fatal(err)
	}
	next(9)
	add("log_same2", "2026-11-28T09:00:00Z") // it is another log, whatever it is called
	next(9, "log_same2")
	for _, wrong := range []string{"x", "1 2", "1 2-", "-"} {
		_, err := b.Arrived(t.Context(), wrong, 9)
		wantFields(t, err, "query", "after")
	}
}
