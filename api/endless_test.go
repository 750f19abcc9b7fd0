package api_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"errata/api"
)

const okJSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// drip sends a byte, waits, and goes on until nobody listens.
func drip(c net.Conn, b string) {
	for {
		for i := range len(b) {
			if _, err := c.Write([]byte{b[i]}); err != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}

// flood sends something again and again until nobody listens.
func flood(c io.Writer, b []byte) {
	for {
		if _, err := c.Write(b); err != nil {
			return
		}
	}
}

// heard reads the head of a request, and gives the connection an answer to begin with.
func heard(c net.Conn, answer string) {
	for in := bufio.NewReader(c); ; {
		line, err := in.ReadString('\n')
		if err != nil || strings.TrimSpace(line) == "" {
			break
		}
	}
	_, _ = io.WriteString(c, answer)
}

// silent says nothing, until the other end is gone.
func silent(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// endless are servers that never come to an end. Those that hang do so until somebody else ends it.
var endless = []struct {
	name   string
	scheme string
	hangs  bool
	serve  func(c net.Conn)
}{
	{"nothing is said", "http", true, silent},
	{"nothing is said in a handshake", "https", true, silent},
	{"101", "http", false, func(c net.Conn) {
		heard(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		silent(c)
	}},
	{"101 that promises JSON", "http", false, func(c net.Conn) {
		heard(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\nContent-Type: application/json\r\n\r\n")
		silent(c)
	}},
	{"103 again and again", "http", true, func(c net.Conn) {
		heard(c, "")
		drip(c, "HTTP/1.1 103 Early Hints\r\n\r\n")
	}},
	{"a head by the byte", "http", true, func(c net.Conn) {
		heard(c, okJSON)
		drip(c, "X: "+strings.Repeat("a", 100)+"\r\n")
	}},
	{"a head without an end", "http", false, func(c net.Conn) {
		heard(c, okJSON)
		flood(c, []byte("X: "+strings.Repeat("a", 1000)+"\r\n"))
	}},
	{"a body by the byte", "http", true, func(c net.Conn) {
		heard(c, okJSON+"Content-Length: 100000\r\n\r\n{")
		drip(c, " ")
	}},
	{"chunks of a byte", "http", true, func(c net.Conn) {
		heard(c, okJSON+"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")
		drip(c, "1\r\n \r\n")
	}},
	{"the reason of a failure by the byte", "http", false, func(c net.Conn) {
		heard(c, "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
		drip(c, " ")
	}},
	{"a body without an end", "http", false, func(c net.Conn) {
		heard(c, okJSON+"\r\n{")
		flood(c, bytes.Repeat([]byte(" "), 1<<16))
	}},
	{"a body that inflates without an end", "http", false, func(c net.Conn) {
		heard(c, okJSON+"Content-Encoding: gzip\r\n\r\n")
		z := gzip.NewWriter(c)
		_, _ = z.Write([]byte("{"))
		flood(z, bytes.Repeat([]byte(" "), 1<<20))
	}},
	{"a redirect to itself", "http", false, func(c net.Conn) {
		heard(c, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /v5/logs/log_1\r\nContent-Length: 0\r\n\r\n")
		silent(c)
	}},
}

// atEnd runs such a server. came gets something with each connection.
func atEnd(t *testing.T, serve func(c net.Conn)) (address string, came chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	came = make(chan struct{}, 100)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			came <- struct{}{}
			go func() {
				defer func() { _ = c.Close() }()
				serve(c)
			}()
		}
	}()
	return l.Addr().String(), came
}

// requests are one of each kind.
var requests = map[string]func(ctx context.Context, c *api.Client) error{
	"a log": func(ctx context.Context, c *api.Client) error { _, err := c.Log(ctx, "log_1"); return err },
	"a list": func(ctx context.Context, c *api.Client) error {
		_, err := c.Logs(ctx, api.LogQuery{FileID: "pr_1", Cut: 100})
		return err
	},
	"a PATCH": func(ctx context.Context, c *api.Client) error {
		_, err := c.UpdateLog(ctx, "pr_1", "log_1", []byte(`{"output":"x"}`), "")
		return err
	},
}

// ends fails the test unless a request to a server that never ends does.
func ends(t *testing.T, ask func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- ask() }()
	select {
	case err := <-done:
		if err == nil {
			t.Fatal("it is not an error")
		}
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("the request does not end")
		return nil
	}
}

func TestTheTimeLimitEndsARequestThatWouldNot(t *testing.T) {
	t.Parallel()
	for _, s := range endless {
		for name, ask := range requests {
			t.Run(s.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				address, _ := atEnd(t, s.serve)
				c := dial(t, s.scheme+"://"+address, func(o *api.Options) { o.Timeout, o.MaxBody = 300*time.Millisecond, 4<<20 })
				err := ends(t, func() error { return ask(t.Context(), c) })
				if s.hangs && api.CodeOf(err) != api.Timeout {
					t.Errorf("it ends with %v, want a time limit", err)
				}
			})
		}
	}
}

func TestCancelingEndsARequestThatWouldNot(t *testing.T) {
	t.Parallel()
	for _, s := range endless {
		for name, ask := range requests {
			if !s.hangs {
				continue
			}
			t.Run(s.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				address, came := atEnd(t, s.serve)
				c := dial(t, s.scheme+"://"+address, func(o *api.Options) { o.Timeout = time.Hour })
				ctx, cancel := context.WithCancel(t.Context())
				go func() {
					<-came
					cancel()
				}()
				if err := ends(t, func() error { return ask(ctx, c) }); api.CodeOf(err) != api.Canceled {
					t.Errorf("it ends with %v, want one that says that it was canceled", err)
				}
			})
		}
	}
}
