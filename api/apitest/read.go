package apitest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"errata/api"
	"errata/model"
)

func testGet(t *testing.T, open opener) {
	seed := pair(t)
	seed.Logs = append(seed.Logs, lines(t, "odd.jsonl")...)
	svc := open(t, seed)
	for _, raw := range seed.Logs {
		log, err := model.ParseLog(raw)
		if err != nil {
			t.Fatal(err)
		}
		id := log.Head().ID
		doc, err := svc.Log(t.Context(), id)
		if err != nil {
			t.Errorf("log %q: %v", id, err)
			continue
		}
		if !bytes.Equal(doc.Raw, raw) {
			t.Errorf("log %q is not what was imported:\n got %s\nwant %s", id, doc.Raw, raw)
		}
	}
}

// testCancel checks that a call whose context was cancelled returns an error that says so.
func testCancel(t *testing.T, open opener) {
	svc := open(t, pair(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := svc.Log(ctx, fullLog); api.CodeOf(err) != api.Canceled {
		t.Errorf("Log after cancel: %v, want Canceled", err)
	}
	_, err := svc.UpdateLog(ctx, fullPrompt, fullLog, []byte(`{}`), "")
	wantCode(t, err, api.Canceled)
}

// allLogs is what the list holds, newest first. Of one instant, the log that was stored later comes
// first; logs without a time come last.
var allLogs = []string{"log_06", "log_04", "log_03", "log_02", "log_01", "log_05"}

func testList(t *testing.T, open opener) {
	seed := Seed{Logs: lines(t, "list.jsonl")}
	svc := open(t, seed)
	for _, c := range []struct {
		name  string
		q     api.LogQuery
		want  []string
		total int
	}{
		{"all", api.LogQuery{Size: 100}, allLogs, 6},
		{"page one", api.LogQuery{Page: 1, Size: 4}, allLogs[:4], 6},
		{"page two", api.LogQuery{Page: 2, Size: 4}, allLogs[4:], 6},
		{"beyond the end", api.LogQuery{Page: 9, Size: 4}, nil, 6},
		{"size zero", api.LogQuery{Page: 1, Size: 0}, nil, 6},
		{"version", api.LogQuery{Size: 9, VersionID: "prv_1"}, []string{"log_03", "log_02", "log_01"}, 3},
		{"unknown version", api.LogQuery{Size: 9, VersionID: "prv_none"}, nil, 0},
		{"id contained", api.LogQuery{Size: 9, IDs: []string{"g_03", "05"}}, []string{"log_03", "log_05"}, 2},
		{"search output, any case", api.LogQuery{Size: 9, Search: "high water"}, []string{"log_03"}, 1},
		{"search inputs", api.LogQuery{Size: 9, Search: "TIDE"}, []string{"log_03", "log_02"}, 2},
		{"search decoded text", api.LogQuery{Size: 9, Search: "CAFÉ"}, []string{"log_04"}, 1},
		{"search takes no patterns", api.LogQuery{Size: 9, Search: "under%"}, nil, 0},
		{"search is literal", api.LogQuery{Size: 9, Search: "r_s"}, []string{"log_05"}, 1},
		{"metadata value", api.LogQuery{Size: 9, MetadataSearch: "ONE"}, []string{"log_03"}, 1},
		{"metadata key", api.LogQuery{Size: 9, MetadataSearch: "reviewed"}, []string{"log_01"}, 1},
		{"metadata percent", api.LogQuery{Size: 9, MetadataSearch: "100%"}, []string{"log_02"}, 1},
		{"from, inclusive", api.LogQuery{Size: 9, StartDate: "2025-05-01T12:00:00Z"}, allLogs[:3], 3},
		{"until, inclusive", api.LogQuery{Size: 9, EndDate: "2025-05-01T12:00:00+00:00"}, []string{"log_03", "log_02", "log_01"}, 3},
		{"between, naive and bare", api.LogQuery{Size: 9, StartDate: "2025-05-01", EndDate: "2025-05-01T10:00:00"}, []string{"log_01"}, 1},
		{"filters combine", api.LogQuery{Size: 9, Search: "tide", VersionID: "prv_1", StartDate: "2025-05-01T11:30:00Z"}, []string{"log_03"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.FileID = listPrompt
			checkPage(t, svc, c.q, c.want, c.total)
		})
	}
	t.Run("whole documents", func(t *testing.T) {
		page := listed(t, svc, api.LogQuery{FileID: listPrompt, Size: 100})
		for _, log := range page.Logs {
			has := func(raw []byte) bool { return bytes.Equal(raw, log.Bytes()) }
			if !slices.ContainsFunc(seed.Logs, has) {
				t.Errorf("a listed log is not as it was imported: %s", log.Bytes())
			}
		}
	})
	t.Run("unknown prompt", func(t *testing.T) {
		_, err := svc.Logs(t.Context(), api.LogQuery{FileID: "pr_none", Size: 9})
		wantCode(t, err, api.NotFound)
	})
	t.Run("unreadable date", func(t *testing.T) {
		_, err := svc.Logs(t.Context(), api.LogQuery{FileID: listPrompt, Size: 9, StartDate: "lately"})
		wantFields(t, err, "query", "start_date")
	})
}

func checkPage(t *testing.T, svc api.Service, q api.LogQuery, want []string, total int) {
	t.Helper()
	page := listed(t, svc, q)
	var got []string
	for _, log := range page.Logs {
		got = append(got, log.Head().ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("logs %v, want %v", got, want)
	}
	if page.Total != total || page.Size != q.Size || page.Number != max(q.Page, 1) {
		t.Errorf("page %d, size %d, total %d; want %d, %d, %d", page.Number, page.Size, page.Total, max(q.Page, 1), q.Size, total)
	}
}

func listed(t *testing.T, svc api.Service, q api.LogQuery) model.Page {
	t.Helper()
	raw, err := svc.Logs(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		t.Fatalf("the page cannot be read: %v\n%s", err, raw)
	}
	return page
}

func testPrompts(t *testing.T, open opener) {
	svc := open(t, Seed{Logs: lines(t, "list.jsonl")})
	t.Run("list", func(t *testing.T) {
		if got := promptIDs(t, svc, api.PromptQuery{Size: 100}); !sameSet(got, listPrompt, elsePrompt) {
			t.Errorf("prompts %v, want %s and %s", got, listPrompt, elsePrompt)
		}
	})
	t.Run("name", func(t *testing.T) {
		if got := promptIDs(t, svc, api.PromptQuery{Size: 100, Name: "ELSE"}); !sameSet(got, elsePrompt) {
			t.Errorf("prompts %v, want %s", got, elsePrompt)
		}
	})
	t.Run("pages", func(t *testing.T) {
		q := api.PromptQuery{Page: 1, Size: 1, SortBy: "name", Order: "asc"}
		first := promptIDs(t, svc, q)
		q.Page = 2
		second := promptIDs(t, svc, q)
		if !slices.Equal(append(first, second...), []string{elsePrompt, listPrompt}) {
			t.Errorf("pages %v and %v, want %s, then %s", first, second, elsePrompt, listPrompt)
		}
	})
	t.Run("get", func(t *testing.T) {
		raw, err := svc.Prompt(t.Context(), listPrompt, api.CreateQuery{})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, raw); got["id"] != `"`+listPrompt+`"` {
			t.Errorf("prompt has id %s", got["id"])
		}
	})
	t.Run("version", func(t *testing.T) {
		raw, err := svc.Prompt(t.Context(), listPrompt, api.CreateQuery{VersionID: "prv_1"})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, raw); got["version_id"] != `"prv_1"` {
			t.Errorf("prompt has version %s", got["version_id"])
		}
	})
	for name, q := range map[string]api.CreateQuery{"pr_none": {}, listPrompt: {VersionID: "prv_else"}} {
		_, err := svc.Prompt(t.Context(), name, q)
		wantCode(t, err, api.NotFound)
	}
}

func promptIDs(t *testing.T, svc api.Service, q api.PromptQuery) []string {
	t.Helper()
	raw, err := svc.Prompts(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range page.Logs {
		id, _ := p.Member("id").Text()
		ids = append(ids, id)
	}
	return ids
}

func sameSet(got []string, want ...string) bool {
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}
