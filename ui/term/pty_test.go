//go:build unix

package term

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a test waits for what it expects; it is never slept through.
const patience = 20 * time.Second

// A remote is a program on a pseudo-terminal, looked at from the terminal's side.
type remote struct {
	t             *testing.T
	master, slave *os.File
	cmd           *exec.Cmd
	before        *term.State
	w, h          int
	saved, result string // files that the probe writes
	exited        chan struct{}

	mu     sync.Mutex
	change *sync.Cond
	out    bytes.Buffer
	deaf   bool // the terminal takes no bytes
}

// start runs a program of TestMain with columns and rows, and further environment variables.
func start(t *testing.T, program string, w, h int, env ...string) *remote {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	r := &remote{t: t, master: master, slave: slave, w: w, h: h, exited: make(chan struct{})}
	r.change = sync.NewCond(&r.mu)
	r.resize(w, h)
	if r.before, err = term.GetState(slave.Fd()); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r.saved, r.result = filepath.Join(dir, "saved"), filepath.Join(dir, "result")
	r.cmd = exec.Command(os.Args[0])
	r.cmd.Env = append([]string{
		"TERM=xterm-256color", "ERRATA_TEST_PROGRAM=" + program, "PATH=" + os.Getenv("PATH"),
		"PROBE_SAVED=" + r.saved, "PROBE_RESULT=" + r.result,
	}, env...)
	r.cmd.Stdin, r.cmd.Stdout, r.cmd.Stderr = slave, slave, slave
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go r.listen()
	go func() {
		_ = r.cmd.Wait()
		close(r.exited)
	}()
	t.Cleanup(func() {
		_ = r.cmd.Process.Kill()
		<-r.exited
		_ = master.Close()
		_ = slave.Close()
	})
	return r
}

func (r *remote) listen() {
	buf := make([]byte, 64<<10)
	for {
		r.mu.Lock()
		for r.deaf {
			r.change.Wait()
		}
		r.mu.Unlock()
		n, err := r.master.Read(buf)
		if err != nil {
			return
		}
		r.mu.Lock()
		r.out.Write(buf[:n])
		r.change.Broadcast()
		r.mu.Unlock()
	}
}

func (r *remote) resize(w, h int) {
	if err := pty.Setsize(r.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *remote) output() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

func (r *remote) send(keys string) {
	r.t.Helper()
	if _, err := r.master.WriteString(keys); err != nil {
		r.t.Fatal(err)
	}
}

func (r *remote) signal(sig os.Signal) {
	r.t.Helper()
	if err := r.cmd.Process.Signal(sig); err != nil {
		r.t.Fatal(err)
	}
}

// until waits until ok is true of the output.
func (r *remote) until(what string, ok func(out string) bool) {
	r.t.Helper()
	late := time.AfterFunc(patience, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.change.Broadcast()
	})
	defer late.Stop()
	begun := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	for !ok(r.out.String()) {
		if time.Since(begun) >= patience {
			r.t.Fatalf("no %s; the screen:\n%s\nthe last bytes: %q", what, r.screen(r.out.String()), last(r.out.String(), 300))
		}
		r.change.Wait()
	}
}

// shows waits until the screen holds text.
func (r *remote) shows(text string) {
	r.t.Helper()
	r.until("<"+text+">", func(out string) bool { return strings.Contains(r.screen(out), text) })
}

// questions are what terminals answer.
var questions = regexp.MustCompile(`\x1b\][0-9]+;\?(\x07|\x1b\\)|\x1b\[[>?]?[0-9]*[nc]`)

// screen is what a terminal shows after out.
func (r *remote) screen(out string) string {
	e := vt.NewEmulator(r.w, r.h)
	_, _ = e.WriteString(questions.ReplaceAllString(out, "")) // the emulator would answer, and wait to be heard
	return e.String()
}

// ends waits for the program to end and says how long that took.
func (r *remote) ends() time.Duration {
	r.t.Helper()
	begun := time.Now()
	select {
	case <-r.exited:
	case <-time.After(patience):
		r.t.Fatalf("it does not end; the screen:\n%s", r.screen(r.output()))
	}
	return time.Since(begun)
}

// left checks that the terminal is as it was before: modes, screen, cursor, termios.
func (r *remote) left() {
	r.t.Helper()
	r.until("alternate screen left", func(out string) bool { return strings.HasSuffix(out, "\x1b[?1049l\x1b[?25h") })
	out := r.output()
	for mode, normal := range map[string]byte{"1049": 'l', "2004": 'l', "1000": 'l', "1006": 'l', "25": 'h', "2026": 'l', "7": 'h'} {
		at := strings.LastIndex(out, "\x1b[?"+mode)
		if at < 0 {
			continue
		}
		if got := out[at+len("\x1b[?"+mode)]; got != normal {
			r.t.Errorf("mode %s is left at %c", mode, got)
		}
	}
	after, err := term.GetState(r.slave.Fd())
	if err != nil {
		r.t.Fatal(err)
	}
	if !reflect.DeepEqual(r.before, after) {
		r.t.Errorf("termios changed: %+v, before %+v", after, r.before)
	}
}

// file is what the probe wrote.
func (r *remote) file(name string) string {
	b, _ := os.ReadFile(name)
	return string(b)
}

func last(s string, n int) string { return s[max(0, len(s)-n):] }

func TestQuit(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	r.send("abc\x13")
	r.shows("last <ctrl+s>")
	r.shows("abc")
	r.send("q")
	r.ends()
	r.left()
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
	r.shows("row 23")
	out := r.output()
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
	r.shows("size")
	for keys, want := range map[string]string{
		"\x03": "ctrl+c", "\x11": "ctrl+q", "\x13": "ctrl+s", "\x1c": "ctrl+\\", "\x1b[1;5H": "ctrl+home", "\x1br": "alt+r",
		"\x1b": "esc", "\x1b[Z": "shift+tab", "\x00": "ctrl+@", "\r": "enter", "\x0f": "ctrl+o",
	} {
		r.send(keys)
		r.shows("last <" + want + ">")
	}
	r.send("\x1b[<64;10;5M")
	r.shows("mouse wheel up")
}

func TestEndings(t *testing.T) {
	t.Parallel()
	kill := func(sig os.Signal) func(*remote) { return func(r *remote) { r.signal(sig) } }
	key := func(k string) func(*remote) { return func(r *remote) { r.send(k) } }
	tests := []struct {
		name string
		do   func(*remote)
		why  string // as EndError has it, and part of the detail
	}{
		{"SIGTERM", kill(syscall.SIGTERM), "2 "},
		{"SIGHUP", kill(syscall.SIGHUP), "1 "},
		{"SIGTERM twice", func(r *remote) { r.signal(syscall.SIGTERM); _ = r.cmd.Process.Signal(syscall.SIGTERM) }, "2 "},
		{"SIGTERM, then SIGHUP", func(r *remote) { r.signal(syscall.SIGTERM); _ = r.cmd.Process.Signal(syscall.SIGHUP) }, ""},
		{"Update stuck", func(r *remote) { r.send("\x07"); r.signal(syscall.SIGTERM) }, "2 "},
		{"panic in Update", key("\x15"), "3 probe: Update"},
		{"panic in View", key("\x16"), "3 probe: View"},
		{"panic in a command of a batch of a sequence", key("\x18"), "3 probe: command"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, "probe", 80, 24)
			r.shows("size 80x24")
			tt.do(r)
			if took := r.ends(); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			r.left()
			if got := r.file(r.result); !strings.HasPrefix(got, tt.why) {
				t.Errorf("Run returned %.60s, want %s", got, tt.why)
			}
			if got := r.file(r.saved); got == "" || !strings.HasPrefix(r.file(r.result), got) {
				t.Errorf("OnEnd was told %q", got)
			}
			if strings.Contains(r.output(), "goroutine") {
				t.Error("the stack was written to the terminal")
			}
		})
	}
}

func TestClosedTerminalIsAHangup(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	r.mu.Lock()
	r.deaf = true // the read that is under way would keep the terminal open: it ends with the answer to z
	r.mu.Unlock()
	r.send("z")
	_ = r.slave.Close()
	_ = r.master.Close()
	r.ends()
	if got := r.file(r.result); !strings.HasPrefix(got, "1 ") {
		t.Errorf("Run returned %.60s", got)
	}
	if got := r.file(r.saved); got != "1" {
		t.Errorf("OnEnd was told %q", got)
	}
}

// Where no SIGHUP comes (nohup, or a terminal that is not the controlling one) the end of the input says it.
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
		t.Errorf("left with %q", last(got, 60))
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
	r.shows("size 80x24")
	r.signal(syscall.SIGINT)
	r.shows("last <ctrl+c>")
}

func TestResize(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	for _, s := range [][2]int{{100, 30}, {60, 12}, {20, 5}, {200, 50}, {120, 40}} { // a storm
		r.resize(s[0], s[1])
	}
	r.mu.Lock()
	r.w, r.h = 120, 40
	r.out.Reset()
	r.mu.Unlock()
	r.shows("size 120x40")
	r.shows("row 39 of the probe")
}

// A terminal that takes no bytes keeps neither Update nor the end waiting, and is restored when it takes them again.
func TestStalledTerminal(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 200, 50)
	r.shows("row 49")
	r.mu.Lock()
	r.deaf = true
	r.mu.Unlock()
	for range 60 { // repaints of some KB each: more than the pseudo-terminal holds
		r.send("\x0c\x13")
	}
	r.send("\x07") // Update is reached, and gets stuck
	r.signal(syscall.SIGTERM)
	if took := r.ends(); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
	if got := r.file(r.saved); got != "2" {
		t.Errorf("OnEnd was told %q", got)
	}
	r.mu.Lock()
	r.deaf = false
	r.change.Broadcast()
	r.mu.Unlock()
	r.left()
}

func TestPaste10MB(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	r.send("\x1b[200~" + strings.Repeat("0123456789abcde\r", 640<<10) + "\x1b[201~")
	r.shows("last <paste 10485760>")
}

func TestIdleWritesNothing(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 120, 40)
	r.shows("row 39")
	r.send("ab")
	r.shows("ab")
	before := len(r.output())
	// An unknown sequence and a focus event reach the decoder but change nothing; the key after them is answered
	// last. So when its bytes are there, those are all.
	r.send("\x1b[I\x1b[?62;4c\x1b[O")
	r.send("c")
	r.shows("abc")
	if got := r.output()[before:]; got != "c" {
		t.Errorf("wrote %q", got)
	}
}

func TestTypedCharacterOnTheLine(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 120, 40)
	r.shows("row 39")
	typed := ""
	for _, c := range "The fox jumps" {
		if c == ' ' {
			continue
		}
		typed += string(c)
		before := len(r.output())
		r.send(string(c))
		r.shows(typed)
		if n := len(r.output()) - before; n > 32 {
			t.Errorf("%c costs %d bytes: %q", c, n, r.output()[before:])
		}
	}
}

func TestLateColours(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_COLORS=1")
	r.until("question", func(out string) bool { return strings.Contains(out, askBackground) })
	if out := r.output(); strings.Index(out, "row 23") > strings.Index(out, askBackground) {
		t.Error("asked before the first frame")
	}
	r.send("x")
	r.shows("x")
	for _, part := range []string{"\x1b]11;r", "gb:ffff/ff", "ff/ffff", "\x1b", "\\y"} {
		r.send(part)
	}
	r.shows("last <dark false>")
	r.shows("xy")
}

func TestCopy(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	r.send("\x19")
	r.shows("last <copied <nil>>")
	r.until("clipboard", func(out string) bool { return strings.Contains(out, "\x1b]52;c;eXl5eXl5eXl5eQ==\a") })
}

func TestExec(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_EXEC=stty size; read x; echo got $x")
	r.shows("size 80x24")
	r.send("\x14")
	r.until("child", func(out string) bool { return strings.Contains(out, "24 80") })
	out := r.output()
	if at := strings.Index(out, "24 80"); !strings.Contains(out[:at], leaveModes(Options{Mouse: true})) {
		t.Error("the child has the terminal in our modes")
	}
	r.send("hello\r")
	r.shows("last <came back>")
	if !strings.Contains(r.output(), "got hello") {
		t.Error("the child did not get its line")
	}
	if strings.Count(r.output(), mouseOn) != 2 {
		t.Error("the mouse did not come back")
	}
	r.send("xq")
	r.ends()
	r.left()
}

func TestTerminatedDuringExec(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_EXEC=echo child; read x")
	r.shows("size 80x24")
	r.send("\x14")
	r.until("child", func(out string) bool { return strings.Contains(out, "child\r\n") })
	r.signal(syscall.SIGTERM)
	r.ends()
	if got := r.file(r.saved); got != "2" {
		t.Errorf("OnEnd was told %q", got)
	}
}

// As the leader of its session (ssh -t host errata) nobody could resume it: ctrl+z does nothing.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.shows("size 80x24")
	r.send("\x1aab")
	r.shows("ab")
	if strings.Contains(r.output(), "\x1b[?1049l") {
		t.Error("the terminal was given back")
	}
}

func TestSuspendInAShell(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("bash")
	if err != nil {
		shell = "sh"
	}
	r := start(t, "shell", 80, 24, "SHELL_PATH="+shell)
	r.until("prompt", func(out string) bool { return strings.HasSuffix(out, "stopped$ ") })
	r.send("exec 2>&1; " + os.Args[0] + "\r")
	r.shows("size 80x24")
	r.send("ab\x1a")
	r.until("stopped", func(out string) bool { return strings.Contains(out, "1049l") && strings.HasSuffix(out, "stopped$ ") })
	r.send("fg\r")
	r.until("back", func(out string) bool { return strings.Count(out, "\x1b[?1049h") == 2 })
	r.shows("ab")
	r.send("cq")
	r.until("the end", func(out string) bool { return strings.Count(out, "stopped$ ") == 3 })
}

// A terminal that answers nothing holds up nothing: the questions that Bubble Tea asks at its import are settled.
func TestNoQuestionAtStart(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	r := start(t, "probe", 80, 24)
	r.shows("row 23")
	if took := time.Since(begun); took > 4*time.Second {
		t.Errorf("the first frame took %v", took)
	}
	if out := r.output(); strings.Contains(out, "\x1b]1") || strings.Contains(out, "\x1b[6n") {
		t.Errorf("asked: %.80q", out)
	}
}

func BenchmarkFirstFrame(b *testing.B) {
	for _, program := range []string{"probe", "stock"} {
		b.Run(program, func(b *testing.B) {
			for b.Loop() {
				firstFrame(b, program)
			}
		})
	}
}

// firstFrame runs a program until its first row is on the terminal. The stock program's question for colours is answered, as
// terminals do.
func firstFrame(b *testing.B, program string) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{"TERM=xterm-256color", "ERRATA_TEST_PROGRAM=" + program}
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		b.Fatal(err)
	}
	var out []byte
	buf := make([]byte, 4096)
	for !bytes.Contains(out, []byte("Hello")) && !bytes.Contains(out, []byte("size")) {
		n, err := master.Read(buf)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, buf[:n]...)
	}
	b.StopTimer()
	_, _ = master.WriteString("q")
	go func() { _, _ = master.Read(buf) }()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	_ = master.Close()
	b.StartTimer()
}
