package server

import (
	"context"
	"errors"
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
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		h.survive(r.Context(), next, seen, r)
		h.o.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
			slog.Int("status", seen.status), slog.Duration("duration", time.Since(start)), slog.Int64("bytes", seen.bytes))
	})
}

// survive calls next and answers for it when it panics.
func (h *handler) survive(ctx context.Context, next http.Handler, w *observer, r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil {
			h.rescue(ctx, w, fault)
		}
	}()
	next.ServeHTTP(w, r)
}

// rescue records a panic and answers it, unless an answer has begun already: then the connection is cut, so that nobody takes half an answer for a
// whole one.
func (h *handler) rescue(ctx context.Context, w *observer, fault any) {
	if err, ok := fault.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		h.o.Logger.LogAttrs(ctx, slog.LevelError, "panic", slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
		if w.status == 0 {
			refuse(w, http.StatusInternalServerError, "the server failed; its log says more")
			return
		}
	}
	panic(http.ErrAbortHandler)
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
