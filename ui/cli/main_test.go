package cli_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"errata/ui/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"errata": func() {
			os.Exit(cli.Run(context.Background(), cli.Env{
				Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Pages: os.DirFS(os.Getenv(pagesVariable)),
			}))
		},
		"abandon": abandon,
		"faulty":  faulty,
	})
}

// pagesVariable tells the errata of these tests in which folder the pages are: it is started in
// others, and a build with -trimpath does not know where its source is.
const pagesVariable = "ERRATA_TEST_PAGES"

// pagesBeside is the setting of pagesVariable for the pages that are beside the code.
func pagesBeside(t testing.TB) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, ".docs"))
	if err != nil {
		t.Fatal(err)
	}
	return pagesVariable + "=" + path
}

// TestScripts runs the scripts in testdata/script. Besides the usual commands they know
//
//	exits CODE ARGUMENT...   errata with these arguments, which must end with the code
//	serve NAME [ARGUMENT...] errata serve in the background; $NAME becomes its base URL
//	entry NAME [LOG_ID]      the id of the newest entry of the journal becomes $NAME
//	batch NAME               the id of the newest batch becomes $NAME
//	draft SERVER LOG_ID FIELD OLD TEXT   an unsaved change of a field from the literal OLD to a text
//	answers NAME KIND        a server that answers everything alike; $NAME becomes its base URL
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // a second less for each command under -race
			env.Vars = append(env.Vars, pagesBeside(t))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"serve":   serve,
			"answers": answers,
			"entry":   newestEntry,
			"batch":   newestBatch,
			"draft":   unsavedChange,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec("errata", args[1:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	default:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func serve(ts *testscript.TestScript, _ bool, args []string) {
	stdout, w := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() {
		done <- cli.Run(ctx, cli.Env{
			Args:    append([]string{"serve", "--listen", "127.0.0.1:0"}, args[1:]...),
			Stdin:   strings.NewReader(""),
			Stdout:  w,
			Stderr:  io.Discard,
			Environ: []string{"HOME=" + ts.Getenv("HOME"), "ERRATA_SERVE_API_KEY=" + ts.Getenv("ERRATA_SERVE_API_KEY")},
		})
		_ = w.Close()
	}()
	ts.Defer(func() {
		cancel()
		if code := <-done; code != 0 {
			ts.Logf("errata serve ended with %d", code)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	ts.Check(err)
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		ts.Fatalf("errata serve said %q", line)
	}
	ts.Setenv(args[0], url)
}

func answers(ts *testscript.TestScript, _ bool, args []string) {
	var handler http.HandlerFunc
	switch args[1] {
	case "nobody": // the address of a server that is gone
		l, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		ts.Setenv(args[0], "http://"+l.Addr().String()+"/v5")
		ts.Check(l.Close())
		return
	case "redirect":
		handler = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example/v5")
			w.WriteHeader(http.StatusFound)
		}
	case "html":
		handler = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>\x1b]0;owned\a</html>")
		}
	case "forbidden":
		handler = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }
	case "broken":
		handler = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	case "silent":
		handler = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	default:
		ts.Fatalf("no such answer: %s", args[1])
	}
	srv := httptest.NewServer(handler)
	ts.Defer(srv.CloseClientConnections)
	ts.Setenv(args[0], srv.URL+"/v5")
}
