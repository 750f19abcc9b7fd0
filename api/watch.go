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

// slowest is how many bytes a second an answer has to bring. No line in use is that slow: what
// comes slower is a server that never ends its answer.
const slowest = 64

// watch follows one request. It ends the request when nothing has happened for too long, and knows
// whether the request was written. A limit for the whole would cut a large body on a slow line;
// this one cuts only what stands still, or nearly so.
type watch struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	limit   time.Duration
	came    int64 // bytes of the answer since the limit was last extended
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

// progress extends the limit: something has happened.
func (w *watch) progress() { w.timer.Reset(w.limit) }

// got extends the limit once enough of the answer has come. A single byte now and then does not
// extend it.
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

// stalled reports whether the watch itself ended the request.
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
