package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// turnedAway is the error of a proxy that makes no connection to a server.
type turnedAway struct{ status string }

// Error is what the proxy answered.
func (e *turnedAway) Error() string { return e.status }

// throughProxy takes the answer of a proxy that was to make a connection.
func throughProxy(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return &turnedAway{res.Status}
}

// notThrough is the sentence for an error of the proxy, ahead of the server: it names the proxy,
// and not its user or password. It is "" for another error.
func (c *Client) notThrough(err error) string {
	by, failed := proxy(&http.Request{URL: c.o.BaseURL})
	if by == nil || failed != nil {
		return ""
	}
	next := strings.ToUpper(c.o.BaseURL.Scheme) + "_PROXY, or name the server in NO_PROXY"
	var away *turnedAway
	var op *net.OpError
	switch {
	case errors.As(err, &away):
		return fmt.Sprintf("the proxy %s makes no connection to %s (%s); check %s", by.Host, c.host, c.clean(away.status), next)
	case errors.As(err, &op) && op.Op == "proxyconnect":
		why := op.Err
		if dial := (*net.OpError)(nil); errors.As(why, &dial) {
			why = dial.Err // without the address once more
		}
		return fmt.Sprintf("cannot reach the proxy %s: %s; check %s", by.Host, c.clean(why.Error()), next)
	}
	return ""
}
