package api_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
)

// testKey is long enough to be searched for in whatever comes out.
const testKey = "test-key-0123456789"

// logJSON is the smallest log that the client takes for log_1.
const logJSON = `{"id":"log_1","prompt":{"id":"pr_1"}}`

func parse(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// dial makes a client for base; change may adjust the options.
func dial(t testing.TB, base string, change ...func(*api.Options)) *api.Client {
	t.Helper()
	o := api.Options{BaseURL: parse(t, base+"/v5"), Key: testKey, Timeout: 10 * time.Second, Sleep: noSleep}
	for _, f := range change {
		f(&o)
	}
	c, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func noSleep(<-chan struct{}, time.Duration) bool { return true }

// serve runs a server until the test ends. What the test of a broken answer makes net/http say is
// of no interest.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func answerJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// seen collects requests.
type seen struct {
	mu   sync.Mutex
	list []request
}

type request struct {
	method, uri, body string
	header            http.Header
}

func (s *seen) add(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, request{r.Method, r.RequestURI, string(body), r.Header.Clone()})
}

func (s *seen) all() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.list...)
}

func TestSuiteInMemory(t *testing.T) {
	t.Parallel()
	apitest.Suite(t, func(t *testing.T, seed apitest.Seed) api.Service {
		h := server.New(apitest.NewFake(t, seed), server.Options{Allow: server.Only(testKey, "")})
		return dial(t, "http://embedded", func(o *api.Options) { o.Transport = api.InMemory(h) })
	})
}

func TestSuiteOverNetwork(t *testing.T) {
	t.Parallel()
	apitest.Suite(t, func(t *testing.T, seed apitest.Seed) api.Service {
		h := server.New(apitest.NewFake(t, seed), server.Options{Allow: server.Only(testKey, "")})
		return dial(t, serve(t, h.ServeHTTP).URL)
	})
}

// TestRequests compares what goes out with the API's description, ids of any characters included.
func TestRequests(t *testing.T) {
	t.Parallel()
	var got seen
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		answerJSON(w, 200, `{"id":"a/b c%?#é","records":[],"page":1,"size":0,"total":0}`)
	})
	c := dial(t, s.URL)
	ctx := t.Context()
	const id = "a/b c%?#é"
	for _, x := range []struct {
		call func() error
		want string
	}{
		{func() error { _, err := c.Log(ctx, id); return err }, "GET /v5/logs/a%2Fb%20c%25%3F%23%C3%A9"},
		{func() error { _, err := c.UpdateLog(ctx, "p/1", id, []byte("{}"), ""); return err }, "PATCH /v5/prompts/p%2F1/log/a%2Fb%20c%25%3F%23%C3%A9"},
		{func() error {
			_, err := c.CreateLog(ctx, api.CreateQuery{Environment: "a b"}, []byte("{}"))
			return err
		}, "POST /v5/prompts/log?environment=a+b"},
		{func() error { _, err := c.Prompt(ctx, id, api.CreateQuery{VersionID: "v&1"}); return err }, "GET /v5/prompts/a%2Fb%20c%25%3F%23%C3%A9?version_id=v%261"},
		{func() error {
			_, err := c.Prompts(ctx, api.PromptQuery{Page: 2, Size: 50, Name: "x", SortBy: "name", Order: "asc"})
			return err
		},
			"GET /v5/prompts?name=x&order=asc&page=2&size=50&sort_by=name"},
		{func() error {
			_, err := c.Logs(ctx, api.LogQuery{FileID: "pr_1", Size: 3, IDs: []string{"a", "b"}, Search: "ü", MetadataSearch: "m",
				VersionID: "v", StartDate: "2025-01-01", EndDate: "2025-01-02T00:00:00+01:00"})
			return err
		}, "GET /v5/logs?end_date=2025-01-02T00%3A00%3A00%2B01%3A00&file_id=pr_1&id=a&id=b&metadata_search=m&page=1&search=%C3%BC&size=3&start_date=2025-01-01&version_id=v"},
	} {
		if err := x.call(); err != nil {
			t.Errorf("%s: %v", x.want, err)
		}
		all := got.all()
		last := all[len(all)-1]
		if line := last.method + " " + last.uri; line != x.want {
			t.Errorf("sent %s\nwant %s", line, x.want)
		}
		if k := last.header.Values("X-API-KEY"); len(k) != 1 || k[0] != testKey {
			t.Errorf("%s: key %q", x.want, k)
		}
	}
	if _, err := c.Log(ctx, ".."); api.CodeOf(err) != api.BadAnswer {
		t.Errorf("Log of ..: %v", err)
	}
	all := got.all()
	if last := all[len(all)-1].uri; last != "/v5/logs/%2E%2E" {
		t.Errorf("the id .. went out as %s", last)
	}
}

// TestEmptyID wants no request: an empty id would ask for the list.
func TestEmptyID(t *testing.T) {
	t.Parallel()
	var got seen
	c := dial(t, serve(t, func(w http.ResponseWriter, r *http.Request) { got.add(r) }).URL)
	_, err := c.Log(t.Context(), "")
	want(t, err, api.NotFound, api.NotSent)
	_, err = c.Prompt(t.Context(), "", api.CreateQuery{})
	want(t, err, api.NotFound, api.NotSent)
	_, err = c.UpdateLog(t.Context(), "", "log_1", []byte(`{}`), "")
	want(t, err, api.NotFound, api.NotSent)
	if n := len(got.all()); n != 0 {
		t.Errorf("%d requests for empty ids", n)
	}
}

// TestPatchBytes wants the body to go out as it is, once, typed as JSON and with a length.
func TestPatchBytes(t *testing.T) {
	t.Parallel()
	var got seen
	c := dial(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		w.Header().Set("ETag", `"after"`)
		answerJSON(w, 200, logJSON)
	}).URL)
	patch := `{"a": 0.10, "b":"<b>&\u0000 \ud800", "n":12345678901234567890}`
	doc, err := c.UpdateLog(t.Context(), "pr_1", "log_1", []byte(patch), `"before"`)
	if err != nil {
		t.Fatal(err)
	}
	if string(doc.Raw) != logJSON || doc.ETag != `"after"` {
		t.Errorf("got %s, %s", doc.Raw, doc.ETag)
	}
	r := got.all()
	if len(r) != 1 {
		t.Fatalf("%d requests", len(r))
	}
	if r[0].body != patch {
		t.Errorf("sent %s", r[0].body)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "If-Match": `"before"`, "Idempotency-Key": "", "Cookie": "", "Accept": "application/json"} {
		if got := r[0].header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

func TestLargeDocument(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"id":"log_1","text":"` + strings.Repeat("x", 3<<20) + `"}`)
	for _, declared := range []bool{true, false} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			if !declared {
				w.(http.Flusher).Flush()
			}
			_, _ = w.Write(doc)
		})
		got, err := dial(t, s.URL).Log(t.Context(), "log_1")
		if err != nil || !bytes.Equal(got.Raw, doc) {
			t.Errorf("length declared %v: %d bytes, %v", declared, len(got.Raw), err)
		}
	}
}

// TestCookies wants none to be kept.
func TestCookies(t *testing.T) {
	t.Parallel()
	var got seen
	c := dial(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1"})
		answerJSON(w, 200, logJSON)
	}).URL)
	for range 2 {
		if _, err := c.Log(t.Context(), "log_1"); err != nil {
			t.Fatal(err)
		}
	}
	if cookie := got.all()[1].header.Get("Cookie"); cookie != "" {
		t.Errorf("sent back %q", cookie)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		base     string
		key      string
		insecure bool
		ok       bool
	}{
		{"https://example.com/v5", testKey, false, true},
		{"http://localhost:8787/v5", "", false, true},
		{"http://LocalHost/v5", "", false, true},
		{"http://127.0.0.1/v5", "", false, true},
		{"http://127.8.9.10:1/v5", "", false, true},
		{"http://[::1]:80/v5", "", false, true},
		{"http://[::ffff:127.0.0.1]/v5", "", false, true},
		{"http://example.com/v5", "", false, false},
		{"http://example.com/v5", "", true, true},
		{"http://localhost.example.com/v5", "", false, false},
		{"http://127.0.0.1.example.com/v5", "", false, false},
		{"http://10.0.0.1/v5", "", false, false},
		{"http://0.0.0.0/v5", "", false, false},
		{"http://2130706433/v5", "", false, false},
		{"ftp://localhost/v5", "", true, false},
		{"localhost:8787/v5", "", false, false},
		{"//example.com/v5", "", true, false},
		{"https:///v5", "", false, false},
		{"https://example.com/v5?a=b", "", false, false},
		{"https://example.com/v5#a", "", false, false},
		{"https://example.com/v5", "two\nlines", false, false},
		{"https://example.com/v5", "nul\x00", false, false},
	} {
		_, err := api.New(api.Options{BaseURL: parse(t, c.base), Key: c.key, Insecure: c.insecure})
		if c.ok != (err == nil) {
			t.Errorf("%s, insecure %v: %v", c.base, c.insecure, err)
		}
		if err != nil {
			want(t, err, api.Refused, api.NotSent)
		}
	}
	if _, err := api.New(api.Options{}); api.CodeOf(err) != api.Refused {
		t.Errorf("no base URL: %v", err)
	}
	embedded := api.Options{BaseURL: parse(t, "http://embedded/v5"), Transport: api.InMemory(http.NotFoundHandler())}
	if _, err := api.New(embedded); err != nil {
		t.Errorf("plain HTTP over a transport of the caller: %v", err)
	}
}

func TestCanceledBeforeSending(t *testing.T) {
	t.Parallel()
	var got seen
	c := dial(t, serve(t, func(w http.ResponseWriter, r *http.Request) { got.add(r) }).URL)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.UpdateLog(ctx, "pr_1", "log_1", []byte(`{}`), "")
	want(t, err, api.Canceled, api.NotSent)
	if n := len(got.all()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
