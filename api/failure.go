package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"errata/model/charset"
	"errata/model/figure"
)

// lost makes the error of a request that got no answer. w is nil when the request was not started.
func (c *Client) lost(cl call, w *watch, err error) *Error {
	e := &Error{Err: c.cause(err)}
	stalled := false
	if w != nil {
		e.Sent = cl.sent(w.sent())
		stalled = w.stalled()
	}
	switch {
	case errors.Is(err, context.Canceled) && !stalled:
		e.Code, e.Msg = Canceled, "canceled before "+c.host+" answered"
	case stalled || timedOut(err):
		e.Code, e.Msg = Timeout, fmt.Sprintf("no answer from %s within %v", c.host, c.o.Timeout)
		if e.Sent == NotSent {
			e.Msg += "; is it up? --timeout waits longer"
		}
	default:
		e.Code, e.Msg = Unreachable, c.unreachable(err, e.Sent)
	}
	return e
}

func timedOut(err error) bool {
	var t net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}

// unreachable says why there was no connection, or no answer on it.
func (c *Client) unreachable(err error, s Sent) string {
	if words := c.notThrough(err); words != "" {
		return words
	}
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "cannot reach " + c.host + ": connection refused; is the server running?"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "cannot reach " + c.host + ": no such host; check the base URL"
	case plainServer(err):
		return "cannot reach " + c.host + ": it speaks plain HTTP, not HTTPS; check the base URL"
	case untrusted(err):
		return "cannot trust " + c.host + ": " + c.clean(c.cause(err).Error()) + "; check the base URL and the certificates of this machine"
	case s == MaybeSent, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		msg := "the connection to " + c.host + " broke before it answered"
		if s == NotSent {
			msg += "; try again"
		}
		return msg
	}
	return "cannot reach " + c.host + ": " + c.clean(c.cause(err).Error()) + "; check the base URL and the network"
}

// cause takes away the error that net/http wraps around others: it quotes the whole URL, which may
// hold secrets.
func (c *Client) cause(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// cut makes the error of an answer that began with a success and broke off.
func (c *Client) cut(cl call, w *watch, err error) *Error {
	e := &Error{Sent: cl.sent(WasSent), Err: c.cause(err)}
	switch {
	case w.stalled():
		e.Code, e.Msg = Timeout, fmt.Sprintf("the answer from %s stood still for %v; --timeout waits longer", c.host, c.o.Timeout)
	case errors.Is(err, context.Canceled):
		e.Code, e.Msg = Canceled, "canceled before the answer from "+c.host+" was complete"
	case timedOut(err):
		e.Code, e.Msg = Timeout, "the answer from "+c.host+" took too long; try again later"
	case errors.Is(err, errTooLarge):
		return badAnswer(fmt.Sprintf("is larger than %d bytes", c.o.MaxBody), c.host, e.Sent, err)
	default:
		return badAnswer("was cut short", c.host, e.Sent, e.Err)
	}
	return e
}

// badAnswer makes the error of an answer that is not what the API sends. fault is a clause that
// follows "the answer".
func badAnswer(fault, from string, s Sent, err error) *Error {
	return &Error{Code: BadAnswer, Msg: "the answer from " + from + " " + fault + "; check the base URL, or try again", Sent: s, Err: err}
}

// turnedDown makes the error of an answer whose status is not a success.
func (c *Client) turnedDown(cl call, w *watch, raw *http.Response) *Error {
	e := &Error{
		Code:       CodeForStatus(raw.StatusCode),
		Status:     raw.StatusCode,
		RetryAfter: retryAfter(raw.Header),
	}
	switch raw.StatusCode {
	case http.StatusFound, http.StatusSeeOther, http.StatusNotModified, http.StatusRequestTimeout:
		// A server may answer so after it carried the write out, and a proxy when the server's own
		// answer did not reach it.
		e.Sent = cl.sent(MaybeSent)
	default:
		if e.Code == Unavailable {
			e.Sent = cl.sent(MaybeSent)
		}
	}
	var d detail
	// what follows status 101 is another protocol without an end
	ours := raw.StatusCode >= http.StatusOK && notJSON(raw.Header) == ""
	if ours {
		d = c.readDetail(w, raw)
	}
	e.Fields = d.fields
	e.Msg = c.sentence(cl, e, d.text, raw)
	if e.Code == NotFound && !ours {
		e.Msg = "no " + cl.what + " at " + c.host + ", and the answer is not the API's; check the base URL"
	}
	return e
}

// maxDetail limits what is read of an error's explanation.
const maxDetail = 1 << 20

func (c *Client) readDetail(w *watch, raw *http.Response) detail {
	body, err := readBody(w, raw, min(maxDetail, c.o.MaxBody))
	if err != nil {
		return detail{}
	}
	d := parseDetail(body)
	d.text = c.clean(d.text)
	for i := range d.fields {
		f := &d.fields[i]
		f.Msg, f.Type = c.clean(f.Msg), c.clean(f.Type)
		for j, step := range f.Loc {
			if name, ok := step.(string); ok {
				f.Loc[j] = c.redact(name)
			}
		}
	}
	return d
}

// sentence says what an error status means here and what to do next. text is the server's
// explanation, if any.
func (c *Client) sentence(cl call, e *Error, text string, raw *http.Response) string {
	why := ""
	if text != "" {
		why = ": " + text
	}
	switch e.Code {
	case Unauthorized:
		return c.unauthorized(e.Status, why)
	case NotFound:
		return "no " + cl.what + " on this server" + c.rootless(cl)
	case Conflict:
		return "the server reports a conflict" + why + "; look at what it holds and try again"
	case Precondition:
		return "the log was changed by somebody else meanwhile; read it again"
	case Invalid:
		switch {
		case len(e.Fields) > 0:
			why = " " + fieldsText(e.Fields)
		case why == "":
			why = " the request without saying why"
		default:
			why = " the request" + why
		}
		return "the server refused" + why
	case RateLimited:
		return "the server asks to slow down" + why + "; " + e.tryAgain()
	case Redirected:
		return "the server sends elsewhere" + elsewhere(raw) + ", which is not followed; check the base URL"
	case Timeout:
		return "the server gave up waiting; try again"
	case Unavailable:
		return failedWith(e, why)
	}
	return refusedWith(cl, e.Status, why)
}

// tryAgain says when, as far as the server has told.
func (e *Error) tryAgain() string {
	if e.RetryAfter > 0 {
		return "try again in " + Spell(e.RetryAfter)
	}
	return "try again later"
}

// failedWith is the sentence about a status of 5xx.
func failedWith(e *Error, why string) string {
	switch e.Status {
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return fmt.Sprintf("the server cannot do this (status %d)%s; check the base URL", e.Status, why)
	case http.StatusInsufficientStorage:
		return fmt.Sprintf("the server has no room left (status %d)%s; try again when there is some", e.Status, why)
	}
	return fmt.Sprintf("the server failed with status %d%s; %s", e.Status, why, e.tryAgain())
}

// refusedWith is the sentence about a status of 4xx that has no code of its own. If the API itself
// explains the refusal, the sentence does not ask to check the base URL.
func refusedWith(cl call, status int, why string) string {
	switch {
	case status == http.StatusProxyAuthRequired:
		return "the proxy on the way wants a user and a password (status 407); give them in HTTP_PROXY, or name the server in NO_PROXY"
	case status == http.StatusRequestEntityTooLarge:
		if why == "" {
			why = ", or than a proxy before it does"
		}
		return fmt.Sprintf("the request of %s is larger than the server takes%s; send less at a time, or have the limit raised", figure.Size(len(cl.body)), why)
	case why == "" || status == http.StatusMethodNotAllowed:
		return fmt.Sprintf("the server refused the request with status %d%s; check the base URL and what was asked for", status, why)
	}
	return fmt.Sprintf("the server refused the request with status %d%s; change what was asked for", status, why)
}

func (c *Client) unauthorized(status int, why string) string {
	switch {
	case c.o.Key == "":
		return "the server wants an API key; set ERRATA_API_KEY or the profile's api_key_file"
	case status == http.StatusForbidden:
		return "the API key may not do this" + why + "; use a key with the right to it"
	}
	return "the server refused the API key" + why + "; set ERRATA_API_KEY or the profile's api_key_file"
}

// elsewhere names the target of a redirect by scheme and host only: the rest may hold secrets.
func elsewhere(raw *http.Response) string {
	to, err := raw.Location()
	if err != nil || to.Host == "" {
		return ""
	}
	return " (" + origin(to) + ")"
}

// maxQuote limits how much of a server's text a sentence repeats.
const maxQuote = 300

// clean makes a server's text fit for a sentence: one line, not long, and without the key should
// the server repeat it.
func (c *Client) clean(text string) string {
	text = c.redact(strings.Join(strings.Fields(text), " "))
	return strings.TrimRight(cutText(text), ".")
}

func (c *Client) redact(text string) string {
	if c.o.Key == "" {
		return text
	}
	return strings.ReplaceAll(text, c.o.Key, "***")
}

// quote puts an id or a word of the server in quotes.
func quote(text string) string { return `"` + cutText(text) + `"` }

// cutText shortens what is quoted to the first maxQuote bytes, or to a few less, at the border of a
// character.
func cutText(text string) string {
	if len(text) <= maxQuote {
		return text
	}
	return charset.Head(text, maxQuote) + "…"
}

// rootless is what may be wrong where a server has no prompts to list: most keep the API below a
// path.
func (c *Client) rootless(cl call) string {
	if u, err := url.Parse(c.base); err != nil || strings.Trim(u.Path, "/") != "" || cl.what != promptList {
		return ""
	}
	return "; does its address lack /v5 at the end?"
}
