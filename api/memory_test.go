package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"errata/api"
	"errata/model"
)

func roundTrip(t *testing.T, h http.HandlerFunc, method, url, body string) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return api.InMemory(h).RoundTrip(req)
}

// TestInMemoryRequest wants the handler to see what a server would show it.
func TestInMemoryRequest(t *testing.T) {
	t.Parallel()
	resp, err := roundTrip(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != "the body" {
			t.Errorf("body %q, %v", body, err)
		}
		user, password, _ := r.BasicAuth()
		if r.URL.IsAbs() || r.Host != "embedded:1" || r.RequestURI != "/a%2Fb?q=1" || r.URL.Path != "/a/b" || user+password != "up" {
			t.Errorf("request %q, host %q, URI %q, path %q, user %q", r.URL, r.Host, r.RequestURI, r.URL.Path, user)
		}
		w.Header().Set("X-Answer", "yes")
		w.WriteHeader(201)
		w.Header().Set("X-Answer", "too late")
		w.WriteHeader(500)
		_, _ = io.WriteString(w, "<html>")
		_, _ = io.WriteString(w, "more")
	}, "PATCH", "http://u:p@embedded:1/a%2Fb?q=1", "the body")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "<html>more" || resp.ContentLength != int64(len(body)) {
		t.Errorf("body %q of length %d, %v", body, resp.ContentLength, err)
	}
	if resp.StatusCode != 201 || resp.Header.Get("X-Answer") != "yes" || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		t.Errorf("status %d, header %v", resp.StatusCode, resp.Header)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestInMemoryEmpty(t *testing.T) {
	t.Parallel()
	resp, err := roundTrip(t, func(http.ResponseWriter, *http.Request) {}, "GET", "http://x/", "")
	if err != nil || resp.StatusCode != 200 || resp.ContentLength != 0 {
		t.Errorf("got %+v, %v", resp, err)
	}
	resp, err = roundTrip(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(204)
		if _, err := w.Write([]byte("x")); !errors.Is(err, http.ErrBodyNotAllowed) {
			t.Errorf("a body with 204: %v", err)
		}
	}, "GET", "http://x/", "")
	if err != nil || resp.ContentLength != 0 {
		t.Errorf("got %+v, %v", resp, err)
	}
}

// TestInMemoryBufferReused has a handler write from one buffer again and again, as io.Copy does.
func TestInMemoryBufferReused(t *testing.T) {
	t.Parallel()
	resp, err := roundTrip(t, func(w http.ResponseWriter, r *http.Request) {
		buf := make([]byte, 1)
		for b := byte('a'); b <= 'e'; b++ {
			buf[0] = b
			_, _ = w.Write(buf)
		}
		buf[0] = 'x'
	}, "GET", "http://x/", "")
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(resp.Body); string(body) != "abcde" {
		t.Errorf("body %q", body)
	}
}

func TestInMemoryPanic(t *testing.T) {
	t.Parallel()
	cause := errors.New("broken")
	for _, p := range []any{cause, "broken", http.ErrAbortHandler} {
		_, err := roundTrip(t, func(http.ResponseWriter, *http.Request) { panic(p) }, "GET", "http://x/", "")
		if err == nil || p == any(cause) && !errors.Is(err, cause) {
			t.Errorf("a panic with %v gave %v", p, err)
		}
	}
	c := dial(t, "http://embedded", func(o *api.Options) {
		o.Transport = api.InMemory(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }))
	})
	want(t, patch(t, c), api.Unreachable, api.MaybeSent)
}

func TestInMemoryCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	gone, left := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
		<-gone // or an answer could be there in time
		_, _ = io.WriteString(w, "nobody reads this")
		close(left)
	})
	c := dial(t, "http://embedded", func(o *api.Options) { o.Transport = api.InMemory(h) })
	_, err := c.UpdateLog(ctx, "pr_1", "log_1", []byte(`{}`), "")
	close(gone)
	want(t, err, api.Canceled, api.MaybeSent)
	<-left
	req, err := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.InMemory(h).RoundTrip(req); !errors.Is(err, context.Canceled) {
		t.Errorf("a request that was canceled before: %v", err)
	}
}

// TestInMemoryCopies measures that a large document is copied once between the handler and the
// caller. It runs alone, since it counts what the whole process allocates.
func TestInMemoryCopies(t *testing.T) {
	doc := append([]byte(`{"id":"log_1","text":"`), bytes.Repeat([]byte("x"), 2<<20)...)
	doc = append(doc, `"}`...)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(doc)
	})
	c := dial(t, "http://embedded", func(o *api.Options) { o.Transport = api.InMemory(h) })
	const times = 4
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		if _, err := c.Log(t.Context(), "log_1"); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if copies := float64(after.TotalAlloc-before.TotalAlloc) / float64(times*len(doc)); copies > 1.5 {
		t.Errorf("%.1f copies of the document are made", copies)
	}
}

// TestALogThatIsHandedOverIsNotReadAgain: provided that the answer is of the very bytes that it was
// read of.
func TestALogThatIsHandedOverIsNotReadAgain(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"id":"log_1","output":"` + strings.Repeat("a buoy ", 1<<18) + `"}`)
	log, err := model.ParseLog(doc)
	if err != nil {
		t.Fatal(err)
	}
	for same, sent := range map[bool][]byte{true: doc, false: bytes.Replace(doc, []byte("buoy"), []byte("tide"), 1)} {
		client := inMemory(t, func(w http.ResponseWriter, r *http.Request) {
			api.HandOver(r.Context(), api.Document{Raw: doc}.Read(log))
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", strconv.Itoa(len(sent)))
			_, _ = w.Write(sent)
		})
		got, err := client.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{}`), "")
		if err != nil {
			t.Fatal(err)
		}
		if read, err := got.Log(); err != nil || (read == log) != same || !bytes.Equal(read.Bytes(), sent) {
			t.Errorf("the same bytes: %t, the same log: %t, %v", same, read == log, err)
		}
	}
}

// inMemory is a client of a handler in this process.
func inMemory(t *testing.T, h http.HandlerFunc) *api.Client {
	t.Helper()
	client, err := api.New(api.Options{BaseURL: &url.URL{Scheme: "http", Host: "embedded", Path: "/v5"}, Transport: api.InMemory(h)})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func BenchmarkGet10KB(b *testing.B)  { benchmarkGet(b, 10<<10) }
func BenchmarkGet10MB(b *testing.B)  { benchmarkGet(b, 10<<20) }
func BenchmarkGet100MB(b *testing.B) { benchmarkGet(b, 100<<20) }

// benchmarkGet reads a log of n bytes through the embedded transport.
func benchmarkGet(b *testing.B, n int) {
	doc := []byte(`{"id":"log_1","text":"` + strings.Repeat("x", n) + `"}`)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(doc)
	})
	c := dial(b, "http://embedded", func(o *api.Options) { o.Transport = api.InMemory(h) })
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Log(b.Context(), "log_1"); err != nil {
			b.Fatal(err)
		}
	}
}
