package store_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"errata/api/store"
	"errata/model"
)

// racesVariable says how many PATCHes race in TestRaces.
const racesVariable = "ERRATA_RACES"

// raceClients is how many clients race for raceLogs logs.
const raceClients, raceLogs = 8, 3

// TestRaces has clients of two servers on one store count up the same logs: each reads a log, and
// patches it with one more on the condition that it is still the same. Every PATCH that was
// answered with success counts, and no other. As many as wanted, with
//
//	ERRATA_RACES=9784 go test ./api/store -run TestRaces -v
func TestRaces(t *testing.T) {
	t.Parallel()
	races := number(t, racesVariable, 150)
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		race(t, filepath.Join(t.TempDir(), "errata.db"), races)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		race(t, onPostgres(t).database(t), races)
	})
}

func race(t *testing.T, address string, races int) {
	t.Helper()
	s, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for i := range raceLogs {
		put(t, s, logDoc(killedID(i), "pr_1", `, "prompt_tokens": 0, "output": ""`))
	}
	first, second := serve(t, address), serve(t, address)
	defer first.kill()
	defer second.kill()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: raceClients}}
	defer client.CloseIdleConnections()
	var tried, lost atomic.Int64
	var won [raceLogs]atomic.Int64
	var all sync.WaitGroup
	for n := range raceClients {
		all.Go(func() {
			base := []string{first.base, second.base}[n%2]
			for tried.Add(1) <= int64(races) {
				i := (n + int(tried.Load())) % raceLogs
				switch status, err := countUp(t.Context(), client, base, i); {
				case err != nil:
					t.Error(err)
					return
				case status == http.StatusOK:
					won[i].Add(1)
				case status == http.StatusPreconditionFailed:
					lost.Add(1)
				default:
					t.Errorf("status %d", status)
				}
			}
		})
	}
	all.Wait()
	sum := int64(0)
	for i := range raceLogs {
		doc, err := s.Log(t.Context(), killedID(i))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := int64(tokens(t, doc)), won[i].Load(); got != want {
			t.Errorf("log %d counts %d, and %d PATCHes were answered with success", i, got, want)
		}
		sum += won[i].Load()
	}
	if sum+lost.Load() != int64(races) || sum == 0 || lost.Load() == 0 {
		t.Errorf("%d races: %d won, %d lost", races, sum, lost.Load())
	}
	t.Logf("%d races: %d won, %d lost", races, sum, lost.Load())
}

// countUp reads a log and patches it with one more, provided that it is still the same.
func countUp(ctx context.Context, client *http.Client, base string, i int) (status int, err error) {
	status, tag, doc, err := ask(ctx, client, http.MethodGet, base+"/logs/"+killedID(i), "", "")
	if err != nil || status != http.StatusOK {
		return status, err
	}
	log, err := model.ParseLog(doc)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(log.Value(model.PromptTokens).Bytes()))
	if err != nil {
		return 0, err
	}
	status, _, _, err = ask(ctx, client, http.MethodPatch, base+"/prompts/pr_1/log/"+killedID(i), tag,
		fmt.Sprintf(`{"prompt_tokens":%d,"output":"counted to %d"}`, n+1, n+1))
	return status, err
}

// ask sends a request with the key of the servers, and a condition unless it is empty.
func ask(ctx context.Context, client *http.Client, method, url, ifMatch, body string) (status int, tag string, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return 0, "", nil, err
	}
	r.Header.Set("X-API-KEY", servedKey)
	if ifMatch != "" {
		r.Header.Set("If-Match", ifMatch)
	}
	res, err := client.Do(r)
	if err != nil {
		return 0, "", nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, res.Header.Get("ETag"), answer, err
}
