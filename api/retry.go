package api

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// The limits of repeating a read.
const (
	maxTries      = 3
	firstWait     = 200 * time.Millisecond
	maxRetryAfter = 30 * time.Second
)

// get reads, and tries again where another try may help. All tries without an answer share the time limit, so that a dead
// server is reported within it.
func (c *Client) get(ctx context.Context, cl call) (answer, error) {
	cl.method = http.MethodGet
	deadline := time.Now().Add(c.o.Timeout)
	for try := 1; ; try++ {
		a, err := c.try(ctx, cl, time.Until(deadline))
		wait, again := retryable(err, try)
		if !again {
			return a, err
		}
		if !c.o.Sleep(ctx.Done(), wait) {
			return answer{}, c.lost(cl, nil, cmp.Or(ctx.Err(), context.Canceled))
		}
		if CodeOf(err) != Unreachable {
			deadline = time.Now().Add(c.o.Timeout) // the server lives
		}
		if time.Until(deadline) <= 0 {
			return answer{}, err
		}
	}
}

// once sends a write. It is never repeated, whatever happens.
func (c *Client) once(ctx context.Context, cl call) (answer, error) {
	return c.try(ctx, cl, c.o.Timeout)
}

// retryable tells how long to wait before a read is tried again, if that may help.
func retryable(err error, try int) (wait time.Duration, again bool) {
	var e *Error
	if try >= maxTries || !errors.As(err, &e) {
		return 0, false
	}
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
	case 0:
		if e.Code != Unreachable || !passing(e.Err) {
			return 0, false
		}
	default:
		return 0, false
	}
	if e.RetryAfter > maxRetryAfter {
		return 0, false
	}
	return max(backoff(try), e.RetryAfter), true
}

// backoff doubles from try to try; the jitter keeps clients that failed together from coming back together.
func backoff(try int) time.Duration {
	wait := firstWait << (try - 1)
	return wait + rand.N(wait/2)
}

// passing tells whether a connection that failed for err may come about next time: not when the other side refused it,
// when its name does not exist, or when its certificate is wrong.
func passing(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return false
	}
	return !errors.Is(err, syscall.ECONNREFUSED) && !untrusted(err) && !plainServer(err)
}

// untrusted tells whether TLS failed for the server's certificate.
func untrusted(err error) bool {
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		roots    x509.SystemRootsError
	)
	return errors.As(err, &unknown) || errors.As(err, &hostname) || errors.As(err, &invalid) || errors.As(err, &roots)
}

// plainServer tells whether an https request met a server that speaks plain HTTP.
func plainServer(err error) bool { return errors.Is(err, http.ErrSchemeMismatch) }

// sleep waits on the clock.
func sleep(done <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
		return false
	case <-t.C:
		return true
	}
}

// retryAfter reads the header of that name: seconds or a date. A date is measured by the server's own clock when it
// shows one.
func retryAfter(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		return max(0, time.Duration(n)*time.Second)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, at.Sub(now))
}
