package follow_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/follow"
	"errata/api/server"
	"errata/api/store"
	"errata/api/walk"
	"errata/model/selection"
)

// line is a log of a prompt.
func line(id, prompt, created, output string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"prompt":{"id":%q,"path":"almanac/%s"},"created_at":%q,"output":%q,"evaluator_logs":[]}`, id, prompt, prompt, created, output)
}

// watched is a service, and how a log comes into it.
type watched struct {
	src walk.Source
	put func(raw []byte)
}

// onStore is a store at hand.
func onStore(t *testing.T) watched {
	t.Helper()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return watched{walk.Source{Service: st, Scanner: st}, func(raw []byte) {
		if _, err := st.Import(context.Background(), raw); err != nil {
			t.Error(err)
		}
	}}
}

// onLists is a server that knows lists alone; answered counts its answers by their status.
func onLists(t *testing.T) (w watched, fake *apitest.Fake, answered map[int]int) {
	t.Helper()
	fake = apitest.NewFake(t, apitest.Seed{})
	handler := server.New(fake, server.Options{Allow: server.Only("key", "")})
	answered = map[int]int{}
	client, err := api.New(api.Options{
		BaseURL: &url.URL{Scheme: "http", Host: "lists", Path: "/v5"}, Key: "key", Sleep: func(<-chan struct{}, time.Duration) bool { return true },
		Transport: counting{api.InMemory(handler), &sync.Mutex{}, answered},
	})
	if err != nil {
		t.Fatal(err)
	}
	return watched{walk.Source{Service: client}, func(raw []byte) { fake.Put(t, raw) }}, fake, answered
}

// counting counts answers to lists of logs by their status.
type counting struct {
	http.RoundTripper
	mu       *sync.Mutex
	answered map[int]int
}

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.RoundTripper.RoundTrip(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && strings.HasSuffix(r.URL.Path, "/logs") {
		c.answered[resp.StatusCode]++
	}
	return resp, err
}

// begin follows what a selection selects.
func (w watched) begin(t *testing.T, s selection.Selection) *follow.Follower {
	t.Helper()
	f := follow.New(w.src, walk.Query{Selection: s})
	if err := f.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f
}

// gives looks until nothing more is known to be there, and wants these logs.
func gives(t *testing.T, f *follow.Follower, want ...string) {
	t.Helper()
	var got []string
	for {
		logs, err := f.Next(t.Context())
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		for _, l := range logs {
			got = append(got, l.Head().ID)
		}
		if err != nil || f.Pause() > 0 {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("new are %q, want %q", got, want)
	}
}

// Every service hands each log out once, also where many have one time, and where there are many
// more than one look brings.
func TestEachNewLogOnce(t *testing.T) {
	t.Parallel()
	lists, _, _ := onLists(t)
	for name, w := range map[string]watched{"store": onStore(t), "lists": lists} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w.put(line("log_was", "pr_1", "2026-11-28T09:00:00Z", "was there"))
			f := w.begin(t, selection.Selection{})
			gives(t, f)
			w.put(line("log_a", "pr_1", "2026-11-28T09:00:00Z", "one time"))
			w.put(line("log_b", "pr_1", "2026-11-28T09:00:00Z", "one time"))
			w.put(line("log_old", "pr_1", "2020-01-01T09:00:00Z", "arrived late"))
			w.put(line("log_other", "pr_2", "2026-11-28T09:00:01Z", "of a new prompt"))
			logs, err := f.Next(t.Context())
			if err != nil || len(logs) != 4 {
				t.Fatalf("%d logs, %v", len(logs), err)
			}
			w.put(line("log_a", "pr_1", "2026-11-28T09:00:00Z", "corrected"))
			gives(t, f)
			var want []string
			for i := range 250 {
				id := fmt.Sprintf("log_%03d", i)
				want = append(want, id)
				w.put(line(id, "pr_1", fmt.Sprintf("2026-11-28T10:%02d:%02dZ", i/60, i%60), "many"))
			}
			gives(t, f, want...)
			gives(t, f)
		})
	}
}

func TestSelectionsHold(t *testing.T) {
	t.Parallel()
	lists, _, _ := onLists(t)
	for name, w := range map[string]watched{"store": onStore(t), "lists": lists} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w.put(line("log_0", "pr_1", "2026-11-28T09:00:00Z", "tide"))
			w.put(line("log_1", "pr_2", "2026-11-28T09:00:00Z", "tide"))
			all := map[string]*follow.Follower{}
			for words, s := range map[string]selection.Selection{
				"prompt": {Prompt: "pr_1"}, "path": {Prompt: "almanac/pr_2"}, "where": {Where: `.output | startswith("high")`},
				"search": {Search: "low"}, "since": {Since: "2026-11-28"}, "limit": {Limit: 2},
			} {
				all[words] = w.begin(t, s)
			}
			w.put(line("log_high", "pr_1", "2026-11-27T09:00:00Z", "high tide"))
			w.put(line("log_low", "pr_2", "2026-11-28T09:00:00Z", "low tide"))
			w.put(line("log_slack", "pr_1", "2026-11-28T09:00:01Z", "slack"))
			for words, want := range map[string][]string{
				"prompt": {"log_high", "log_slack"}, "path": {"log_low"}, "where": {"log_high"}, "search": {"log_low"},
				"since": {"log_low", "log_slack"}, "limit": {"log_high", "log_low"},
			} {
				t.Log(words)
				gives(t, all[words], want...)
			}
		})
	}
}

// The waits become longer while nothing comes, and short again with news.
func TestWaits(t *testing.T) {
	t.Parallel()
	lists, _, answered := onLists(t)
	near := onStore(t)
	for i, w := range []watched{near, lists} {
		longest := []time.Duration{2 * time.Second, 15 * time.Second}[i]
		w.put(line("log_0", "pr_1", "2026-11-28T09:00:00Z", "tide"))
		f := w.begin(t, selection.Selection{})
		before := time.Duration(0)
		for range 10 {
			gives(t, f)
			if now := f.Pause(); now < before || now > longest {
				t.Errorf("after %v it waits %v", before, now)
			}
			before = f.Pause()
		}
		if before != longest {
			t.Errorf("it waits %v at last, want %v", before, longest)
		}
		w.put(line("log_1", "pr_1", "2026-11-28T09:00:01Z", "tide"))
		gives(t, f, "log_1")
		if got := f.Pause(); got != time.Second {
			t.Errorf("after news it waits %v", got)
		}
	}
	if answered[http.StatusNotModified] != 10 || answered[http.StatusOK] != 2 {
		t.Errorf("lists were answered with %v: what is the same is not sent again", answered)
	}
}

// A server that fails loses nothing.
func TestFailuresLoseNothing(t *testing.T) {
	t.Parallel()
	w, fake, _ := onLists(t)
	w.put(line("log_0", "pr_1", "2026-11-28T09:00:00Z", "tide"))
	f := w.begin(t, selection.Selection{})
	w.put(line("log_1", "pr_1", "2026-11-28T09:00:01Z", "tide"))
	w.put(line("log_2", "pr_1", "2026-11-28T09:00:02Z", "tide"))
	read := 0
	down := &api.Error{Code: api.Failed, Status: 500, Msg: "down"}
	for _, op := range []apitest.Op{apitest.Prompts, apitest.Logs, apitest.Log} {
		fake.Fail(op, down)
		before := f.Pause()
		logs, err := f.Next(t.Context())
		if op == apitest.Log && len(logs) == 1 {
			read = 1 // that of the other one failed
			continue
		}
		if err == nil || len(logs) > 0 || f.Pause() <= before {
			t.Errorf("%v: %d logs, %v, it waits %v", op, len(logs), err, f.Pause())
		}
	}
	gives(t, f, []string{"log_1", "log_2"}[read:]...)
}

// An answer that was cut is asked for again, and a log that can never be read is in nobody's way.
func TestAnswersThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for _, cut := range []int{1, 3} {
		fake := apitest.NewFake(t, apitest.Seed{})
		fake.Put(t, line("log_0", "pr_1", "2026-11-28T09:00:00Z", "tide"))
		f := watched{src: walk.Source{Service: fake}}.begin(t, selection.Selection{})
		fake.Put(t, line("log_1", "pr_1", "2026-11-28T09:00:01Z", "tide"))
		for range cut {
			fake.Fail(apitest.Log, &api.Error{Code: api.BadAnswer, Msg: "the answer was cut short"})
			if logs, err := f.Next(t.Context()); err == nil || len(logs) > 0 {
				t.Errorf("%d logs, %v", len(logs), err)
			}
		}
		fake.Put(t, line("log_2", "pr_1", "2026-11-28T09:00:02Z", "tide"))
		if cut == 1 {
			gives(t, f, "log_1")
		}
		gives(t, f, "log_2")
	}
}

// What arrives before all that is watched, on a server that lists by time, is counted.
func TestWhatComesTooOldIsCounted(t *testing.T) {
	t.Parallel()
	w, _, _ := onLists(t)
	for i := range 120 {
		w.put(line(fmt.Sprint("log_was", i), "pr_1", fmt.Sprintf("2026-11-28T10:%02d:%02dZ", i/60, i%60), "tide"))
	}
	f := w.begin(t, selection.Selection{Prompt: "pr_1"})
	w.put(line("log_old", "pr_1", "2020-01-01T00:00:00Z", "tide"))
	w.put(line("log_late", "pr_1", "2026-11-28T10:01:00Z", "tide"))
	gives(t, f, "log_late")
	if f.Passed() != 1 {
		t.Errorf("%d are counted, want 1", f.Passed())
	}
}

func TestWhatCannotBeFollowed(t *testing.T) {
	t.Parallel()
	for _, q := range []walk.Query{{IDs: []string{"a"}}, {Selection: selection.Selection{Oldest: true}}, {Selection: selection.Selection{Sample: 3}}} {
		if follow.Check(q) == nil {
			t.Errorf("%+v is taken", q)
		}
	}
	w := onStore(t)
	f := follow.New(w.src, walk.Query{Selection: selection.Selection{Prompt: "pr_none"}})
	if err := f.Begin(t.Context()); api.CodeOf(err) != api.NotFound {
		t.Errorf("a prompt that is not there: %v", err)
	}
}
