package api

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// keyHeader carries the API key.
const keyHeader = "X-API-KEY"

// keyTransport sends every request of the client. It adds the API key here, and not in resty, so
// that no request to another scheme, host or port can carry the key.
type keyTransport struct {
	base    *url.URL
	key     string
	next    http.RoundTripper
	foreign bool // next may not report when it has written the request
}

func newKeyTransport(o Options) *keyTransport {
	d := &keyTransport{base: o.BaseURL, key: o.Key, next: o.Transport, foreign: o.Transport != nil}
	if d.next == nil {
		d.next = newTransport(o.Timeout)
	}
	return d
}

// RoundTrip adds the key, and lets the watch of the request see the body being sent.
func (d *keyTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Header.Del(keyHeader)
	if d.key != "" && sameOrigin(req.URL, d.base) {
		out.Header.Set(keyHeader, d.key)
	}
	if w := watchOf(req.Context()); w != nil {
		if d.foreign {
			w.wrote()
		}
		w.follow(out)
	}
	resp, err := d.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	// net/http fails on a Location that it cannot parse, with an error that quotes all of it. The
	// status says enough.
	if _, err := url.Parse(resp.Header.Get("Location")); err != nil {
		resp.Header.Del("Location")
	}
	return resp, nil
}

// CloseIdleConnections closes the connections that are kept for what comes next, where next keeps
// any; http.Client calls it.
func (d *keyTransport) CloseIdleConnections() {
	if keeps, ok := d.next.(interface{ CloseIdleConnections() }); ok {
		keeps.CloseIdleConnections()
	}
}

// keptConnections is how many connections are kept for what comes next: as many as there are
// requests at a time, of a batch that is sent politely, of pages that are fetched ahead and of
// somebody who goes on beside them. Others would be opened again, each with its handshakes.
const keptConnections = 24

// newTransport is the transport to the network. Each stage of a connection has its own time limit
// here; the watch of the request limits the time between them.
func newTransport(limit time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: limit, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  proxy,
		OnProxyConnectResponse: throughProxy,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    limit,
		ResponseHeaderTimeout:  limit,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    keptConnections,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// proxy follows the environment (HTTPS_PROXY and the like), but requests to this machine go to it
// directly.
func proxy(req *http.Request) (*url.URL, error) {
	if loopback(req.URL.Hostname()) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(req)
}

// headerSafe reports whether a header can carry text.
func headerSafe(text string) bool {
	for i := range len(text) {
		if b := text[i]; b < ' ' && b != '\t' || b == 0x7f {
			return false
		}
	}
	return true
}

// followed is the body of a request; it reports each piece that is read from it.
type followed struct {
	io.ReadCloser
	w *watch
}

func (f followed) Read(p []byte) (int, error) {
	f.w.progress()
	return f.ReadCloser.Read(p)
}
