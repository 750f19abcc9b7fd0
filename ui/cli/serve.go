package cli

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/server"
	"errata/api/store"
)

func (a *upkeep) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the embedded store on a port, as a v5 server",
		Long: `Serve the embedded store on a port, as a v5 server for SDKs and colleagues.

Every request needs an API key in X-API-KEY: one of errata keys, or the one in ERRATA_SERVE_API_KEY. When the server is
ready, one line on stdout says where it listens. Each request is recorded as a line of JSON on stderr, or in the file of
--log. With --tls-cert and --tls-key it speaks HTTPS; a renewed certificate is noticed without a restart.

It ends on an interrupt or SIGTERM, after the requests that it has begun; a second one ends it at once. SIGHUP reopens
the file of --log; without one it ends the server where that runs in a terminal, and is passed over elsewhere.

A connection without a valid key is kept for two seconds only, and makes room for others. A key in ERRATA_SERVE_API_KEY
should have 20 characters or more, so that nobody finds it by trying. Behind a proxy name it with --trusted-proxy: then
the address that it forwards is the one that is recorded, and slowed down for wrong keys.`,
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

func (a *upkeep) serve(ctx context.Context) error {
	ignorePipes()
	records, err := a.requestLog()
	if err != nil {
		return err
	}
	defer records.close()
	ctx, ignore := hangUps(ctx, records, a.stdin || a.stderr)
	defer ignore()
	secure, err := a.secure(records.Logger)
	if err != nil {
		return err
	}
	st, err := a.makeStore(ctx)
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
	if err := a.announce(listener, secure != nil); err != nil {
		_ = listener.Close()
		return err
	}
	proxies := server.Proxies(a.cfg.Proxies())
	handler := server.New(st, server.Options{
		Allow: a.allow(st), Logger: records.Logger, MaxBody: a.cfg.MaxBody(), Memory: a.cfg.MaxMemory(), Proxies: proxies,
	})
	server.Tune(a.cfg.MaxMemory())
	if a.cfg.ReadOnly() || st.ReadOnly() {
		handler = readOnly(handler)
	}
	said := make(chan struct{})
	silence := context.AfterFunc(ctx, func() {
		defer close(said)
		records.Info("stopping: what has begun is finished")
	})
	defer func() {
		if !silence() {
			<-said
		}
	}()
	err = server.Limits{Connections: a.cfg.MaxConnections(), Proxies: proxies}.Serve(ctx, listener, handler, secure)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("stopped before every request was finished: %w", err)
	}
	return err
}

// announce prints where the server listens, and warns of what is not safe about that.
func (a *upkeep) announce(listener net.Listener, secure bool) error {
	scheme := "http"
	addr, tcp := listener.Addr().(*net.TCPAddr)
	a.warnShort(addr)
	switch words := vulnerabilityWords(runtime.Version()); {
	case secure:
		scheme = "https"
		if words != "" {
			a.say("warning: this errata was %s", words)
		}
	case tcp && !addr.IP.IsLoopback():
		a.say("warning: other machines can reach this server, and keys and logs travel as plain text; --tls-cert and --tls-key prevent that")
	}
	a.out.printf("listening on %s://%s/v5\n", scheme, listener.Addr())
	return a.out.Flush()
}

// warnShort warns when the key in the environment is short enough to be guessed. addr is nil for a
// listener other than TCP.
func (a *upkeep) warnShort(addr *net.TCPAddr) {
	key := a.cfg.ServeAPIKey()
	if addr == nil || addr.IP.IsLoopback() || !key.IsSet() || len(key.Reveal()) >= server.LongKey {
		return
	}
	a.say("warning: %s is short enough to be guessed, and other machines can reach this server; take %d characters at least, or errata keys add NAME",
		environmentKey, server.LongKey)
}

// secure is the TLS configuration of the settings, nil for plain HTTP.
func (a *upkeep) secure(logger *slog.Logger) (*tls.Config, error) {
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
	a.exposed(keyFile)
	if words := cert.validity(); words != "" {
		a.say("warning: %s", words)
	}
	return cert.config(), nil
}

// environmentKey is the name of the key in the environment in the request log.
const environmentKey = "ERRATA_SERVE_API_KEY"

// allow accepts the key in the environment and those of the store.
func (a *upkeep) allow(st *store.Store) func(context.Context, string) (api.Grant, error) {
	key := a.cfg.ServeAPIKey()
	if !key.IsSet() {
		return st.Allows
	}
	only := server.Only(key.Reveal(), environmentKey)
	return func(ctx context.Context, given string) (api.Grant, error) {
		if grant, err := only(ctx, given); grant.Scope != "" || err != nil {
			return grant, err
		}
		return st.Allows(ctx, given)
	}
}

// warnKeys warns when there is no key, so that every request would be refused.
func (a *upkeep) warnKeys(ctx context.Context, st *store.Store) error {
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

// readOnly refuses requests that could change the store.
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
