// Package server is the v5 API over HTTP for any api.Service.
//
// It knows routes, headers, validation in the shape of FastAPI, and limits. It must not know SQL, the client, the
// configuration or the terminal.
package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"errata/api"
)

// Options configure a handler.
type Options struct {
	Allow   func(ctx context.Context, key string) (bool, error) // tells whether a key may enter; compares in constant time. nil lets nobody in
	Logger  *slog.Logger                                        // one record a request, without key or body; nil for none
	MaxBody int64                                               // bytes of a request body; 0 means 256 MiB
}

// defaultMaxBody is the limit of a request body when the options name none.
const defaultMaxBody = 256 << 20

// handler serves the API.
type handler struct {
	svc     api.Service
	o       Options
	mux     *http.ServeMux
	methods []string // of all routes
}

// New is the handler, to be mounted at the root: its paths begin with /v5. /healthz answers without a key.
func New(svc api.Service, o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	h := &handler{svc: svc, o: o, mux: http.NewServeMux()}
	h.route(http.MethodGet, "/healthz", h.health)
	h.route(http.MethodGet, "/v5/logs", h.logs)
	h.route(http.MethodGet, "/v5/logs/{id}", h.log)
	h.route(http.MethodPatch, "/v5/prompts/{id}/log/{log_id}", h.updateLog)
	h.route(http.MethodPost, "/v5/prompts/log", h.createLog)
	h.route(http.MethodGet, "/v5/prompts", h.prompts)
	h.route(http.MethodGet, "/v5/prompts/{id}", h.prompt)
	h.mux.HandleFunc(anyPath, h.nowhere)
	return h.observed(h.guarded(h.mux))
}

// anyPath is the pattern of what no route matches.
const anyPath = "/"

// route serves one method of one path with f, whose error becomes the answer.
func (h *handler) route(method, path string, f func(http.ResponseWriter, *http.Request) error) {
	h.methods = append(h.methods, method)
	h.mux.HandleFunc(method+" "+path, func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			fail(w, err)
		}
	})
}

// health answers that the server is there.
func (h *handler) health(w http.ResponseWriter, _ *http.Request) error {
	answer(w, http.StatusOK, []byte(`{"status":"ok"}`))
	return nil
}

// nowhere answers what no route matches: 405 when the path has other methods, else 404.
func (h *handler) nowhere(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range h.methods {
		other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := h.mux.Handler(other); pattern != anyPath && !slices.Contains(allowed, method) {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		refuse(w, http.StatusNotFound, "there is nothing at this path")
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	refuse(w, http.StatusMethodNotAllowed, "this path does not take "+r.Method)
}

// guarded lets in who has a key. It comes before anything else that could be said about the request.
func (h *handler) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			ok, err := h.allow(r)
			if err != nil {
				fail(w, err)
				return
			}
			if !ok {
				refuse(w, http.StatusUnauthorized, "the API key in X-API-KEY is missing or not valid")
				return
			}
		}
		if !clean(r.URL.EscapedPath()) {
			refuse(w, http.StatusNotFound, "there is nothing at this path")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (h *handler) allow(r *http.Request) (bool, error) {
	key := r.Header.Get("X-API-KEY")
	if h.o.Allow == nil || key == "" {
		return false, nil
	}
	return h.o.Allow(r.Context(), key)
}

// clean tells whether a path begins with a slash and has no empty, "." or ".." steps. The mux would redirect the others, and a redirected PATCH
// is lost.
func clean(escaped string) bool {
	rest, ok := strings.CutPrefix(escaped, "/")
	for _, step := range strings.Split(rest, "/") {
		ok = ok && step != "" && step != "." && step != ".."
	}
	return ok
}

// Only allows the one key, in constant time.
func Only(key string) func(context.Context, string) (bool, error) {
	want := sha256.Sum256([]byte(key))
	return func(_ context.Context, got string) (bool, error) {
		sum := sha256.Sum256([]byte(got))
		return subtle.ConstantTimeCompare(sum[:], want[:]) == 1, nil
	}
}
