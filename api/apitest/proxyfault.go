package apitest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// Harm is a kind of damage that a Proxy does to a request or its answer.
type Harm string

// The kinds of damage.
const (
	// breaks the connection after At bytes of the request; the server gets no more either
	CutRequest Harm = "cut the request"
	// breaks the connection after At bytes of the answer; the server has carried the request out
	CutAnswer Harm = "cut the answer"
	Twice     Harm = "answer twice" // on the same connection
	// answers with Status; the server never gets the request
	Instead Harm = "answer in the server's name"
	// answers with Status, though the server has carried the request out
	Disguise Harm = "answer otherwise"
	Swallow  Harm = "swallow the request" // and wait until the client gives up
	// never answers; the server has carried the request out
	Mute Harm = "swallow the answer"
	// holds the request until Gate opens, then passes it on even if the client has given up
	Hold Harm = "hold the request"
	// answers 429 with a Retry-After of one second; the server never gets the request
	SlowDown Harm = "ask to slow down"
	Stale    Harm = "answer as the last time" // as a server does that has not caught up
)

// Fault is damage to one request.
type Fault struct {
	Method string // the method of the requests that it may happen to
	Path   string // what their path has, empty for any
	Harm   Harm
	At     int
	Status int
	Gate   *Gate
}

// String describes the fault for the messages of tests.
func (f Fault) String() string {
	text := f.Method + ": " + string(f.Harm)
	switch f.Harm {
	case CutRequest, CutAnswer:
		text += fmt.Sprintf(" at byte %d", f.At)
	case Instead, Disguise:
		text += fmt.Sprintf(" with status %d", f.Status)
	}
	return text
}

// meets reports whether a request is one that it may happen to.
func (f Fault) meets(r *http.Request) bool {
	return f.Method == r.Method && strings.Contains(r.URL.Path, f.Path)
}

// NewGate makes a closed gate.
func NewGate() *Gate { return &Gate{reached: make(chan struct{}), opened: make(chan struct{})} }

// crossing is one request on its way through a proxy, and its answer.
type crossing struct {
	proxy    *Proxy
	client   net.Conn
	request  []byte
	exchange *Exchange
}

// cross takes the request to the server and the answer back, and does the damage. goesOn is false
// when the connection to the client has to end.
func (c *crossing) cross() (goesOn bool) {
	switch f := c.exchange.Fault; f.Harm {
	case CutRequest:
		c.ask(f.At)
		if tcp, ok := c.client.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // resets the connection instead of closing it
		}
		return false
	case CutAnswer:
		answer, _ := c.ask(len(c.request))
		_, _ = c.client.Write(answer[:min(f.At, len(answer))])
		return false
	case Twice:
		answer, status := c.ask(len(c.request))
		return c.answer(append(answer, answer...), status)
	case Instead:
		return c.answer(plain(f.Status, ""), f.Status)
	case Disguise:
		c.ask(len(c.request))
		return c.answer(plain(f.Status, ""), f.Status)
	case SlowDown:
		return c.answer(plain(http.StatusTooManyRequests, "Retry-After: 1\r\n"), http.StatusTooManyRequests)
	case Stale:
		if last := c.proxy.lastAnswer(c.line()); last != nil {
			return c.answer(last, http.StatusOK)
		}
	case Swallow:
		c.gone()
		return false
	case Mute:
		c.ask(len(c.request))
		c.gone()
		return false
	case Hold:
		close(f.Gate.reached)
		<-f.Gate.opened
	}
	answer, status := c.ask(len(c.request))
	if status == http.StatusOK {
		c.proxy.remember(c.line(), answer)
	}
	return c.answer(answer, status)
}

// line is the first line of the request: what is asked for.
func (c *crossing) line() string {
	line, _, _ := bytes.Cut(c.request, []byte("\r\n"))
	return string(line)
}

// ask sends the first n bytes of the request to the server. When these are all, it returns the
// answer; otherwise, or without an answer, nil.
func (c *crossing) ask(n int) (answer []byte, status int) {
	conn, err := net.Dial("tcp", c.proxy.server.Listener.Addr().String())
	if err != nil {
		return nil, 0
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write(c.request[:min(n, len(c.request))]); err != nil || n < len(c.request) {
		return nil, 0
	}
	var raw bytes.Buffer
	resp, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), &http.Request{Method: c.exchange.Method})
	if err != nil {
		return nil, 0
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return nil, 0
	}
	return raw.Bytes(), resp.StatusCode
}

// answer sends the client an answer; without one the connection ends.
func (c *crossing) answer(raw []byte, status int) (goesOn bool) {
	if len(raw) == 0 {
		return false
	}
	c.proxy.answered(c.exchange, status)
	_, err := c.client.Write(raw)
	return err == nil
}

// gone waits until the client has left.
func (c *crossing) gone() { _, _ = c.client.Read(make([]byte, 1)) }

// plain builds an answer without a body, of a status and further header lines.
func plain(status int, headers string) []byte {
	const body = `{"detail":"as the test wants it"}`
	return fmt.Appendf(nil, "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s",
		status, http.StatusText(status), len(body), headers, body)
}
