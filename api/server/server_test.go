package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
)

// doc is the log of these tests; its id and its prompt's need encoding in a path.
const doc = `{"id": "log/1", "prompt": {"id": "pr 1%", "version_id": "prv_1", "path": "a/b", "name": "b"}, "prompt_cost": 0.10, "output": "\ud800"}`

const (
	logPath    = "/v5/logs/log%2F1"
	patchPath  = "/v5/prompts/pr%201%25/log/log%2F1"
	listPath   = "/v5/logs?file_id=pr%201%25"
	promptPath = "/v5/prompts/pr%201%25"
)

// handler serves a store that holds doc.
func handler(t *testing.T) http.Handler {
	t.Helper()
	return server.New(seeded(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}}), server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 16})
}

// call makes a request with the key and with headers, which are names and values in turn.
func call(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("X-Api-Key", testKey)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func check(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if got := strings.TrimSpace(w.Body.String()); w.Code != status || got != body {
		t.Errorf("%d %s\nwant %d %s", w.Code, got, status, body)
	}
	if w.Code == http.StatusNotModified {
		return
	}
	head := w.Header()
	if head.Get("Content-Type") != "application/json" || head.Get("Cache-Control") != "no-store" || head.Get("Content-Length") == "" {
		t.Errorf("header %v", head)
	}
}

// refused is the body of a 422 with one entry.
func refused(loc, msg, kind string) string {
	return `{"detail":[{"loc":` + loc + `,"msg":"` + msg + `","type":"` + kind + `"}]}`
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	h := handler(t)
	page := `{"records":[` + doc + `],"page":1,"size":10,"total":1}`
	prompt := `{"id": "pr 1%", "version_id": "prv_1", "path": "a/b", "name": "b"}`
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/healthz", "", 200, `{"status":"ok"}`},
		{"GET", logPath, "", 200, doc},
		{"GET", listPath, "", 200, page},
		{"GET", listPath + "&unknown=1&sample=5&include_trace_children=false&in_trace_filter=true&in_trace_filter=0&include_parent=No", "", 200, page},
		{"GET", listPath + "&page=2&page=1", "", 200, page},
		{"GET", listPath + "&size=0", "", 200, `{"records":[],"page":1,"size":0,"total":1}`},
		{"GET", listPath + "&page=3&size=1000", "", 200, `{"records":[],"page":3,"size":1000,"total":1}`},
		{"GET", "/v5/prompts?name=B&sort_by=updated_at&order=asc", "", 200, `{"records":[` + prompt + `],"page":1,"size":10,"total":1}`},
		{"GET", promptPath, "", 200, prompt},
		{"GET", promptPath + "?version_id=prv_1", "", 200, prompt},
		{"PATCH", patchPath, `{}`, 200, doc},
		{"GET", "/v5/logs/log_none", "", 404, `{"detail":"no log \"log_none\""}`},
		{"GET", "/v5/logs/log", "", 404, `{"detail":"no log \"log\""}`},
		{"GET", "/v5/logs?file_id=none", "", 404, `{"detail":"no file \"none\""}`},
		{"GET", "/v5/prompts/none", "", 404, `{"detail":"no prompt \"none\""}`},
		{"PATCH", "/v5/prompts/other/log/log%2F1", `{}`, 404, `{"detail":"no log \"log/1\" under prompt \"other\""}`},
		{"POST", "/v5/prompts/log", `{"id":"none"}`, 404, `{"detail":"no prompt \"none\""}`},
		{"POST", "/v5/prompts/log", `{"id":"pr 1%","log_id":"log/1"}`, 409, `{"detail":"there is a log \"log/1\" already; choose another log_id"}`},
		{"POST", "/v5/prompts/log?version_id=prv_1", `{"id":"pr 1%","log_id":"new"}`, 200, `{"id":"new","prompt_id":"pr 1%","version_id":"prv_1","session_id":null}`},
		{"GET", "/", "", 404, `{"detail":"there is nothing at this path"}`},
		{"GET", "/v5/logs/", "", 404, `{"detail":"there is nothing at this path"}`},
		{"GET", "/v5//logs", "", 404, `{"detail":"there is nothing at this path"}`},
		{"PATCH", "/v5/prompts/../prompts/pr%201%25/log/log%2F1", `{}`, 404, `{"detail":"there is nothing at this path"}`},
		{"GET", "/v5/logs/%2E%2E", "", 404, `{"detail":"no log \"..\""}`},
		{"GET", "/v5/sessions", "", 404, `{"detail":"there is nothing at this path"}`},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) { check(t, call(h, c.method, c.path, c.body), c.status, c.want) })
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	h := handler(t)
	for _, c := range []struct{ method, path, allow string }{
		{"POST", logPath, "GET, HEAD"},
		{"PUT", "/v5/logs?id=a", "DELETE, GET, HEAD"},
		{"DELETE", logPath, "GET, HEAD"},
		{"GET", patchPath, "PATCH"},
		{"PUT", patchPath, "PATCH"},
		{"PUT", "/v5/prompts/log", "GET, HEAD, POST"}, // a prompt may be called log
		{"POST", "/v5/prompts", "GET, HEAD"},
		{"POST", "/healthz", "GET, HEAD"},
	} {
		w := call(h, c.method, c.path, "")
		check(t, w, 405, `{"detail":"this path does not take `+c.method+`"}`)
		if got := w.Header().Get("Allow"); got != c.allow {
			t.Errorf("%s %s: Allow %q, want %q", c.method, c.path, got, c.allow)
		}
	}
	if w := call(h, "HEAD", logPath, ""); w.Code != 200 || w.Header().Get("ETag") == "" {
		t.Errorf("HEAD %d %v", w.Code, w.Header())
	}
}

func TestQueries(t *testing.T) {
	t.Parallel()
	h := handler(t)
	const notInt, notBool = "value is not a valid integer", "value could not be parsed to a boolean"
	for query, want := range map[string]string{
		"/v5/logs":                                 refused(`["query","file_id"]`, "field required", "value_error.missing"),
		listPath + "&page=0":                       refused(`["query","page"]`, "ensure this value is greater than or equal to 1", "value_error.number.not_ge"),
		listPath + "&page=-99999999999999999999":   refused(`["query","page"]`, "ensure this value is greater than or equal to 1", "value_error.number.not_ge"),
		listPath + "&page=one":                     refused(`["query","page"]`, notInt, "type_error.integer"),
		listPath + "&page=":                        refused(`["query","page"]`, notInt, "type_error.integer"),
		listPath + "&page=1.0":                     refused(`["query","page"]`, notInt, "type_error.integer"),
		listPath + "&size=-1":                      refused(`["query","size"]`, "ensure this value is greater than or equal to 0", "value_error.number.not_ge"),
		listPath + "&size=1001":                    refused(`["query","size"]`, "ensure this value is less than or equal to 1000", "value_error.number.not_le"),
		listPath + "&size=99999999999999999999":    refused(`["query","size"]`, "ensure this value is less than or equal to 1000", "value_error.number.not_le"),
		listPath + "&sample=few":                   refused(`["query","sample"]`, notInt, "type_error.integer"),
		listPath + "&include_trace_children=maybe": refused(`["query","include_trace_children"]`, notBool, "type_error.bool"),
		listPath + "&include_parent=":              refused(`["query","include_parent"]`, notBool, "type_error.bool"),
		listPath + "&start_date=lately":            refused(`["query","start_date"]`, "invalid datetime format", "value_error.datetime"),
		"/v5/prompts?sort_by=size":                 refused(`["query","sort_by"]`, "value is not a valid enumeration member; permitted: created_at, updated_at, name", "type_error.enum"),
		"/v5/prompts?order=up":                     refused(`["query","order"]`, "value is not a valid enumeration member; permitted: desc, asc", "type_error.enum"),
		"/v5/logs?page=x&end_date=y": `{"detail":[{"loc":["query","file_id"],"msg":"field required","type":"value_error.missing"},` +
			`{"loc":["query","page"],"msg":"value is not a valid integer","type":"type_error.integer"},` +
			`{"loc":["query","end_date"],"msg":"invalid datetime format","type":"value_error.datetime"}]}`,
	} {
		check(t, call(h, "GET", query, ""), 422, want)
	}
	check(t, call(h, "GET", listPath+"&page=99999999999999999999&size=9", ""), 200, `{"records":[],"page":9223372036854775807,"size":9,"total":1}`)
}

func TestBodies(t *testing.T) {
	t.Parallel()
	h := handler(t)
	missing := refused(`["body"]`, "field required", "value_error.missing")
	for body, want := range map[string]string{
		"":                            missing,
		"null":                        missing,
		"[]":                          refused(`["body"]`, "value is not a valid dict", "type_error.dict"),
		`{"prompt_tokens":"7"}`:       refused(`["body","prompt_tokens"]`, "value is not a valid integer", "type_error.integer"),
		`{"messages":[{}]}`:           refused(`["body","messages",0,"role"]`, "field required", "value_error.missing"),
		`{"\ud800\"":1,"\ud800\"":2}`: refused(`["body","\ud800\""]`, "a name stands twice", "value_error.duplicate"),
	} {
		check(t, call(h, "PATCH", patchPath, body), 422, want)
		// before anything is looked up
		check(t, call(h, "PATCH", "/v5/prompts/none/log/none", body), 422, want)
	}
	w := call(h, "PATCH", patchPath, `{"output":}`)
	if got := w.Body.String(); w.Code != 422 || !strings.HasPrefix(got, `{"detail":[{"loc":["body",10],"msg":"`) || !strings.HasSuffix(got, `,"type":"value_error.jsondecode"}]}`) {
		t.Errorf("%d %s", w.Code, got)
	}
	check(t, call(h, "GET", logPath, ""), 200, doc)
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	h := handler(t)
	for kind, status := range map[string]int{
		"":                                  200,
		"application/json":                  200,
		"application/json; charset=utf-8":   200,
		"Application/JSON":                  200,
		"application/merge-patch+json":      200,
		"text/plain":                        415,
		"text/json+json":                    415,
		"application/x-www-form-urlencoded": 415,
		"application/json; =":               415,
	} {
		if w := call(h, "PATCH", patchPath, `{}`, "Content-Type", kind); w.Code != status {
			t.Errorf("%q: %d %s, want %d", kind, w.Code, w.Body, status)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	h := handler(t)
	want := `{"detail":"the body is larger than 65536 bytes"}`
	large := `{"output":"` + strings.Repeat("x", 1<<16) + `"}`
	check(t, call(h, "PATCH", patchPath, large), 413, want)
	// of unknown length
	r := httptest.NewRequest(http.MethodPatch, patchPath, io.MultiReader(strings.NewReader(large)))
	r.Header.Set("X-Api-Key", testKey)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	check(t, w, 413, want)
	fits := `{"x":"` + strings.Repeat("x", 1<<16-8) + `"}`
	check(t, call(h, "PATCH", patchPath, fits), 200, doc)
}

// TestKeyComesFirst wants nothing to be told to who has no key, whatever else is wrong with the
// request.
func TestKeyComesFirst(t *testing.T) {
	t.Parallel()
	h := handler(t)
	want := `{"detail":"the API key in X-API-KEY is missing or not valid"}`
	for _, path := range []string{logPath, "/v5/logs", "/v5/logs/none", "/v5//x", "/", "/v5/prompts/a/log/b"} {
		for _, key := range []string{"", "test", testKey + "x", strings.ToUpper(testKey)} {
			check(t, call(h, "PATCH", path, "[", "X-Api-Key", key), 401, want)
		}
	}
	check(t, call(h, "GET", "/healthz", "", "X-Api-Key", ""), 200, `{"status":"ok"}`)
	check(t, call(server.New(nil, server.Options{}), "GET", logPath, ""), 401, want)
}

// TestKeysOfTheStore uses the keys of a store as the server does.
func TestKeysOfTheStore(t *testing.T) {
	t.Parallel()
	s := seeded(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}})
	secret, err := s.AddKey(t.Context(), "laptop", api.WriteScope, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	h := server.New(s, server.Options{Allow: s.Allows})
	check(t, call(h, "GET", logPath, "", "X-Api-Key", secret), 200, doc)
	if w := call(h, "GET", logPath, ""); w.Code != 401 {
		t.Errorf("another key: %d", w.Code)
	}
	if _, err := s.RevokeKey(t.Context(), "laptop"); err != nil {
		t.Fatal(err)
	}
	if w := call(h, "GET", logPath, "", "X-Api-Key", secret); w.Code != 401 {
		t.Errorf("a revoked key: %d", w.Code)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	h := handler(t)
	tag := call(h, "GET", logPath, "").Header().Get("ETag")
	if len(tag) != 34 {
		t.Fatalf("ETag %s", tag)
	}
	for _, known := range []string{tag, "W/" + tag, "*", `"a", ` + tag} {
		w := call(h, "GET", logPath, "", "If-None-Match", known)
		check(t, w, 304, "")
		if w.Header().Get("ETag") != tag {
			t.Errorf("304 with ETag %q", w.Header().Get("ETag"))
		}
	}
	check(t, call(h, "GET", logPath, "", "If-None-Match", `"a"`), 200, doc)
	check(t, call(h, "PATCH", patchPath, `{"output":"x"}`, "If-Match", `"a"`), 412, `{"detail":"the log has changed since it was read; read it again"}`)
	check(t, call(h, "GET", logPath, ""), 200, doc)
	w := call(h, "PATCH", patchPath, `{"output":"x"}`, "If-Match", tag)
	check(t, w, 200, strings.Replace(doc, `"\ud800"`, `"x"`, 1))
	if next := w.Header().Get("ETag"); next == tag || next != call(h, "GET", logPath, "").Header().Get("ETag") {
		t.Errorf("ETag %s after %s", next, tag)
	}
	check(t, call(h, "PATCH", patchPath, `{"output":"y"}`, "If-Match", tag), 412, `{"detail":"the log has changed since it was read; read it again"}`)
	check(t, call(h, "PATCH", patchPath, `{"output":"\ud800"}`, "If-Match", "*"), 200, doc)
	checkConditions(t, h)
}

// broken fails in every way that is not the caller's fault.
type broken struct {
	api.Service
	err error
}

func (b broken) Log(context.Context, string) (api.Document, error) {
	if b.err == nil {
		panic("secret state")
	}
	return api.Document{}, b.err
}

func TestFailures(t *testing.T) {
	t.Parallel()
	const internal = `{"detail":"the server failed; its log says more"}`
	for _, c := range []struct {
		err    error
		status int
		want   string
	}{
		{nil, 500, internal},
		{errors.New("secret state"), 500, internal},
		{&api.Error{Code: api.Unavailable, Msg: "busy", RetryAfter: 2e9}, 503, `{"detail":"busy"}`},
		{&api.Error{Code: api.Unavailable, Status: 500, Msg: "full"}, 500, `{"detail":"full"}`},
	} {
		w := call(server.New(broken{err: c.err}, server.Options{Allow: server.Only(testKey, "")}), "GET", logPath, "")
		check(t, w, c.status, c.want)
		if c.status == 503 && w.Header().Get("Retry-After") != "2" {
			t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
		}
	}
}

// halfway panics after it began to answer.
type halfway struct{ http.ResponseWriter }

func (halfway) Write([]byte) (int, error) { panic("halfway") }

// TestHalfAnswer wants the connection to be cut when an answer cannot be finished.
func TestHalfAnswer(t *testing.T) {
	t.Parallel()
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("recovered %v", err)
		}
	}()
	r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
	handler(t).ServeHTTP(halfway{httptest.NewRecorder()}, r)
}

// writes counts the writes of an answer.
type writes struct {
	http.ResponseWriter
	n int
}

func (w *writes) Write(p []byte) (int, error) { w.n++; return w.ResponseWriter.Write(p) }

func TestOneWrite(t *testing.T) {
	t.Parallel()
	h := handler(t)
	for _, path := range []string{logPath, listPath, promptPath, "/v5/prompts", "/v5/none"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("X-Api-Key", testKey)
		w := &writes{ResponseWriter: httptest.NewRecorder()}
		h.ServeHTTP(w, r)
		if w.n != 1 {
			t.Errorf("%s was answered in %d writes", path, w.n)
		}
	}
}

// FuzzRequests wants no request, however odd, to be the server's fault.
func FuzzRequests(f *testing.F) {
	s := oddStore(f, ":memory:")
	h := server.New(s, server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 16})
	f.Add("GET", listPath+"&size=3&search=%00", "", "", "")
	f.Add("PATCH", patchPath, `{"output":"a","inputs":{"a":1}}`, "application/json", "*")
	f.Add("POST", "/v5/prompts/log", `{"path":"a","prompt":{"model":"m"}}`, "application/json; x", "")
	f.Add("POST", "/v5/evaluators", `{"path":"e","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good"}]}}`, "application/json", "")
	f.Add("POST", "/v5/evaluators/log", `{"path":"e","parent_id":"log/1","judgment":"good","log_id":"log/2","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good"}]}}`, "application/json", "")
	f.Add("PATCH", "/v5/evaluators/ev_1/versions/evv_1", `{"name":"a"}`, "application/json", "")
	f.Add("GET", "/v5/logs/log%2F1", "", "", `"a-b"`)
	f.Add("GET", "#", "", "", "")
	f.Add("DELETE", "/v5/prompts/%00%FF?page=%zz;", "\xff", "", "W/")
	f.Fuzz(func(t *testing.T, method, path, body, kind, tag string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://server"+path, strings.NewReader(body))
		if err != nil || r.URL.Host != "server" {
			return // no client can send it
		}
		r.Header.Set("X-Api-Key", testKey)
		r.Header.Set("Content-Type", kind)
		r.Header.Set("If-Match", tag)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code < 200 || w.Code/100 == 3 && w.Code != 304 {
			t.Errorf("%s %q %q: %d %s", method, path, body, w.Code, w.Body)
		}
		if w.Code != 304 && w.Code != 204 && !bytes.HasPrefix(w.Body.Bytes(), []byte("{")) && !bytes.HasPrefix(w.Body.Bytes(), []byte("[")) {
			t.Errorf("%s %q: no JSON: %s", method, path, w.Body)
		}
	})
}

// checkConditions wants both conditions to hold for reading and for a PATCH, If-Match before
// If-None-Match, and a request that would fail without them to fail as it would.
func checkConditions(t *testing.T, h http.Handler) {
	t.Helper()
	tag := call(h, "GET", logPath, "").Header().Get("ETag")
	const patch = `{"output":"\ud800"}` // changes nothing
	for _, c := range []struct {
		method, path, body string
		want               int
		headers            []string
	}{
		{"GET", logPath, "", 200, []string{"If-Match", tag}},
		{"GET", logPath, "", 200, []string{"If-Match", "*"}},
		{"GET", logPath, "", 412, []string{"If-Match", `"a"`}},
		{"GET", logPath, "", 412, []string{"If-Match", "W/" + tag}},
		{"HEAD", logPath, "", 412, []string{"If-Match", `"a"`}},
		{"GET", logPath, "", 304, []string{"If-Match", tag, "If-None-Match", tag}},
		{"GET", logPath, "", 412, []string{"If-Match", `"a"`, "If-None-Match", tag}},
		{"GET", "/v5/logs/none", "", 404, []string{"If-Match", "*"}},
		{"PATCH", patchPath, patch, 412, []string{"If-None-Match", tag}},
		{"PATCH", patchPath, patch, 412, []string{"If-None-Match", "W/" + tag}},
		{"PATCH", patchPath, patch, 412, []string{"If-None-Match", "*"}},
		{"PATCH", patchPath, patch, 200, []string{"If-None-Match", `"a"`}},
		{"PATCH", patchPath, patch, 200, []string{"If-Match", tag, "If-None-Match", `"a"`}},
		{"PATCH", patchPath, patch, 412, []string{"If-Match", `"a"`, "If-None-Match", `"b"`}},
		{"PATCH", patchPath, patch, 412, []string{"If-Match", tag, "If-None-Match", tag}},
		{"PATCH", patchPath, `{`, 422, []string{"If-None-Match", "*"}},
		{"PATCH", "/v5/prompts/none/log/none", patch, 404, []string{"If-None-Match", "*"}},
		{"PATCH", strings.Replace(patchPath, "/prompts/", "/prompts/not_", 1), patch, 404, []string{"If-None-Match", "*"}},
	} {
		if w := call(h, c.method, c.path, c.body, c.headers...); w.Code != c.want {
			t.Errorf("%s %s %q: %d %s, want %d", c.method, c.path, c.headers, w.Code, w.Body, c.want)
		}
	}
}
