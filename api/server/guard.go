package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"time"

	"errata/api"
)

// keyHeader carries the API key.
const keyHeader = "X-API-KEY"

// LongKey is from how many bytes on a key is too long to be found by trying.
const LongKey = 20

// guarded lets in who has a key. It comes before anything else that could be said about the
// request.
func (h *handler) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != healthPath && r.URL.Path != readyPath {
			if err := h.admit(r); err != nil {
				if g := guestOf(r.Context()); g != nil && g.stranger() {
					// a body that it may still send is not waited for
					w.Header().Set("Connection", "close")
					g.linger(r.Context())
				}
				fail(w, err)
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

// Why a request is turned away.
var (
	errNoKey    = &api.Error{Code: api.Unauthorized, Msg: "the API key in X-API-KEY is missing or not valid"}
	errOnlyRead = &api.Error{Code: api.Unauthorized, Msg: "this API key may only read; use one with the right to change logs"}
)

// admit tells whether the key of a request may do what the request asks for. Each key is looked at,
// so that nobody is locked out by the wrong keys of a neighbour; who keeps sending wrong ones is
// asked to wait, and short ones have to, see turn.
func (h *handler) admit(r *http.Request) error {
	key := r.Header.Get(keyHeader)
	if h.o.Allow == nil || key == "" {
		return errNoKey
	}
	if err := h.turn(r, key); err != nil {
		return err
	}
	grant, err := h.o.Allow(r.Context(), key)
	switch {
	case err != nil:
		return err
	case grant.Scope != api.ReadScope && grant.Scope != api.WriteScope:
		if wait := h.wrong.add(h.o.Proxies.origin(r)); wait > 0 {
			return &api.Error{Code: api.RateLimited, Msg: "too many requests with a wrong API key came from this address; wait before the next one", RetryAfter: wait}
		}
		return errNoKey
	}
	if g := guestOf(r.Context()); g != nil {
		g.known()
		g.shown.Store(&key)
	}
	note(r.Context(), grant.Name)
	if grant.Scope != api.WriteScope && r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errOnlyRead
	}
	return nil
}

// turn waits until a key may be looked at. A key of LongKey characters may at once, as nobody finds
// one by trying, and so may the one that was found valid on the same connection. Of the others one
// is looked at at a time on each connection, however many streams it has.
func (h *handler) turn(r *http.Request, key string) error {
	if len(key) >= LongKey {
		return nil
	}
	if g := guestOf(r.Context()); g != nil {
		if shown := g.shown.Load(); shown != nil && subtle.ConstantTimeCompare([]byte(*shown), []byte(key)) == 1 {
			return nil
		}
		g.trying.Lock()
		defer g.trying.Unlock()
	}
	wait := h.wrong.turn(h.o.Proxies.origin(r))
	if wait == 0 {
		return nil
	}
	select {
	case <-time.After(wait):
		return nil
	case <-r.Context().Done():
		return &api.Error{Code: api.Canceled, Msg: "canceled", Err: r.Context().Err()}
	}
}

// Only allows the one key, to do everything; it compares in constant time. name is what records
// call it, empty for nothing.
func Only(key, name string) func(context.Context, string) (api.Grant, error) {
	want := sha256.Sum256([]byte(key))
	return func(_ context.Context, got string) (api.Grant, error) {
		sum := sha256.Sum256([]byte(got))
		if subtle.ConstantTimeCompare(sum[:], want[:]) == 1 {
			return api.Grant{Scope: api.WriteScope, Name: name}, nil
		}
		return api.Grant{}, nil
	}
}
