package api_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
)

// want wants an *api.Error of this code and fate whose sentence is fit for a user and holds no
// secret. It returns the sentence.
func want(t *testing.T, err error, code api.Code, sent api.Sent) string {
	t.Helper()
	var e *api.Error
	if !errors.As(err, &e) {
		t.Errorf("error %v, want code %d", err, code)
		return ""
	}
	if e.Code != code || e.Sent != sent {
		t.Errorf("code %d, sent %d: %v; want code %d, sent %d", e.Code, e.Sent, err, code, sent)
	}
	if e.Msg == "" || strings.HasSuffix(e.Msg, ".") || strings.ContainsAny(e.Msg, "\n\r") {
		t.Errorf("%q is no sentence", e.Msg)
	}
	for chain := error(e); chain != nil; chain = errors.Unwrap(chain) {
		for _, secret := range []string{testKey, "hidden", "file_id", "resty"} {
			if strings.Contains(chain.Error(), secret) {
				t.Errorf("%q tells %q", chain.Error(), secret)
			}
		}
	}
	return e.Error()
}

func hasAll(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not say %q", text, w)
		}
	}
}

func read(t *testing.T, c *api.Client) error {
	t.Helper()
	_, err := c.Log(t.Context(), "log_1")
	return err
}

func patch(t *testing.T, c *api.Client) error {
	t.Helper()
	_, err := c.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{}`), "")
	return err
}

func TestStatusSentences(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		status int
		body   string
		code   api.Code
		sent   api.Sent // of a PATCH
		says   []string
	}{
		{400, `{"detail":{"description":"bad thing."}}`, api.Failed, api.NotSent, []string{"400: bad thing; change what was asked for"}},
		{400, ``, api.Failed, api.NotSent, []string{"400; check the base URL"}},
		{401, `{"detail":"no"}`, api.Unauthorized, api.NotSent, []string{"refused the API key", "ERRATA_API_KEY", "api_key_file"}},
		{403, `{"detail":"not this prompt"}`, api.Unauthorized, api.NotSent, []string{"not this prompt"}},
		{404, `{"detail":"Log not found"}`, api.NotFound, api.NotSent, []string{"no log log_1", "this server"}},
		{405, `{"detail":"Method Not Allowed"}`, api.Failed, api.NotSent, []string{"405", "base URL"}},
		{409, `{"detail":{"msg":"name twice"}}`, api.Conflict, api.NotSent, []string{"conflict", "name twice"}},
		{412, `{"detail":"changed"}`, api.Precondition, api.NotSent, []string{"changed", "read it again"}},
		{422, `{"detail":[{"loc":["body","output_tokens"],"msg":"value is not a valid integer","type":"type_error.integer"}]}`, api.Invalid, api.NotSent,
			[]string{"the server refused output_tokens: value is not a valid integer"}},
		{422, `{"detail":{"type":"t","message":"template is broken","code":7,"origin":"x"}}`, api.Invalid, api.NotSent, []string{"template is broken"}},
		{422, `nonsense`, api.Invalid, api.NotSent, []string{"refused"}},
		{408, ``, api.Timeout, api.MaybeSent, []string{"gave up waiting"}},
		{413, `{"detail":"the body is larger than 100 bytes"}`, api.Failed, api.NotSent, []string{"is larger than the server takes: the body is larger than 100 bytes; send less"}},
		{413, `<html>too large</html>`, api.Failed, api.NotSent, []string{"is larger than the server takes, or than a proxy before it does; send less"}},
		{415, `{"detail":"no JSON"}`, api.Failed, api.NotSent, []string{"415: no JSON"}},
		{418, ``, api.Failed, api.NotSent, []string{"418", "base URL"}},
		{429, `{"detail":"ten a minute"}`, api.RateLimited, api.NotSent, []string{"slow down: ten a minute; try again later"}},
		{429, `<html>`, api.RateLimited, api.NotSent, []string{"slow down; try again later"}},
		{500, `{"detail":"oops\nand more"}`, api.Unavailable, api.MaybeSent, []string{"500: oops and more; try again later"}},
		{500, `{"detail":"` + strings.Repeat("long ", 200) + `"}`, api.Unavailable, api.MaybeSent, []string{"500", "long …; try again later"}},
		{501, ``, api.Unavailable, api.MaybeSent, []string{"cannot do this", "base URL"}},
		{502, `<html>bad gateway</html>`, api.Unavailable, api.MaybeSent, []string{"failed with status 502; try again later"}},
		{503, ``, api.Unavailable, api.MaybeSent, []string{"503"}},
		{504, ``, api.Unavailable, api.MaybeSent, []string{"504"}},
		{507, ``, api.Unavailable, api.MaybeSent, []string{"no room"}},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { answerJSON(w, x.status, x.body) })
		c := dial(t, s.URL)
		hasAll(t, want(t, read(t, c), x.code, api.NotSent), x.says...)
		msg := want(t, patch(t, c), x.code, x.sent)
		if unclear := strings.HasSuffix(msg, "; whether it was saved is not known"); unclear != (x.sent == api.MaybeSent) {
			t.Errorf("%d: %q", x.status, msg)
		}
		if strings.Contains(msg, "base URL") && x.status == http.StatusRequestEntityTooLarge {
			t.Errorf("%d: %q", x.status, msg)
		}
	}
}

func TestNoKey(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, there := r.Header["X-Api-Key"]; there {
			t.Error("an empty key was sent")
		}
		answerJSON(w, 401, `{"detail":"no"}`)
	})
	c := dial(t, s.URL, func(o *api.Options) { o.Key = "" })
	hasAll(t, want(t, read(t, c), api.Unauthorized, api.NotSent), "wants an API key", "ERRATA_API_KEY")
}

func TestInvalidFields(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		answerJSON(w, 422, `{"detail":[
			{"loc":["body","messages",1,"role"],"msg":"field required","type":"value_error.missing"},
			{"loc":["body"],"msg":"is odd","type":"t"}, "no entry",
			{"loc":["body","c"],"msg":"c","type":"t"}, {"loc":["body","d"],"msg":"d","type":"t"}]}`)
	})
	err := patch(t, dial(t, s.URL))
	hasAll(t, want(t, err, api.Invalid, api.NotSent), "messages[1].role: field required", "the request: is odd", "and 1 more")
	var e *api.Error
	errors.As(err, &e)
	if want := (api.FieldError{Loc: []any{"body", "messages", 1, "role"}, Msg: "field required", Type: "value_error.missing"}); len(e.Fields) != 4 || !reflect.DeepEqual(e.Fields[0], want) {
		t.Errorf("fields %+v", e.Fields)
	}
}

// TestServerRepeatsKey wants the key gone from what a server says, wherever it says it.
func TestServerRepeatsKey(t *testing.T) {
	t.Parallel()
	for _, detail := range []string{`"bad key %s"`, `{"msg":"%s"}`, `[{"loc":["body","%[1]s"],"msg":"%[1]s","type":"%[1]s"}]`} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			answerJSON(w, 422, `{"detail":`+fmt.Sprintf(detail, r.Header.Get("X-API-KEY"))+`}`)
		})
		err := patch(t, dial(t, s.URL))
		want(t, err, api.Invalid, api.NotSent)
		var e *api.Error
		if errors.As(err, &e) && strings.Contains(fmt.Sprint(e.Fields), testKey) {
			t.Errorf("the fields hold the key: %v", e.Fields)
		}
	}
}

// TestRedirects wants none followed, and the target named without its path and query.
func TestRedirects(t *testing.T) {
	t.Parallel()
	var elsewhere seen
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		elsewhere.add(r)
		answerJSON(w, 200, logJSON)
	})
	for status, sent := range map[int]api.Sent{301: api.NotSent, 302: api.MaybeSent, 303: api.MaybeSent, 307: api.NotSent, 308: api.NotSent} {
		var here seen
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			here.add(r)
			http.Redirect(w, r, other.URL+"/path/hidden?token=hidden", status)
		})
		c := dial(t, s.URL)
		hasAll(t, want(t, read(t, c), api.Redirected, api.NotSent), other.URL, "base URL")
		hasAll(t, want(t, patch(t, c), api.Redirected, sent), other.URL)
		if n := len(here.all()); n != 2 {
			t.Errorf("%d: %d requests, want 2", status, n)
		}
	}
	for _, location := range []string{"", "/login?hidden", "http://%zz/hidden", "::hidden"} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(302)
		})
		want(t, read(t, dial(t, s.URL)), api.Redirected, api.NotSent)
	}
	if r := elsewhere.all(); len(r) != 0 {
		t.Errorf("the other host was asked: %+v", r)
	}
}

// A 304 says that something has not changed since it was read. To a PATCH, and to a GET that named
// no reading, it says nothing.
func TestNotModifiedUnasked(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotModified)
	}))
	defer s.Close()
	want(t, read(t, dial(t, s.URL)), api.Redirected, api.NotSent)
	want(t, patch(t, dial(t, s.URL)), api.Redirected, api.MaybeSent)
}

func TestBadAnswers(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, kind, body string
		says             string
		sent             api.Sent // of a PATCH, MaybeSent unless it says otherwise
	}{
		{"page", "text/html; charset=utf-8", "<html>log in</html>", "web page", api.MaybeSent},
		{"page called JSON", "application/json", "<html>", "not a JSON object", api.MaybeSent},
		{"text", "text/plain", logJSON, `"text/plain"`, api.MaybeSent},
		{"no kind", "", logJSON, "does not say", api.MaybeSent},
		{"empty", "application/json", "", "not a JSON object", api.MaybeSent},
		{"list", "application/json", "[" + logJSON + "]", "not a JSON object", api.MaybeSent},
		{"half of UTF-16", "application/json", "\xff\xfe{\x00}", "not JSON", api.MaybeSent},
		{"cut within JSON", "application/json", logJSON[:20], "is not complete JSON", api.WasSent},
		{"something after", "application/json", logJSON + "x", "is not complete JSON", api.WasSent},
		{"another log", "application/json", `{"id":"log_2"}`, `"log_2"`, api.MaybeSent},
		{"part of the id", "application/json", `{"id":"log_11"}`, `"log_11"`, api.MaybeSent},
		{"no id", "application/json", `{}`, `not about "log_1" but about nothing that has an id`, api.MaybeSent},
		{"id that is not a text", "application/json", `{"id":1}`, `"log_1"`, api.MaybeSent},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Content-Type"] = nil
			if x.kind != "" {
				w.Header().Set("Content-Type", x.kind)
			}
			_, _ = io.WriteString(w, x.body)
		})
		c := dial(t, s.URL)
		hasAll(t, want(t, read(t, c), api.BadAnswer, api.NotSent), x.says)
		if x.sent == api.WasSent {
			hasAll(t, want(t, patch(t, c), api.BadAnswer, api.WasSent), x.says, "accepted the change")
		} else {
			hasAll(t, want(t, patch(t, c), api.BadAnswer, api.MaybeSent), x.says, "whether it was saved is not known")
		}
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	want(t, patch(t, dial(t, s.URL)), api.BadAnswer, api.MaybeSent)
	s = serve(t, func(w http.ResponseWriter, r *http.Request) { answerJSON(w, 200, `{"prompt_id":"pr_1"}`) })
	_, err := dial(t, s.URL).CreateLog(t.Context(), api.CreateQuery{}, []byte(`{}`))
	want(t, err, api.BadAnswer, api.WasSent)
	s = serve(t, func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) })
	hasAll(t, want(t, read(t, dial(t, s.URL)), api.NotFound, api.NotSent), "base URL")
}

// TestEncodedAnswers answers with a byte order mark, and in UTF-16.
func TestEncodedAnswers(t *testing.T) {
	t.Parallel()
	wide := "\xff\xfe"
	for _, c := range []byte(logJSON) {
		wide += string([]byte{c, 0})
	}
	for _, body := range []string{"\xef\xbb\xbf" + logJSON, wide} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { answerJSON(w, 200, body) })
		doc, err := dial(t, s.URL).Log(t.Context(), "log_1")
		if err != nil || string(doc.Raw) != logJSON {
			t.Errorf("%q is read as %q, %v", body, doc.Raw, err)
		}
	}
}

// TestTruncated cuts the connection within the body, with its length declared and without.
func TestTruncated(t *testing.T) {
	t.Parallel()
	for _, declared := range []bool{true, false} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if declared {
				w.Header().Set("Content-Length", "1000")
			}
			_, _ = io.WriteString(w, logJSON)
			w.(http.Flusher).Flush()
			hangUp(w)
		})
		c := dial(t, s.URL)
		hasAll(t, want(t, read(t, c), api.BadAnswer, api.NotSent), "cut short")
		hasAll(t, want(t, patch(t, c), api.BadAnswer, api.WasSent), "cut short")
	}
}

// hangUp closes the connection under an answer.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// TestBodyLimit counts bytes as decompressed: 8 MB of zeros arrive as 8 KB.
func TestBodyLimit(t *testing.T) {
	t.Parallel()
	limited := func(o *api.Options) { o.MaxBody = 1 << 20 }
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 8 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	})
	hasAll(t, want(t, read(t, dial(t, s.URL, limited)), api.BadAnswer, api.NotSent), "larger than 1048576 bytes")
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1048577")
		w.Header().Set("Content-Type", "application/json")
	})
	hasAll(t, want(t, patch(t, dial(t, s.URL, limited)), api.BadAnswer, api.WasSent), "larger than")
}

func TestCompressed(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not asked for")
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, logJSON)
		_ = z.Close()
	})
	doc, err := dial(t, s.URL).Log(t.Context(), "log_1")
	if err != nil || string(doc.Raw) != logJSON {
		t.Errorf("got %s, %v", doc.Raw, err)
	}
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		answerJSON(w, 200, "\x00\x01")
	})
	hasAll(t, want(t, read(t, dial(t, s.URL)), api.BadAnswer, api.NotSent), "compressed")
}

// TestUnreachable meets servers that are not there or speak otherwise.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := "http://" + l.Addr().String()
	_ = l.Close()
	for _, call := range []func(*testing.T, *api.Client) error{read, patch} {
		hasAll(t, want(t, call(t, dial(t, dead)), api.Unreachable, api.NotSent), "cannot reach "+dead+": connection refused; is the server running?")
	}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = quiet
	secure.StartTLS()
	t.Cleanup(secure.Close)
	hasAll(t, want(t, patch(t, dial(t, secure.URL)), api.Unreachable, api.NotSent), "cannot trust", "certificate")
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) {})
	hasAll(t, want(t, patch(t, dial(t, strings.Replace(plain.URL, "http:", "https:", 1))), api.Unreachable, api.NotSent), "plain HTTP")
}

// TestAnswerLost has a server carry a PATCH out and hang up, on a new connection and on a kept one.
func TestAnswerLost(t *testing.T) {
	t.Parallel()
	for _, kept := range []bool{false, true} {
		var got seen
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				answerJSON(w, 200, logJSON)
				return
			}
			got.add(r)
			hangUp(w)
		})
		c := dial(t, s.URL)
		if kept {
			if err := read(t, c); err != nil {
				t.Fatal(err)
			}
		}
		hasAll(t, want(t, patch(t, c), api.Unreachable, api.MaybeSent), "broke", "not known")
		if n := len(got.all()); n != 1 {
			t.Errorf("kept %v: the PATCH came %d times", kept, n)
		}
	}
}

// TestKeptConnectionGone has the server close a kept connection between two requests: nothing of
// the PATCH is lost, and it comes once.
func TestKeptConnectionGone(t *testing.T) {
	t.Parallel()
	var got seen
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		answerJSON(w, 200, logJSON)
	})
	c := dial(t, s.URL)
	if err := read(t, c); err != nil {
		t.Fatal(err)
	}
	s.CloseClientConnections()
	var e *api.Error
	if err := patch(t, c); err != nil && (!errors.As(err, &e) || e.Code != api.Unreachable) {
		t.Errorf("after the connection was closed: %v", err)
	}
	if n := len(got.all()); n > 2 {
		t.Errorf("the PATCH came %d times", n-1)
	}
}

// TestConnectionsAreKept has a server that is asked for as much at a time as a batch does, twice:
// the second time nothing is opened.
func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	const together = 8
	var opened atomic.Int32
	var all sync.WaitGroup
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		all.Done()
		all.Wait() // for the others
		answerJSON(w, 200, logJSON)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	c := dial(t, s.URL)
	for range 2 {
		all.Add(together)
		var asking sync.WaitGroup
		for range together {
			asking.Go(func() {
				if err := read(t, c); err != nil {
					t.Error(err)
				}
			})
		}
		asking.Wait()
	}
	if n := opened.Load(); n != together {
		t.Errorf("%d connections were opened for %d requests at a time", n, together)
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	short := func(o *api.Options) { o.Timeout = time.Second }
	silentServer := func(t *testing.T, begin func(w http.ResponseWriter)) string {
		end := make(chan struct{})
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			begin(w)
			<-end
		})
		// before the server is closed, which waits for its handlers
		t.Cleanup(func() { close(end) })
		return s.URL
	}
	t.Run("no answer", func(t *testing.T) {
		t.Parallel()
		c := dial(t, silentServer(t, func(http.ResponseWriter) {}), short)
		hasAll(t, want(t, read(t, c), api.Timeout, api.NotSent), "within 1s", "--timeout")
		hasAll(t, want(t, patch(t, c), api.Timeout, api.MaybeSent), "within 1s", "not known")
	})
	t.Run("stalled answer", func(t *testing.T) {
		t.Parallel()
		c := dial(t, silentServer(t, func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			answerJSON(w, 200, logJSON)
			w.(http.Flusher).Flush()
		}), short)
		hasAll(t, want(t, read(t, c), api.Timeout, api.NotSent), "stood still")
		want(t, patch(t, c), api.Timeout, api.WasSent)
	})
	t.Run("mute listener", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0") // the system accepts; nobody answers
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		for _, scheme := range []string{"http://", "https://"} {
			c := dial(t, scheme+l.Addr().String(), short)
			want(t, read(t, c), api.Timeout, api.NotSent)
		}
		c := dial(t, "https://"+l.Addr().String(), short)
		want(t, patch(t, c), api.Timeout, api.NotSent) // TLS never came about
	})
	t.Run("stalled upload", func(t *testing.T) {
		t.Parallel()
		end := make(chan struct{})
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { <-end })
		t.Cleanup(func() { close(end) })
		large := []byte(`{"a":"` + strings.Repeat("x", 32<<20) + `"}`)
		_, err := dial(t, s.URL, short).UpdateLog(t.Context(), "pr_1", "log_1", large, "")
		want(t, err, api.Timeout, api.MaybeSent)
	})
	t.Run("deadline of the caller", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := dial(t, silentServer(t, func(http.ResponseWriter) {})).Log(ctx, "log_1")
		want(t, err, api.Timeout, api.NotSent)
	})
}

// TestSlowIsNoStall sends a body that takes longer than the limit, in pieces that do not.
func TestSlowIsNoStall(t *testing.T) {
	t.Parallel()
	const limit = time.Second
	tick := time.NewTicker(limit / 8)
	t.Cleanup(tick.Stop)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for range 12 {
			_, _ = io.WriteString(w, strings.Repeat(" ", 256))
			w.(http.Flusher).Flush()
			<-tick.C
		}
		_, _ = io.WriteString(w, logJSON)
	})
	began := time.Now()
	if err := read(t, dial(t, s.URL, func(o *api.Options) { o.Timeout = limit })); err != nil {
		t.Error(err)
	}
	if d := time.Since(began); d < limit {
		t.Errorf("the body took %v only, which shows nothing", d)
	}
}

// TestCancelWhileWaiting gives up when the server has the PATCH: its fate is not known.
func TestCancelWhileWaiting(t *testing.T) {
	t.Parallel()
	got, end := make(chan struct{}), make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(got)
		<-end
	})
	t.Cleanup(func() { close(end) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-got
		cancel()
	}()
	_, err := dial(t, s.URL).UpdateLog(ctx, "pr_1", "log_1", []byte(`{}`), "")
	hasAll(t, want(t, err, api.Canceled, api.MaybeSent), "canceled", "not known")
}
