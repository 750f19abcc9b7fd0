package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"errata/api/server"
	"errata/api/store"
)

// oddStore is a store that holds doc.
func oddStore(t testing.TB, address string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Import(context.Background(), []byte(doc)); err != nil {
		t.Fatal(err)
	}
	return s
}

// listening serves h on a port within limits, until the test ends or stop is called.
func listening(t *testing.T, limits server.Limits, h http.Handler) (addr string, stop context.CancelFunc, served <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	done := make(chan struct{})
	go func() {
		ended <- limits.Serve(ctx, l, h, nil)
		close(done)
	}()
	t.Cleanup(func() { stop(); <-done })
	return l.Addr().String(), stop, ended
}

// TestServeStops wants a server that is told to stop to finish what it began, and to take nothing
// more.
func TestServeStops(t *testing.T) {
	t.Parallel()
	began, finish := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-finish
		if r.Context().Err() != nil {
			t.Error("the request was cut off")
		}
		_, _ = io.WriteString(w, "done")
	})
	addr, stop, served := listening(t, server.Limits{}, h)
	answered := make(chan string, 1)
	go func() {
		res, err := http.Get("http://" + addr)
		if err != nil {
			answered <- err.Error()
			return
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		answered <- string(body)
	}()
	<-began
	stop()
	for { // the listener is closed soon after
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			break
		}
		_ = conn.Close()
	}
	select {
	case err := <-served:
		t.Fatalf("stopped with %v before the request was done", err)
	default:
	}
	close(finish)
	if got := <-answered; got != "done" {
		t.Errorf("answer %q", got)
	}
	if err := <-served; err != nil {
		t.Errorf("stopped with %v", err)
	}
}

// TestServeDoesNotWaitForEver wants a request that does not end to be cut when the time to stop is
// over.
func TestServeDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
	})
	addr, stop, served := listening(t, server.Limits{Stop: 20 * time.Millisecond}, h)
	go func() {
		if res, err := http.Get("http://" + addr); err == nil {
			_ = res.Body.Close()
		}
	}()
	<-began
	stop()
	if err := <-served; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stopped with %v", err)
	}
}

func TestServeTellsWhyItCannot(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := (server.Limits{}).Serve(t.Context(), l, http.NotFoundHandler(), nil); !errors.Is(err, net.ErrClosed) {
		t.Errorf("error %v", err)
	}
}

// dial sends text to a server and leaves the connection open.
func dial(t *testing.T, addr, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return conn
}

// head is a PATCH of doc up to its body.
func head(key string, length int, more string) string {
	return fmt.Sprintf("PATCH %s HTTP/1.1\r\nHost: server\r\nX-API-KEY: %s\r\nContent-Length: %d\r\n%s\r\n", patchPath, key, length, more)
}

// status reads an answer and gives its status; what follows is left.
func status(t *testing.T, conn net.Conn) (status int, closes bool) {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second)) // only a failing test waits so long
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode, res.Close
}

// TestStalledBodies wants a body that does not come to cost the server neither a connection nor a
// goroutine for long.
func TestStalledBodies(t *testing.T) {
	t.Parallel()
	addr, _, _ := listening(t, server.Limits{Body: 100 * time.Millisecond}, handler(t))
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"nothing": {head(testKey, 20, ""), 408},
		"a part":  {head(testKey, 20, "") + `{"output":`, 408},
		"gzip":    {head(testKey, 20, "Content-Encoding: gzip\r\n") + "\x1f\x8b\x08\x00", 408},
		"chunks":  {"PATCH " + patchPath + " HTTP/1.1\r\nHost: s\r\nX-API-KEY: " + testKey + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"out\r\n", 408},
		// the body of a request that was refused is not waited for, either
		"not asked":   {head("wrong", 20, ""), 401},
		"wrong place": {strings.Replace(head(testKey, 20, ""), patchPath, "/v5/none", 1), 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := dial(t, addr, c.text)
			if got, closes := status(t, conn); got != c.want || c.want == 408 && !closes {
				t.Errorf("status %d, closes %v", got, closes)
			}
			if n, err := conn.Read(make([]byte, 1)); n != 0 || err == nil {
				t.Error("the connection goes on")
			}
		})
	}
}

// TestSlowBodies wants a body that keeps coming to be taken however long it takes, and the
// connection to be good for the next request.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	const limit = 400 * time.Millisecond
	addr, _, _ := listening(t, server.Limits{Body: limit, Answer: limit}, handler(t))
	body := `{"output": "` + strings.Repeat("x", 13) + `"}`
	conn := dial(t, addr, head(testKey, len(body), ""))
	begun := time.Now()
	pause := time.NewTicker(limit / 8)
	defer pause.Stop()
	for i := range body {
		<-pause.C
		if _, err := io.WriteString(conn, body[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if got, closes := status(t, conn); got != 200 || closes {
		t.Fatalf("status %d, closes %v", got, closes)
	}
	if took := time.Since(begun); took < 2*limit {
		t.Fatalf("the body took only %v", took)
	}
	// The limits of a request end with it: neither is left on the connection.
	for range 12 {
		<-pause.C
	}
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: s\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if got, _ := status(t, conn); got != 200 {
		t.Errorf("the next request: %d", got)
	}
}

// TestLongWork wants the limits of lines not to end a request that the server itself is slow with.
func TestLongWork(t *testing.T) {
	t.Parallel()
	const limit = 50 * time.Millisecond
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		wait := time.NewTimer(6 * limit)
		defer wait.Stop()
		select {
		case <-wait.C:
			_, _ = w.Write(body)
		case <-r.Context().Done():
			t.Error("the request was ended")
		}
	})
	addr, _, _ := listening(t, server.Limits{Body: limit, Answer: limit}, h)
	res, err := http.Post("http://"+addr, "text/plain", strings.NewReader("echo"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if got, err := io.ReadAll(res.Body); err != nil || string(got) != "echo" {
		t.Errorf("%q %v", got, err)
	}
}

// TestUntakenAnswers wants an answer that nobody takes to be given up.
func TestUntakenAnswers(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(make([]byte, 256<<20)) // more than the system holds for a line
		ended <- err
	})
	addr, _, _ := listening(t, server.Limits{Answer: 100 * time.Millisecond}, h)
	dial(t, addr, "GET / HTTP/1.1\r\nHost: s\r\n\r\n")
	if err := <-ended; err == nil {
		t.Error("the answer went out")
	}
}

// TestSlowHeaders wants a header that does not end to be given up.
func TestSlowHeaders(t *testing.T) {
	t.Parallel()
	addr, _, _ := listening(t, server.Limits{Header: 100 * time.Millisecond}, handler(t))
	conn := dial(t, addr, "GET /healthz HTTP/1.1\r\nHost:")
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := conn.Read(make([]byte, 1)); err != nil && !errors.Is(err, io.EOF) {
		var netErr net.Error
		if errors.As(err, &netErr) && netErr.Timeout() {
			t.Error("the connection stays")
		}
	}
	big := dial(t, addr, "GET /healthz HTTP/1.1\r\nHost: s\r\nX-Long: "+strings.Repeat("x", 80<<10)+"\r\n\r\n")
	if got, _ := status(t, big); got != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a long header: %d", got)
	}
}

// TestCrowd wants connections beyond the limit to wait for room rather than to be refused.
func TestCrowd(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan string, 3), make(chan struct{})
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		entered <- r.URL.Path
		<-leave
	})
	addr, _, _ := listening(t, server.Limits{Connections: 2}, h)
	answers := make(chan net.Conn, 3)
	for _, path := range []string{"/1", "/2"} {
		answers <- dial(t, addr, "GET "+path+" HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n")
		if got := <-entered; got != path {
			t.Fatalf("%s entered", got)
		}
	}
	answers <- dial(t, addr, "GET /3 HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n")
	select {
	case got := <-entered:
		t.Fatalf("%s entered without room", got)
	case <-time.After(50 * time.Millisecond):
	}
	close(leave)
	if got := <-entered; got != "/3" {
		t.Errorf("%s entered", got)
	}
	for range 3 {
		if got, _ := status(t, <-answers); got != 200 {
			t.Errorf("status %d", got)
		}
	}
}

// TestCrowdStops wants a server to stop although connections wait for room.
func TestCrowdStops(t *testing.T) {
	t.Parallel()
	addr, stop, served := listening(t, server.Limits{Connections: 1, Stop: time.Second}, handler(t))
	conn := dial(t, addr, "GET /healthz HTTP/1.1\r\nHost: s\r\n\r\n")
	if got, _ := status(t, conn); got != 200 {
		t.Fatalf("status %d", got)
	}
	dial(t, addr, "GET /healthz HTTP/1.1\r\nHost: s\r\n\r\n")
	stop()
	if err := <-served; err != nil {
		t.Errorf("stopped with %v", err)
	}
}
