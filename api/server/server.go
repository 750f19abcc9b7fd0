// Package server is the v5 API over HTTP for any api.Service.
//
// It knows routes, headers, validation in the shape of FastAPI, and limits. It must not know SQL, the client, the
// configuration or the terminal.
package server

import (
	"context"
	"log/slog"
	"net/http"

	"errata/api"
)

// Options configure a handler.
type Options struct {
	Allow   func(ctx context.Context, key string) (bool, error) // tells whether a key may enter; compares in constant time
	Logger  *slog.Logger                                        // one record a request, without key or body; nil for none
	MaxBody int64                                               // bytes of a request body; 0 means 256 MiB
}

// New is the handler, to be mounted at the root: its paths begin with /v5.
func New(svc api.Service, o Options) http.Handler { panic("todo") }

// Only allows the one key, in constant time.
func Only(key string) func(context.Context, string) (bool, error) { panic("todo") }
