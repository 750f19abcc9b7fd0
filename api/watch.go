package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// errStalled is the cause of a request that nothing happened to for too long.
var errStalled = errors.New("nothing came within the time limit")

// slowest is how many bytes a second an answer has to bring. No line that people work over is so
// slow: what comes slower is a server that never ends.
const slowest = 64

// watch follows one request: it ends it when nothing has happened for too long, and knows whether
// it was written. A total limit would cut a large body on a slow line; this one only cuts what
// stands still, or as good as that.
type watch struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	limit   time.Duration
	came    int64 // bytes of the answer since the limit began anew
	timer   *time.Timer
	written atomic.Bool
}

type watchKey struct{}

// newWatch begins the time to the first byte of the answer, which is first; afterwards limit holds.
func newWatch(parent context.Context, first, limit time.Duration) *watch {
	w := &watch{limit: limit}
	ctx, cancel := context.WithCancelCause(parent)
	w.cancel = cancel
	ctx = context.WithValue(ctx, watchKey{}, w)
	w.ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// The transport asks for a connection again only when it is certain that nothing was
		// written to the one before, or that the server took nothing of it.
		GetConn:      func(string) { w.written.Store(false) },
		WroteHeaders: w.wrote,
	})
	w.timer = time.AfterFunc(first, func() { cancel(errStalled) })
	return w
}

func watchOf(ctx context.Context) *watch {
	w, _ := ctx.Value(watchKey{}).(*watch)
	return w
}

func (w *watch) wrote() { w.written.Store(true) }

// progress begins the limit anew.
func (w *watch) progress() { w.timer.Reset(w.limit) }

// got begins the limit anew as soon as what has come of the answer is worth it: a byte now and then
// is not.
func (w *watch) got(n int) {
	if w.came += int64(n); w.came >= int64(slowest*w.limit.Seconds()) {
		w.came = 0
		w.progress()
	}
}

// stop ends the watch and the request with it.
func (w *watch) stop() {
	w.timer.Stop()
	w.cancel(nil)
}

// stalled tells whether the watch itself ended the request.
func (w *watch) stalled() bool { return errors.Is(context.Cause(w.ctx), errStalled) }

// sent says what is known of a request that failed without an answer.
func (w *watch) sent() Sent {
	if w.written.Load() {
		return MaybeSent
	}
	return NotSent
}

// follow has the request's body report its progress, so that a slow upload is no stall.
func (w *watch) follow(req *http.Request) {
	if req.Body == nil || req.Body == http.NoBody {
		return
	}
	req.Body = followed{req.Body, w}
	again := req.GetBody
	if again == nil {
		return
	}
	req.GetBody = func() (io.ReadCloser, error) {
		body, err := again()
		if err != nil {
			return nil, err
		}
		return followed{body, w}, nil
	}
}

// reader reads r, which is the answer, under the watch.
func (w *watch) reader(r io.Reader) io.Reader {
	w.progress()
	return watchedReader{r, w}
}

type watchedReader struct {
	io.Reader
	w *watch
}

func (r watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.w.got(n)
	return n, err
}
