package cli

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/server"
	"errata/api/store"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the embedded store on a port, as a v5 server",
		Long: `Serve the embedded store on a port, as a v5 server for SDKs and colleagues.

Every request needs an API key in X-API-KEY: one of errata keys, or the one in ERRATA_SERVE_API_KEY. When the server is
ready, one line on stdout says where it listens. Each request is recorded as a line of JSON on stderr, or in the file of
--log. With --tls-cert and --tls-key it speaks HTTPS; a renewed certificate is noticed without a restart.

It ends on an interrupt, after the requests that it has begun; a second interrupt ends it at once.`,
		Example: `  errata serve
  ERRATA_SERVE_API_KEY=secret errata serve --listen 127.0.0.1:0 --db logs.db
  errata serve --listen :8787 --tls-cert cert.pem --tls-key key.pem --log requests.jsonl`,
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
	logger, closeLog, err := a.requestLog()
	if err != nil {
		return err
	}
	defer closeLog()
	secure, err := a.secure(logger)
	if err != nil {
		return err
	}
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
	scheme := "https"
	if words := holeWords(runtime.Version()); words != "" && secure != nil {
		a.say("warning: this errata was %s", words)
	}
	if secure == nil {
		scheme = "http"
		if addr, ok := listener.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
			a.say("warning: other machines can reach this server, and keys and logs travel as plain text; --tls-cert and --tls-key prevent that")
		}
	}
	a.out.printf("listening on %s://%s/v5\n", scheme, listener.Addr())
	if err := a.out.Flush(); err != nil {
		_ = listener.Close()
		return err
	}
	handler := server.New(st, server.Options{Allow: a.allow(st), Logger: logger, MaxBody: a.cfg.MaxBody()})
	if a.cfg.ReadOnly() {
		handler = readOnly(handler)
	}
	said := make(chan struct{})
	silence := context.AfterFunc(ctx, func() {
		defer close(said)
		logger.Info("stopping: what has begun is finished")
	})
	defer func() {
		if !silence() {
			<-said
		}
	}()
	err = server.Limits{Connections: a.cfg.MaxConnections()}.Serve(ctx, listener, handler, secure)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("stopped before every request was finished: %w", err)
	}
	return err
}

// requestLog is where requests are recorded.
func (a *app) requestLog() (logger *slog.Logger, closeLog func(), err error) {
	path := a.cfg.LogFile()
	if path == "" {
		return jsonLog(a.env.Stderr), func() {}, nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // it is the user's own choice
	if err != nil {
		return nil, nil, fmt.Errorf("cannot write the record of requests: %w", err)
	}
	return jsonLog(file), func() { _ = file.Close() }, nil
}

func jsonLog(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

// secure is TLS as the settings want it, nil for plain HTTP.
func (a *app) secure(logger *slog.Logger) (*tls.Config, error) {
	certFile, keyFile := a.cfg.TLS()
	switch {
	case certFile == "" && keyFile == "":
		return nil, nil
	case keyFile == "":
		return nil, fail(exitUsage, "--tls-cert needs the key that belongs to it: give --tls-key, too")
	case certFile == "":
		return nil, fail(exitUsage, "--tls-key needs the certificate that it belongs to: give --tls-cert, too")
	}
	cert, err := newCertificate(certFile, keyFile, logger, a.env.Now)
	if err != nil {
		return nil, err
	}
	return cert.config(), nil
}

// allow admits the key of the environment and those of the store.
func (a *app) allow(st *store.Store) func(context.Context, string) (api.Scope, error) {
	key := a.cfg.ServeAPIKey()
	if !key.IsSet() {
		return st.Allows
	}
	only := server.Only(key.Reveal())
	return func(ctx context.Context, given string) (api.Scope, error) {
		if scope, err := only(ctx, given); scope != "" || err != nil {
			return scope, err
		}
		return st.Allows(ctx, given)
	}
}

// warnKeys says so when no request could be answered.
func (a *app) warnKeys(ctx context.Context, st *store.Store) error {
	keys, err := st.Keys(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if keyState(key, a.env.Now()) == keyValid {
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
