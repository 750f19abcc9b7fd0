package server

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// The slowest pace of a body. A single piece may take as long as Limits allow, but a sender that
// sends next to nothing is not waited for without end.
const (
	bodyStart = time.Minute // before the pace counts
	bodyPace  = 64          // bytes a second on average
)

// pieceSize is how much of an answer is written under one limit: no more than the slowest of lines
// takes within it.
const pieceSize = 64 << 10

// paced ends requests that stand still: a body that does not come, a response that the client does
// not take. As long as bytes move, a request may take as long as it needs.
func paced(next http.Handler, limits Limits) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g := guestOf(r.Context()); g != nil {
			g.work(1)
			defer g.work(-1)
		}
		out := &pacedWriter{ResponseWriter: w, conn: http.NewResponseController(w), limit: limits.Answer}
		// Over HTTP/2 a limit ends the stream whether something waits to be written or not, so that
		// it may stand only while something does.
		if r.ProtoMajor < 2 {
			out.arm()
		}
		defer out.arm() // what is buffered goes out after the handler
		if r.ContentLength != 0 && r.Body != nil {
			in := &pacedBody{ReadCloser: r.Body, conn: out.conn, limit: limits.Body, begun: time.Now()}
			// also for what nobody reads: the rest of a body is waited for before the next request
			in.arm()
			r = r.WithContext(r.Context())
			r.Body = in
		}
		next.ServeHTTP(out, r)
	})
}

// pacedBody is a body whose pieces have to come in time.
type pacedBody struct {
	io.ReadCloser
	conn  *http.ResponseController
	limit time.Duration
	begun time.Time
	bytes int64
	ended bool
}

// Read waits for the next piece, within its limit.
func (b *pacedBody) Read(p []byte) (int, error) {
	if !b.ended {
		b.arm()
	}
	n, err := b.ReadCloser.Read(p)
	b.bytes += int64(n)
	if errors.Is(err, io.EOF) && !b.ended {
		// The connection is watched from now on for its end, which may be long in coming.
		b.ended = true
		_ = b.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}

func (b *pacedBody) arm() {
	at := time.Now().Add(b.limit)
	if due := b.begun.Add(max(bodyStart, b.limit) + time.Duration(b.bytes/bodyPace)*time.Second); due.Before(at) {
		at = due
	}
	_ = b.conn.SetReadDeadline(at) // where there is no line there is nothing to wait for
}

// pacedWriter is an answer whose pieces have to be taken in time.
type pacedWriter struct {
	http.ResponseWriter
	conn  *http.ResponseController
	limit time.Duration

	// a copy of the piece that is sent. HTTP/2 keeps what it was given last in a pool, and would
	// keep the large document with it that the piece is of
	buf []byte
}

// Write writes piece by piece.
func (w *pacedWriter) Write(p []byte) (written int, err error) {
	defer w.disarm()
	for {
		piece := p[written:min(len(p), written+pieceSize)]
		w.arm()
		w.buf = append(w.buf[:0], piece...)
		n, err := w.ResponseWriter.Write(w.buf)
		written += n
		if err != nil {
			w.buf = nil // HTTP/2 may still be at it
		}
		if err != nil || written == len(p) {
			return written, err
		}
	}
}

func (w *pacedWriter) arm()    { _ = w.conn.SetWriteDeadline(time.Now().Add(w.limit)) }
func (w *pacedWriter) disarm() { _ = w.conn.SetWriteDeadline(time.Time{}) }

// Unwrap lets http.ResponseController reach the writer beneath.
func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
