package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"errata/api/server"
	"errata/api/store"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the embedded store on a port, as a v5 server",
		Long: `Serve the embedded store on a port, as a v5 server for SDKs and colleagues.

Every request needs an API key in X-API-KEY: one of errata keys, or the one in ERRATA_SERVE_API_KEY. When the server is
ready, one line on stdout says where it listens. It ends on an interrupt, after the requests that it has begun.`,
		Example: `  errata serve
  ERRATA_SERVE_API_KEY=secret errata serve --listen 127.0.0.1:0 --db logs.db`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := embeddedOnly(cmd); err != nil {
				return err
			}
			return a.serve(cmd.Context())
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	addFlags(cmd.Flags(), true)
	return cmd
}

func (a *app) serve(ctx context.Context) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	if err := a.warnKeys(ctx, st); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.cfg.Listen())
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another port with --listen", a.cfg.Listen(), err)
	}
	if addr, ok := listener.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
		a.say("warning: other machines can reach this server, and keys and logs travel as plain text")
	}
	a.out.printf("listening on http://%s/v5\n", listener.Addr())
	if err := a.out.Flush(); err != nil {
		_ = listener.Close()
		return err
	}
	logger := slog.New(slog.NewTextHandler(a.env.Stderr, nil))
	handler := server.New(st, server.Options{Allow: a.allow(st), Logger: logger})
	if a.cfg.ReadOnly() {
		handler = readOnly(handler)
	}
	return server.Serve(ctx, listener, handler)
}

// allow admits the key of the environment and those of the store.
func (a *app) allow(st *store.Store) func(context.Context, string) (bool, error) {
	if key := a.cfg.ServeAPIKey(); key.IsSet() {
		only := server.Only(key.Reveal())
		return func(ctx context.Context, given string) (bool, error) {
			if ok, err := only(ctx, given); ok || err != nil {
				return ok, err
			}
			return st.HasKey(ctx, given)
		}
	}
	return st.HasKey
}

// warnKeys says so when no request could be answered.
func (a *app) warnKeys(ctx context.Context, st *store.Store) error {
	keys, err := st.Keys(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if key.Revoked.IsZero() {
			return nil
		}
	}
	if !a.cfg.ServeAPIKey().IsSet() {
		a.say("no API key yet, so every request will be refused: errata keys add NAME")
	}
	return nil
}

// readOnly refuses whatever could change the store.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			_, _ = w.Write([]byte(`{"detail":"this server is read-only"}`))
			return
		}
		next.ServeHTTP(w, r)
	})
}
