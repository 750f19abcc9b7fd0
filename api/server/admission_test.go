package server_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"errata/api/server"
)

// ask sends a request with the key on a connection, and wants an answer with the status.
func ask(t *testing.T, conn net.Conn, key string, want int) {
	t.Helper()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: s\r\nX-API-KEY: %s\r\n\r\n", logPath, key); err != nil {
		t.Fatal(err)
	}
	if got, _ := status(t, conn); got != want {
		t.Errorf("status %d, want %d", got, want)
	}
}

// TestAnonymousConnectionsMakeRoom wants a client with a key to be answered however many
// connections without one there are, from the same address, and whatever those have sent of a
// request.
func TestAnonymousConnectionsMakeRoom(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"idle":  "",
		"heads": "GET /v5/logs HTTP/1.1\r\nHost: s\r\nX-Slow: ",
		"bodies": "PATCH " + patchPath + " HTTP/1.1\r\nHost: s\r\nX-API-KEY: wrong\r\nContent-Length: 200000\r\n\r\n" +
			`{"output": "`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr, _, _ := listening(t, server.Limits{Connections: 32, Anonymous: time.Hour}, handler(t))
			first := dial(t, addr, "")
			ask(t, first, testKey, 200)
			for range 100 {
				dial(t, addr, text)
			}
			ask(t, dial(t, addr, ""), testKey, 200)
			ask(t, first, testKey, 200) // anonymous connections make room before whoever has a key
		})
	}
}

// TestAnonymousConnectionsAreShort wants a connection without a key to end soon, and to be kept
// once it has shown one.
func TestAnonymousConnectionsAreShort(t *testing.T) {
	t.Parallel()
	const patience = 300 * time.Millisecond
	addr, _, _ := listening(t, server.Limits{Anonymous: patience}, handler(t))
	known := dial(t, addr, "")
	ask(t, known, testKey, 200)
	for _, text := range []string{"", "GET /healthz HTTP/1.1\r\nHost:", "GET /healthz HTTP/1.1\r\nHost: s\r\n\r\n"} {
		conn := dial(t, addr, text)
		// only a failing test waits so long
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		var netErr net.Error
		if _, err := io.Copy(io.Discard, conn); errors.As(err, &netErr) && netErr.Timeout() {
			t.Errorf("%q: the connection stays", text)
		}
	}
	ask(t, known, testKey, 200) // it has been idle for longer than an anonymous one may
}

// TestRefusedConnectionsEnd wants a connection whose key was refused to be closed, but for one that
// has shown a valid key before: others may share it.
func TestRefusedConnectionsEnd(t *testing.T) {
	t.Parallel()
	addr, _, _ := listening(t, server.Limits{}, handler(t))
	conn := dial(t, addr, head("wrong", 200_000, "")+"{")
	if got, closes := status(t, conn); got != 401 || !closes {
		t.Errorf("status %d, closes %v", got, closes)
	}
	shared := dial(t, addr, "")
	ask(t, shared, testKey, 200)
	ask(t, shared, "wrong", 401)
	ask(t, shared, testKey, 200)
}

// TestWorkIsNotDismissed wants a request that is being answered to be finished though it has shown
// no key yet: looking at the key may take its time.
func TestWorkIsNotDismissed(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan struct{}), make(chan struct{})
	addr, _, _ := listening(t, server.Limits{Connections: 8}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(entered)
		<-leave
	}))
	conn := dial(t, addr, "")
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: s\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-entered
	for range 50 {
		dial(t, addr, "")
	}
	close(leave)
	if got, _ := status(t, conn); got != 200 {
		t.Errorf("status %d", got)
	}
}

// TestProxiesAreNotAnonymous wants the connections of a trusted proxy to be kept while they are
// idle.
func TestProxiesAreNotAnonymous(t *testing.T) {
	t.Parallel()
	const patience = 50 * time.Millisecond
	for _, c := range []struct {
		network string
		stays   bool
	}{{"127.0.0.0/8", true}, {"192.0.2.0/24", false}} {
		addr, _, _ := listening(t, server.Limits{Anonymous: patience, Proxies: server.Proxies{netip.MustParsePrefix(c.network)}}, handler(t))
		conn := dial(t, addr, "")
		_ = conn.SetReadDeadline(time.Now().Add(10 * patience))
		_, err := bufio.NewReader(conn).ReadByte()
		var netErr net.Error
		if stays := errors.As(err, &netErr) && netErr.Timeout(); stays != c.stays {
			t.Errorf("%s: the connection stays %v, %v", c.network, stays, err)
		}
	}
}

// TestMalformedQueries wants a query of which a part cannot be read to be refused: without that
// part it would ask for all logs.
func TestMalformedQueries(t *testing.T) {
	t.Parallel()
	h := handler(t)
	for query, word := range map[string]string{
		"search=a%zz":                      `\"%zz\" is not an escape`,
		"search=100%":                      `\"%\" is not an escape`,
		"search=x;y":                       "write &, or %3B",
		"page=1;size=2":                    "write &, or %3B",
		"%zz=1":                            "is not an escape",
		strings.Repeat("id=a&", 10_001):    "too many parameters",
		strings.Repeat("other=a&", 10_001): "too many parameters",
	} {
		w := call(h, "GET", listPath+"&"+query, "")
		if w.Code != 422 || !strings.Contains(w.Body.String(), `{"detail":[{"loc":["query"],"msg":"the query cannot be read: `) || !strings.Contains(w.Body.String(), word) {
			t.Errorf("%.40s: %d %.300s", query, w.Code, w.Body)
		}
	}
	for _, query := range []string{"", "&&", "search=a%3Bb%25", "other=%E2%82%AC", "search=a+b=c"} {
		if w := call(h, "GET", listPath+"&"+query, ""); w.Code != 200 {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
	addr, _, _ := listening(t, server.Limits{}, h)
	for query, want := range map[string]int{strings.Repeat("id=a&", 10_001): 422, strings.Repeat("id=a&", 100): 200} {
		conn := dial(t, addr, fmt.Sprintf("GET %s&%s HTTP/1.1\r\nHost: s\r\nX-API-KEY: %s\r\n\r\n", listPath, query, testKey))
		if got, _ := status(t, conn); got != want {
			t.Errorf("%d bytes of parameters over the wire: status %d, want %d", len(query), got, want)
		}
	}
	if w := call(h, "DELETE", "/v5/logs?id=log%2F1&id=%zz", ""); w.Code != 422 {
		t.Errorf("a delete: %d %s", w.Code, w.Body)
	}
}

// TestRefusalsWaitAmongMany wants an anonymous connection that is refused to be kept for its time
// where there are many.
func TestRefusalsWaitAmongMany(t *testing.T) {
	t.Parallel()
	addr, _, _ := listening(t, server.Limits{Connections: 4, Anonymous: time.Hour}, handler(t))
	refused := dial(t, addr, head("wrong", 200_000, "")+"{")
	// only a failing test waits so long
	_ = refused.SetReadDeadline(time.Now().Add(20 * time.Second))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		var netErr net.Error
		answer, err := io.ReadAll(refused)
		if errors.As(err, &netErr) && netErr.Timeout() || len(answer) > 0 {
			t.Errorf("%v, %q; want the connection to end without an answer", err, answer)
		}
	}()
	for waits := true; waits; {
		ask(t, dial(t, addr, ""), testKey, 200)
		select {
		case <-ended:
			waits = false
		default:
		}
	}
	const patience = 2 * time.Second // long enough for a busy machine to read the request
	addr, _, _ = listening(t, server.Limits{Connections: 4, Anonymous: patience}, handler(t))
	if got, closes := status(t, dial(t, addr, head("wrong", 200_000, "")+"{")); got != 401 || !closes {
		t.Errorf("after its time: status %d, closes %v", got, closes)
	}
}
