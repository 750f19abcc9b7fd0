package draft_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"errata/ui/draft"
)

// TestMain lets a test run this program again as another process: with the environment variable set
// it takes the draft, and appends the lines of its standard input.
func TestMain(m *testing.M) {
	if dir := os.Getenv("DRAFT_CHILD"); dir != "" {
		other(dir)
		return
	}
	os.Exit(m.Run())
}

func other(dir string) {
	d, state, err := draft.New(dir, draft.Options{}).Take(context.Background(), id, os.Getenv("DRAFT_TAKE") != "")
	if err != nil {
		fmt.Println("take:", err)
		return
	}
	fmt.Println("taken")
	at := 0
	if state.Open == nil {
		_ = d.Append(open("output", `""`, ""))
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); at += len(in.Text()) {
		switch err := d.Append(splice(at, 0, in.Text())); {
		case errors.Is(err, draft.ErrTaken):
			fmt.Println("taken over")
		case err != nil:
			fmt.Println("append:", err)
		default:
			fmt.Println("ok")
		}
	}
}

// process is another process that edits the same log.
type process struct {
	*exec.Cmd
	in  io.Writer
	out *bufio.Scanner
}

func start(t *testing.T, dir string, env ...string) *process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(append(os.Environ(), "DRAFT_CHILD="+dir), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd, in, bufio.NewScanner(out)}
	t.Cleanup(func() { p.kill() })
	return p
}

func (p *process) kill() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

func (p *process) line() string {
	p.out.Scan()
	return p.out.Text()
}

func (p *process) types(text string) string {
	fmt.Fprintln(p.in, text)
	return p.line()
}

func TestHeldByAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	if got := p.line() + " " + p.types("one"); got != "taken ok" {
		t.Fatal(got)
	}
	s := draft.New(dir, draft.Options{})
	_, _, err := s.Take(t.Context(), id, false)
	var by *draft.HeldError
	if !errors.As(err, &by) || by.PID != p.Process.Pid || time.Since(by.Since) > time.Minute {
		t.Fatalf("take: %v, want held by %d", err, p.Process.Pid)
	}
	if list, err := s.List(t.Context()); err != nil || len(list) != 1 || list[0].Held == nil || list[0].Held.PID != p.Process.Pid {
		t.Errorf("list: %+v, %v", list, err)
	}
	if got := p.types("two"); got != "ok" {
		t.Errorf("asking disturbed the holder: %s", got)
	}
	p.kill()
	d, state := take(t, s)
	defer shut(t, d)
	if string(state.Open.Text) != "onetwo" {
		t.Errorf("text %q", state.Open.Text)
	}
}

func TestTakeOver(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	if got := p.line() + " " + p.types("one"); got != "taken ok" {
		t.Fatal(got)
	}
	d, state, err := draft.New(dir, draft.Options{}).Take(t.Context(), id, true)
	if err != nil || string(state.Open.Text) != "one" {
		t.Fatalf("take over: %v, %s", err, dump(state))
	}
	add(t, d, splice(3, 0, "mine"))
	for range 2 {
		if got := p.types("two"); got != "taken over" {
			t.Errorf("the other process is told %q", got)
		}
	}
	add(t, d, splice(7, 0, "!"))
	q := start(t, dir, "DRAFT_TAKE=1")
	if got := q.line(); got != "taken" {
		t.Fatal(got)
	}
	if err := d.Append(splice(0, 0, "x")); !errors.Is(err, draft.ErrTaken) {
		t.Errorf("append after it was taken: %v", err)
	}
	if err := d.Sync(t.Context()); !errors.Is(err, draft.ErrTaken) {
		t.Errorf("sync after it was taken: %v", err)
	}
	if err := d.Clear(t.Context(), ""); !errors.Is(err, draft.ErrTaken) {
		t.Errorf("clear after it was taken: %v", err)
	}
	shut(t, d)
	if err := d.Append(splice(0, 0, "x")); !errors.Is(err, draft.ErrClosed) {
		t.Errorf("append after close: %v", err)
	}
	q.kill()
	if got := string(reread(t, dir).Open.Text); got != "onemine!" {
		t.Errorf("text %q", got)
	}
}

// TestTakenWithoutChanges takes over a draft that has no file yet: its old holder must not make
// one.
func TestTakenWithoutChanges(t *testing.T) {
	dir := t.TempDir()
	s := draft.New(dir, draft.Options{})
	old, _ := take(t, s)
	d, _, err := s.Take(t.Context(), id, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Append(step("source", `"a"`, nil, value(`"b"`))); !errors.Is(err, draft.ErrTaken) {
		t.Errorf("append: %v", err)
	}
	if list := files(t, dir, ".draft"); len(list) != 0 {
		t.Errorf("made %v", list)
	}
	shut(t, old)
	add(t, d, step("source", `"a"`, nil, value(`"c"`)))
	shut(t, d)
	if got := dump(reread(t, dir)); !strings.Contains(got, `"c"`) {
		t.Errorf("got\n%s", got)
	}
}

func TestKillLosesNothing(t *testing.T) {
	for n := 1; n <= 40; n += 13 {
		dir := t.TempDir()
		p := start(t, dir)
		if got := p.line(); got != "taken" {
			t.Fatal(got)
		}
		var want strings.Builder
		for i := range n {
			key := fmt.Sprint(i, "é;")
			want.WriteString(key)
			if got := p.types(key); got != "ok" {
				t.Fatal(got)
			}
		}
		p.kill()
		if state := reread(t, dir); string(state.Open.Text) != want.String() || state.Lost != 0 {
			t.Errorf("after %d keys and a kill: %q, lost %d", n, state.Open.Text, state.Lost)
		}
	}
}
