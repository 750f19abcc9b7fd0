//go:build unix

package term

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

func TestQuit(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.Send("abc\x13")
	r.Shows("last <ctrl+s>")
	r.Shows("abc")
	r.Send("q")
	r.Ends()
	r.Left()
	if got := r.file(r.result); got != "nil" {
		t.Errorf("Run returned %s", got)
	}
	if got := r.file(r.saved); got != "" {
		t.Errorf("OnEnd was called with %s", got)
	}
}

func TestFirstFrameIsOneWrite(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("row 23")
	out := r.Output()
	if strings.Count(out, "\x1b[?1049h") != 1 || strings.Index(out, "\x1b[?1049h") != 0 {
		t.Errorf("begins with %.60q", out)
	}
	if strings.Contains(out, "never seen") {
		t.Error("a row below the window was shown")
	}
}

func TestKeysThatRawModeMustPass(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size")
	for keys, want := range map[string]string{
		"\x03": "ctrl+c", "\x11": "ctrl+q", "\x13": "ctrl+s", "\x1c": "ctrl+\\", "\x1b[1;5H": "ctrl+home", "\x1br": "alt+r",
		"\x1b": "esc", "\x1b[Z": "shift+tab", "\x00": "ctrl+@", "\r": "enter", "\x0f": "ctrl+o",
	} {
		r.Send(keys)
		r.Shows("last <" + want + ">")
	}
	r.Send("\x1b[<64;10;5M")
	r.Shows("mouse wheel up")
}

func TestEndings(t *testing.T) {
	t.Parallel()
	kill := func(sig os.Signal) func(*remote) { return func(r *remote) { r.Signal(sig) } }
	key := func(k string) func(*remote) { return func(r *remote) { r.Send(k) } }
	tests := []struct {
		name string
		do   func(*remote)
		why  string // as EndError has it, and part of the detail
	}{
		{"SIGTERM", kill(syscall.SIGTERM), "2 "},
		{"SIGHUP", kill(syscall.SIGHUP), "1 "},
		{"SIGTERM twice", func(r *remote) { r.Signal(syscall.SIGTERM); r.Signal(syscall.SIGTERM) }, "2 "},
		{"SIGTERM, then SIGHUP", func(r *remote) { r.Signal(syscall.SIGTERM); r.Signal(syscall.SIGHUP) }, ""},
		{"Update stuck", func(r *remote) { r.Send("\x07"); r.Signal(syscall.SIGTERM) }, "2 "},
		{"panic in Update", key("\x15"), "3 probe: Update"},
		{"panic in View", key("\x16"), "3 probe: View"},
		{"panic in a command of a batch of a sequence", key("\x18"), "3 probe: command"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, "probe", 80, 24)
			r.Shows("size 80x24")
			tt.do(r)
			r.Ends()
			r.Left()
			if got := r.file(r.result); !strings.HasPrefix(got, tt.why) {
				t.Errorf("Run returned %.60s, want %s", got, tt.why)
			}
			if got := r.file(r.saved); got == "" || !strings.HasPrefix(r.file(r.result), got) {
				t.Errorf("OnEnd was told %q", got)
			}
			if strings.Contains(r.Output(), "goroutine") {
				t.Error("the stack was written to the terminal")
			}
		})
	}
}

func TestClosedTerminalIsAHangup(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.HangUp()
	r.Ends()
	if got := r.file(r.result); !strings.HasPrefix(got, "1 ") {
		t.Errorf("Run returned %.60s", got)
	}
	if got := r.file(r.saved); got != "1" {
		t.Errorf("OnEnd was told %q", got)
	}
}

// Where no SIGHUP comes (nohup, or a terminal that is not the controlling one) the end of the
// input says it.
func TestEndOfInputIsAHangup(t *testing.T) {
	t.Parallel()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan End, 2)
	ended := make(chan error, 1)
	go func() {
		ended <- Run(t.Context(), &probe{}, Options{In: slave, Out: slave, Env: testEnv, OnEnd: func(why End) { told <- why }})
	}()
	if _, err := master.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	_ = master.Close()
	var end *EndError
	if err := <-ended; !errors.As(err, &end) || end.Why != Hangup {
		t.Errorf("Run returned %v", err)
	}
	if why := <-told; why != Hangup || len(told) != 0 {
		t.Errorf("OnEnd was told %v, and %d more", why, len(told))
	}
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, &probe{}, Options{In: slave, Out: slave, Env: testEnv}) }()
	if _, err := master.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	cancel(enough)
	out := make(chan string)
	go func() {
		b, _ := io.ReadAll(master)
		out <- string(b)
	}()
	if err := <-ended; !errors.Is(err, enough) {
		t.Errorf("Run returned %v", err)
	}
	_ = slave.Close()
	if got := <-out; !strings.HasSuffix(got, leaveModes(Options{})) {
		t.Errorf("left with %q", got[max(0, len(got)-60):])
	}
}

func TestNotATerminal(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := Run(t.Context(), &probe{}, Options{In: f, Out: f}); err == nil || !strings.Contains(err.Error(), "not a terminal") {
		t.Errorf("Run returned %v", err)
	}
}

func TestInterruptFromOutsideIsCtrlC(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.Signal(syscall.SIGINT)
	r.Shows("last <ctrl+c>")
}

// On a terminal without an alternate screen the last frame stays: what comes next is on a line of
// its own beneath it.
func TestWithoutAnAlternateScreenThePromptIsBelowTheFrame(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("row 23")
	r.Send("q")
	r.Ends()
	r.Left()
	console := vt.NewEmulator(80, 24)
	out := strings.NewReplacer("\x1b[?1049h", "", "\x1b[?1049l", "").Replace(r.Output())
	_, _ = console.WriteString(out + "$ ls")
	lines := strings.Split(console.String(), "\n")
	if last := strings.TrimSpace(lines[23]); last != "$ ls" {
		t.Errorf("the prompt stands in %q", last)
	}
	if above := lines[22]; !strings.Contains(above, "row 23") {
		t.Errorf("above it stands %q", above)
	}
}
