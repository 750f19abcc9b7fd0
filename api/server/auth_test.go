package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
)

// scopes lets in keys by name.
func scopes(keys map[string]api.Scope) func(context.Context, string) (api.Grant, error) {
	return func(_ context.Context, key string) (api.Grant, error) {
		return api.Grant{Scope: keys[key], Name: "the " + key}, nil
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	h := server.New(seeded(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}}), server.Options{
		Allow: scopes(map[string]api.Scope{"reader": api.ReadScope, "writer": api.WriteScope, "odd": "admin"}),
	})
	onlyRead := `{"detail":"this API key may only read; use one with the right to change logs"}`
	for _, path := range []string{logPath, listPath, "/v5/prompts"} {
		if w := call(h, "GET", path, "", "X-Api-Key", "reader"); w.Code != 200 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	check(t, call(h, "PATCH", patchPath, `{"output":"x"}`, "X-Api-Key", "reader"), 401, onlyRead)
	check(t, call(h, "POST", "/v5/prompts/log", `{"id":"pr 1%"}`, "X-Api-Key", "reader"), 401, onlyRead)
	check(t, call(h, "DELETE", "/v5/logs?id=log/1", "", "X-Api-Key", "reader"), 401, onlyRead)
	check(t, call(h, "GET", logPath, "", "X-Api-Key", "odd"), 401, `{"detail":"the API key in X-API-KEY is missing or not valid"}`)
	check(t, call(h, "GET", logPath, "", "X-Api-Key", "reader"), 200, doc)
	check(t, call(h, "PATCH", patchPath, `{}`, "X-Api-Key", "writer"), 200, doc)
}

// from makes a request of an address.
func from(h http.Handler, remote, key string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/v5/logs/none", nil)
	r.RemoteAddr = remote
	if key != "" {
		r.Header.Set("X-Api-Key", key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestGuessing wants an address that sends one wrong key after the other to be told to wait, and
// nobody to be locked out for it: neither a neighbour nor a key that was never seen before.
func TestGuessing(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	now.Store(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano())
	const right, alsoRight = "right and long enough", "also right and long enough"
	keys := map[string]api.Scope{right: api.WriteScope, alsoRight: api.ReadScope}
	h := server.New(seeded(t, apitest.Seed{}), server.Options{
		Now: func() time.Time { return time.Unix(0, now.Load()) }, Allow: scopes(keys),
	})
	const here, there = "192.0.2.7:1000", "192.0.2.8:1000"
	for range 50 {
		if w := from(h, here, ""); w.Code != 401 {
			t.Fatalf("no key: %d", w.Code)
		}
	}
	for i := range 20 {
		if w := from(h, here, fmt.Sprint("guess ", i)); w.Code != 401 {
			t.Fatalf("guess %d: %d %s", i, w.Code, w.Body)
		}
	}
	w := from(h, "192.0.2.7:2000", "a guess that is long enough")
	check(t, w, 429, `{"detail":"too many requests with a wrong API key came from this address; wait before the next one"}`)
	if w.Header().Get("Retry-After") != "6" {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
	for _, remote := range []string{here, "192.0.2.7:3000", there} {
		for key := range keys {
			if w := from(h, remote, key); w.Code != 404 {
				t.Errorf("%q from %s: %d", key, remote, w.Code)
			}
		}
	}
	now.Add(int64(7 * time.Second))
	if w := from(h, here, "guess"); w.Code != 401 {
		t.Errorf("after the pause: %d", w.Code)
	}
	keys[right] = "" // revoked, it counts like any other
	for _, key := range []string{"guess", right} {
		if w := from(h, here, key); w.Code != 429 {
			t.Errorf("%s after one pause: %d", key, w.Code)
		}
	}
	now.Add(int64(time.Hour))
	for i := range 20 {
		if w := from(h, here, "guess"); w.Code != 401 {
			t.Fatalf("guess %d after an hour: %d", i, w.Code)
		}
	}
}

// TestShortKeys wants a short key to be looked at however many wrong ones its address sends, and
// those to be no faster than one after the other.
func TestShortKeys(t *testing.T) {
	t.Parallel()
	h := server.New(seeded(t, apitest.Seed{}), server.Options{
		// so that no turn ever ends
		Now:   func() time.Time { return time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC) },
		Allow: scopes(map[string]api.Scope{"short": api.WriteScope}),
	})
	const here = "192.0.2.7:1000"
	for range 20 {
		from(h, here, "guess")
	}
	begun := time.Now()
	for range 5 {
		if w := from(h, here, "guess"); w.Code != 429 {
			t.Errorf("a guess: %d", w.Code)
		}
	}
	if took := time.Since(begun); took < 400*time.Millisecond {
		t.Errorf("five guesses took %v", took)
	}
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() { from(h, here, "guess") })
	}
	for _, remote := range []string{here, "192.0.2.8:1000"} {
		if w := from(h, remote, "short"); w.Code != 404 {
			t.Errorf("the right key from %s: %d", remote, w.Code)
		}
	}
	all.Wait()
}

// TestForwarded wants wrong keys to be counted by the address that a trusted proxy forwards, and by
// no address that somebody else made up.
func TestForwarded(t *testing.T) {
	t.Parallel()
	h := server.New(seeded(t, apitest.Seed{}), server.Options{
		Allow: server.Only(testKey, ""), Proxies: server.Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")},
	})
	guess := func(remote, forwarded string) int {
		r := httptest.NewRequest(http.MethodGet, "/v5/logs/none", nil)
		r.RemoteAddr = remote
		r.Header.Set("X-Api-Key", "guess")
		r.Header["X-Forwarded-For"] = []string{forwarded}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for range 20 {
		guess("10.1.2.3:99", "192.0.2.1, 198.51.100.7")
	}
	for _, c := range []struct {
		remote, forwarded string
		want              int
	}{
		{"10.9.9.9:1", "198.51.100.7", 429},
		{"10.9.9.9:1", "1.1.1.1,198.51.100.7, 10.3.3.3", 429}, // two proxies, one behind the other
		{"[2001:db8::7]:1", "198.51.100.7:4711", 429},
		{"198.51.100.7:1", "", 429},
		{"10.9.9.9:1", "198.51.100.8", 401},
		{"10.1.2.3:99", "", 401},
		{"10.1.2.3:99", "198.51.100.7, unknown", 401},
		{"203.0.113.5:1", "198.51.100.7", 401}, // is no proxy
	} {
		if got := guess(c.remote, c.forwarded); got != c.want {
			t.Errorf("from %s for %q: %d, want %d", c.remote, c.forwarded, got, c.want)
		}
	}
}

// TestGuessingNetworks wants the addresses of one IPv6 network to be one sender: they cost nothing.
func TestGuessingNetworks(t *testing.T) {
	t.Parallel()
	h := server.New(seeded(t, apitest.Seed{}), server.Options{Allow: server.Only(testKey, "")})
	for i := range 20 {
		from(h, fmt.Sprintf("[2001:db8:1:2::%x]:99", i+1), "guess")
	}
	for remote, want := range map[string]int{
		"[2001:db8:1:2:ffff::1]:99": 429,
		"[2001:db8:1:3::1]:99":      401,
		"[::ffff:192.0.2.1]:99":     401,
		"@":                         401,
		"":                          401,
	} {
		if w := from(h, remote, "guess"); w.Code != want {
			t.Errorf("%q: %d, want %d", remote, w.Code, want)
		}
	}
}

// TestGuessingIsBounded sends wrong keys from more addresses than are remembered.
func TestGuessingIsBounded(t *testing.T) {
	t.Parallel()
	h := server.New(seeded(t, apitest.Seed{}), server.Options{Allow: server.Only(testKey, "")})
	for i := range 9_000 {
		if w := from(h, fmt.Sprintf("10.%d.%d.%d:1", i>>16&255, i>>8&255, i&255), "guess"); w.Code != 401 {
			t.Fatalf("address %d: %d", i, w.Code)
		}
	}
	if w := from(h, "10.0.0.1:1", testKey); w.Code != 404 {
		t.Errorf("the right key: %d", w.Code)
	}
}

// sick is a backend whose database does not answer.
type sick struct{ api.Backend }

func (sick) Ping(context.Context) error {
	return &api.Error{Code: api.Unavailable, Msg: "secret address refused the connection"}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	h := handler(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		check(t, call(h, "GET", path, "", "X-Api-Key", ""), 200, `{"status":"ok"}`)
	}
	ill := server.New(sick{}, server.Options{Allow: server.Only(testKey, "")})
	check(t, call(ill, "GET", "/healthz", "", "X-Api-Key", ""), 200, `{"status":"ok"}`)
	check(t, call(ill, "GET", "/readyz", "", "X-Api-Key", ""), 503, `{"detail":"not ready: the database does not answer"}`)
	if w := call(h, "GET", "/v5/healthz", ""); w.Code != 404 || !strings.Contains(w.Body.String(), "nothing") {
		t.Errorf("/v5/healthz: %d", w.Code)
	}
}
