package cli

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// renewal is how long after a look at the files of the certificate they are looked at again.
const renewal = 10 * time.Second

// certificate is the certificate of errata serve. Files that change are read again, so that a
// renewed certificate needs no restart.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger
	now               func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	seen    fileState // of the files that were read last, usable or not
	looked  time.Time // when the files were last looked at
}

// fileState is the state of both files, to be compared.
type fileState struct {
	cert, key           time.Time
	certBytes, keyBytes int64
}

// newCertificate reads the files for the first time.
func newCertificate(certFile, keyFile string, log *slog.Logger, now func() time.Time) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, log: log, now: now}
	if err := c.read(c.state()); err != nil {
		return nil, fmt.Errorf("cannot use --tls-cert and --tls-key: %w", err)
	}
	return c, nil
}

// config is a TLS configuration that asks for the certificate at each handshake.
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.latest(), nil },
	}
}

// latest is the certificate in the files, or the last one that could be used.
func (c *certificate) latest() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); now.Sub(c.looked) >= renewal {
		c.looked = now
		if s := c.state(); s != c.seen {
			if err := c.read(s); err != nil {
				c.log.Warn("the certificate cannot be renewed; the last one is still used", "cause", err.Error())
			} else {
				c.log.Info("the certificate was renewed", "until", c.current.Leaf.NotAfter)
			}
		}
	}
	return c.current
}

// read makes the certificate in the files the current one.
func (c *certificate) read(s fileState) error {
	c.seen, c.looked = s, c.now()
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return err
	}
	c.current = &pair
	return nil
}

// expiresSoon is how long before its end a certificate is warned of.
const expiresSoon = 7 * 24 * time.Hour

// validity says what is wrong with the period in which the certificate is valid, "" for nothing.
func (c *certificate) validity() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	leaf, now := c.current.Leaf, c.now()
	if leaf == nil {
		return ""
	}
	from, end := stamp(leaf.NotBefore), stamp(leaf.NotAfter)
	switch {
	case now.After(leaf.NotAfter):
		return "the certificate of --tls-cert expired at " + end + ", and clients refuse it; a renewed one is noticed without a restart"
	case now.Before(leaf.NotBefore):
		return "the certificate of --tls-cert holds only from " + from + " on, and clients refuse it until then"
	case now.Add(expiresSoon).After(leaf.NotAfter):
		return "the certificate of --tls-cert expires at " + end + "; a renewed one is noticed without a restart"
	}
	return ""
}

func (c *certificate) state() fileState {
	var s fileState
	if info, err := os.Stat(c.certFile); err == nil {
		s.cert, s.certBytes = info.ModTime(), info.Size()
	}
	if info, err := os.Stat(c.keyFile); err == nil {
		s.key, s.keyBytes = info.ModTime(), info.Size()
	}
	return s
}
