package server_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
	"errata/model"
)

// large is a store with logs that together are longer than what is held back, and their documents,
// newest first.
func large(t *testing.T) (svc api.Service, docs []string) {
	t.Helper()
	var seed apitest.Seed
	for i := range 40 {
		doc := fmt.Sprintf(`{"id":"log_%02d", "prompt":{"id":"pr_1","path":"a","template":"%s","model":"m-1"},"created_at":"2025-03-01T10:00:%02d",`+
			`"output":"%s", "error":null,"evaluator_logs":[]}`, i, strings.Repeat("t", 9000), 59-i, strings.Repeat(`word \"é\" `, 10+i%2*9000))
		seed.Logs, docs = append(seed.Logs, []byte(doc)), append(docs, doc)
	}
	return seeded(t, seed), docs
}

func checkDocs(t *testing.T, page []byte, docs []string) {
	t.Helper()
	p, err := model.ParsePage(page)
	if err != nil || len(p.Logs) != len(docs) || p.Total != len(docs) {
		t.Fatalf("%d logs of %d, want %d: %v", len(p.Logs), p.Total, len(docs), err)
	}
	for i, log := range p.Logs {
		if string(log.Bytes()) != docs[i] {
			t.Errorf("log %d is not as it was stored", i)
		}
	}
}

// TestLongPages wants a page that is written piece by piece to be the one that it always was.
func TestLongPages(t *testing.T) {
	t.Parallel()
	svc, docs := large(t)
	h := server.New(svc, server.Options{Allow: server.Only(testKey, "")})
	w := call(h, "GET", "/v5/logs?file_id=pr_1&size=1000", "")
	if w.Code != 200 || w.Header().Get("Content-Length") != "" || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	checkDocs(t, w.Body.Bytes(), docs)
	w = call(h, "GET", "/v5/logs?file_id=pr_1&size=1000", "", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("a long page is not compressed")
	}
	gz, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	checkDocs(t, page, docs)
	if w := call(h, "GET", "/v5/logs?file_id=pr_1&size=1", ""); w.Header().Get("Content-Length") == "" {
		t.Error("a short page has no length")
	}
}

// breaking writes a part of a page and fails.
type breaking struct {
	api.Backend
	part string
}

func (b breaking) WriteLogs(_ context.Context, _ api.LogQuery, w io.Writer) error {
	_, _ = io.WriteString(w, b.part)
	return &api.Error{Code: api.Unavailable, Status: 503, Msg: "the database does not answer"}
}

// TestBrokenPages wants an error to be the answer as long as nothing went out, and half a page not
// to look like a whole one.
func TestBrokenPages(t *testing.T) {
	t.Parallel()
	var records bytes.Buffer
	o := server.Options{Allow: server.Only(testKey, ""), Logger: slog.New(slog.NewJSONHandler(&records, nil))}
	w := call(server.New(breaking{part: `{"records":[`}, o), "GET", "/v5/logs?file_id=pr_1", "")
	check(t, w, 503, `{"detail":"the database does not answer"}`)
	srv := httptest.NewServer(server.New(breaking{part: `{"records":[` + strings.Repeat(" ", 2<<20)}, o))
	t.Cleanup(srv.Close)
	req, err := http.NewRequest(http.MethodGet, srv.URL+"/v5/logs?file_id=pr_1", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-API-KEY", testKey)
	req.Header.Set("Accept-Encoding", "identity")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("half a page ends with %v", err)
	}
	srv.Close()
	for _, want := range []string{`"an answer was cut short"`, `"cause":"the database does not answer"`, `"cut":true`} {
		if !strings.Contains(records.String(), want) {
			t.Errorf("no %s in\n%s", want, records.String())
		}
	}
}

// unaware passes over the parameter that cuts logs, as servers of others do.
func unaware(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		q.Del("cut")
		r.URL.RawQuery = q.Encode()
		h.ServeHTTP(w, r)
	})
}

// TestCutLists wants a list whose logs are asked for in part to be short, whoever cuts them; a log
// that is short comes as it is stored.
func TestCutLists(t *testing.T) {
	t.Parallel()
	svc, docs := large(t)
	h := server.New(svc, server.Options{Allow: server.Only(testKey, "")})
	var pages [][]byte
	for _, h := range []http.Handler{h, unaware(h)} {
		c, err := api.New(api.Options{BaseURL: &url.URL{Scheme: "http", Host: "embedded", Path: "/v5"}, Key: testKey, Transport: api.InMemory(h)})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := c.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 100, Cut: 16_000})
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, raw)
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Error("what the client cuts is not what the server cuts")
	}
	p, err := model.ParsePage(pages[0])
	if err != nil || len(p.Logs) != len(docs) {
		t.Fatalf("%d logs, %v", len(p.Logs), err)
	}
	for i, log := range p.Logs {
		sum := log.Summarize()
		switch {
		case sum.ID != fmt.Sprintf("log_%02d", i) || sum.Model != "m-1" || !strings.HasPrefix(sum.Output, `word "é" word`):
			t.Errorf("log %d: %+v", i, sum)
		case log.Whole():
			t.Errorf("log %d, whose template is long, is said to be whole", i)
		case len(log.Bytes()) > 19_000:
			t.Errorf("log %d has %d bytes", i, len(log.Bytes()))
		}
	}
	w := call(h, "GET", "/v5/logs?file_id=pr_1&size=1&cut=100000", "")
	if !strings.Contains(w.Body.String(), docs[0]) {
		t.Error("a short log is not as it is stored")
	}
}
