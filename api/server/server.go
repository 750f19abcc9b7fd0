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
	"slices"
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

// defaultMemory is what requests may take together when the options do not say.
const defaultMemory = 1 << 30

// base is where the API begins.
const base = "/v5"

// handler serves the API.
type handler struct {
	svc     api.Service // the service itself, for its optional methods
	back    api.Backend
	o       Options
	mux     *http.ServeMux
	methods []string // of all routes
	// every parameter that the API knows, and whether its value stays out of the records
	private     map[string]bool
	wrong       *failures // of keys
	memory      *memory
	description func() ([]byte, error) // of the API, made when it is first asked for
}

// New is the handler, to be mounted at the root: its paths begin with /v5. /healthz and /readyz
// answer without a key. A Service that is no api.Backend keeps prompts and their logs only.
func New(svc api.Service, o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Memory == 0 {
		o.Memory = defaultMemory
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	h := &handler{svc: svc, back: full(svc), o: o, mux: http.NewServeMux(), private: map[string]bool{}, wrong: newFailures(o.Now), memory: newMemory(o.Memory), description: sync.OnceValues(description)}
	h.mux.HandleFunc(anyPath, h.nowhere)
	h.route(http.MethodGet, healthPath, nil, (*handler).health)
	h.route(http.MethodGet, readyPath, nil, (*handler).ready)
	for _, e := range endpoints() {
		h.route(e.method, base+e.path, e.query, e.serve)
		for _, p := range e.query {
			h.private[p.name] = h.private[p.name] || p.private
		}
	}
	return h.observed(compressed(h.requireKey(h.measured(h.mux))))
}

// anyPath is the pattern for requests that no route matches.
const anyPath = "/"

// route serves one method of one path with f, whose error becomes the answer.
func (h *handler) route(method, path string, table []param, f func(*handler, http.ResponseWriter, *http.Request, args) error) {
	if !slices.Contains(h.methods, method) {
		h.methods = append(h.methods, method)
	}
	h.mux.HandleFunc(method+" "+path, func(w http.ResponseWriter, r *http.Request) {
		a, err := readArgs(table, r.URL.RawQuery)
		if err == nil {
			err = f(h, w, r, a)
		}
		if err != nil {
			fail(w, err)
		}
	})
}

// nowhere responds to what no route matches: 405 when the path has other methods, else 404.
func (h *handler) nowhere(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range h.methods {
		other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := h.mux.Handler(other); pattern != anyPath {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		refuse(w, http.StatusNotFound, "there is nothing at this path")
		return
	}
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	refuse(w, http.StatusMethodNotAllowed, "this path does not take "+r.Method)
}

// clean tells whether a path begins with a slash and has no empty, "." or ".." steps. The mux would
// redirect the others, and a redirected PATCH is lost.
func clean(escaped string) bool {
	rest, ok := strings.CutPrefix(escaped, "/")
	for _, step := range strings.Split(rest, "/") {
		ok = ok && step != "" && step != "." && step != ".."
	}
	return ok
}
