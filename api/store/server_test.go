package store_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// TestTwoServers has two stores on one database change the same logs at the same time.
func TestTwoServers(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	a, b := open(t, address), open(t, address)
	const logs, each = 3, 25
	for i := range logs {
		put(t, a, logDoc(fmt.Sprint("log_", i), "pr_1", `, "prompt_tokens": 0, "output": "", "metadata": {"a": 1}`))
	}
	t.Run("If-Match", func(t *testing.T) { checkCounting(t, []*store.Store{a, b}, logs, each) })
	t.Run("last writer", func(t *testing.T) { checkFields(t, []*store.Store{a, b}, logs, each) })
	sound(t, a)
}

// checkCounting counts a number up with If-Match: each success must have counted.
func checkCounting(t *testing.T, stores []*store.Store, logs, each int) {
	var all sync.WaitGroup
	var done atomic.Int64
	for worker := range 4 {
		all.Go(func() {
			s := stores[worker%len(stores)]
			for i := range each {
				id := fmt.Sprint("log_", i%logs)
				for {
					doc, err := s.Log(t.Context(), id)
					if err != nil {
						t.Error(err)
						return
					}
					patch := fmt.Appendf(nil, `{"prompt_tokens":%d}`, tokens(t, doc)+1)
					_, err = s.UpdateLog(t.Context(), "pr_1", id, patch, doc.ETag)
					if err == nil {
						done.Add(1)
						break
					}
					if api.CodeOf(err) != api.Precondition {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	sum := 0
	for i := range logs {
		doc, err := stores[0].Log(t.Context(), fmt.Sprint("log_", i))
		if err != nil {
			t.Fatal(err)
		}
		sum += tokens(t, doc)
	}
	if sum != int(done.Load()) || sum != 4*each {
		t.Errorf("%d PATCHes were acknowledged, %d counted", done.Load(), sum)
	}
}

// checkFields has each worker write a field of its own without If-Match: none may undo another's.
func checkFields(t *testing.T, stores []*store.Store, logs, each int) {
	fields := []string{"output", "error", "source", "stdout"}
	var all sync.WaitGroup
	for worker, field := range fields {
		all.Go(func() {
			for i := range each {
				id := fmt.Sprint("log_", i%logs)
				text := field + " " + strconv.Itoa(i) + strings.Repeat(" x", i*50)
				if _, err := stores[worker%len(stores)].UpdateLog(t.Context(), "pr_1", id, fmt.Appendf(nil, `{%q:%q}`, field, text), ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for i := range logs {
		last := each - 1 - (each-1-i)%logs
		log, err := model.ParseLog([]byte(get(t, stores[1], fmt.Sprint("log_", i))))
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range fields {
			got, _ := log.Member(field).Text()
			if want := field + " " + strconv.Itoa(last); !strings.HasPrefix(got, want) || len(got) != len(want)+last*100 {
				t.Errorf("log %d: %s is %.40q, want %q…", i, field, got, want)
			}
		}
	}
}

func tokens(t *testing.T, doc api.Document) int {
	t.Helper()
	log, err := model.ParseLog(doc.Raw)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(string(log.Member("prompt_tokens").Bytes()))
	if err != nil {
		t.Error(err)
	}
	return n
}

// TestServerOpenAtOnce opens one new database many times at the same time.
func TestServerOpenAtOnce(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			s, err := store.Open(t.Context(), address, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.AddKey(t.Context(), "laptop", api.WriteScope, time.Time{}); err != nil && api.CodeOf(err) != api.Conflict {
				t.Error(err)
			}
			// Creations at one new path make one prompt.
			if _, err := s.CreateLog(t.Context(), api.CreateQuery{}, []byte(`{"path":"a/b","prompt":{"model":"m"}}`)); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s := open(t, address)
	if keys, err := s.Keys(t.Context()); err != nil || len(keys) != 1 {
		t.Errorf("keys %v, %v", keys, err)
	}
	page, err := s.Prompts(t.Context(), api.PromptQuery{Size: 9})
	if err != nil || len(memberTexts(t, page, "id")) != 1 {
		t.Errorf("prompts %s, %v", page, err)
	}
}

func TestServerRefuses(t *testing.T) {
	t.Parallel()
	p := onPostgres(t)
	foreign, newer := p.database(t), p.database(t)
	if err := store.Execute(t.Context(), foreign, "CREATE TABLE notes (text TEXT)"); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), newer, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Execute(t.Context(), newer, "INSERT INTO errata_schema (version_id, is_applied) VALUES (99, true)"); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		foreign: "another program",
		newer:   "newer errata",
		"postgres://me:test-secret@127.0.0.1:1/x":                 "does not answer",
		"postgres://me:test-secret@127.0.0.1:x/x":                 "address cannot be read",
		"postgres://me:test-%zsecret@127.0.0.1/x":                 "address cannot be read",
		"postgresql://127.0.0.1:1/x?password=test-secret":         "does not answer",
		"postgres://me@127.0.0.1:1/x?sslmode=none&p=test-secret":  "address cannot be read",
		p.address(t, "no_such_database"):                          "no such database",
		"postgres://me:test-secret@/x?host=/no/such/directory&a=": "does not answer",
	} {
		s, err := store.Open(t.Context(), address, store.Options{})
		if err == nil {
			_ = s.Close()
			t.Errorf("%s was opened", address)
			continue
		}
		if msg := err.Error(); !strings.Contains(msg, want) || strings.Contains(msg, "\n") {
			t.Errorf("%s: error %q, want %q in one line", address, msg, want)
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), "secret") || strings.Contains(e.Error(), "test-word") {
				t.Errorf("the error shows the password: %v", e)
			}
		}
	}
}

// TestServerRestarts ends a server while a store is open. What is asked next is carried out once
// it is back, exactly once.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	p := ownServer(t)
	s := open(t, p.dsn)
	put(t, s, logDoc("log_1", "pr_1", `, "output": "first"`))
	for i := range 3 {
		p.own.Kill()
		restarted := make(chan error)
		go func() { restarted <- p.own.Run() }()
		want := fmt.Sprint("after restart ", i)
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", fmt.Appendf(nil, `{"output":%q}`, want), ""); err != nil {
			t.Error(err)
		}
		if err := <-restarted; err != nil {
			t.Fatal(err)
		}
		if got := get(t, s, "log_1"); got != logDoc("log_1", "pr_1", fmt.Sprintf(`, "output": %q`, want)) {
			t.Errorf("log %s", got)
		}
	}
	p.own.Kill()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := s.Log(ctx, "log_1")
	if code := api.CodeOf(err); code != api.Timeout && code != api.Unavailable {
		t.Errorf("without a server: %v", err)
	}
	// The server comes back when it was said that it is away.
	var once sync.Once
	restarted := make(chan error, 1)
	told := func(n api.Notice) {
		once.Do(func() {
			if want := "PostgreSQL cannot be reached; trying again for 10 s"; n.Text != want {
				t.Errorf("it said %q, want %q", n.Text, want)
			}
			go func() { restarted <- p.own.Run() }()
		})
	}
	if _, err = s.Log(api.WithNotices(t.Context(), told), "log_1"); err != nil {
		t.Error(err)
	}
	if err := <-restarted; err != nil {
		t.Fatal(err)
	}
}

// TestServerBusy wants a log that somebody else holds to be told in a sentence, after the time
// that the address allows.
func TestServerBusy(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("lock_timeout", "50ms")
	u.RawQuery = q.Encode()
	holder, s := open(t, address), open(t, u.String())
	put(t, s, logDoc("log_1", "pr_1", ""))
	err = holder.Batch(t.Context(), func(ctx context.Context) error {
		if _, err := holder.UpdateLog(ctx, "pr_1", "log_1", []byte(`{"output":"held"}`), ""); err != nil {
			return err
		}
		_, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"other"}`), "")
		var e *api.Error
		if !errors.As(err, &e) || e.Status != 503 || e.Sent != api.NotSent || !strings.Contains(e.Msg, "busy") {
			t.Errorf("error %+v", e)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestReplica wants lists to be read from the replica, and single logs where they were written.
func TestReplica(t *testing.T) {
	t.Parallel()
	p := onPostgres(t)
	primary, replica := p.database(t), p.database(t)
	behind := open(t, replica)
	put(t, behind, logDoc("log_1", "pr_1", `, "output": "old"`))
	s, err := store.Open(t.Context(), primary, store.Options{Replica: replica})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	put(t, s, logDoc("log_1", "pr_1", `, "output": "new"`))
	put(t, s, logDoc("log_2", "pr_1", ""))
	if got := get(t, s, "log_1"); !strings.Contains(got, "new") {
		t.Errorf("the log is read from the replica: %s", got)
	}
	if list, _ := ids(t, s, logsOf("pr_1")); len(list) != 1 {
		t.Errorf("the list is not read from the replica: %v", list)
	}
	if _, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), store.Options{Replica: replica}); err == nil {
		t.Error("a file was opened with a replica")
	}
}

// TestTooLong wants what no index can hold to be refused, not to fail.
func TestTooLong(t *testing.T) {
	t.Parallel()
	s := open(t, onPostgres(t).database(t))
	var random strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&random, "%x", i*i*7919)
	}
	for _, doc := range []string{logDoc(random.String(), "pr_1", ""), logDoc("log_1", random.String(), "")} {
		if _, err := s.Import(t.Context(), []byte(doc)); api.CodeOf(err) != api.Invalid {
			t.Errorf("error %v", err)
		}
	}
	if _, err := s.Log(t.Context(), random.String()); api.CodeOf(err) != api.NotFound {
		t.Errorf("error %v", err)
	}
}

// TestCopyToServer copies a file to a server and back.
func TestCopyToServer(t *testing.T) {
	t.Parallel()
	from, server, back := open(t, ":memory:"), open(t, onPostgres(t).database(t)), open(t, ":memory:")
	mixed(t, from)
	want := everything(t, from)
	for _, way := range [][2]*store.Store{{from, server}, {server, server}, {server, back}} {
		if did, err := store.Copy(t.Context(), way[0], way[1], store.CopyOptions{}); err != nil || did.Logs != 31 {
			t.Fatalf("copied %+v, %v", did, err)
		}
		if got := everything(t, way[1]); got != want {
			t.Errorf("copied\n%s\nwant\n%s", got, want)
		}
		sound(t, way[1])
	}
	err := server.Backup(t.Context(), filepath.Join(t.TempDir(), "b.db"))
	if err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("backup of a server: %v", err)
	}
}
