// Package server is the v5 API over HTTP for any api.Service or api.Backend.
//
// It knows routes, parameters, headers, validation in the shape of FastAPI, the description of the
// API, and limits: one table of endpoints makes the routes and the description. It must not know
// SQL, the client, the configuration or the terminal.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"errata/api"
)

// Options configure a handler.
type Options struct {
	// Allow gives what a key may do, the zero Grant for nothing. It must compare in constant time.
	// With nil no key is accepted.
	Allow func(ctx context.Context, key string) (api.Grant, error)
	// one record a request, without key, body or what is searched for; nil for none
	Logger  *slog.Logger
	MaxBody int64            // bytes of a request body, inflated; 0 means 256 MiB
	Memory  int64            // bytes that requests may take together, about; 0 means 1 GiB
	Proxies Proxies          // whose word counts about where a request comes from
	Now     func() time.Time // nil for the clock
}

// defaultMaxBody is the limit of a request body when the options name none.
const defaultMaxBody = 256 << 20

// DefaultMemory is what requests may take together when the options do not say.
const DefaultMemory = 1 << 30

// base is where the API begins.
const base = "/v5"

// handler serves the API.
type handler struct {
	svc  api.Service // the service itself, for its optional methods
	back api.Backend
	o    Options
	// the routes, by the first step of their path below where the API begins
	resources map[string]*resource
	// every parameter that the API knows, and whether its value stays out of the records
	private     func() map[string]bool
	wrong       *failures // of keys
	memory      *memory
	description func() ([]byte, error) // of the API, made when it is first asked for
}

// New is the handler, to be mounted at the root: its paths begin with /v5. /healthz and /readyz
// answer without a key. A Service that is not an api.Backend keeps prompts and their logs only.
func New(svc api.Service, o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	h := &handler{svc: svc, back: full(svc), o: o, resources: map[string]*resource{}, wrong: newFailures(o.Now), memory: newMemory(o.Memory),
		private: sync.OnceValue(privacy), description: sync.OnceValues(description)}
	h.route(endpoint{method: http.MethodGet, path: healthPath, serve: (*handler).health})
	h.route(endpoint{method: http.MethodGet, path: readyPath, serve: (*handler).ready})
	for _, e := range endpoints() {
		e.path = base + e.path
		h.route(e)
	}
	return h.observed(compressed(h.requireKey(http.HandlerFunc(h.dispatch))))
}

// privacy tells of every parameter that the API knows whether its value stays out of the records.
func privacy() map[string]bool {
	private := map[string]bool{}
	for _, e := range endpoints() {
		for _, p := range e.query {
			private[p.name] = private[p.name] || p.private
		}
	}
	return private
}

// clean reports whether a path begins with a slash and has no empty, "." or ".." steps. The mux
// would redirect the others, and a redirected PATCH is lost.
func clean(escaped string) bool {
	rest, ok := strings.CutPrefix(escaped, "/")
	for step := range strings.SplitSeq(rest, "/") {
		ok = ok && step != "" && step != "." && step != ".."
	}
	return ok
}
