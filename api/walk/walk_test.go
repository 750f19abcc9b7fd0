package walk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
	"errata/api/jq"
	"errata/api/store"
	"errata/api/walk"
	"errata/model"
	"errata/model/selection"
)

// orchard is a store of 240 logs, one an hour, of two prompts in turn. Every tenth failed, and one
// was corrected.
func orchard(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	err = s.Batch(t.Context(), func(ctx context.Context) error {
		for i := range 240 {
			failure := "null"
			if i%10 == 9 {
				failure = `"frost"`
			}
			doc := fmt.Sprintf(`{"id":"log_%03d","prompt":{"id":"pr_%d","path":"orchard/%[2]d","version_id":"prv_%[2]d","name":"%[2]d","model":"m-%[2]d"},"created_at":"2025-04-%02dT%02d:00:00Z",`+
				`"output":"apple %d","error":%s,"output_tokens":%d,"metadata":{"row":"r%d"}}`, i, i%2, 1+i/24, i%24, i%3, failure, i, i%5)
			if _, err := s.Import(ctx, []byte(doc)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.UpdateLog(t.Context(), "pr_1", "log_007", []byte(`{"output":"pear"}`), ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// sources are the same logs, with the store at hand and as a server of any make.
func sources(t testing.TB) map[string]walk.Source {
	s := orchard(t)
	now := func() time.Time { return time.Date(2025, 4, 11, 0, 0, 0, 0, time.UTC) }
	return map[string]walk.Source{
		"store":  {Service: s, Scanner: s, Now: now},
		"server": {Service: s, Corrected: func(id string) bool { return id == "log_007" }, Now: now},
	}
}

func walked(t testing.TB, w *walk.Walk) (ids []string) {
	t.Helper()
	err := w.Each(t.Context(), func(log *model.Log) error {
		ids = append(ids, log.Head().ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func query(t testing.TB, line string, ids ...string) walk.Query {
	t.Helper()
	s, err := selection.Parse(line)
	if err != nil {
		t.Fatal(err)
	}
	return walk.Query{Selection: s, IDs: ids, Cut: api.PreviewCut}
}

func TestSelections(t *testing.T) {
	t.Parallel()
	for name, src := range sources(t) {
		for _, c := range []struct{ line, ids, want string }{
			{"--limit 2", "", "log_239 log_238"},
			{"--oldest --limit 3", "", "log_000 log_001 log_002"},
			{"--errors --limit 2", "", "log_239 log_229"},
			{"--model M-1 --limit 2", "", "log_239 log_237"},
			{"--model m-0 --errors", "", ""},
			{"--model m", "", ""},
			{"--model m-1", "log_009 log_002", "log_009"},
			{"--errors --oldest --limit 2 --prompt pr_1", "", "log_009 log_019"},
			{"--prompt orchard/0 --limit 1", "", "log_238"},
			{"--prompt orchard/0 --errors", "", ""},
			{"pear", "", "log_007"},
			{"--corrected", "", "log_007"},
			{`NOT apple --oldest`, "", "log_007"},
			{`NOT apple`, "", "log_007"},
			{`-apple -r0 --prompt orchard/1`, "", "log_007"},
			{`pear OR NOT apple`, "", "log_007"},
			{"--corrected --errors", "", ""},
			{"apple --until 2025-04-01T01:00:00Z", "", "log_001 log_000"},
			{"--since 90m", "", "log_239"},
			{"--where .output_tokens > 237", "", "log_239 log_238"},
			{"--where .output_tokens < 3 --oldest", "", "log_000 log_001 log_002"},
			{`--where .metadata.row == "r4" and .output_tokens < 15 --errors`, "", "log_009"},
			{"--where .output_tokens.none", "", ""},
			{"--where empty", "", ""},
			{"--where null, true", "", ""},
			{"--metadata r4 --limit 1", "", "log_239"},
			{"", "log_005 log_none log_002 log_005", "log_005 log_002"},
			{"--limit 1", "log_005 log_002", "log_005"},
			{"--errors", "log_009 log_002 log_019", "log_009 log_019"},
			{"--prompt orchard/1 --where .output_tokens < 10", "log_012 log_003 log_002", "log_003"},
			{"apple 2", "log_002 log_003", "log_002"},
			{"--since 2025-04-02", "log_023 log_024", "log_024"},
			{"--corrected", "log_007 log_008", "log_007"},
		} {
			got := strings.Join(walked(t, walk.New(src, query(t, c.line, strings.Fields(c.ids)...))), " ")
			if got != c.want {
				t.Errorf("%s: %s %s: %s, want %s", name, c.line, c.ids, got, c.want)
			}
		}
	}
}

// paged is a service whose pages of logs are counted.
type paged struct {
	api.Service
	pages atomic.Int64
}

func (p *paged) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	p.pages.Add(1)
	return p.Service.Logs(ctx, q)
}

// The store hands out what a search finds as it goes, unless somebody waits for the count: then it
// comes with the first page. Either way the same logs are found.
func TestASearchIsStreamed(t *testing.T) {
	t.Parallel()
	s := orchard(t)
	for _, line := range []string{"APPLE", "--metadata r3", "apple OR pear", "apple --limit 7"} {
		of := &paged{Service: s}
		q := query(t, line)
		got := walked(t, walk.New(walk.Source{Service: of, Scanner: s}, q))
		if len(got) == 0 || of.pages.Load() > 0 {
			t.Errorf("%s: %d logs, of %d pages", line, len(got), of.pages.Load())
		}
		q.Counted = true
		w := walk.New(walk.Source{Service: of, Scanner: s}, q)
		if _, err := w.Next(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		q.Limit = 0
		if _, total := w.Looked(); total != len(walked(t, walk.New(walk.Source{Service: of, Scanner: s}, q))) {
			t.Errorf("%s: a total of %d", line, total)
		}
		q = query(t, line)
		if again := walked(t, walk.New(walk.Source{Service: of}, q)); !slices.Equal(again, got) {
			t.Errorf("%s: page by page it is %v, not %v", line, again, got)
		}
	}
}

// A count is that of the logs, whichever way the prompt is named.
func TestCount(t *testing.T) {
	t.Parallel()
	for kind, src := range sources(t) {
		for line, want := range map[string]int{
			"":                              240,
			"apple":                         239,
			"apple OR pear":                 240,
			"NOT apple":                     1,
			"apple --prompt pr_1":           119,
			"apple --prompt orchard/1":      119,
			"--metadata r3":                 48,
			"quince":                        0,
			"apple --prompt orchard/none":   0,
			"apple --since 2025-04-10":      24,
			"apple --limit 3 --prompt pr_0": 120,
		} {
			if n, err := walk.New(src, query(t, line)).Count(t.Context()); n != want || err != nil {
				t.Errorf("%s: %q counts %d, %v, want %d", kind, line, n, err, want)
			}
		}
	}
}

// A search says where it looked, from whichever end its list is read.
func TestASearchSaysWhereItLooked(t *testing.T) {
	t.Parallel()
	for kind, src := range sources(t) {
		for _, line := range []string{"apple", "apple --oldest", "apple --where .error"} {
			w := walk.New(src, query(t, line))
			if got := walked(t, w); len(got) == 0 || !w.SearchedEverywhere() {
				t.Errorf("%s: %s found %d logs, everywhere: %t", kind, line, len(got), w.SearchedEverywhere())
			}
		}
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	for name, src := range sources(t) {
		w := walk.New(src, query(t, "", "log_a", "log_003", "log_b"))
		walked(t, w)
		if got := w.Missing(); !slices.Equal(got, []string{"log_a", "log_b"}) {
			t.Errorf("%s: missing are %v", name, got)
		}
		w = walk.New(src, query(t, "--prompt pr_none --errors"))
		if _, err := w.Next(t.Context(), 1); api.CodeOf(err) != api.NotFound {
			t.Errorf("%s: an unknown prompt: %v", name, err)
		}
		for typed, want := range map[string]string{"pr_11": "; did you mean pr_1", "orchrd/0": "; did you mean pr_0", "a word": `"a word"`} {
			q := query(t, "")
			q.Prompt = typed
			if _, err := walk.New(src, q).Next(t.Context(), 1); err == nil || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("%s: prompt %q: %v, want %q at its end", name, typed, err, want)
			}
		}
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	var drawn [][]string
	for _, src := range sources(t) {
		w := walk.New(src, query(t, "--sample 20 --seed 3 --errors"))
		got := walked(t, w)
		if len(got) != 20 || !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("%d logs were drawn, %v", len(got), got)
		}
		again := walk.New(src, query(t, "--sample 5"))
		first := walked(t, again)
		q := query(t, "--sample 5")
		q.Seed = again.Seed()
		if second := walked(t, walk.New(src, q)); q.Seed < 1 || !slices.Equal(first, second) {
			t.Errorf("the seed %d draws %v and %v", q.Seed, first, second)
		}
		drawn = append(drawn, got)
	}
	if !slices.Equal(drawn[0], drawn[1]) {
		t.Errorf("a seed draws %v from the store, %v from the server", drawn[0], drawn[1])
	}
}

func TestRest(t *testing.T) {
	t.Parallel()
	for name, src := range sources(t) {
		for line, want := range map[string]walk.Rest{
			"--limit 239":        walk.Some,
			"--limit 240":        walk.Nothing,
			"pear --limit 1":     walk.Nothing,
			"--errors --limit 1": walk.Some,
			"--where .output_tokens == 239 --limit 1 --prompt pr_1": walk.Nothing,
		} {
			w := walk.New(src, query(t, line))
			walked(t, w)
			got, err := w.Rest(t.Context())
			for err == nil && got == walk.Maybe {
				got, err = w.Rest(t.Context())
			}
			if got != want || err != nil {
				t.Errorf("%s: %s leaves %d, %v, want %d", name, line, got, err, want)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var syntax *jq.SyntaxError
	if err := query(t, "--where .a = = 1").Check(now); !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), "--where: column 6") {
		t.Errorf("a bad expression: %v", err)
	}
	for line, want := range map[string]string{
		"--seed 4": "--seed wants --sample", "--since soon": "--since: want a time", "--until soon": "--until: want", "--oldest": "come as they are named",
	} {
		if err := query(t, line, "log_a").Check(now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
	if err := query(t, "--where .metdata.row --sample 3 --seed 4 --since 7d").Check(now); err != nil {
		t.Error(err)
	}
}

// A walk over a server that knows nothing of corrections says so.
func TestNobodyKnowsOfCorrections(t *testing.T) {
	t.Parallel()
	src := sources(t)["server"]
	src.Corrected = nil
	if _, err := walk.New(src, query(t, "--corrected")).Next(t.Context(), 1); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("it walks: %v", err)
	}
}

// The name of a prompt need not be the end of its path.
func TestAPromptIsFoundByItsPathWhateverItsName(t *testing.T) {
	t.Parallel()
	s := orchard(t)
	doc := `{"id":"log_fig","prompt":{"id":"pr_fig","path":"orchard/south/figs","version_id":"prv_1","name":"Figs, dried"},"created_at":"2025-04-01T00:00:00Z","output":"fig"}`
	if _, err := s.Import(t.Context(), []byte(doc)); err != nil {
		t.Fatal(err)
	}
	if got := walked(t, walk.New(walk.Source{Service: s, Scanner: s, Now: time.Now}, query(t, "--prompt orchard/south/figs"))); len(got) != 1 || got[0] != "log_fig" {
		t.Errorf("found %v", got)
	}
}
