package server

import (
	"context"
	"net/http"

	"errata/api"
)

// The paths that answer without a key.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// health answers that the server is there.
func (h *handler) health(w http.ResponseWriter, _ *http.Request, _ args) error {
	return send(w, []byte(`{"status":"ok"}`), nil)
}

// pinger is a Service that can tell whether it works for less than a read.
type pinger interface {
	Ping(ctx context.Context) error
}

// ready answers whether requests can be served: 503 while the database does not answer. The reason
// is recorded, and not told to a client without a key.
func (h *handler) ready(w http.ResponseWriter, r *http.Request, _ args) error {
	var err error
	if p, ok := h.svc.(pinger); ok {
		err = p.Ping(r.Context())
	} else {
		_, err = h.back.Prompts(r.Context(), api.PromptQuery{Page: 1})
	}
	if err != nil {
		h.o.Logger.WarnContext(r.Context(), "not ready", "id", requestID(r.Context()), "cause", err.Error())
		return &api.Error{Code: api.Unavailable, Msg: "not ready: the database does not answer", Err: err}
	}
	return send(w, []byte(`{"status":"ok"}`), nil)
}
