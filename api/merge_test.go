package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/model"
)

// entry writes a log of a prompt.
func entry(id, prompt, created string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"prompt":{"id":%q,"path":%q,"version_id":"prv_%s"},"created_at":%s}`, id, prompt, prompt, prompt, created)
}

func ids(logs []*model.Log) []string {
	var list []string
	for _, l := range logs {
		list = append(list, l.Head().ID)
	}
	return list
}

// drain reads a list to its end, n logs at a time.
func drain(t *testing.T, l api.Lister, n int) []string {
	t.Helper()
	var all []string
	for {
		logs, err := l.Next(t.Context(), n)
		if errors.Is(err, io.EOF) {
			if len(logs) > 0 {
				t.Errorf("%d logs beside the end", len(logs))
			}
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(logs) == 0 || len(logs) > n {
			t.Fatalf("%d logs, asked for %d", len(logs), n)
		}
		all = append(all, ids(logs)...)
	}
}

// several is a seed of logs over prompts, at instants of which some are the same, and the order to
// expect.
func several(prompts, logs int) (apitest.Seed, []string) {
	type item struct {
		id string
		at time.Time
	}
	random := rand.New(rand.NewPCG(1, 2))
	var seed apitest.Seed
	var items []item
	for i := range logs {
		at := time.Date(2025, 1, 1, 0, 0, i, 0, time.UTC)
		it := item{fmt.Sprintf("log_%04d", i), at}
		zone := time.FixedZone("", random.IntN(24)*3600-12*3600)
		seed.Logs = append(seed.Logs, entry(it.id, fmt.Sprintf("pr_%02d", random.IntN(prompts)), `"`+at.In(zone).Format(time.RFC3339)+`"`))
		items = append(items, it)
	}
	slices.Reverse(items)
	var want []string
	for _, it := range items {
		want = append(want, it.id)
	}
	random.Shuffle(len(seed.Logs), func(i, j int) { seed.Logs[i], seed.Logs[j] = seed.Logs[j], seed.Logs[i] })
	return seed, want
}

func TestMergeOrder(t *testing.T) {
	t.Parallel()
	seed, want := several(7, 300)
	for _, n := range []int{1, 2, 30, 100, 1000} {
		m := api.NewMerge(apitest.NewFake(t, seed), api.LogQuery{})
		if got := m.Total(); got != 0 {
			t.Errorf("total %d before anything is known", got)
		}
		if got := drain(t, m, n); !slices.Equal(got, want) {
			t.Errorf("%d at a time: %d logs, want %d in order\n%v", n, len(got), len(want), got)
		}
		if got := m.Total(); got != len(want) {
			t.Errorf("total %d, want %d", got, len(want))
		}
	}
}

func TestMergeTiesAndUnreadableTimes(t *testing.T) {
	t.Parallel()
	f := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{
		entry("never", "pr_a", `null`),
		entry("a", "pr_a", `"2025-01-01T12:00:00"`),
		entry("sometime", "pr_b", `"some day"`),
		entry("b", "pr_b", `"2025-01-01T13:00:00+01:00"`),
		entry("newest", "pr_b", `"2025-01-01T12:00:00.000001Z"`),
	}})
	first := drain(t, api.NewMerge(f, api.LogQuery{}), 2)
	if first[0] != "newest" || !slices.Contains(first[1:3], "a") || !slices.Contains(first[3:], "never") {
		t.Errorf("order %v", first)
	}
	if again := drain(t, api.NewMerge(f, api.LogQuery{}), 5); !slices.Equal(again, first) {
		t.Errorf("order %v, before it was %v", again, first)
	}
}

func TestMergeFilters(t *testing.T) {
	t.Parallel()
	seed, _ := several(3, 30)
	m := api.NewMerge(apitest.NewFake(t, seed), api.LogQuery{FileID: "pr_none", IDs: []string{"log_0007", "log_0011"}, Page: 9, Size: 1})
	if got := drain(t, m, 10); !slices.Equal(got, []string{"log_0011", "log_0007"}) {
		t.Errorf("got %v", got)
	}
}

// TestMergeManyPrompts has more prompts than one page of them holds.
func TestMergeManyPrompts(t *testing.T) {
	t.Parallel()
	var seed apitest.Seed
	for i := range 250 {
		seed.Logs = append(seed.Logs, entry(fmt.Sprintf("log_%03d", i), fmt.Sprintf("pr_%03d", i), fmt.Sprintf(`"2025-01-01T00:00:00.%06d"`, i)))
	}
	f := apitest.NewFake(t, seed)
	logs, err := api.NewMerge(f, api.LogQuery{}).Next(t.Context(), 3)
	if err != nil || !slices.Equal(ids(logs), []string{"log_249", "log_248", "log_247"}) {
		t.Errorf("got %v, %v", ids(logs), err)
	}
	if n := f.Calls(apitest.Prompts); n != 3 {
		t.Errorf("%d pages of prompts", n)
	}
}

// TestMergeIsLazy wants no more pages than are needed.
func TestMergeIsLazy(t *testing.T) {
	t.Parallel()
	seed, want := several(4, 400)
	f := apitest.NewFake(t, seed)
	m := api.NewMerge(f, api.LogQuery{})
	if n := f.Calls(apitest.Any); n != 0 {
		t.Errorf("%d calls before the first Next", n)
	}
	logs, err := m.Next(t.Context(), 20)
	if err != nil || !slices.Equal(ids(logs), want[:20]) {
		t.Errorf("got %v, %v", ids(logs), err)
	}
	if n := f.Calls(apitest.Logs); n > 8 {
		t.Errorf("%d pages of logs for 20 logs of 4 prompts", n)
	}
}

// vanishing is a service one of whose prompts is gone when its logs are asked for.
type vanishing struct {
	api.Service
	gone string
}

func (v vanishing) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	if q.FileID == v.gone {
		return nil, &api.Error{Code: api.NotFound, Msg: "no prompt"}
	}
	return v.Service.Logs(ctx, q)
}

func TestPromptVanishes(t *testing.T) {
	t.Parallel()
	seed, want := several(2, 20)
	f := apitest.NewFake(t, seed)
	got := drain(t, api.NewMerge(vanishing{f, "pr_01"}, api.LogQuery{}), 5)
	if len(got) == 0 || len(got) >= len(want) {
		t.Errorf("%d of %d logs are left", len(got), len(want))
	}
	_, err := api.NewSingle(f, api.LogQuery{FileID: "pr_none"}).Next(t.Context(), 5)
	if api.CodeOf(err) != api.NotFound {
		t.Errorf("a single prompt that is not there: %v", err)
	}
}

// TestMergeGoesOnAfterError fails each kind of call in turn: nothing is lost and nothing comes
// twice.
func TestMergeGoesOnAfterError(t *testing.T) {
	t.Parallel()
	seed, want := several(3, 60)
	f := apitest.NewFake(t, seed)
	m := api.NewMerge(f, api.LogQuery{})
	broken := &api.Error{Code: api.Unavailable, Msg: "the server failed"}
	var got []string
	for i := 0; ; i++ {
		if i < 12 {
			f.Fail([]apitest.Op{apitest.Prompts, apitest.Logs}[min(i, 1)], broken)
		}
		logs, err := m.Next(t.Context(), 25)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, broken) {
			t.Fatal(err)
		}
		got = append(got, ids(logs)...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d logs, want %d in order: %v", len(got), len(want), got)
	}
}

// TestListMovesMeanwhile adds logs between two pages: each of the old ones comes once.
func TestListMovesMeanwhile(t *testing.T) {
	t.Parallel()
	var seed apitest.Seed
	for i := range 40 {
		seed.Logs = append(seed.Logs, entry(fmt.Sprintf("old_%02d", i), "pr_1", fmt.Sprintf(`"2025-01-01T00:00:%02d"`, i)))
	}
	f := apitest.NewFake(t, seed)
	l := api.NewLister(f, api.LogQuery{FileID: "pr_1"})
	var got []string
	for i := 0; ; i++ {
		logs, err := l.Next(t.Context(), 10)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, ids(logs)...)
		for j := range 11 { // more than a page
			if i < 2 {
				f.Put(t, entry(fmt.Sprintf("new_%d_%d", i, j), "pr_1", fmt.Sprintf(`"2025-02-01T00:%02d:%02d"`, i, j)))
			}
		}
	}
	slices.Sort(got)
	if once := slices.Compact(slices.Clone(got)); len(once) != len(got) {
		t.Errorf("some logs came twice: %v", got)
	}
	old := 0
	for _, id := range got {
		if strings.HasPrefix(id, "old_") {
			old++
		}
	}
	if old != 40 {
		t.Errorf("%d of the 40 logs came", old)
	}
}

// stubborn is a service that gives the same page whatever number is asked for.
type stubborn struct{ api.Service }

func (s stubborn) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	q.Page = 1
	return s.Service.Logs(ctx, q)
}

func TestServerIgnoresPage(t *testing.T) {
	t.Parallel()
	seed, want := several(1, 25)
	got := drain(t, api.NewSingle(stubborn{apitest.NewFake(t, seed)}, api.LogQuery{FileID: "pr_00"}), 10)
	if !slices.Equal(got, want[:10]) {
		t.Errorf("got %v", got)
	}
}

// garbled is a service whose lists are none.
type garbled struct{ api.Service }

func (garbled) Prompts(context.Context, api.PromptQuery) ([]byte, error) {
	return []byte(`{"records":7}`), nil
}

func (garbled) Logs(context.Context, api.LogQuery) ([]byte, error) { return []byte(`{}`), nil }

func TestGarbledLists(t *testing.T) {
	t.Parallel()
	_, err := api.NewMerge(garbled{}, api.LogQuery{}).Next(t.Context(), 1)
	want(t, err, api.BadAnswer, api.NotSent)
	_, err = api.NewSingle(garbled{}, api.LogQuery{FileID: "x"}).Next(t.Context(), 1)
	want(t, err, api.BadAnswer, api.NotSent)
}

func TestEmptyLists(t *testing.T) {
	t.Parallel()
	m := api.NewMerge(apitest.NewFake(t, apitest.Seed{}), api.LogQuery{})
	for range 2 {
		if logs, err := m.Next(t.Context(), 5); len(logs) != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("got %v, %v", ids(logs), err)
		}
	}
}

// TestMergeFetchesTogether holds first pages back: eight are under way at once, no more, and Total
// does not wait for them.
func TestMergeFetchesTogether(t *testing.T) {
	t.Parallel()
	var seed apitest.Seed
	const prompts, together = 30, 24
	for i := range prompts {
		seed.Logs = append(seed.Logs, entry(fmt.Sprintf("log_%d", i), fmt.Sprintf("pr_%d", i), `null`))
	}
	f := apitest.NewFake(t, seed)
	var gates []*apitest.Gate
	for range prompts {
		gates = append(gates, f.Hold(apitest.Logs))
	}
	m := api.NewMerge(f, api.LogQuery{})
	done := make(chan error, 1)
	go func() {
		_, err := m.Next(t.Context(), 10)
		done <- err
	}()
	for _, g := range gates[:together] {
		<-g.Reached()
	}
	if n := f.Calls(apitest.Logs); n != together {
		t.Errorf("%d calls at once, want %d", n, together)
	}
	if m.Total() != 0 {
		t.Error("a total before any answer")
	}
	for _, g := range gates {
		g.Open()
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// far is a service whose answers take long to arrive.
type far struct{ api.Service }

func (f far) Prompts(ctx context.Context, q api.PromptQuery) ([]byte, error) {
	time.Sleep(1500 * time.Millisecond)
	return f.Service.Prompts(ctx, q)
}

func (f far) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	time.Sleep(1500 * time.Millisecond)
	return f.Service.Logs(ctx, q)
}

// TestMergeFromAfar lists the logs of 30 prompts, of a server that is far away: the first of them
// come after the time of three answers, and it is said how far that is.
func TestMergeFromAfar(t *testing.T) {
	t.Parallel()
	seed, want := several(30, 90)
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var said []string
		ctx := api.WithNotices(t.Context(), func(n api.Notice) {
			mu.Lock()
			defer mu.Unlock()
			said = append(said, n.Text)
		})
		began := time.Now()
		logs, err := api.NewMerge(far{apitest.NewFake(t, seed)}, api.LogQuery{}).Next(ctx, 20)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 4500*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		if got := ids(logs); !slices.Equal(got, want[:20]) {
			t.Errorf("got %v, want %v", got, want[:20])
		}
		if len(said) == 0 || !strings.HasSuffix(said[0], " of 30 prompts have answered") {
			t.Errorf("it said %q", said)
		}
	})
}

// TestMergeWaitsForNoMore hands out the logs that are newest for sure, before it reads on in the
// list of a prompt that has the next ones.
func TestMergeWaitsForNoMore(t *testing.T) {
	t.Parallel()
	var seed apitest.Seed
	for i := range 40 {
		seed.Logs = append(seed.Logs, entry(fmt.Sprintf("new_%02d", i), "pr_busy", fmt.Sprintf(`"2025-02-01T00:00:%02d"`, i)))
		seed.Logs = append(seed.Logs, entry(fmt.Sprintf("old_%02d", i), fmt.Sprintf("pr_%02d", i%9), fmt.Sprintf(`"2025-01-01T00:00:%02d"`, i)))
	}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		m := api.NewMerge(far{apitest.NewFake(t, seed)}, api.LogQuery{})
		logs, err := m.Next(t.Context(), 50)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 3*time.Second || len(logs) != 10 || logs[9].Head().ID != "new_30" {
			t.Errorf("%v after %v", ids(logs), took)
		}
		if rest := drain(t, m, 50); len(rest) != 70 || rest[0] != "new_29" {
			t.Errorf("then %v", rest)
		}
	})
}

func TestOldest(t *testing.T) {
	t.Parallel()
	for prompts, logs := range map[int]int{1: 0, 2: 1, 3: 230, 7: 400} {
		seed, want := several(prompts, logs)
		slices.Reverse(want)
		for _, n := range []int{7, 100} {
			got := drain(t, api.NewListerOf(apitest.NewFake(t, seed), api.LogQuery{}, nil, true), n)
			if !slices.Equal(got, want) {
				t.Errorf("%d logs of %d prompts, %d at a time: %d came, not in order", logs, prompts, n, len(got))
			}
		}
	}
}

// atOnce is a service that lists the logs of all prompts in one request, or does not know how. It
// counts what it is asked.
type atOnce struct {
	api.Service
	knows bool

	mu    sync.Mutex
	asked map[string]int
}

func (s *atOnce) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	s.asked[what]++
}

func (s *atOnce) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	s.note("one prompt")
	return s.Service.Logs(ctx, q)
}

func (s *atOnce) AllLogs(_ context.Context, q api.LogQuery) ([]byte, error) {
	s.note("all prompts")
	if !s.knows {
		return nil, &api.Error{Code: api.NotFound, Msg: "no prompt *"}
	}
	if q.After == "" {
		return fmt.Appendf(nil, `{"records":[%s,%s],"page":1,"size":2,"total":3,"after":"mark"}`, entry("log_1", "pr_1", "null"), entry("log_2", "pr_2", "null")), nil
	}
	return fmt.Appendf(nil, `{"records":[%s],"page":1,"size":2,"total":3,"after":""}`, entry("log_3", "pr_1", "null")), nil
}

// TestMergeAtOnce lists all prompts with one request a page where the server can do that, and
// prompt by prompt where it cannot, or where more than dates select.
func TestMergeAtOnce(t *testing.T) {
	t.Parallel()
	seed, want := several(3, 12)
	for _, c := range []struct {
		knows bool
		query api.LogQuery
		want  []string
		all   int
	}{
		{true, api.LogQuery{}, []string{"log_1", "log_2", "log_3"}, 2},
		{false, api.LogQuery{}, want, 1},
		{true, api.LogQuery{IDs: []string{"_"}}, want, 0},
	} {
		s := &atOnce{Service: apitest.NewFake(t, seed), knows: c.knows}
		l := api.NewMerge(s, c.query)
		if got := drain(t, l, 2); !slices.Equal(got, c.want) || l.Total() != len(c.want) {
			t.Errorf("%v: %d, %q, want %q", c.knows, l.Total(), got, c.want)
		}
		if s.asked["all prompts"] != c.all || c.all == 2 && s.asked["one prompt"] > 0 {
			t.Errorf("%v: asked %v", c.knows, s.asked)
		}
	}
}
