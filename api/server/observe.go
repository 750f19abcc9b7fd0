package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// observed records each request and turns a panic into an answer.
func (h *handler) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		seen := &observer{ResponseWriter: w}
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				h.o.Logger.Error("panic", "fault", fault, "stack", string(debug.Stack()))
				if seen.status == 0 {
					refuse(seen, http.StatusInternalServerError, "the server failed; its log says more")
				}
			}
			h.o.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", seen.status), slog.Duration("duration", time.Since(start)), slog.Int64("bytes", seen.bytes))
		}()
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(seen, r)
	})
}

// observer notes what is answered.
type observer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (o *observer) WriteHeader(status int) {
	if o.status == 0 {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

// Write notes the bytes.
func (o *observer) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	n, err := o.ResponseWriter.Write(p)
	o.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (o *observer) Unwrap() http.ResponseWriter { return o.ResponseWriter }
