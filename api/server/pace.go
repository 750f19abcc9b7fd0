package server

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// The slowest pace of a body. Each piece may take as long as Limits allow, but a client that sends
// next to nothing is not waited for forever.
const (
	bodyStart = time.Minute // before the pace counts
	bodyPace  = 64          // bytes a second on average
)

// pieceSize is how many bytes of an answer are written within one deadline: no more than the
// slowest lines take in that time.
const pieceSize = 64 << 10

// paced ends requests that stand still: a body that does not come, or an answer that the client
// does not take. As long as bytes move, a request may take as long as it needs.
func paced(next http.Handler, limits Limits) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := connectionOf(r.Context()); c != nil {
			c.work(1)
			defer c.work(-1)
		}
		out := &pacedWriter{ResponseWriter: w, conn: http.NewResponseController(w), limit: limits.Answer, stream: r.ProtoMajor >= 2}
		defer out.arm() // what is buffered is written after the handler has returned
		if r.ContentLength != 0 && r.Body != nil {
			in := &pacedBody{ReadCloser: r.Body, conn: out.conn, limit: limits.Body, begun: time.Now()}
			// also when the handler does not read it: net/http reads the rest before the next
			// request
			in.arm()
			if !out.stream {
				out.arm() // net/http may ask the client for the body
			}
			r = r.WithContext(r.Context())
			r.Body = in
		}
		next.ServeHTTP(out, r)
	})
}

// pacedBody is a body whose pieces must arrive in time.
type pacedBody struct {
	io.ReadCloser
	conn  *http.ResponseController
	limit time.Duration
	begun time.Time
	bytes int64
	ended bool
}

// Read waits for the next piece until its deadline.
func (b *pacedBody) Read(p []byte) (int, error) {
	if !b.ended {
		b.arm()
	}
	n, err := b.ReadCloser.Read(p)
	b.bytes += int64(n)
	if errors.Is(err, io.EOF) && !b.ended {
		// From now on net/http reads to notice that the client has left, which may take long.
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
	_ = b.conn.SetReadDeadline(at) // nothing has to be done for a connection without deadlines
}

// pacedWriter is an answer whose pieces must be taken in time.
type pacedWriter struct {
	http.ResponseWriter
	conn  *http.ResponseController
	limit time.Duration

	// Of HTTP/2. A deadline ends a stream even when nothing waits to be written, so it is set only
	// while something does.
	stream bool
	// a copy of the piece that is sent: a stream keeps the last slice that it got in a pool, and
	// with it the whole document that it is a part of
	buf []byte
}

// Write writes one piece after the other.
func (w *pacedWriter) Write(p []byte) (written int, err error) {
	if w.stream {
		defer w.disarm()
	}
	for {
		piece := p[written:min(len(p), written+pieceSize)]
		w.arm()
		if w.stream {
			w.buf = append(w.buf[:0], piece...)
			piece = w.buf
		}
		n, err := w.ResponseWriter.Write(piece)
		written += n
		if err != nil {
			w.buf = nil // HTTP/2 may still use it
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
