package api_test

import (
	"errors"
	"io"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
)

// quiet is a log for servers whose complaints a test provokes.
var quiet = log.New(io.Discard, "", 0)

// waits records what the client would have waited.
type waits []time.Duration

func (w *waits) use(o *api.Options) {
	o.Sleep = func(_ <-chan struct{}, d time.Duration) bool {
		*w = append(*w, d)
		return true
	}
}

// TestReadRetries counts the tries of a GET, a PATCH and a POST that are answered with each status
// for ever.
func TestReadRetries(t *testing.T) {
	t.Parallel()
	for status, tries := range map[int]int32{429: 9, 502: 3, 503: 3, 504: 3, 500: 1, 501: 1, 401: 1, 404: 1, 408: 1, 422: 1, 302: 1, 200: 1} {
		var gets, patches, posts atomic.Int32
		came := map[string]*atomic.Int32{http.MethodGet: &gets, http.MethodPatch: &patches, http.MethodPost: &posts}
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			came[r.Method].Add(1)
			w.WriteHeader(status)
		})
		c := dial(t, s.URL, func(o *api.Options) { o.Sleep = func(<-chan struct{}, time.Duration) bool { return true } })
		for _, call := range []error{read(t, c), patch(t, c)} {
			if call == nil {
				t.Errorf("%d is not an error", status)
			}
		}
		_, err := c.CreateLog(t.Context(), api.CreateQuery{}, []byte(`{}`))
		if err == nil {
			t.Errorf("%d is not an error of a POST", status)
		}
		again := int32(1)
		// which certainly did nothing; before a PATCH the log has to be read again
		if status == http.StatusTooManyRequests {
			again = tries
		}
		if gets.Load() != tries || patches.Load() != 1 || posts.Load() != again {
			t.Errorf("%d: %d GETs, want %d; %d PATCHes, want 1; %d POSTs, want %d", status, gets.Load(), tries, patches.Load(), posts.Load(), again)
		}
	}
}

func TestRetrySucceeds(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch n.Add(1) {
		case 1: // on a new connection; on a kept one net/http tries a GET again by itself
			hangUp(w)
		case 2:
			w.WriteHeader(503)
		default:
			answerJSON(w, 200, logJSON)
		}
	})
	var w waits
	if err := read(t, dial(t, s.URL, w.use)); err != nil {
		t.Fatal(err)
	}
	if len(w) != 2 || w[0] < 200*time.Millisecond || w[0] > 300*time.Millisecond || w[1] < 400*time.Millisecond || w[1] > 600*time.Millisecond {
		t.Errorf("waited %v", w)
	}
}

// TestRetryAfter has a server ask for a wait for ever: it is given what it asks for, a few times
// and not for long.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	date := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	backOff := []time.Duration{1e9, 2e9, 4e9, 8e9, 16e9, 30e9, 30e9, 30e9}
	for _, x := range []struct {
		after string
		waits []time.Duration
		asked time.Duration
		says  string
	}{
		{"7", slices.Repeat([]time.Duration{7e9}, 8), 7 * time.Second, "try again in 7 s"},
		{"60", slices.Repeat([]time.Duration{60e9}, 5), time.Minute, "try again in 60 s"},
		{"301", nil, 301 * time.Second, "try again in 5 min"},
		{"9999999999999999999999", nil, 24 * time.Hour, "try again in a day or more"},
		{"99999999999", nil, 24 * time.Hour, "try again in a day or more"},
		{date.Add(9 * time.Second).Format(http.TimeFormat), slices.Repeat([]time.Duration{9e9}, 8), 9 * time.Second, "try again in 9 s"},
		{date.Add(3 * time.Hour).Format(http.TimeFormat), nil, 3 * time.Hour, "try again in 3 h"},
		{time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Format(http.TimeFormat), nil, 24 * time.Hour, "try again in a day or more"},
		{date.Add(-time.Hour).Format(http.TimeFormat), backOff, 0, "try again later"},
		{"-5", backOff, 0, "try again later"},
		{"-9999999999999999999999", backOff, 0, "try again later"},
		{"soon", backOff, 0, "try again later"},
		{"", backOff, 0, "try again later"},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			w.Header().Set("Retry-After", x.after)
			answerJSON(w, 429, `{"detail":"too many"}`)
		})
		var w waits
		err := read(t, dial(t, s.URL, w.use))
		hasAll(t, want(t, err, api.RateLimited, api.NotSent), "slow down: too many", x.says)
		var e *api.Error
		if errors.As(err, &e) && e.RetryAfter != x.asked {
			t.Errorf("%q: RetryAfter %v, want %v", x.after, e.RetryAfter, x.asked)
		}
		if !slices.Equal(w, x.waits) {
			t.Errorf("%q: waited %v, want %v", x.after, w, x.waits)
		}
	}
}

// TestAnOverloadedServerIsGivenWhatItAsksFor also bounds that.
func TestAnOverloadedServerIsGivenWhatItAsksFor(t *testing.T) {
	t.Parallel()
	for after, want := range map[string][]time.Duration{"30": {30e9, 30e9}, "31": nil} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(503)
		})
		var w waits
		err := read(t, dial(t, s.URL, w.use))
		if api.CodeOf(err) != api.Unavailable || !slices.Equal(w, want) {
			t.Errorf("%q: %v after %v, want %v", after, err, w, want)
		}
		if err != nil {
			hasAll(t, err.Error(), "503; try again in "+after+" s")
		}
	}
}

// TestWhyItTakesLongIsSaid hears what a read says while its server lets it wait.
func TestWhyItTakesLongIsSaid(t *testing.T) {
	t.Parallel()
	said := make(chan api.Notice, 10)
	var n atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch n.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(429)
		case 2:
			hangUp(w)
		case 3:
			w.Header().Set("Retry-After", "3")
			w.WriteHeader(503)
		default:
			answerJSON(w, 200, logJSON)
		}
	})
	var w waits
	_, err := dial(t, s.URL, w.use).Log(api.WithNotices(t.Context(), func(n api.Notice) { said <- n }), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []api.Notice{
		{Text: "the server asks to slow down; trying again in 7 s", For: 7 * time.Second},
		{Text: "the server failed with status 503; trying again in 3 s", For: 3 * time.Second},
	} {
		if got := <-said; got != want {
			t.Errorf("it said %+v, want %+v", got, want)
		}
	}
	if len(said) > 0 { // the connection that broke is tried again at once
		t.Errorf("it also said %+v", <-said)
	}
}

// TestAServerThatDoesNotAnswerIsNamed has it answer only when that was said.
func TestAServerThatDoesNotAnswerIsNamed(t *testing.T) {
	t.Parallel()
	said := make(chan string, 1)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if got, want := <-said, "the almanac has not answered yet"; got != want {
			t.Errorf("it said %q, want %q", got, want)
		}
		answerJSON(w, 200, logJSON)
	})
	c := dial(t, s.URL, func(o *api.Options) { o.Name, o.Slow = "the almanac", time.Millisecond })
	if _, err := c.UpdateLog(api.WithNotices(t.Context(), func(n api.Notice) { said <- n.Text }), "pr_1", "log_1", []byte(`{}`), ""); err != nil {
		t.Fatal(err)
	}
}

// TestRefusedIsNotRetried also wants no wait after a name that does not exist, or a certificate
// that is wrong.
func TestRefusedIsNotRetried(t *testing.T) {
	t.Parallel()
	var w waits
	want(t, read(t, dial(t, "http://127.0.0.1:1", w.use)), api.Unreachable, api.NotSent)
	if len(w) != 0 {
		t.Errorf("waited %v after a refused connection", w)
	}
}

// TestGivingUpWhileWaiting ends the wait for the next try, not only the tries.
func TestGivingUpWhileWaiting(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		w.WriteHeader(503)
	})
	c := dial(t, s.URL, func(o *api.Options) { o.Sleep = func(<-chan struct{}, time.Duration) bool { return false } })
	want(t, read(t, c), api.Canceled, api.NotSent)
	if n.Load() != 1 {
		t.Errorf("%d tries", n.Load())
	}
}

// TestDeadServerWithinLimit has a server drop each connection late: all tries together stay within
// the limit, which ends the second one.
func TestDeadServerWithinLimit(t *testing.T) {
	t.Parallel()
	const limit = 600 * time.Millisecond
	var n atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		timer := time.NewTimer(limit * 9 / 10)
		defer timer.Stop()
		select {
		case <-r.Context().Done():
		case <-timer.C:
		}
		hangUp(w)
	})
	if err := read(t, dial(t, s.URL, func(o *api.Options) { o.Timeout = limit })); err == nil {
		t.Error("a server that drops each connection is not an error")
	}
	if n.Load() > 2 {
		t.Errorf("%d tries, the third began after the limit", n.Load())
	}
}

// TestTheShareOfALongAnswerIsSaid sends a log slowly until the client has told how much has come.
func TestTheShareOfALongAnswerIsSaid(t *testing.T) {
	t.Parallel()
	doc := `{"id":"log_1","prompt":{"id":"pr_1"},"output":"` + strings.Repeat("x", 8<<20) + `"}`
	told := make(chan api.Notice, 100)
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
		rest := doc
		for len(told) == 0 && len(rest) > 1 {
			_, _ = io.WriteString(w, rest[:1])
			rest = rest[1:]
			_ = http.NewResponseController(w).Flush()
			select {
			case <-t.Context().Done():
				return
			case <-time.After(time.Millisecond):
			}
		}
		_, _ = io.WriteString(w, rest)
	})
	ctx := api.WithNotices(t.Context(), func(n api.Notice) {
		select {
		case told <- n:
		default:
		}
	})
	if _, err := dial(t, srv.URL).Log(ctx, "log_1"); err != nil {
		t.Fatal(err)
	}
	if len(told) == 0 {
		t.Fatal("no share was told")
	}
	if n := <-told; n.Done <= 0 || n.Done >= n.All || n.All != int64(len(doc)) || n.Text != "" {
		t.Errorf("the share is %+v", n)
	}
}

// TestStrayAnswer has a connection give an answer that belongs to another request, as one does on
// which an earlier request was answered twice.
func TestStrayAnswer(t *testing.T) {
	t.Parallel()
	const stray = `{"id":"log_2","prompt":{"id":"pr_1"}}`
	for _, always := range []bool{false, true} {
		var mu sync.Mutex
		connections, requests := map[string]bool{}, 0
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			connections[r.RemoteAddr] = true
			if requests++; always || len(connections) == 1 {
				answerJSON(w, 200, stray)
				return
			}
			answerJSON(w, 200, logJSON)
		})
		err := read(t, dial(t, s.URL))
		if (err != nil) != always || len(connections) != 2 || requests != 2 {
			t.Errorf("always %v: %v after %d requests on %d connections", always, err, requests, len(connections))
		}
	}
}
