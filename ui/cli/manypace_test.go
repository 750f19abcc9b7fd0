package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"errata/api/batch"
	"errata/api/server"
	"errata/api/store"
	"errata/ui/cli"
)

// paceStore is a store with logs of about 2 KB on a disk, as a program of its own has it.
type paceStore struct {
	dir     string
	environ []string
	logs    int
}

func newPaceStore(b *testing.B) *paceStore {
	b.Helper()
	s := &paceStore{dir: b.TempDir(), logs: 10_000}
	if n, err := strconv.Atoi(os.Getenv("ERRATA_PACE")); err == nil {
		s.logs = n
	}
	for _, name := range []string{"STATE", "DATA", "CONFIG"} {
		s.environ = append(s.environ, "XDG_"+name+"_HOME="+filepath.Join(s.dir, name))
	}
	var lines bytes.Buffer
	for n := range s.logs {
		text := fmt.Sprintf("The tide at harbour %d turns at noon. ", n)
		fmt.Fprintf(&lines, `{"id":"log_%06d","prompt":{"id":"pr_1","path":"tides/today"},"created_at":"2025-07-01T12:00:00Z","messages":[{"role":"user","content":%q}],"output":%q,"metadata":{"n":%d}}`+"\n",
			n, strings.Repeat(text, 16), strings.Repeat(text, 34), n)
	}
	name := filepath.Join(s.dir, "logs.jsonl")
	if err := os.WriteFile(name, lines.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	s.run(b, "import", name)
	return s
}

// run runs errata, and gives what it prints.
func (s *paceStore) run(b *testing.B, args ...string) string {
	b.Helper()
	var out, words bytes.Buffer
	if code := cli.Run(context.Background(), cli.Env{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &words, Environ: s.environ}); code != 0 {
		b.Fatalf("errata %v: exit code %d\n%s", args, code, words.String())
	}
	return out.String()
}

// pace reports how many logs a second something takes.
func (s *paceStore) pace(b *testing.B, name string, do func()) {
	b.Helper()
	began := time.Now()
	do()
	b.ReportMetric(float64(s.logs)/time.Since(began).Seconds(), name+"-logs/s")
}

// newest is the id of the newest batch.
func (s *paceStore) newest(b *testing.B) string {
	b.Helper()
	list, unread := batch.List(filepath.Join(s.dir, "STATE", "errata"))
	if len(list) == 0 {
		b.Fatal("there is no batch", unread)
	}
	return list[0].ID
}

// BenchmarkMany changes all logs of a store and takes that back, then the same over a line to a
// server of this machine. ERRATA_PACE is how many logs there are, 10,000 by default; ERRATA_OLD
// another build, whose apply is measured beside it.
//
//	ERRATA_OLD=… go test ./ui/cli -run xxx -bench BenchmarkMany -benchtime 1x
func BenchmarkMany(b *testing.B) {
	s := newPaceStore(b)
	before := s.run(b, "export")
	s.pace(b, "set", func() { s.run(b, "set", "--all", "metadata.reviewed:=true", "--yes") })
	s.pace(b, "undo", func() { s.run(b, "undo", s.newest(b), "--yes") })
	if s.run(b, "export") != before {
		b.Error("a log is not as it was before")
	}
	s.far(b)
	s.old(b)
}

// far measures over a line.
func (s *paceStore) far(b *testing.B) {
	b.Helper()
	st, err := store.Open(context.Background(), filepath.Join(s.dir, "DATA", "errata", "errata.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	far := httptest.NewServer(server.New(st, server.Options{Allow: server.Only("test-key", "")}))
	defer far.Close()
	s.environ = append(s.environ, "ERRATA_API_KEY=test-key")
	s.pace(b, "loopback", func() { s.run(b, "--base-url", far.URL+"/v5", "set", "--all", "metadata.far:=true", "--yes") })
}

// old measures apply of another build.
func (s *paceStore) old(b *testing.B) {
	b.Helper()
	old := os.Getenv("ERRATA_OLD")
	if old == "" {
		return
	}
	var lines bytes.Buffer
	for n := range s.logs {
		fmt.Fprintf(&lines, `{"id":"log_%06d","set":{"metadata.reviewed":true}}`+"\n", n)
	}
	dir := b.TempDir() // of its own, for it may not read what this build writes
	run := func(in io.Reader, args ...string) {
		cmd := exec.CommandContext(context.Background(), old, args...)
		cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
		cmd.Stdin = in
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	run(nil, "import", filepath.Join(s.dir, "logs.jsonl"))
	s.pace(b, "other", func() { run(&lines, "apply", "-", "--yes") })
}
