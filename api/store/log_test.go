package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// logsOf asks for all logs of a prompt.
func logsOf(prompt string) api.LogQuery { return api.LogQuery{FileID: prompt, Size: 1000} }

// TestConcurrentPatches has every field changed by a goroutine of its own, through two stores on
// one file: none is lost.
func TestConcurrentPatches(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	stores := []*store.Store{open(t, path), open(t, path)}
	put(t, stores[0], logDoc("log_1", "pr_1", ""))
	values := map[model.Kind]string{
		model.Line: `"line"`, model.Text: `"text"`, model.Integer: `7`, model.Decimal: `0.10`, model.Datetime: `"2025-01-01T00:00:00Z"`,
		model.Map: `{"a": 1.0}`, model.Message: `{"role":"user"}`, model.Messages: `[]`, model.ToolChoice: `"auto"`,
	}
	var all sync.WaitGroup
	for i, f := range model.Fields() {
		all.Go(func() {
			patch := fmt.Sprintf(`{%q: %s}`, f.Name, values[f.Kind])
			if _, err := stores[i%2].UpdateLog(t.Context(), "pr_1", "log_1", []byte(patch), ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	log, err := model.ParseLog([]byte(get(t, stores[0], "log_1")))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range model.Fields() {
		if got := string(log.Value(f).Bytes()); got != values[f.Kind] {
			t.Errorf("%s is %q, want %q", f.Name, got, values[f.Kind])
		}
	}
}

// TestPatchKeepsTheRest changes one member of a document that is written in every odd way.
func TestPatchKeepsTheRest(t *testing.T) { onEach(t, testPatchKeepsTheRest) }

func testPatchKeepsTheRest(t *testing.T, s *store.Store) {
	doc := "{ \"id\":\"log_1\",\r\n\t\"prompt\" : {\"id\":\"pr_1\"}, \"prompt_cost\":1E-07,\"x\":{\"a\":1,\"a\":2}, \"out\\u0070ut\" :\"old\" ,\"stdout\":\"\\ud800\\u0000\",\"prompt_tokens\":9007199254740993 }\n"
	put(t, s, doc)
	got, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"new \ud83d\ude00"}`), "")
	want := strings.Replace(doc, `"old"`, `"new \ud83d\ude00"`, 1)
	if err != nil || string(got.Raw) != want || get(t, s, "log_1") != want {
		t.Errorf("log %q, %v\nwant %q", got.Raw, err, want)
	}
}

// TestOrderFollows wants a log to move in the list when its time is changed.
func TestOrderFollows(t *testing.T) { onEach(t, testOrderFollows) }

func testOrderFollows(t *testing.T, s *store.Store) {
	put(t, s, logDoc("log_a", "pr_1", `,"created_at":"2024-01-01T00:00:00Z"`))
	put(t, s, logDoc("log_b", "pr_1", `,"created_at":"2024-02-01T00:00:00Z"`))
	for _, c := range []struct {
		literal string
		want    []string
		since   []string // those from 2024-01-15 on
	}{
		{`"2024-03-01T00:00:00"`, []string{"log_a", "log_b"}, []string{"log_a", "log_b"}},
		// the same instant: stored last, shown first
		{`"2024-02-01T01:00:00+01:00"`, []string{"log_b", "log_a"}, []string{"log_b", "log_a"}},
		{`"2024-02-01T01:00:00-01:00"`, []string{"log_a", "log_b"}, []string{"log_a", "log_b"}},
		{`null`, []string{"log_b", "log_a"}, []string{"log_b"}},
	} {
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_a", []byte(`{"created_at":`+c.literal+`}`), ""); err != nil {
			t.Fatal(err)
		}
		if got, _ := ids(t, s, logsOf("pr_1")); !slices.Equal(got, c.want) {
			t.Errorf("%s: order %v, want %v", c.literal, got, c.want)
		}
		q := logsOf("pr_1")
		q.StartDate = "2024-01-15"
		if got, _ := ids(t, s, q); !slices.Equal(got, c.since) {
			t.Errorf("%s: since %v, want %v", c.literal, got, c.since)
		}
	}
}

// TestOrder pages through logs with equal, odd and missing times: each comes once.
func TestOrder(t *testing.T) { onEach(t, testOrder) }

func testOrder(t *testing.T, s *store.Store) {
	for i, created := range []string{`"2024-01-01T00:00:00.5Z"`, `"2024-01-01T00:00:00.500000"`, `null`, `"soon"`, `"0001-01-01T00:00:00Z"`, `17`, `"9999-12-31T23:59:59.999999Z"`} {
		put(t, s, logDoc(fmt.Sprint("log_", i), "pr_1", `,"created_at":`+created))
	}
	put(t, s, logDoc("log_7", "pr_1", ""))
	want := []string{"log_6", "log_1", "log_0", "log_4", "log_7", "log_5", "log_3", "log_2"}
	var got []string
	for page := 1; page <= 5; page++ {
		list, total := ids(t, s, api.LogQuery{FileID: "pr_1", Page: page, Size: 2})
		if total != len(want) {
			t.Errorf("total %d", total)
		}
		got = append(got, list...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestPagesFarAway(t *testing.T) { onEach(t, testPagesFarAway) }

func testPagesFarAway(t *testing.T, s *store.Store) {
	put(t, s, logDoc("log_1", "pr_1", `,"output":"word"`))
	for _, search := range []string{"", "word"} {
		q := api.LogQuery{FileID: "pr_1", Page: int(^uint(0) >> 1), Size: 1000, Search: search}
		if list, total := ids(t, s, q); len(list) != 0 || total != 1 {
			t.Errorf("search %q: logs %v of %d", search, list, total)
		}
	}
}

// TestIfMatch covers what a header may hold beside one tag.
func TestIfMatch(t *testing.T) { onEach(t, testIfMatch) }

func testIfMatch(t *testing.T, s *store.Store) {
	put(t, s, logDoc("log_1", "pr_1", ""))
	doc, err := s.Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]api.Code{
		"":                          0,
		"*":                         0,
		doc.ETag:                    0,
		`"other", ` + doc.ETag:      0,
		"W/" + doc.ETag:             api.Precondition,
		`"other"`:                   api.Precondition,
		strings.Trim(doc.ETag, `"`): api.Precondition,
	} {
		_, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{}`), header)
		if got := api.CodeOf(err); got != want {
			t.Errorf("If-Match %s: %v, want code %d", header, err, want)
		}
	}
}

// TestBatch wants a batch to be kept whole or not at all, and a step of it likewise.
func TestBatch(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	for _, path := range []string{":memory:", filepath.Join(t.TempDir(), "errata.db")} {
		s := open(t, path)
		err := s.Batch(t.Context(), func(ctx context.Context) error {
			if _, err := s.Import(ctx, []byte(logDoc("log_1", "pr_1", ""))); err != nil {
				return err
			}
			if _, err := s.Log(ctx, "log_1"); err != nil {
				t.Errorf("a batch does not see what it wrote: %v", err)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Errorf("error %v", err)
		}
		if _, err := s.Log(t.Context(), "log_1"); api.CodeOf(err) != api.NotFound {
			t.Errorf("a failed batch left a log: %v", err)
		}
		err = s.Batch(t.Context(), func(ctx context.Context) error {
			return s.Batch(ctx, func(ctx context.Context) error {
				_, err := s.Import(ctx, []byte(logDoc("log_2", "pr_2", "")))
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Batch(t.Context(), func(ctx context.Context) error {
			body := `{"path":"half/made","prompt":{"model":"m"},"log_id":"log_2"}`
			if _, err := s.CreateLog(ctx, api.CreateQuery{}, []byte(body)); api.CodeOf(err) != api.Conflict {
				t.Errorf("error %v, want a conflict", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		page, err := s.Prompts(t.Context(), api.PromptQuery{Size: 9})
		if err != nil || !strings.HasSuffix(string(page), `"total":1}`) {
			t.Errorf("a failed step of a batch left a prompt: %s, %v", page, err)
		}
	}
}
