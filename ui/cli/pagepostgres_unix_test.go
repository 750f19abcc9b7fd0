//go:build unix

package cli_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/api/apitest/postgres"
	"errata/ui/cli"
)

// What the pages say of a PostgreSQL server and of a certificate, instead of which the test has
// others.
const (
	elsewhere   = "postgres://errata@db.example.com/logs"
	everybody   = "--listen 0.0.0.0:8787"
	certificate = "cert.pem"
	secretKey   = "key.pem"
)

// typesForPostgres runs a command for a store in PostgreSQL, as a test of its own: where there is
// no PostgreSQL it says so.
func (y *typist) typesForPostgres(line string) {
	y.t.Run(line, func(t *testing.T) {
		if y.database == nil {
			y.startPostgres(t)
		}
		address := "postgres://" + postgres.User + "@/logs?host=" + url.QueryEscape(y.database.Folder)
		typed := strings.NewReplacer(elsewhere, "'"+address+"'", everybody, "--listen 127.0.0.1:0",
			certificate, filepath.Join(y.home.dir, certificate), secretKey, filepath.Join(y.home.dir, secretKey)).Replace(line)
		if strings.HasPrefix(line, "errata serve ") {
			y.readsLogs(t, y.serves(typed))
			return
		}
		cmd := y.shell(typed)
		cmd.Env = append(cmd.Env, "PGHOST="+y.database.Folder, "PGUSER="+postgres.User)
		y.ends(cmd, line)
	})
}

// startPostgres starts a server, and makes a certificate to serve with.
func (y *typist) startPostgres(t *testing.T) {
	server, err := postgres.Start()
	if errors.Is(err, postgres.ErrNone) {
		apitest.Untested(t, err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	y.t.Cleanup(server.Remove)
	_, _, trust := cli.WritePair(t, y.home.dir, "localhost")
	y.database, y.secure = server, &tls.Config{RootCAs: trust, ServerName: "localhost"}
}

// readsLogs wants a server over TLS to have the samples, which came into its store with the command
// before.
func (y *typist) readsLogs(t *testing.T, s *served) {
	ask, err := http.NewRequest(http.MethodGet, s.base+"/logs?file_id=*&size=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("X-API-KEY", key)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: y.secure, DisableKeepAlives: true}}
	res, err := client.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if page, _ := io.ReadAll(res.Body); !strings.Contains(string(page), `"log_`) {
		t.Errorf("it answers %d, and no log: %.200s", res.StatusCode, page)
	}
}
