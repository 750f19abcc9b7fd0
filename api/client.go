package api

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"errata/model"
)

// Options configure a Client.
type Options struct {
	BaseURL *url.URL // up to and with /v5; no query
	Key     string   // X-API-KEY; never shown
	// nil for the network; the embedded mode passes its in-memory transport, and the plain HTTP
	// check is then off
	Transport http.RoundTripper
	// how long to wait for a connection, and then for the first byte of an answer; after that, how
	// long nothing may come, or less than 64 bytes a second. 0 means 30 s
	Timeout   time.Duration
	Insecure  bool  // allow plain HTTP to other machines
	MaxBody   int64 // bytes of one answer, decompressed; 0 means 1 GiB
	UserAgent string
	Sleep     Sleep // waits before a request is made again; nil for Wait
	// after which a request without an answer says so, see WithNotices; 0 means 1 s
	Slow time.Duration
	// what sentences call the server; empty for the scheme and host of BaseURL
	Name string
}

// The defaults of Options.
const (
	defaultTimeout   = 30 * time.Second
	defaultMaxBody   = 1 << 30
	defaultUserAgent = "errata"
	defaultSlow      = time.Second
)

// Client is a Service over HTTP. It never follows a redirect, and gives the key to the configured
// scheme, host and port only. It sends a write again only where the server asked to slow down, and
// so did nothing; a PATCH not even then.
type Client struct {
	o     Options
	base  string // BaseURL as text, without a slash at the end
	host  string // what sentences call the server
	resty *resty.Client
	noAll atomic.Bool // see AllLogs
}

// New makes a client. The error is Refused for a URL that it must not talk to.
func New(o Options) (*Client, error) {
	if err := checkBase(o); err != nil {
		return nil, err
	}
	if !headerSafe(o.Key) {
		return nil, refused("the API key holds a line break or another character that no header can carry; set it again")
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxBody <= 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.UserAgent == "" {
		o.UserAgent = defaultUserAgent
	}
	if o.Sleep == nil {
		o.Sleep = Wait
	}
	if o.Slow <= 0 {
		o.Slow = defaultSlow
	}
	return &Client{o: o, base: baseText(o.BaseURL), host: cmp.Or(o.Name, origin(o.BaseURL)), resty: newResty(o)}, nil
}

// newResty uses resty to compose requests, and turns off whatever it does by itself: retries,
// redirects, cookies, reading of answers, and messages on stderr.
func newResty(o Options) *resty.Client {
	stop := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r := resty.NewWithClient(&http.Client{Transport: newKeyTransport(o), CheckRedirect: stop})
	r.SetLogger(silent{})
	r.SetRetryCount(0)
	r.SetDoNotParseResponse(true)
	r.SetHeader("Accept", contentJSON)
	r.SetHeader("User-Agent", o.UserAgent)
	return r
}

// silent is a logger that drops everything. Resty's own writes to stderr, which is the middle of
// the screen.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// Logs implements Service.
func (c *Client) Logs(ctx context.Context, q LogQuery) ([]byte, error) {
	a, err := c.get(ctx, call{
		url:  c.base + "/logs" + logParams(q),
		what: "prompt " + q.FileID,
		cut:  q.Cut,
	})
	return a.body, err
}

// AllLogs implements AllLister. A server that was found not to know such lists is not asked again.
func (c *Client) AllLogs(ctx context.Context, q LogQuery) ([]byte, error) {
	unknown := &Error{Code: NotFound, Msg: "the server lists the logs of one prompt at a time"}
	if c.noAll.Load() {
		return nil, unknown
	}
	q.FileID = AllPrompts
	raw, err := c.Logs(ctx, q)
	switch code := CodeOf(err); {
	case code == NotFound, code == Invalid, code == Failed:
		c.noAll.Store(true)
		return nil, unknown
	case err != nil:
		return nil, err
	}
	if page, err := model.ParsePage(raw); err != nil || !page.Marked {
		c.noAll.Store(true)
		return nil, unknown
	}
	return raw, nil
}

// Log implements Service.
func (c *Client) Log(ctx context.Context, id string) (Document, error) {
	if id == "" {
		return Document{}, &Error{Code: NotFound, Msg: "no log has an empty id; name one"}
	}
	a, err := c.get(ctx, call{
		url:  c.base + "/logs/" + segment(id),
		what: "log " + id,
		id:   id,
	})
	return a.document(), err
}

// LogUnless implements Revalidator. An answer that says "not modified" of another tag than it was
// asked for says nothing: then the log is read.
func (c *Client) LogUnless(ctx context.Context, id, tag string) (doc Document, same bool, err error) {
	if id != "" && tag != "" {
		a, err := c.get(ctx, call{url: c.base + "/logs/" + segment(id), what: "log " + id, id: id, ifNoneMatch: tag})
		switch {
		case err != nil || a.body != nil:
			return a.document(), false, err
		case a.etag == tag:
			return Document{}, true, nil
		}
	}
	doc, err = c.Log(ctx, id)
	return doc, false, err
}

// UpdateLog implements Service.
func (c *Client) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (Document, error) {
	return c.update(ctx, PromptFile, promptID, logID, patch, ifMatch)
}

// update is UpdateLog for a log of a file of a kind.
func (c *Client) update(ctx context.Context, kind FileKind, fileID, logID string, patch []byte, ifMatch string) (Document, error) {
	if fileID == "" || logID == "" {
		return Document{}, &Error{Code: NotFound, Msg: "a log and its " + string(kind) + " are needed to update it; one of the ids is empty"}
	}
	a, err := c.once(ctx, call{
		method:  http.MethodPatch,
		url:     c.files(kind) + "/" + segment(fileID) + "/log/" + segment(logID),
		what:    "log " + logID + " under " + string(kind) + " " + fileID,
		id:      logID,
		body:    patch,
		ifMatch: ifMatch,
	})
	return a.document(), err
}

// CreateLog implements Service.
func (c *Client) CreateLog(ctx context.Context, q CreateQuery, body []byte) (Created, error) {
	a, err := c.write(ctx, call{
		method: http.MethodPost,
		url:    c.base + "/prompts/log" + versionParams(q),
		what:   "such prompt or version",
		body:   body,
	})
	if err != nil {
		return Created{}, err
	}
	return a.created()
}

// promptList is what a sentence calls the answer of Prompts.
const promptList = "list of prompts"

// Prompts implements Service.
func (c *Client) Prompts(ctx context.Context, q PromptQuery) ([]byte, error) {
	a, err := c.get(ctx, call{
		url:  c.base + "/prompts" + promptParams(q),
		what: promptList,
	})
	return a.body, err
}

// Prompt implements Service.
func (c *Client) Prompt(ctx context.Context, id string, q CreateQuery) ([]byte, error) {
	if id == "" {
		return nil, &Error{Code: NotFound, Msg: "no prompt has an empty id; name one"}
	}
	a, err := c.get(ctx, call{
		url:  c.base + "/prompts/" + segment(id) + versionParams(q),
		what: "prompt " + id,
		id:   id,
	})
	return a.body, err
}
