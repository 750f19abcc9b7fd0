package api

import (
	"net/http"
	"net/url"
	"testing"
)

// heard is a transport that notes the key of each request.
type heard struct{ keys []string }

func (h *heard) RoundTrip(r *http.Request) (*http.Response, error) {
	h.keys = append(h.keys, r.Header.Get(keyHeader))
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// TestKeyStaysHome sends requests to the configured origin and to others. Only the first carry the
// key, even where a caller put it on the others himself.
func TestKeyStaysHome(t *testing.T) {
	t.Parallel()
	const key = "test-key"
	for _, c := range []struct {
		base, to string
		carried  bool
	}{
		{"https://a.example/v5", "https://a.example/v5/logs", true},
		{"https://a.example/v5", "https://A.EXAMPLE:443/elsewhere", true},
		{"https://a.example:443/v5", "https://a.example/", true},
		{"http://a.example/v5", "http://a.example:80/", true},
		{"https://a.example/v5", "http://a.example/v5/logs", false},
		{"https://a.example/v5", "https://a.example:8443/v5/logs", false},
		{"https://a.example/v5", "https://b.example/v5/logs", false},
		{"https://a.example/v5", "https://a.example.b.example/v5/logs", false},
		{"https://a.example/v5", "https://x.a.example/v5/logs", false},
		{"http://a.example:443/v5", "https://a.example/v5", false},
		{"http://localhost/v5", "http://127.0.0.1/v5", false},
	} {
		base, err := url.Parse(c.base)
		if err != nil {
			t.Fatal(err)
		}
		var h heard
		d := newKeyTransport(Options{BaseURL: base, Key: key, Transport: &h})
		for _, put := range []string{"", key} {
			req, err := http.NewRequest(http.MethodGet, c.to, nil)
			if err != nil {
				t.Fatal(err)
			}
			if put != "" {
				req.Header.Set(keyHeader, put)
			}
			if _, err := d.RoundTrip(req); err != nil {
				t.Fatal(err)
			}
			if got := req.Header.Get(keyHeader); got != put {
				t.Errorf("the caller's request was changed: %q", got)
			}
		}
		for _, got := range h.keys {
			if (got == key) != c.carried {
				t.Errorf("base %s, request to %s: key %q", c.base, c.to, got)
			}
		}
	}
}

func TestProxyLeavesLoopbackAlone(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://proxy.example:3128")
	t.Setenv("http_proxy", "http://proxy.example:3128")
	for _, host := range []string{"localhost", "LOCALHOST:80", "127.1.2.3:8787", "[::1]"} {
		req, err := http.NewRequest(http.MethodGet, "http://"+host+"/v5", nil)
		if err != nil {
			t.Fatal(err)
		}
		if to, err := proxy(req); to != nil || err != nil {
			t.Errorf("%s goes by %v, %v", host, to, err)
		}
	}
}
