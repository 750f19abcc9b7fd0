package server_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"errata/api/server"
)

// secured serves h over TLS within limits, and gives a client that trusts it.
func secured(t *testing.T, limits server.Limits, h http.Handler) (url string, client *http.Client) {
	t.Helper()
	lent := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
	t.Cleanup(lent.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := limits.Serve(ctx, l, h, &tls.Config{Certificates: lent.TLS.Certificates}); err != nil {
			t.Error(err)
		}
	}()
	lent.Client().Transport.(*http.Transport).ForceAttemptHTTP2 = true
	t.Cleanup(func() {
		lent.Client().CloseIdleConnections()
		stop()
		<-done
	})
	return "https://" + l.Addr().String(), lent.Client()
}

func TestHTTP2(t *testing.T) {
	t.Parallel()
	url, client := secured(t, server.Limits{}, handler(t))
	req, err := http.NewRequest(http.MethodPatch, url+patchPath, strings.NewReader(`{"output":"over TLS"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-API-KEY", testKey)
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.ProtoMajor != 2 || res.StatusCode != 200 || !strings.Contains(string(body), "over TLS") {
		t.Errorf("%s %d %v %s", res.Proto, res.StatusCode, err, body)
	}
}

// TestHTTP2Limits wants a stalled body to be given up and slow work to be waited for over HTTP/2,
// too.
func TestHTTP2Limits(t *testing.T) {
	t.Parallel()
	const limit = 100 * time.Millisecond
	slow := http.NewServeMux()
	slow.Handle("/v5/", handler(t))
	slow.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		wait := time.NewTimer(4 * limit)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
			t.Error("the request was ended")
		}
		_, _ = io.WriteString(w, strings.Repeat("slow", 50_000))
	})
	url, client := secured(t, server.Limits{Body: limit, Answer: limit}, slow)
	res, err := client.Get(url + "/slow")
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(res.Body); err != nil || len(body) != 200_000 {
		t.Errorf("slow work gave %d bytes: %v", len(body), err)
	}
	_ = res.Body.Close()

	stalled, end := io.Pipe()
	defer func() { _ = end.Close() }()
	req, err := http.NewRequest(http.MethodPatch, url+patchPath, stalled)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-API-KEY", testKey)
	res, err = client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusRequestTimeout || res.ProtoMajor != 2 {
		t.Errorf("%s %d", res.Proto, res.StatusCode)
	}
}

func TestOldTLSIsRefused(t *testing.T) {
	t.Parallel()
	url, client := secured(t, server.Limits{}, handler(t))
	old := client.Transport.(*http.Transport).Clone()
	old.TLSClientConfig.MaxVersion = tls.VersionTLS11
	if res, err := (&http.Client{Transport: old}).Get(url + "/healthz"); err == nil {
		_ = res.Body.Close()
		t.Errorf("TLS 1.1 was accepted: %s", res.Status)
	}
}

// TestHTTP2AnonymousConnections wants a key that was shown over HTTP/2 to keep the connection.
func TestHTTP2AnonymousConnections(t *testing.T) {
	t.Parallel()
	const patience = 500 * time.Millisecond
	url, client := secured(t, server.Limits{Anonymous: patience}, handler(t))
	for i, again := range []bool{false, true} {
		var reused bool
		trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { reused = info.Reused }}
		req, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodGet, url+logPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-API-KEY", testKey)
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != 200 || res.ProtoMajor != 2 || reused != again {
			t.Errorf("request %d: %s %s, the connection is used again: %v", i, res.Proto, res.Status, reused)
		}
		wait := time.NewTimer(patience * 3 / 2)
		defer wait.Stop()
		<-wait.C
	}
}

// deaf is a connection on which nothing arrives.
type deaf struct{ net.Conn }

func (d deaf) Read([]byte) (int, error) {
	_, err := io.Copy(io.Discard, d.Conn)
	return 0, errors.Join(err, io.EOF)
}

// TestHandshakesMakeRoom wants whoever has a key to be answered over TLS however many connections
// there are from the same address that have none: silent ones, those that begin a handshake and do
// not finish it, and those that finish it and are silent then, or are refused.
func TestHandshakesMakeRoom(t *testing.T) {
	t.Parallel()
	insecure := &tls.Config{InsecureSkipVerify: true}
	for name, attack := range map[string]func(net.Conn){
		"silent": func(net.Conn) {},
		"begun":  func(conn net.Conn) { _ = tls.Client(deaf{conn}, insecure).Handshake() },
		"idle":   func(conn net.Conn) { _ = tls.Client(conn, insecure).Handshake() },
		"refused": func(conn net.Conn) {
			secure := tls.Client(conn, insecure)
			_, _ = io.WriteString(secure, head("wrong", 200_000, "")+"{")
			_, _ = io.Copy(io.Discard, secure)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, client := secured(t, server.Limits{Connections: 32, Anonymous: time.Hour}, handler(t))
			for range 100 {
				conn := dial(t, strings.TrimPrefix(url, "https://"), "")
				go attack(conn)
			}
			client.Timeout = 30 * time.Second // only a failing test waits so long
			for range 3 {
				req, err := http.NewRequest(http.MethodGet, url+logPath, nil)
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("X-API-KEY", testKey)
				res, err := client.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				_ = res.Body.Close()
				if res.StatusCode != 200 {
					t.Errorf("status %d", res.StatusCode)
				}
				client.CloseIdleConnections()
			}
		})
	}
}
