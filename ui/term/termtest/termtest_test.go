//go:build unix

package termtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
)

// What the parrot does at certain keys.
const (
	quit    = "\x04" // ends with code 3
	raw     = "\x05" // ends with code 3, the line settings left as they are
	flood   = "\x06" // writes more than the line holds
	flooded = 256 << 10
)

// TestMain is a parrot where a test starts it: it writes what is typed, byte for byte, and the
// size whenever that changes.
func TestMain(m *testing.M) {
	if os.Getenv("TERMTEST_PARROT") == "" {
		os.Exit(m.Run())
	}
	before, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		os.Exit(1)
	}
	signal.Ignore(syscall.SIGHUP) // the end of the input tells it too
	sizes := make(chan os.Signal, 1)
	signal.Notify(sizes, syscall.SIGWINCH)
	go func() {
		for range sizes {
			w, h, _ := term.GetSize(os.Stdout.Fd())
			fmt.Printf("%dx%d", w, h)
		}
	}()
	fmt.Print("ready ")
	buf := make([]byte, 4096)
	for {
		n, err := os.Stdin.Read(buf)
		said, _, tidy := bytes.Cut(buf[:n], []byte(quit))
		said, _, untidy := bytes.Cut(said, []byte(raw))
		if bytes.Contains(said, []byte(flood)) {
			said = bytes.Repeat([]byte("f"), flooded)
		}
		_, _ = os.Stdout.Write(said)
		if tidy {
			_ = term.Restore(os.Stdin.Fd(), before)
		}
		if tidy || untidy || err != nil {
			os.Exit(3)
		}
	}
}

// parrot starts one and waits until it listens.
func parrot(t testing.TB) *Remote {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{"TERMTEST_PARROT=1", "GOCOVERDIR=" + t.TempDir(), "GORACE=atexit_sleep_ms=0"}
	r := Start(t, cmd, 40, 10)
	r.Shows("ready")
	return r
}

func TestShowsAndLacks(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	r.Send("日本 \x1b[31mred\x1b[m")
	r.Shows("ready 日本 red")
	r.Send("\x1b[2J\x1b[H")
	r.Lacks("red")
	if got := r.Screen(); got != "" {
		t.Errorf("a cleared screen shows %q", got)
	}
	if got, want := r.Output(), "ready 日本 \x1b[31mred\x1b[m\x1b[2J\x1b[H"; got != want || r.Written() != len(want) {
		t.Errorf("it wrote %q, %d bytes; want %q", got, r.Written(), want)
	}
}

func TestUpdatesAreSeenAsAWhole(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	for _, part := range []string{"\x1b[?20", "26h\x1b[2J", "\x1b[Hn", "ew\x1b[?2", "026"} {
		before := r.Written()
		r.Send(part)
		r.Until("a part", func() bool { return r.Written() == before+len(part) })
		if got := r.Screen(); got != "ready" {
			t.Errorf("halfway after %q the screen shows %q", part, got)
		}
	}
	r.Send("lest\x1b[?2026hnever")
	r.Until("the next update", func() bool { return strings.HasSuffix(r.Output(), "never") })
	if got := r.Screen(); got != "newest" {
		t.Errorf("the screen shows %q, want the first update and not the second", got)
	}
}

func TestQuestionsHoldUpNothing(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	r.Send("\x1b[6n\x1b[c\x1b]11;?\x07done")
	r.Shows("done")
	if got := r.Screen(); got != "ready done" {
		t.Errorf("an answer reached the program: %q", got)
	}
}

func TestLookSeesStylesAndCursor(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	r.Send("\x1b[31mred")
	r.Shows("red")
	r.Look(func(e *vt.Emulator) {
		if c := e.CellAt(6, 0); c.Content != "r" || c.Style.Fg == nil {
			t.Errorf("the cell is %+v", c)
		}
		if at := e.CursorPosition(); at.X != 9 || at.Y != 0 {
			t.Errorf("the cursor is at %v", at)
		}
	})
}

func TestResize(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	r.Resize(60, 20)
	r.Shows("60x20")
	r.Send("\x1b[20;50Hlast row")
	r.Shows("last row")
}

func TestKey(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	if n, took := r.Key("four", 20*time.Millisecond); n != 4 || took <= 0 {
		t.Errorf("%d bytes after %v", n, took)
	}
}

func TestDeaf(t *testing.T) {
	t.Parallel()
	r := parrot(t)
	before := r.Written()
	r.Deaf(true)
	r.Send(flood)
	if n := r.Quiet(100 * time.Millisecond); n >= before+flooded {
		t.Errorf("a deaf terminal took %d bytes", n-before)
	}
	if !r.Full() {
		t.Error("a line that nobody reads is not full")
	}
	r.Deaf(false)
	r.Until("all of it", func() bool { return r.Written() == before+flooded })
	if r.Full() {
		t.Error("a line that was read is still full")
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		end  func(*Remote)
		code int
	}{
		{"by itself", func(r *Remote) { r.Send(quit) }, 3},
		{"by a signal", func(r *Remote) { r.Signal(syscall.SIGTERM) }, -1},
		{"by a closed terminal", (*Remote).HangUp, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := parrot(t)
			tt.end(r)
			if code, took := r.Ends(); code != tt.code || took > 10*time.Second {
				t.Errorf("code %d after %v", code, took)
			}
			r.Signal(syscall.SIGTERM) // nobody is there: not a failure
		})
	}
}

// A witness takes down what a test would have failed for.
type witness struct {
	testing.TB
	said []string
}

func (w *witness) Error(args ...any)            { w.said = append(w.said, fmt.Sprint(args...)) }
func (w *witness) Errorf(f string, args ...any) { w.said = append(w.said, fmt.Sprintf(f, args...)) }

func TestLeft(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, keys, want string }{
		{"clean", "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?2004l\x1b[?25h\x1b[?1049l" + quit, ""},
		{"nothing done", quit, ""},
		{"alternate screen", "\x1b[?1049h" + quit, "mode 1049 is left on: true"},
		{"hidden cursor", "\x1b[?25h\x1b[?25l" + quit, "mode 25 is left on: false"},
		{"no wrapping", "\x1b[?7l" + quit, "mode 7 is left on: false"},
		{"pastes in brackets", "\x1b[?2004l\x1b[?2004h" + quit, "mode 2004 is left on: true"},
		{"mouse, two modes at once", "\x1b[?1000;1006h\x1b[?1000l" + quit, "mode 1006 is left on: true"},
		{"half an update", "\x1b[?2026hhalf" + quit, "an update of the screen was never finished"},
		{"line settings", raw, "the line settings are"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &witness{TB: t}
			r := parrot(w)
			r.Send(tt.keys)
			r.Ends()
			r.Left()
			said := slices.DeleteFunc(w.said, func(s string) bool { return tt.want != "" && strings.HasPrefix(s, tt.want) })
			if len(said) != 0 || tt.want != "" && len(w.said) != 1 {
				t.Errorf("it said %q, want one that begins with %q", w.said, tt.want)
			}
			if got, want := r.Output(), "ready "+strings.TrimRight(tt.keys, quit+raw); got != want {
				t.Errorf("the output is %q, want %q", got, want)
			}
		})
	}
}
