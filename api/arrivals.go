package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"errata/model"
	"errata/model/jsonraw"
)

// Arrival is a log of a prompt that was stored.
type Arrival struct{ ID, PromptID string }

// Arrivals is logs of prompts in the order in which they were stored.
type Arrivals struct {
	Logs  []Arrival
	After string // a mark: what is asked for after it is what comes behind these
}

// Arrived implements Backend.
func (c *Client) Arrived(ctx context.Context, after string, n int) (Arrivals, error) {
	v := url.Values{"size": {strconv.Itoa(n)}}
	set(v, "after", after)
	a, err := c.get(ctx, call{url: c.base + "/arrivals" + query(v), what: "list of arrivals"})
	if err != nil {
		return Arrivals{}, err
	}
	records := a.log.Member("records").Bytes()
	each, err := jsonraw.Elements(records)
	list := Arrivals{After: a.member("after")}
	if err != nil || list.After == "" {
		return Arrivals{}, badAnswer("is not a list of arrivals", a.from, NotSent, err)
	}
	for _, e := range each {
		log, err := model.ParseLog(e.Val.Of(records))
		if err != nil {
			return Arrivals{}, badAnswer("is not a list of arrivals", a.from, NotSent, err)
		}
		id, _ := log.Member("id").Text()
		prompt, _ := log.Member("prompt_id").Text()
		list.Logs = append(list.Logs, Arrival{id, prompt})
	}
	return list, nil
}

// Seen is the entity tags of what a client has read, by their addresses. What is read under it
// again and has not changed is an error of code Unchanged. It is for one goroutine at a time.
type Seen struct{ tags map[string]string }

type seenKey struct{}

// WithSeen asks a client under the context only for what is not as seen says.
func WithSeen(ctx context.Context, seen *Seen) context.Context {
	return context.WithValue(ctx, seenKey{}, seen)
}

// seenIn gives the Seen of a context, nil for none.
func seenIn(ctx context.Context) *Seen {
	seen, _ := ctx.Value(seenKey{}).(*Seen)
	return seen
}

// tag is the entity tag under which an address was read, "" for none.
func (s *Seen) tag(url string) string {
	if s == nil {
		return ""
	}
	return s.tags[url]
}

// note remembers an entity tag.
func (s *Seen) note(url, tag string) {
	if s == nil {
		return
	}
	if s.tags == nil {
		s.tags = map[string]string{}
	}
	if delete(s.tags, url); tag != "" {
		s.tags[url] = tag
	}
}

// unchanged is the error for what is as it was seen.
func unchanged() error {
	return &Error{Code: Unchanged, Status: http.StatusNotModified, Msg: "it has not changed since it was read"}
}
