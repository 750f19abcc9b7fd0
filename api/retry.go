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

// The limits of making a request again.
const (
	maxTries  = 3                      // of one that failed
	firstWait = 200 * time.Millisecond // before the second of them
	longest   = 30 * time.Second       // that a server which is overloaded may ask for

	// how often a server may ask to slow down, until that is the error
	slowTimes = 8
	slowWait  = time.Second      // where it does not say for how long
	slowMost  = 30 * time.Second // what that doubles to
	slowTotal = 5 * time.Minute  // of all that waiting
)

// Pace decides how long to wait before one request is sent again. The zero value is ready for the
// first failure.
type Pace struct {
	failed, slowed int
	waited         time.Duration // because a server asked to slow down
}

// Next is how long to wait before a request that ended in err is sent again; ok is false if another
// attempt would not help. It is for reads, and for writes that certainly had no effect.
func (p *Pace) Next(err error) (wait time.Duration, ok bool) {
	var e *Error
	if !errors.As(err, &e) {
		return 0, false
	}
	switch e.Status {
	case http.StatusTooManyRequests:
		return p.slow(e.RetryAfter)
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return p.Again(err)
	case 0:
		if e.Code == Unreachable && passing(e.Err) {
			return p.Again(err)
		}
	}
	return 0, false
}

// Again is Next for a request that may be sent again whatever the error was: a write whose effect
// was looked for and not found.
func (p *Pace) Again(err error) (wait time.Duration, ok bool) {
	var e *Error
	p.failed++
	if p.failed >= maxTries || !errors.As(err, &e) || e.RetryAfter > longest {
		return 0, false
	}
	return max(backoff(p.failed), e.RetryAfter), true
}

// slow is Next where a server asks to slow down: the wait is what it asks for.
func (p *Pace) slow(asked time.Duration) (wait time.Duration, ok bool) {
	wait = min(slowWait<<p.slowed, slowMost)
	if asked > 0 {
		wait = asked
	}
	p.slowed++
	p.waited += wait
	return wait, p.slowed <= slowTimes && p.waited <= slowTotal
}

// Sleep waits for a while on some clock; false when done was closed first.
type Sleep func(done <-chan struct{}, d time.Duration) bool

// Pause waits before a request that ended in err is made again, and says why under ctx. It is false
// when ctx ended first.
func (s Sleep) Pause(ctx context.Context, err error, wait time.Duration) bool {
	if wait >= slowWait {
		Notify(ctx, wait, "%s; trying again in %s", reason(err), Spell(wait))
	}
	return s(ctx.Done(), wait)
}

// reason is why a request has to be made again, in a few words.
func reason(err error) string {
	var e *Error
	switch {
	case errors.As(err, &e) && e.Code == RateLimited:
		return "the server asks to slow down"
	case errors.As(err, &e) && e.Status != 0:
		return "the server failed with status " + strconv.Itoa(e.Status)
	}
	return "the server did not answer"
}

// get sends a read, and sends it again where that may help. All attempts without an answer share
// one time limit, so that a dead server is reported within it. An answer about another log may have
// been left on the connection by a request before, so it is asked for once more on a new one.
func (c *Client) get(ctx context.Context, cl call) (answer, error) {
	cl.method = http.MethodGet
	deadline := time.Now().Add(c.o.Timeout)
	var pace Pace
	strayed := false
	for {
		a, err := c.try(ctx, cl, time.Until(deadline))
		if errors.Is(err, errStray) && !strayed {
			strayed = true
			c.resty.GetClient().CloseIdleConnections()
			continue
		}
		wait, again := pace.Next(err)
		if !again {
			return a, err
		}
		if !c.o.Sleep.Pause(ctx, err, wait) {
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

// write sends a write whose meaning does not depend on the state of a log. If the server asks to
// slow down, and so should have done nothing, it is sent again, once a look under ctx says the
// same.
func (c *Client) write(ctx context.Context, cl call) (answer, error) {
	var pace Pace
	for {
		a, err := c.once(ctx, cl)
		if CodeOf(err) != RateLimited {
			return a, err
		}
		wait, again := pace.Next(err)
		if again && !c.o.Sleep.Pause(ctx, err, wait) {
			again, err = false, c.lost(cl, nil, cmp.Or(ctx.Err(), context.Canceled))
		}
		if looked(ctx) {
			return answer{}, withSent(err, MaybeSent) // though it was answered with no
		}
		if !again {
			return answer{}, err
		}
	}
}

// backoff is the wait before the next attempt. It doubles each time, and is random within a range
// so that clients which failed together do not come back together.
func backoff(try int) time.Duration {
	wait := firstWait << (try - 1)
	return wait + rand.N(wait/2)
}

// passing reports whether a failed connection may succeed next time. It may not when the other side
// refused it, when the name does not exist, or when the certificate is wrong.
func passing(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return false
	}
	return !errors.Is(err, syscall.ECONNREFUSED) && !untrusted(err) && !plainServer(err)
}

// untrusted reports whether TLS failed for the server's certificate.
func untrusted(err error) bool {
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		roots    x509.SystemRootsError
	)
	return errors.As(err, &unknown) || errors.As(err, &hostname) || errors.As(err, &invalid) || errors.As(err, &roots)
}

// plainServer reports whether an https request met a server that speaks plain HTTP.
func plainServer(err error) bool { return errors.Is(err, http.ErrSchemeMismatch) }

// Wait is Sleep on the clock of this machine.
func Wait(done <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
		return false
	case <-t.C:
		return true
	}
}

// retryAfterMost is the longest wait that is read from Retry-After; a longer one counts as this.
const retryAfterMost = 24 * time.Hour

// retryAfter reads the header of that name: seconds or a date. A date is measured by the server's
// own clock when it shows one.
func retryAfter(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(max(n, 0), int64(retryAfterMost/time.Second))) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(0, at.Sub(now)), retryAfterMost)
}

// Spell writes how long something takes, as people say it: "7 s", "5 min", "3 h".
func Spell(d time.Duration) string {
	switch {
	case d >= retryAfterMost:
		return "a day or more"
	case d >= 2*time.Hour:
		return strconv.Itoa(int(d.Round(time.Hour)/time.Hour)) + " h"
	case d >= 2*time.Minute:
		return strconv.Itoa(int(d.Round(time.Minute)/time.Minute)) + " min"
	}
	return strconv.Itoa(int(max(d.Round(time.Second), time.Second)/time.Second)) + " s"
}
