//go:build unix

package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/store"
	"errata/ui/term"
	"errata/ui/term/termtest"
)

// blindVariable makes another process of the test binary: the program on log_one with a fault in
// View, and its drafts in the directory that the variable names.
const blindVariable = "ERRATA_TEST_BLIND"

func TestMain(m *testing.M) {
	dir := os.Getenv(blindVariable)
	if dir == "" {
		os.Exit(m.Run())
	}
	var ended *term.EndError
	if err := runBlind(dir); errors.As(err, &ended) && ended.Why == term.Panicked && strings.HasPrefix(ended.Detail, "it cannot be drawn\n") {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(2)
}

// blind is the program with a fault in View, which shows when something is changed.
type blind struct{ *root }

func (b blind) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := b.root.Update(msg)
	return b, cmd
}

func (b blind) View() string {
	if b.form != nil && len(b.form.Changes().Changed()) > 0 {
		panic("it cannot be drawn")
	}
	return b.root.View()
}

func runBlind(dir string) error {
	ctx := context.Background()
	st, err := store.Open(ctx, ":memory:", store.Options{})
	if err != nil {
		return err
	}
	if _, err := st.Import(ctx, []byte(first)); err != nil {
		return err
	}
	o := drafted(dir, "log_one")
	o.Service, o.In, o.Out, o.Environ, o.Theme = st, os.Stdin, os.Stdout, os.Environ(), "none"
	r := newRoot(ctx, o)
	return r.run(blind{r})
}

// The other faults are tested on the whole program.
func TestAFaultInViewLosesNoWord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = []string{blindVariable + "=" + dir, "GORACE=atexit_sleep_ms=0", "GOCOVERDIR=" + dir}
	r := termtest.Start(t, cmd, 80, 24)
	r.Shows("almanac/tides")
	r.Send("jj\r")
	r.Shows("editing")
	r.Send("!")
	if code, _ := r.Ends(); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	r.Left()
	if got := r.Screen(); got != "stopped by a fault in the program" {
		t.Errorf("it said\n%s", got)
	}
	list := waiting(t, dir)
	if len(list) != 1 || len(list[0].Changes) != 1 || list[0].Changes[0].Edit.Text != "At nine.!" {
		t.Errorf("the drafts are %+v", list)
	}
	if held := list[0].Held; held != nil {
		t.Errorf("the draft is held: %v", held)
	}
}
