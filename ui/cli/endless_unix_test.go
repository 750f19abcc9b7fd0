//go:build unix

package cli_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"errata/ui/term/termtest"
)

// endless are servers that do not come to the end of an answer, and what is said of each. Those
// that hang do so until something else ends it.
var endless = map[string]struct {
	serve func(c net.Conn)
	said  string
	hangs bool
}{
	"a byte a second": {func(c net.Conn) {
		_, err := io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
		for err == nil {
			time.Sleep(time.Second)
			_, err = io.WriteString(c, " ")
		}
	}, "stood still for", true},
	"silence": {func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, "no answer from", true},
	"101": {func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		_, _ = io.Copy(io.Discard, c)
	}, "status 101", false},
	"hangs up": {func(net.Conn) {}, "broke before it answered", false},
}

// waits are what the screen waits for a server for.
var waits = map[string]struct {
	// the requests that have no end; sent is true after a PATCH
	asks func(r *http.Request, sent bool) bool
	args []string
	keys []string // what is on the screen, and the keys for it, in turn
	ends string   // how that is told ahead of why; "" if errata ends
	left string   // what is said after ctrl+c
}{
	"opening":     {func(r *http.Request, _ bool) bool { return ofLog(r) }, []string{"log_tides"}, nil, "", ""},
	"a page":      {func(r *http.Request, _ bool) bool { return !ofLog(r) }, nil, nil, "R tries again", "stopped"},
	"from a page": {func(r *http.Request, _ bool) bool { return ofLog(r) }, nil, []string{"At nine.", "\r"}, "At nine.", "stopped reading"},
	"PATCH":       {func(r *http.Request, _ bool) bool { return r.Method == http.MethodPatch }, []string{"log_tides"}, sending, "not saved", "not saved, as reading back shows"},
	"reading back": {func(r *http.Request, sent bool) bool { return sent && ofLog(r) }, []string{"log_tides"}, sending,
		"sent, but whether it was saved is unknown", "stopped waiting; checking what became of the request"},
}

// sending changes a log and sends that.
var sending = []string{"almanac/tides", "jj\r", "editing", " Or ten.\x13", "PATCH /", "\r"}

func ofLog(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/logs/log_tides")
}

// withoutEnd is a server of which the answers to some requests have no end. met counts them.
func withoutEnd(t *testing.T, asks func(*http.Request, bool) bool, serve func(net.Conn)) (srv *remote, met *atomic.Int64) {
	srv, met = newRemote(t, tides), &atomic.Int64{}
	srv.answer(func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if !asks(r, len(srv.patches) > 0) {
			return false
		}
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return false
		}
		met.Add(1)
		go func() {
			defer func() { _ = conn.Close() }()
			serve(conn)
		}()
		return true
	})
	return srv, met
}

// TestScreensOutlastAServerThatDoesNotEnd waits, in each place of the screens where somebody waits,
// for servers that do not come to an end: the time limit ends it, or the first ctrl+c.
func TestScreensOutlastAServerThatDoesNotEnd(t *testing.T) {
	t.Parallel()
	for place, w := range waits {
		for name, s := range endless {
			for _, by := range []string{"--timeout", "ctrl+c"} {
				if by == "ctrl+c" && !s.hangs {
					continue // it has ended by itself
				}
				t.Run(place+"/"+name+"/"+by, func(t *testing.T) {
					t.Parallel()
					srv, met := withoutEnd(t, w.asks, s.serve)
					args := w.args
					if by == "--timeout" {
						args = append([]string{by, "1s"}, args...)
					}
					cmd := newHome(t).command(args...)
					cmd.Env = append(cmd.Env, "ERRATA_BASE_URL="+srv.URL+"/v5", "ERRATA_API_KEY="+key)
					r := termtest.Start(t, cmd, 170, 24)
					for i := 0; i < len(w.keys); i += 2 {
						r.Shows(w.keys[i])
						r.Send(w.keys[i+1])
					}
					r.Until("the request", func() bool { return met.Load() > 0 })
					said, told := w.ends, s.said
					if by == "ctrl+c" {
						r.Send("\x03")
						said, told = w.left, ""
					}
					if w.ends == "" {
						if code, _ := r.Ends(); (code == 0) != (by == "ctrl+c") {
							t.Errorf("it ended with %d", code)
						}
						r.Shows(told)
						return
					}
					r.Shows(said)
					r.Shows(told)
					r.Send("\x03y") // the keys are taken again: it quits, or asks whether to
					r.Ends()
				})
			}
		}
	}
}
