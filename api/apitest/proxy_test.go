package apitest_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"errata/api/apitest"
)

// echo answers what it was sent, and counts how often.
func echo(t *testing.T) (*apitest.Proxy, *atomic.Int32) {
	t.Helper()
	var served atomic.Int32
	return apitest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		served.Add(1)
		_, _ = w.Write(body)
	})), &served
}

// ask sends a PATCH on a connection of its own.
func ask(ctx context.Context, p *apitest.Proxy, body string) (answer string, status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch, p.URL(), strings.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	return string(raw), resp.StatusCode, err
}

func TestProxyPassesWhatItIsNotToldToHarm(t *testing.T) {
	t.Parallel()
	p, served := echo(t)
	p.Harm(apitest.Fault{Method: http.MethodGet, Harm: apitest.Swallow}) // another method
	for range 3 {
		if answer, status, err := ask(t.Context(), p, "hello"); err != nil || status != 200 || answer != "hello" {
			t.Fatalf("%q %d %v", answer, status, err)
		}
	}
	if served.Load() != 3 || len(p.Exchanges()) != 3 || string(p.Exchanges()[2].Body) != "hello" || p.Exchanges()[2].Status != 200 {
		t.Errorf("%d served, noted: %+v", served.Load(), p.Exchanges())
	}
}

// TestProxyHarms sends one request into each fault and one after it: what the client learns, how
// often the server has carried the first out.
func TestProxyHarms(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		fault  apitest.Fault
		status int // 0 for an error
		served int32
	}{
		{apitest.Fault{Harm: apitest.CutRequest, At: 10}, 0, 0},
		{apitest.Fault{Harm: apitest.CutRequest, At: 1 << 20}, 0, 1},
		{apitest.Fault{Harm: apitest.CutAnswer, At: 0}, 0, 1},
		{apitest.Fault{Harm: apitest.CutAnswer, At: 40}, 0, 1},
		{apitest.Fault{Harm: apitest.Twice}, 200, 1},
		{apitest.Fault{Harm: apitest.Instead, Status: 503}, 503, 0},
		{apitest.Fault{Harm: apitest.Disguise, Status: 422}, 422, 1},
	} {
		t.Run(tc.fault.String(), func(t *testing.T) {
			t.Parallel()
			p, served := echo(t)
			tc.fault.Method = http.MethodPatch
			p.Harm(tc.fault)
			_, status, err := ask(t.Context(), p, "hello")
			if (err != nil) != (tc.status == 0) || err == nil && status != tc.status {
				t.Errorf("status %d, error %v; want %d", status, err, tc.status)
			}
			p.Settle()
			if served.Load() != tc.served {
				t.Errorf("carried out %d times, want %d", served.Load(), tc.served)
			}
			if answer, _, err := ask(t.Context(), p, "again"); err != nil || answer != "again" {
				t.Errorf("the next request: %q, %v", answer, err)
			}
		})
	}
}

func TestProxySwallows(t *testing.T) {
	t.Parallel()
	for harm, want := range map[apitest.Harm]int32{apitest.Swallow: 0, apitest.Mute: 1} {
		t.Run(string(harm), func(t *testing.T) {
			t.Parallel()
			p, served := echo(t)
			p.Harm(apitest.Fault{Method: http.MethodPatch, Harm: harm})
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if _, _, err := ask(ctx, p, "hello"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the client got %v", err)
			}
			p.Settle()
			if served.Load() != want {
				t.Errorf("carried out %d times, want %d", served.Load(), want)
			}
		})
	}
}

func TestProxyHoldsARequestPastItsClient(t *testing.T) {
	t.Parallel()
	p, served := echo(t)
	gate := apitest.NewGate()
	p.Harm(apitest.Fault{Method: http.MethodPatch, Harm: apitest.Hold, Gate: gate})
	ctx, giveUp := context.WithCancel(t.Context())
	go func() {
		<-gate.Reached()
		giveUp()
	}()
	if _, _, err := ask(ctx, p, "hello"); !errors.Is(err, context.Canceled) {
		t.Fatalf("the client got %v", err)
	}
	if served.Load() != 0 {
		t.Fatal("the gate was shut")
	}
	gate.Open()
	p.Settle()
	if served.Load() != 1 {
		t.Error("the request did not go on")
	}
}

func TestProxyRefusesAndComesBack(t *testing.T) {
	t.Parallel()
	p, _ := echo(t)
	url := p.URL()
	p.Refuse(true)
	if _, _, err := ask(t.Context(), p, "hello"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("the client got %v", err)
	}
	p.Refuse(false)
	if answer, _, err := ask(t.Context(), p, "hello"); err != nil || answer != "hello" || p.URL() != url {
		t.Errorf("after it came back: %q, %v, at %s", answer, err, p.URL())
	}
}

func TestProxyHealDropsWhatWaits(t *testing.T) {
	t.Parallel()
	p, _ := echo(t)
	p.Harm(apitest.Fault{Method: http.MethodPatch, Harm: apitest.Instead, Status: 500})
	p.Heal()
	if _, status, err := ask(t.Context(), p, "hello"); err != nil || status != 200 {
		t.Errorf("status %d, %v", status, err)
	}
}

// TestProxyCutsAtTheByte reads what comes of an answer without a client that would judge it.
func TestProxyCutsAtTheByte(t *testing.T) {
	t.Parallel()
	p, _ := echo(t)
	p.Harm(apitest.Fault{Method: http.MethodPatch, Harm: apitest.CutAnswer, At: 12})
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"); err != nil {
		t.Fatal(err)
	}
	if raw, err := io.ReadAll(bufio.NewReader(conn)); err != nil || string(raw) != "HTTP/1.1 200" {
		t.Errorf("the client got %q, %v", raw, err)
	}
}
