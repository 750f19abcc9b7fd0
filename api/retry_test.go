package api_test

import (
	"errors"
	"io"
	"log"
	"net/http"
	"slices"
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

// TestReadRetries counts the tries of a GET and of a PATCH that are answered with each status for ever.
func TestReadRetries(t *testing.T) {
	t.Parallel()
	for status, tries := range map[int]int32{429: 3, 502: 3, 503: 3, 504: 3, 500: 1, 501: 1, 401: 1, 404: 1, 408: 1, 422: 1, 302: 1, 200: 1} {
		var gets, patches atomic.Int32
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				gets.Add(1)
			} else {
				patches.Add(1)
			}
			w.WriteHeader(status)
		})
		c := dial(t, s.URL)
		for _, call := range []error{read(t, c), patch(t, c)} {
			if call == nil {
				t.Errorf("%d is no error", status)
			}
		}
		_, err := c.CreateLog(t.Context(), api.CreateQuery{}, []byte(`{}`))
		if err == nil {
			t.Errorf("%d is no error of a POST", status)
		}
		if gets.Load() != tries || patches.Load() != 2 {
			t.Errorf("%d: %d GETs, want %d; %d PATCHes and POSTs, want 2", status, gets.Load(), tries, patches.Load())
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

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	date := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	for _, x := range []struct {
		after string
		waits []time.Duration // nil for back-off; empty for no second try
		asked time.Duration
	}{
		{"7", []time.Duration{7 * time.Second, 7 * time.Second}, 7 * time.Second},
		{"30", []time.Duration{30 * time.Second, 30 * time.Second}, 30 * time.Second},
		{"31", []time.Duration{}, 31 * time.Second},
		{date.Add(9 * time.Second).Format(http.TimeFormat), []time.Duration{9 * time.Second, 9 * time.Second}, 9 * time.Second},
		{date.Add(-time.Hour).Format(http.TimeFormat), nil, 0},
		{"-5", nil, 0},
		{"soon", nil, 0},
		{"", nil, 0},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			w.Header().Set("Retry-After", x.after)
			answerJSON(w, 429, `{"detail":"slow"}`)
		})
		var w waits
		err := read(t, dial(t, s.URL, w.use))
		want(t, err, api.RateLimited, api.NotSent)
		var e *api.Error
		if errors.As(err, &e) && e.RetryAfter != x.asked {
			t.Errorf("%q: RetryAfter %v, want %v", x.after, e.RetryAfter, x.asked)
		}
		if x.waits == nil {
			if len(w) != 2 || w[0] > time.Second {
				t.Errorf("%q: waited %v, want back-off", x.after, w)
			}
		} else if !slices.Equal(w, x.waits) {
			t.Errorf("%q: waited %v, want %v", x.after, w, x.waits)
		}
	}
}

// TestRefusedIsNotRetried also wants no wait after a name that does not exist, or a certificate that is wrong.
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

// TestDeadServerWithinLimit has a server drop each connection late: all tries together stay within the limit.
func TestDeadServerWithinLimit(t *testing.T) {
	t.Parallel()
	const limit = 600 * time.Millisecond
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		timer := time.NewTimer(limit * 9 / 10)
		defer timer.Stop()
		select {
		case <-r.Context().Done():
		case <-timer.C:
		}
		hangUp(w)
	})
	began := time.Now()
	err := read(t, dial(t, s.URL, func(o *api.Options) { o.Timeout = limit }))
	if err == nil {
		t.Error("a server that drops each connection is no error")
	}
	if d := time.Since(began); d > 2*limit {
		t.Errorf("gave up after %v, the limit is %v: %v", d, limit, err)
	}
}
