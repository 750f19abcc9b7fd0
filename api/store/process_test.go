package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"errata/api/store"
)

// childVariable makes of the test binary a second process that works on the database that it names.
const childVariable = "ERRATA_TEST_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		if err := child(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if path := os.Getenv(patchVariable); path != "" {
		fmt.Fprintln(os.Stderr, patchUntilKilled(path))
		os.Exit(1)
	}
	if path := os.Getenv(freshVariable); path != "" {
		if err := importFresh(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	stopServer()
	_ = os.RemoveAll(programs)
	os.Exit(code)
}

// perProcess is how many logs each process stores.
const perProcess = 25

// child says that it is ready, waits for a line, and stores logs one by one.
func child(path string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	for i := range perProcess {
		if _, err := s.Import(ctx, []byte(logDoc(fmt.Sprintf("log_%d_%d", os.Getpid(), i), "pr_1", ""))); err != nil {
			return err
		}
	}
	return s.Close()
}

// TestProcesses wants two processes that write to one file, while a third reads it, to lose
// nothing.
func TestProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	put(t, s, logDoc("log_first", "pr_1", ""))
	var running sync.WaitGroup
	for range 2 {
		cmd := exec.CommandContext(t.Context(), binary)
		cmd.Env = append(os.Environ(), childVariable+"="+path)
		var errs strings.Builder
		cmd.Stderr = &errs
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
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
			t.Fatal(line, err)
		}
		running.Go(func() {
			_, err := fmt.Fprintln(in)
			if err := errors.Join(err, cmd.Wait()); err != nil {
				t.Errorf("%v: %s", err, errs.String())
			}
		})
	}
	for range perProcess {
		if got := get(t, s, "log_first"); got != logDoc("log_first", "pr_1", "") {
			t.Errorf("log %s", got)
		}
	}
	running.Wait()
	if _, total := ids(t, s, logsOf("pr_1")); total != 2*perProcess+1 {
		t.Errorf("%d logs, want %d", total, 2*perProcess+1)
	}
}
