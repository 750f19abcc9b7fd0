package server

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Limits are what a server grants its connections. The zero Limits are the defaults.
type Limits struct {
	Connections int // at one time; more wait until one ends. 0 means 1,024
	// for a key to be shown, on a new connection and after each answer. 0 means 2 s
	Anonymous time.Duration
	Header    time.Duration // for the header of a request. 0 means 10 s
	// for each piece of a body to come; however long the whole takes. 0 means 30 s
	Body   time.Duration
	Answer time.Duration // for each piece of an answer to be taken. 0 means 2 min
	Idle   time.Duration // between two requests. 0 means 2 min
	// for requests that have started when the server is to stop. 0 means 30 s
	Stop    time.Duration
	Proxies Proxies // whose connections are given time before a key is shown, too
}

// The defaults of Limits.
var defaults = Limits{
	Connections: 1024,
	Anonymous:   2 * time.Second,
	Header:      10 * time.Second,
	Body:        30 * time.Second,
	Answer:      2 * time.Minute,
	Idle:        2 * time.Minute,
	Stop:        30 * time.Second,
}

// maxHeader bounds the header of a request.
const maxHeader = 64 << 10

// filled is limits with the defaults for what they leave open.
func (limits Limits) filled() Limits {
	fill := func(d *time.Duration, fallback time.Duration) {
		if *d <= 0 {
			*d = fallback
		}
	}
	if limits.Connections <= 0 {
		limits.Connections = defaults.Connections
	}
	fill(&limits.Anonymous, defaults.Anonymous)
	fill(&limits.Header, defaults.Header)
	fill(&limits.Body, defaults.Body)
	fill(&limits.Answer, defaults.Answer)
	fill(&limits.Idle, defaults.Idle)
	fill(&limits.Stop, defaults.Stop)
	return limits
}

// Serve answers on l within the limits until ctx is done, then takes no more requests and gives
// those that have started the time to finish. With secure it answers over TLS, where clients may
// choose HTTP/2. It closes l. The error is nil after an orderly stop.
func (limits Limits) Serve(ctx context.Context, l net.Listener, h http.Handler, secure *tls.Config) error {
	limits = limits.filled()
	l = newAdmission(l, limits, secure != nil)
	if secure != nil {
		l = tls.NewListener(l, queueHandshakes(secure))
	}
	srv := &http.Server{
		Handler:           paced(h, limits),
		ReadHeaderTimeout: limits.Header,
		IdleTimeout:       limits.Idle,
		MaxHeaderBytes:    maxHeader,
		ConnContext:       withConnection,
		ConnState:         watchIdle,
		// broken connections are no news; the handler records requests and panics itself
		ErrorLog: log.New(io.Discard, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), limits.Stop)
	defer cancel()
	if err := srv.Shutdown(limit); err != nil {
		return errors.Join(err, srv.Close())
	}
	return nil
}
