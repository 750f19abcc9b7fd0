package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"time"

	"errata/api"
)

// keyHeader is the header with the API key.
const keyHeader = "X-API-KEY"

// LongKey is the number of bytes from which on a key is too long to be guessed.
const LongKey = 20

// requireKey answers only requests with a key. It comes first, so that nothing else is said about
// the request to others.
func (h *handler) requireKey(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != healthPath && r.URL.Path != readyPath {
			if err := h.admit(r); err != nil {
				if c := connectionOf(r.Context()); c != nil && c.isAnonymous() {
					// do not wait for the rest of its body
					w.Header().Set("Connection", "close")
					c.delayRefusal(r.Context())
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

// Why a request is refused.
var (
	errNoKey    = &api.Error{Code: api.Unauthorized, Msg: "the API key in X-API-KEY is missing or not valid"}
	errOnlyRead = &api.Error{Code: api.Unauthorized, Msg: "this API key may only read; use one with the right to change logs"}
)

// admit returns an error unless the key of a request allows it. Every key is checked, so that
// nobody is locked out by the wrong keys of somebody with the same address. A client that keeps
// sending wrong keys is asked to wait, and short keys wait in any case, see turn.
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
	if c := connectionOf(r.Context()); c != nil {
		c.authenticated(key)
	}
	note(r.Context(), grant.Name)
	if grant.Scope != api.WriteScope && r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errOnlyRead
	}
	return nil
}

// turn waits until a key may be checked. A key of LongKey bytes, which cannot be guessed, is
// checked at once, and so is the one that was valid before on the same connection. Of other keys
// each connection has one checked at a time, however many streams it has.
func (h *handler) turn(r *http.Request, key string) error {
	if len(key) >= LongKey {
		return nil
	}
	if c := connectionOf(r.Context()); c != nil {
		if shown := c.shown.Load(); shown != nil && subtle.ConstantTimeCompare([]byte(*shown), []byte(key)) == 1 {
			return nil
		}
		c.trying.Lock()
		defer c.trying.Unlock()
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

// Only allows one key, to do everything. Keys are compared in constant time. name is the name of
// the key in the request log, "" for none.
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
