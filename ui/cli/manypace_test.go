package cli_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"errata/api/batch"
	"errata/ui/cli"
)

// paceStore is a store with logs of about 2 KB on a disk, as a program of its own has it.
type paceStore struct {
	dir     string
	environ []string
	logs    int
	taken   map[string][]time.Duration // by what was done
}

func newPaceStore(b *testing.B) *paceStore {
	b.Helper()
	s := &paceStore{dir: b.TempDir(), logs: paceSizes(b, 10_000)[0], taken: map[string][]time.Duration{}}
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

// paceSizes are the numbers of logs that ERRATA_PACE asks for, with commas between.
func paceSizes(b *testing.B, otherwise int) (list []int) {
	b.Helper()
	for text := range strings.SplitSeq(cmp.Or(os.Getenv("ERRATA_PACE"), strconv.Itoa(otherwise)), ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatalf("ERRATA_PACE: %v", err)
		}
		list = append(list, n)
	}
	return list
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

// pace measures how long something takes for all logs.
func (s *paceStore) pace(name string, do func()) {
	began := time.Now()
	do()
	s.taken[name] = append(s.taken[name], time.Since(began))
}

// report says how many logs a second that were.
func (s *paceStore) report(b *testing.B) {
	b.Helper()
	for name, list := range s.taken {
		var all time.Duration
		for _, one := range list {
			all += one
		}
		b.ReportMetric(float64(len(list)*s.logs)/all.Seconds(), name+"-logs/s")
	}
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

// BenchmarkMany changes all logs of a store and takes that back, and does the same by way of a
// server, which is a process of its own on this machine. ERRATA_PACE is how many logs there are,
// 10,000 by default; ERRATA_OLD another build, whose apply is measured in between: what else the
// machine does slows both down.
//
//	ERRATA_OLD=… go test ./ui/cli -run xxx -bench BenchmarkMany -benchtime 1x
func BenchmarkMany(b *testing.B) {
	s := newPaceStore(b)
	other := s.other(b)
	before := s.run(b, "export")
	for round := range 2 {
		s.pace("set", func() { s.run(b, "set", "--all", "metadata.reviewed:=true", "--yes") })
		other(round)
		s.pace("undo", func() { s.run(b, "undo", s.newest(b), "--yes") })
	}
	if s.run(b, "export") != before {
		b.Error("a log is not as it was before")
	}
	s.far(b)
	s.report(b)
}

// far measures over a line.
func (s *paceStore) far(b *testing.B) {
	b.Helper()
	environ := append(s.environ, "ERRATA_API_KEY=test-key", "ERRATA_SERVE_API_KEY=test-key") //nolint:gocritic // for this one
	cmd := &exec.Cmd{Path: os.Args[0], Args: []string{"errata", "serve", "--listen", "127.0.0.1:0", "--log", os.DevNull}, Env: append(os.Environ(), environ...)}
	said, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	url := regexp.MustCompile(`http://\S+`).FindString(line)
	if url == "" {
		b.Fatalf("it says %q, %v", line, err)
	}
	s.environ = environ
	s.pace("loopback", func() { s.run(b, "--base-url", url, "set", "--all", "metadata.far:=true", "--yes") })
}

// other measures apply of another build, if there is one, with another change each time.
func (s *paceStore) other(b *testing.B) func(round int) {
	b.Helper()
	old := os.Getenv("ERRATA_OLD")
	if old == "" {
		return func(int) {}
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
	return func(round int) {
		var lines bytes.Buffer
		for n := range s.logs {
			fmt.Fprintf(&lines, `{"id":"log_%06d","set":{"metadata.reviewed":%d}}`+"\n", n, round)
		}
		s.pace("other", func() { run(&lines, "apply", "-", "--yes") })
	}
}
