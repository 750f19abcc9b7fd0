//go:build unix

package term

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

func TestResize(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	for _, s := range [][2]int{{100, 30}, {60, 12}, {20, 5}, {200, 50}, {120, 40}} { // a storm
		r.Resize(s[0], s[1])
	}
	r.Shows("size 120x40")
	r.Shows("row 39 of the probe")
}

// A terminal that takes no bytes keeps neither Update nor the end waiting, and is restored when it
// takes them again.
func TestStalledTerminal(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 200, 50)
	r.Shows("row 49")
	r.Deaf(true)
	for range 60 { // repaints of some KB each: more than the pseudo-terminal holds
		r.Send("\x0c\x13")
	}
	r.Send("\x07") // Update is reached, and gets stuck
	r.Signal(syscall.SIGTERM)
	r.Ends()
	if got := r.file(r.saved); got != "2" {
		t.Errorf("OnEnd was told %q", got)
	}
	r.Deaf(false)
	r.Left()
}

func TestPaste10MB(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.Send("\x1b[200~" + strings.Repeat("0123456789abcde\r", 640<<10) + "\x1b[201~")
	r.Shows("last <paste 10485760>")
}

func TestIdleWritesNothing(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 120, 40)
	r.Shows("row 39")
	r.Send("ab")
	r.Shows("ab")
	before := r.Written()
	// An unknown sequence and a focus event reach the decoder but change nothing; the key after
	// them is answered last. So when its bytes are there, those are all.
	r.Send("\x1b[I\x1b[?62;4c\x1b[O")
	r.Send("c")
	r.Shows("abc")
	if got := r.Output()[before:]; got != "c" {
		t.Errorf("wrote %q", got)
	}
}

func TestTypedCharacterOnTheLine(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 120, 40)
	r.Shows("row 39")
	typed := ""
	for _, c := range "The fox jumps" {
		if c == ' ' {
			continue
		}
		typed += string(c)
		before := r.Written()
		r.Send(string(c))
		r.Shows(typed)
		if n := r.Written() - before; n > 32 {
			t.Errorf("%c costs %d bytes: %q", c, n, r.Output()[before:])
		}
	}
}

func TestLateColours(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_COLORS=1")
	r.wrote("question", func(out string) bool { return strings.Contains(out, askBackground) })
	if out := r.Output(); strings.Index(out, "row 23") > strings.Index(out, askBackground) {
		t.Error("asked before the first frame")
	}
	r.Send("x")
	r.Shows("x")
	for _, part := range []string{"\x1b]11;r", "gb:ffff/ff", "ff/ffff", "\x1b", "\\y"} {
		r.Send(part)
	}
	r.Shows("last <dark false>")
	r.Shows("xy")
}

func TestCopy(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.Send("\x19")
	r.Shows("last <copied <nil>>")
	r.wrote("clipboard", func(out string) bool { return strings.Contains(out, "\x1b]52;c;eXl5eXl5eXl5eQ==\a") })
}

func TestExec(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_EXEC=stty size; read x; echo got $x")
	r.Shows("size 80x24")
	r.Send("\x14")
	r.wrote("child", func(out string) bool { return strings.Contains(out, "24 80") })
	out := r.Output()
	if at := strings.Index(out, "24 80"); !strings.Contains(out[:at], leaveModes(Options{Mouse: true})) {
		t.Error("the child has the terminal in our modes")
	}
	r.Send("hello\r")
	r.Shows("last <came back>")
	if !strings.Contains(r.Output(), "got hello") {
		t.Error("the child did not get its line")
	}
	if strings.Count(r.Output(), mouseOn) != 2 {
		t.Error("the mouse did not come back")
	}
	r.Send("xq")
	r.Ends()
	r.Left()
}

func TestTerminatedDuringExec(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24, "PROBE_EXEC=echo child; read x")
	r.Shows("size 80x24")
	r.Send("\x14")
	r.wrote("child", func(out string) bool { return strings.Contains(out, "child\r\n") })
	r.Signal(syscall.SIGTERM)
	r.Ends()
	if got := r.file(r.saved); got != "2" {
		t.Errorf("OnEnd was told %q", got)
	}
}

// As the leader of its session (ssh -t host errata) nobody could resume it: ctrl+z does nothing.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("size 80x24")
	r.Send("\x1aab")
	r.Shows("ab")
	if strings.Contains(r.Output(), "\x1b[?1049l") {
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
	r.wrote("prompt", func(out string) bool { return strings.HasSuffix(out, "stopped$ ") })
	r.Send("exec 2>&1; " + os.Args[0] + "\r")
	r.Shows("size 80x24")
	r.Send("ab\x1a")
	r.wrote("stopped", func(out string) bool { return strings.Contains(out, "1049l") && strings.HasSuffix(out, "stopped$ ") })
	r.Send("fg\r")
	r.wrote("back", func(out string) bool { return strings.Count(out, "\x1b[?1049h") == 2 })
	r.Shows("ab")
	r.Send("cq")
	r.wrote("the end", func(out string) bool { return strings.Count(out, "stopped$ ") == 3 })
}

// A terminal that answers nothing holds up nothing: the questions that Bubble Tea asks at its
// import are settled.
func TestNoQuestionAtStart(t *testing.T) {
	t.Parallel()
	r := start(t, "probe", 80, 24)
	r.Shows("row 23")
	if out := r.Output(); strings.Contains(out, "\x1b]1") || strings.Contains(out, "\x1b[6n") {
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

// firstFrame runs a program until its first row is on the terminal. The stock program's question
// for colours is answered, as terminals do.
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
