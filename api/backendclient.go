package api

import (
	"context"
	"net/http"
	"net/url"
)

var _ Backend = (*Client)(nil)

// longestIDs is how many bytes of ids one DELETE names at most. The ids are in the address, whose
// length servers and proxies limit.
const longestIDs = 4 << 10

// DeleteLogs implements Backend. If the ids do not fit into one address it sends several requests;
// when one of them fails, those before it have taken effect.
func (c *Client) DeleteLogs(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return &Error{Code: Invalid, Status: http.StatusUnprocessableEntity, Msg: "no log is named",
			Fields: []FieldError{{Loc: []any{"query", "id"}, Msg: "field required", Type: "value_error.missing"}}}
	}
	for len(ids) > 0 {
		v, size, n := url.Values{}, 0, 0
		for n < len(ids) && (n == 0 || size+len(ids[n]) <= longestIDs) {
			size += len(url.QueryEscape(ids[n])) + len("&id=")
			v.Add("id", ids[n])
			n++
		}
		if _, err := c.write(ctx, call{method: http.MethodDelete, url: c.base + "/logs" + query(v), what: "such log"}); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// UpdateAgentLog implements Backend.
func (c *Client) UpdateAgentLog(ctx context.Context, agentID, logID string, patch []byte, ifMatch string) (Document, error) {
	return c.update(ctx, AgentFile, agentID, logID, patch, ifMatch)
}

// files is where the API keeps the files of a kind.
func (c *Client) files(kind FileKind) string { return c.base + "/" + segment(string(kind)+"s") }

// FilesOfKind implements Backend.
func (c *Client) FilesOfKind(ctx context.Context, kind FileKind, q PromptQuery) ([]byte, error) {
	a, err := c.get(ctx, call{url: c.files(kind) + promptParams(q), what: "list of " + string(kind) + "s"})
	return a.body, err
}

// File implements Backend.
func (c *Client) File(ctx context.Context, kind FileKind, id string, q CreateQuery) ([]byte, error) {
	if id == "" {
		return nil, nameless(string(kind))
	}
	a, err := c.get(ctx, call{url: c.files(kind) + "/" + segment(id) + versionParams(q), what: string(kind) + " " + id, id: id})
	return a.body, err
}

// Versions implements Backend.
func (c *Client) Versions(ctx context.Context, kind FileKind, id string) ([]byte, error) {
	if id == "" {
		return nil, nameless(string(kind))
	}
	a, err := c.get(ctx, call{url: c.files(kind) + "/" + segment(id) + "/versions", what: string(kind) + " " + id})
	return a.body, err
}

// Files implements Backend.
func (c *Client) Files(ctx context.Context, q FileQuery) ([]byte, error) {
	v := url.Values{}
	pages(v, q.Page, q.Size)
	set(v, "path", q.Path)
	set(v, "name", q.Name)
	for _, kind := range q.Kinds {
		v.Add("type", string(kind))
	}
	set(v, "environment", q.Environment)
	set(v, "sort_by", q.SortBy)
	set(v, "order", q.Order)
	a, err := c.get(ctx, call{url: c.base + "/files" + query(v), what: "list of files"})
	return a.body, err
}

// Directory implements Backend.
func (c *Client) Directory(ctx context.Context, id string) ([]byte, error) {
	if id == "" {
		return nil, nameless("directory")
	}
	a, err := c.get(ctx, call{url: c.base + "/directories/" + segment(id), what: "directory " + id})
	return a.body, err
}

func nameless(kind string) *Error {
	return &Error{Code: NotFound, Msg: "no " + kind + " has an empty id; name one"}
}
