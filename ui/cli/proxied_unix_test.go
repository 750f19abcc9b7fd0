//go:build unix

package cli_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"errata/ui/cli"
)

// proxied is a proxy of a company network: it knows every name, which is that of one server.
type proxied struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string // what was asked of it, with the heads
}

// newProxy starts a proxy to a server: it hands requests on to one at plain, and connections to one
// at secure.
func newProxy(t *testing.T, plain, secure string) *proxied {
	t.Helper()
	to, err := url.Parse(plain)
	if err != nil {
		t.Fatal(err)
	}
	hand := httputil.NewSingleHostReverseProxy(to)
	p := &proxied{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.seen = append(p.seen, fmt.Sprintln(r.Method, r.RequestURI, r.Header))
		p.mu.Unlock()
		if r.Method == http.MethodConnect {
			tunnel(w, strings.TrimPrefix(secure, "https://"))
			return
		}
		hand.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// tunnel joins the connection of a request with one to an address.
func tunnel(w http.ResponseWriter, address string) {
	there, err := net.Dial("tcp", address)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = there.Close() }()
	here, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = here.Close() }()
	_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(there, here) }()
	_, _ = io.Copy(here, there)
}

// asked are the requests that came to the proxy.
func (p *proxied) asked() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.seen, "")
}

// TestAProxyIsGoneThrough reads, lists and changes a log of a server that only a proxy knows, over
// HTTP and HTTPS.
func TestAProxyIsGoneThrough(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			srv := newRemote(t, tides)
			to, _ := url.Parse(srv.URL)
			secure := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(to))
			t.Cleanup(secure.Close)
			h := newHome(t)
			cert := filepath.Join(h.dir, "cert.pem")
			block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
			if err := os.WriteFile(cert, block, 0o600); err != nil {
				t.Fatal(err)
			}
			p := newProxy(t, srv.URL, secure.URL)
			for _, args := range [][]string{{"get", "log_tides", "output"}, {"list"}, {"set", "log_tides", "output=At ten."}} {
				// the certificate is for this name, which no server of ours has
				cmd := h.command(append([]string{"--insecure", "--base-url", scheme + "://example.com/v5"}, args...)...)
				cmd.Env = append(cmd.Env, "ERRATA_API_KEY="+key, strings.ToUpper(scheme)+"_PROXY="+p.URL, "SSL_CERT_FILE="+cert)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("errata %q: %v: %s", args, err, out)
				}
			}
			if got := srv.get(t, "log_tides"); !strings.Contains(got, "At ten.") {
				t.Errorf("the log is %s", got)
			}
			switch asked := p.asked(); {
			case scheme == "http" && !strings.Contains(asked, "PATCH http://example.com/v5/"):
				t.Errorf("the proxy was asked for %s", asked)
			case scheme == "https" && (!strings.Contains(asked, "CONNECT example.com:443") || strings.Contains(asked, key)):
				t.Errorf("the proxy was asked for %s", asked)
			}
		})
	}
}

// TestAProxyThatIsOfNoUseIsASentence meets proxies that refuse, hang up, say nothing, or are not
// there.
func TestAProxyThatIsOfNoUseIsASentence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		serve func(c net.Conn) // nil for none at all
		says  string
	}{
		"wants a password": {func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
		}, "proxy"},
		"refuses":         {func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") }, "403"},
		"silent":          {func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, "no answer"},
		"a byte a second": {endless["a byte a second"].serve, "."},
		"hangs up":        {func(net.Conn) {}, "broke"},
		"not there":       {nil, "cannot reach the proxy 127.0.0.1:"},
	} {
		for _, scheme := range []string{"http", "https"} {
			if name == "refuses" && scheme == "http" {
				continue // that cannot be told from an answer of the server
			}
			t.Run(name+"/"+scheme, func(t *testing.T) {
				t.Parallel()
				cmd := newHome(t).command("--timeout", "1s", "--insecure", "--base-url", scheme+"://example.com/v5", "get", "log_tides")
				cmd.Env = append(cmd.Env, "ERRATA_API_KEY="+key, strings.ToUpper(scheme)+"_PROXY=http://someone:secret@"+listening(t, c.serve))
				out, err := cmd.CombinedOutput()
				if lines := strings.Count(string(out), "\nerrata: "); err == nil || lines > 1 || strings.Contains(string(out), "secret") || strings.Contains(string(out), key) || !strings.Contains(string(out), c.says) {
					t.Errorf("%v: %s", err, out)
				}
			})
		}
	}
}

// listening is the address of a server of connections, of nobody when serve is nil.
func listening(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if serve == nil {
		_ = l.Close()
		return l.Addr().String()
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				_, _ = c.Read(make([]byte, 1<<16))
				serve(c)
			}()
		}
	}()
	return l.Addr().String()
}

// TestAKeyCommandThatDoesNotAnswerIsGivenUp gives a command for the key that waits, as one does
// that asks for a password nobody sees: ctrl+c ends it.
func TestAKeyCommandThatDoesNotAnswerIsGivenUp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"get", "log_tides"}, {"list"}, {"set", "log_tides", "output=x"}} {
		srv, dir := newRemote(t, tides), t.TempDir()
		began, file := filepath.Join(dir, "began"), filepath.Join(dir, "errata", "config.toml")
		settings := fmt.Sprintf("[profiles.default]\nbase_url = %q\napi_key_command = ['sh', '-c', 'echo > %s; exec sleep 100']\n", srv.URL+"/v5", began)
		if err := errors.Join(os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(settings), 0o600)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			defer cancel()
			eventually(t, "the command runs", func() bool { _, err := os.Stat(began); return err == nil })
		}()
		got := runIn(t, ctx, func(e *cli.Env) {
			e.Environ = []string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "PATH=" + os.Getenv("PATH")}
		}, args...)
		if strings.Contains(got.stderr, "did not end") || got.code != 130 {
			t.Errorf("errata %q ended with %d: %s%s", args, got.code, got.stdout, got.stderr)
		}
	}
}
