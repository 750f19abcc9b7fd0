package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// idHeader carries the name of a request, by which its sender and the records know it.
const idHeader = "X-Request-Id"

// standing are the headers that all responses have. The lists are shared: nobody changes them in
// place.
var standing = []struct {
	name   string
	values []string
}{
	{"Cache-Control", []string{"no-store"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Vary", []string{"Accept-Encoding"}},
}

// observed gives each request an id and its share of the memory, records it, and turns a panic into
// a response.
func (h *handler) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := h.o.Now()
		id := r.Header.Get(idHeader)
		if !sane(id) {
			id = newID()
		}
		head := w.Header()
		head[idHeader] = []string{id}
		for _, s := range standing {
			head[s.name] = s.values
		}
		mine := &request{id: id, share: share{of: h.memory}, observer: observer{ResponseWriter: w}}
		defer mine.share.release()
		ctx := h.reserving(context.WithValue(r.Context(), requestKey{}, mine), &mine.share)
		cut := true
		defer func() { h.record(ctx, r, &mine.observer, start, cut) }()
		h.survive(ctx, next, &mine.observer, r.WithContext(ctx))
		cut = false
	})
}

// record writes one line about a request: of its key only the name, nothing of its body, and of its
// query only what quotes no log.
func (h *handler) record(ctx context.Context, r *http.Request, seen *observer, start time.Time, cut bool) {
	if !h.o.Logger.Enabled(ctx, slog.LevelInfo) {
		return
	}
	attrs := append(make([]slog.Attr, 0, 10), // all, with those that few records have
		slog.String("id", requestID(ctx)),
		slog.String("remote", h.o.Proxies.origin(r)),
		slog.String("method", shorten(r.Method)),
		slog.String("path", shorten(r.URL.Path)),
		slog.String("query", h.redacted(r.URL)),
		slog.Int("status", seen.status),
		slog.Float64("duration_ms", float64(h.o.Now().Sub(start).Microseconds())/1e3),
		slog.Int64("bytes", seen.bytes),
	)
	if key := keyName(ctx); key != "" {
		attrs = append(attrs, slog.String("key", key))
	}
	if cut {
		attrs = append(attrs, slog.Bool("cut", true))
	}
	h.o.Logger.LogAttrs(ctx, slog.LevelInfo, "request", attrs...)
}

// redacted is a query as it is recorded: of the parameters that the API knows, the values that
// cannot quote a log.
func (h *handler) redacted(of *url.URL) string {
	if of.RawQuery == "" {
		return ""
	}
	shown := url.Values{}
	for name, list := range of.Query() {
		hidden, known := h.private()[name]
		switch {
		case !known:
		case hidden:
			shown[name] = []string{"*"}
		default:
			shown[name] = slices.Clone(list)
		}
	}
	text, err := url.QueryUnescape(shown.Encode())
	if err != nil {
		return ""
	}
	return shorten(text)
}

// longest is how much of a path or a query a record shows.
const longest = 512

func shorten(text string) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…"
}

// request is what is kept of a request while it is worked on.
type request struct {
	id       string
	key      string // the name of its key
	share    share
	observer observer
}

// requestKey finds the request in its context.
type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}

func requestID(ctx context.Context) string { return requestOf(ctx).id }
func keyName(ctx context.Context) string   { return requestOf(ctx).key }

// note keeps the name of the key for the records.
func note(ctx context.Context, key string) { requestOf(ctx).key = shorten(key) }

// sane reports whether a request id that a client sent is fit for records: short, and of plain
// characters.
func sane(id string) bool {
	return id != "" && len(id) <= longestID && !strings.ContainsFunc(id, func(r rune) bool {
		plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.:/+=", r)
		return !plain
	})
}

const longestID = 128

func newID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// survive calls next, and responds in its place when it panics.
func (h *handler) survive(ctx context.Context, next http.Handler, w *observer, r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil {
			h.rescue(ctx, w, fault)
		}
	}()
	next.ServeHTTP(w, r)
}

// rescue records a panic and answers it, unless an answer has started already: then the connection
// is cut, so that nobody takes half an answer for a whole one.
func (h *handler) rescue(ctx context.Context, w *observer, fault any) {
	if err, ok := fault.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		h.o.Logger.LogAttrs(ctx, slog.LevelError, "panic", slog.String("id", requestID(ctx)), slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
		if w.status == 0 {
			w.Header().Del("ETag")
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
