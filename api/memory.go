package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// InMemory is a transport that calls h in this process, without a port. The answer is handed on
// when h has returned, with its length known. A large body that h writes whole, in one piece of the
// Content-Length that it declared, is taken over, so h must not change it afterwards; any other is
// copied once. A panic in h is an error of the request. When the request's context ends first, its
// error is returned and h is left to notice.
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
		defer closeBody(req)
		w := &collector{header: http.Header{}}
		err := serve(m.handler, w, inbound(req))
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

// inbound makes of a client's request what a server sees of it.
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

// takenOver is the size from which a body is taken over and not copied.
const takenOver = 1 << 20

// collector is the ResponseWriter of one call. It copies what is written, as a writer must, once,
// into room that a declared Content-Length sizes; but for a whole large body.
type collector struct {
	header http.Header
	sent   http.Header // as it was when the status was written
	status int
	body   []byte
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
		Body:          &collected{*bytes.NewReader(c.body), c.body},
		ContentLength: int64(len(c.body)),
		Request:       req,
	}
}

// collected is a body that is already in memory. A reader that wants all of it may take it without
// a copy.
type collected struct {
	bytes.Reader
	all []byte
}

func (c *collected) Close() error { return nil }

var (
	_ io.ReadCloser     = (*collected)(nil)
	_ http.RoundTripper = memory{}
)
