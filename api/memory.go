package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"errata/model"
	"errata/model/stack"
)

// InMemory is a transport that calls h in this process, without a port. The response is given to
// the caller when h has returned, and its length is known then. A body of a megabyte or more that h
// writes in one piece, after declaring that Content-Length, is not copied, so h must not change
// those bytes afterwards; any other body is copied once. A panic in h is an error of the request.
// When the context of the request ends first, RoundTrip returns its error and does not wait for h.
func InMemory(h http.Handler) http.RoundTripper { return memory{h} }

type memory struct{ handler http.Handler }

func (m memory) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		closeBody(req)
		return nil, err
	}
	type result struct {
		w   *collector
		err error
	}
	done := make(chan result, 1) // buffered, so that an abandoned handler ends
	go func() {
		stack.Grow()
		defer closeBody(req)
		w := &collector{header: http.Header{}}
		err := serve(m.handler, w, inbound(req.WithContext(context.WithValue(req.Context(), handedKey{}, &w.handed))))
		done <- result{w, err}
	}()
	select {
	case <-req.Context().Done():
		return nil, req.Context().Err()
	case r := <-done:
		if r.err != nil {
			return nil, r.err
		}
		return r.w.response(req), nil
	}
}

// bodyKey finds the body of a request in its context.
type bodyKey struct{}

// BodyIn returns the body of a large request that InMemory carries, which then need not be copied
// out of the request. The caller must not change it. ok is false for any other request.
func BodyIn(ctx context.Context) (body []byte, ok bool) {
	body, ok = ctx.Value(bodyKey{}).([]byte)
	return body, ok
}

// handedKey finds in the context of a request where its handler may put the log that it answers
// with.
type handedKey struct{}

// HandOver gives the log that a handler answers with to a client in the same process, if it was
// read already: the client need not read those bytes again, nor hash them. If that is all that the
// client needs, done is true; any other client reads the answer.
func HandOver(ctx context.Context, d Document) (done bool) {
	handed, ok := ctx.Value(handedKey{}).(*Document)
	if ok {
		*handed = d
	}
	return ok && d.Raw == nil && d.log != nil
}

// HandsOver reports whether a request comes from a client in the same process.
func HandsOver(ctx context.Context) bool {
	_, ok := ctx.Value(handedKey{}).(*Document)
	return ok
}

// withBody has a request carry its body, where that stays in this process.
func (c *Client) withBody(ctx context.Context, body []byte) context.Context {
	if _, here := c.o.Transport.(memory); !here || len(body) < takenOver {
		return ctx
	}
	return context.WithValue(ctx, bodyKey{}, body)
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// serve calls h and turns a panic into an error.
func serve(h http.Handler, w http.ResponseWriter, req *http.Request) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("the handler failed: %w", p)
		default:
			err = fmt.Errorf("the handler failed: %v", p)
		}
	}()
	h.ServeHTTP(w, req)
	return nil
}

// inbound turns the request of a client into the request that a server would receive.
func inbound(req *http.Request) *http.Request {
	in := req.Clone(req.Context())
	in.RequestURI = req.URL.RequestURI()
	if in.Host == "" {
		in.Host = req.URL.Host
	}
	in.URL.Scheme, in.URL.Host, in.URL.User, in.URL.Fragment = "", "", nil, ""
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	in.RemoteAddr = "127.0.0.1:0"
	in.GetBody = nil
	if in.Body == nil {
		in.Body = http.NoBody
	}
	if user := req.URL.User; user != nil && in.Header.Get("Authorization") == "" {
		password, _ := user.Password()
		in.SetBasicAuth(user.Username(), password)
	}
	return in
}

// takenOver is the size, in bytes, from which a body is used as it is and not copied.
const takenOver = 1 << 20

// collector is the ResponseWriter of one call. Like any writer it copies what is written, into a
// buffer of the declared Content-Length; only a large body that comes in one piece is used as it
// is.
type collector struct {
	header http.Header
	sent   http.Header // as it was when the status was written
	status int
	body   []byte
	handed Document // see HandOver
}

func (c *collector) Header() http.Header { return c.header }

func (c *collector) WriteHeader(status int) {
	if c.status != 0 || status < 200 { // informational answers pass unseen
		return
	}
	c.status = status
	c.sent = c.header.Clone()
}

func (c *collector) Write(p []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	if !bodyAllowed(c.status) {
		return 0, http.ErrBodyNotAllowed
	}
	if c.body == nil {
		n, _ := strconv.Atoi(c.sent.Get("Content-Length"))
		if len(p) >= takenOver && len(p) == n {
			c.body = p[:n:n]
			return n, nil
		}
		c.body = make([]byte, 0, max(n, len(p)))
	}
	c.body = append(c.body, p...)
	return len(p), nil
}

func bodyAllowed(status int) bool {
	return status != http.StatusNoContent && status != http.StatusNotModified
}

func (c *collector) response(req *http.Request) *http.Response {
	c.WriteHeader(http.StatusOK)
	if len(c.body) > 0 && c.sent.Get("Content-Type") == "" {
		c.sent.Set("Content-Type", http.DetectContentType(c.body))
	}
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", c.status, http.StatusText(c.status)),
		StatusCode: c.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        c.sent,
		Body:          &collected{*bytes.NewReader(c.body), c.body, c.handed},
		ContentLength: int64(len(c.body)),
		Request:       req,
	}
}

// collected is a body that is in memory already. Who wants all of it can have it without a copy.
type collected struct {
	bytes.Reader
	all    []byte
	handed Document
}

// handedAlone is the log of an answer that has nothing else, nil for any other answer.
func handedAlone(raw *http.Response) *model.Log {
	if here, ok := raw.Body.(*collected); ok && here.handed.Raw == nil {
		return here.handed.log
	}
	return nil
}

// logOf is what an answer holds, read already where it came from this process.
func logOf(raw *http.Response, body []byte) (*model.Log, error) {
	d := Document{Raw: body}
	if here, ok := raw.Body.(*collected); ok && here.handed.log != nil {
		d = d.Read(here.handed.log)
	}
	return d.Log()
}

func (c *collected) Close() error { return nil }

var (
	_ io.ReadCloser     = (*collected)(nil)
	_ http.RoundTripper = memory{}
)
