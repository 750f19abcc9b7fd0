package api

import (
	"net/http"
	"net/url"
	"time"
)

// Options configure a Client.
type Options struct {
	BaseURL   *url.URL          // up to and with /v5; no query
	Key       string            // X-API-KEY; never shown
	Transport http.RoundTripper // nil for the network; the embedded mode passes its in-memory transport, and the plain HTTP check is then off
	Timeout   time.Duration     // to connect, and to the first byte of an answer; then a stall limit between reads. 0 means 30 s
	Insecure  bool              // allow plain HTTP to other machines
	MaxBody   int64             // bytes of one answer, decompressed; 0 means 1 GiB
	UserAgent string
	Sleep     func(done <-chan struct{}, d time.Duration) bool // waits between retries, false when done came first; nil for the clock. Tests inject it
}

// Client is a Service over HTTP.
type Client struct{ o Options }

// New makes a client. The error is Refused for a URL that it must not talk to.
func New(o Options) (*Client, error) { panic("todo") }
