package apitest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// Exchange is a request that came to a Proxy, whatever became of it.
type Exchange struct {
	Method string
	Body   []byte
	Fault  Fault // what was done to it; the zero Fault for nothing
	Status int   // what the server answered, 0 when nothing was heard of it
}

// Proxy stands between a client and a server on a port of its own, passes every byte as it is, and does to a request or to its
// answer what it was told. It is safe for concurrent use.
type Proxy struct {
	t      testing.TB
	server *httptest.Server
	addr   string
	done   sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener // nil while connections are refused
	conns    map[net.Conn]bool
	faults   []Fault
	log      []*Exchange
}

// NewProxy serves h behind a proxy until the test ends.
func NewProxy(t testing.TB, h http.Handler) *Proxy {
	t.Helper()
	p := &Proxy{t: t, server: httptest.NewServer(h), addr: "127.0.0.1:0", conns: map[net.Conn]bool{}}
	p.Refuse(false)
	t.Cleanup(func() {
		p.Refuse(true)
		p.done.Wait()
		p.server.Close()
	})
	return p
}

// URL is where clients reach the proxy, without a path.
func (p *Proxy) URL() string { return "http://" + p.addr }

// Refuse breaks every connection and has further ones refused, or lets them in again.
func (p *Proxy) Refuse(yes bool) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case yes == (p.listener == nil):
	case yes:
		_ = p.listener.Close()
		p.listener = nil
		for c := range p.conns {
			_ = c.Close()
		}
	default:
		l, err := net.Listen("tcp", p.addr)
		if err != nil {
			p.t.Fatal(err)
		}
		p.listener, p.addr = l, l.Addr().String()
		p.done.Go(func() { p.accept(l) })
	}
}

// Harm puts faults in wait, each for the next request of its method.
func (p *Proxy) Harm(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, faults...)
}

// Heal drops the faults that still wait.
func (p *Proxy) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// Exchanges lists the requests so far, in the order in which they came.
func (p *Proxy) Exchanges() []Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := make([]Exchange, len(p.log))
	for i, x := range p.log {
		list[i] = *x
	}
	return list
}

func (p *Proxy) accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		if p.listener != l {
			_ = conn.Close()
		} else {
			p.conns[conn] = true
			p.done.Go(func() { p.serve(conn) })
		}
		p.mu.Unlock()
	}
}

// serve takes one request after another from a connection until either side or a fault ends it.
func (p *Proxy) serve(conn net.Conn) {
	defer func() {
		_ = conn.Close()
		p.mu.Lock()
		delete(p.conns, conn)
		p.mu.Unlock()
	}()
	var raw bytes.Buffer
	in := bufio.NewReader(conn)
	for {
		raw.Reset()
		req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(one(in), &raw)))
		if err != nil {
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		c := &crossing{proxy: p, conn: conn, in: in, request: slices.Clone(raw.Bytes()), exchange: p.note(req.Method, body)}
		if !c.cross() {
			return
		}
	}
}

// one keeps a reader from being read ahead of what was asked for: a client that waits for its answer sends nothing more.
func one(in *bufio.Reader) io.Reader { return in }

// note records a request, and gives it the first fault that waits for its method.
func (p *Proxy) note(method string, body []byte) *Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	x := &Exchange{Method: method, Body: body}
	at := slices.IndexFunc(p.faults, func(f Fault) bool { return f.Method == method })
	if at >= 0 {
		x.Fault = p.faults[at]
		p.faults = slices.Delete(p.faults, at, at+1)
	}
	p.log = append(p.log, x)
	return x
}

// send gives the server what has come of a request, and its answer back, nil where there is none. A request that was cut
// gets none.
func (p *Proxy) send(x *Exchange, request []byte, whole bool) []byte {
	conn, err := net.Dial("tcp", p.server.Listener.Addr().String())
	if err != nil {
		return nil
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write(request); err != nil || !whole {
		return nil
	}
	var raw bytes.Buffer
	resp, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), &http.Request{Method: x.Method})
	if err != nil {
		return nil
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	x.Status = resp.StatusCode
	return raw.Bytes()
}

// patience is how long a gate may stay shut.
const patience = time.Minute
