package cli_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"errata/api/apitest"
	"errata/api/server"
	"errata/api/store"
	"errata/ui/cli"
)

// key opens the servers of the tests.
const key = "test-key"

// result is what a run left behind.
type result struct {
	code           int
	stdout, stderr string
}

// run runs errata in this process with a home of its own; change adapts what it is given.
func run(t *testing.T, change func(*cli.Env), args ...string) result {
	t.Helper()
	return runIn(t, t.Context(), change, args...)
}

func runIn(t *testing.T, ctx context.Context, change func(*cli.Env), args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := cli.Env{
		Args:    args,
		Stdin:   strings.NewReader(""),
		Stdout:  &stdout,
		Stderr:  &stderr,
		Environ: []string{"HOME=" + t.TempDir(), "ERRATA_API_KEY=" + key},
	}
	if change != nil {
		change(&env)
	}
	code := cli.Run(ctx, env)
	return result{code, stdout.String(), stderr.String()}
}

// at points a run to a server.
func at(url string) func(*cli.Env) {
	return func(e *cli.Env) { e.Environ = append(e.Environ, "ERRATA_BASE_URL="+url+"/v5") }
}

// remote is a v5 server whose requests a test sees and may answer itself.
type remote struct {
	*httptest.Server
	store *store.Store

	mu      sync.Mutex
	patches []string // bodies
	gets    int

	hook hook
}

// hook may answer a request itself and return true. n counts the requests of its method from 1.
type hook func(w http.ResponseWriter, r *http.Request, n int) bool

// answer sets the hook. Requests may be under way.
func (r *remote) answer(h hook) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hook = h
}

// newRemote starts a server that holds the given logs.
func newRemote(t *testing.T, logs ...string) *remote {
	t.Helper()
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "remote.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	r := &remote{store: st}
	for _, log := range logs {
		r.put(t, log)
	}
	handler := server.New(st, server.Options{Allow: server.Only(key, "")})
	r.Server = apitest.NewServer(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !r.answered(w, req) {
			handler.ServeHTTP(w, req)
		}
	}))
	return r
}

func (r *remote) answered(w http.ResponseWriter, req *http.Request) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	var n int
	if req.Method == http.MethodPatch {
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		r.patches = append(r.patches, string(body))
		n = len(r.patches)
	} else {
		r.gets++
		n = r.gets
	}
	return r.hook != nil && r.hook(w, req, n)
}

// sent are the bodies of the PATCHes that came.
func (r *remote) sent() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.patches)
}

// put stores a log, over what was there.
func (r *remote) put(t testing.TB, log string) {
	t.Helper()
	entry, err := store.Prepare([]byte(log))
	if err == nil {
		_, err = r.store.Replace(context.Background(), entry, "")
	}
	if err != nil {
		t.Error(err)
	}
}

// get is a log as it is stored.
func (r *remote) get(t testing.TB, id string) string {
	t.Helper()
	doc, err := r.store.Log(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return string(doc.Raw)
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// wants checks code and that the words hold each of the parts.
func (r result) wants(t *testing.T, code int, parts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d; stderr: %s", r.code, code, r.stderr)
	}
	for _, part := range parts {
		if !strings.Contains(r.stderr, part) {
			t.Errorf("no %q in stderr: %s", part, r.stderr)
		}
	}
	if code != 0 && r.stdout != "" {
		t.Errorf("stdout of a failure: %s", r.stdout)
	}
}
