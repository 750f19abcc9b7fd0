package apitest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Exchange is a request that reached a Proxy completely, whatever happened to it then.
type Exchange struct {
	Method string
	Body   []byte
	Fault  Fault // what the proxy did to it; the zero Fault for nothing
	Status int   // the status that the client was answered, 0 when it got no answer
}

// Proxy is between clients and a server on a port of its own. It passes every byte on unchanged,
// except for the requests and answers that Harm has faults for. It is safe for concurrent use.
type Proxy struct {
	t      testing.TB
	server *httptest.Server
	addr   string
	served sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener // nil while connections are refused
	conns    map[net.Conn]bool
	faults   []Fault
	log      []*Exchange
	idle     *sync.Cond        // signalled when underWay changes
	underWay int               // exchanges that have not ended
	last     map[string][]byte // the last answer of the server with status 200, by the request's first line
}

// listenPatience is how long a proxy tries to listen on its port again.
const listenPatience = 30 * time.Second

// ownAddress is a loopback address with any port, taken from the many of 127.0.0.0/8 where the
// system has them, so that hardly any two proxies share one. While a proxy refuses connections
// another program may take its port, and the clients must not end up at another proxy.
func ownAddress() string {
	own := net.IPv4(127, byte(1+rand.IntN(250)), byte(rand.IntN(256)), byte(1+rand.IntN(250)))
	address := net.JoinHostPort(own.String(), "0")
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "127.0.0.1:0"
	}
	_ = l.Close()
	return address
}

// NewServer serves h at an address of its own until the test ends. A client of another test that
// still asks a server which is gone does not find this one in its place.
func NewServer(t testing.TB, h http.Handler) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp", ownAddress())
	if err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}} //nolint:gosec // no client is slow on purpose
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// NewProxy serves h behind a proxy until the test ends.
func NewProxy(t testing.TB, h http.Handler) *Proxy {
	t.Helper()
	p := &Proxy{t: t, server: httptest.NewServer(h), addr: ownAddress(), conns: map[net.Conn]bool{}, last: map[string][]byte{}}
	p.idle = sync.NewCond(&p.mu)
	p.Refuse(false)
	t.Cleanup(func() {
		p.Refuse(true)
		p.served.Wait()
		p.server.Close()
	})
	return p
}

// URL is where clients reach the proxy, without a path.
func (p *Proxy) URL() string { return "http://" + p.addr }

// Refuse breaks every connection and refuses new ones when yes is true, and accepts them again when
// it is false.
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
		for late := time.Now().Add(listenPatience); errors.Is(err, syscall.EADDRINUSE) && time.Now().Before(late); {
			// some other connection got the port meanwhile, and will end
			time.Sleep(time.Millisecond)
			l, err = net.Listen("tcp", p.addr)
		}
		if err != nil {
			p.t.Fatal(err)
		}
		p.listener, p.addr = l, l.Addr().String()
		p.served.Go(func() { p.accept(l) })
	}
}

// Harm queues faults. Each happens to the next request that it may happen to.
func (p *Proxy) Harm(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, faults...)
}

// Heal drops the faults that are still in the queue.
func (p *Proxy) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// Settle waits until no request is under way. Before it is called all gates must be opened, and
// clients of Mute must have given up.
func (p *Proxy) Settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.underWay > 0 {
		p.idle.Wait()
	}
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
		if p.listener == l {
			p.conns[conn] = true
			p.served.Go(func() { p.serve(conn) })
		} else {
			_ = conn.Close()
		}
		p.mu.Unlock()
	}
}

// serve handles one request after another from a connection until either side or a fault ends it.
// Clients send nothing before they have their answer, so everything that is read belongs to one
// request.
func (p *Proxy) serve(conn net.Conn) {
	defer p.drop(conn)
	for {
		var raw bytes.Buffer
		req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(conn, &raw)))
		if err != nil {
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		c := crossing{p, conn, raw.Bytes(), p.begin(req, body)}
		goesOn := c.cross()
		p.end()
		if !goesOn {
			return
		}
	}
}

func (p *Proxy) drop(conn net.Conn) {
	_ = conn.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, conn)
}

// begin records a request, and gives it the first fault in the queue that it meets.
func (p *Proxy) begin(r *http.Request, body []byte) *Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	x := &Exchange{Method: r.Method, Body: body}
	if at := slices.IndexFunc(p.faults, func(f Fault) bool { return f.meets(r) }); at >= 0 {
		x.Fault = p.faults[at]
		p.faults = slices.Delete(p.faults, at, at+1)
	}
	p.log = append(p.log, x)
	p.underWay++
	return x
}

func (p *Proxy) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.underWay--
	p.idle.Broadcast()
}

// remember keeps the last answer of the server to what the first line of a request asks for.
func (p *Proxy) remember(line string, answer []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[line] = answer
}

// lastAnswer returns the last answer of the server to a first line, nil when there was none.
func (p *Proxy) lastAnswer(line string) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last[line]
}

// answered records the status that a client got.
func (p *Proxy) answered(x *Exchange, status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	x.Status = status
}
