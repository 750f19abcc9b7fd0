//go:build unix

// Package termtest runs a program on a pseudo-terminal for tests, and looks at it from the
// terminal's side: what it writes, what a person would see, and whether it leaves the terminal as
// it was.
//
// It knows pseudo-terminals. Only tests import it, and it must not know errata.
package termtest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Patience is how long a test waits for what it expects; it is never slept through.
const Patience = 30 * time.Second

// Remote is a program on a pseudo-terminal. Its methods are for the test's goroutine.
type Remote struct {
	t             testing.TB
	master, slave *os.File
	cmd           *exec.Cmd
	before        *term.State
	exited        chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change of what follows
	out     bytes.Buffer
	last    time.Time // when the latest bytes came
	deaf    bool      // the terminal takes no bytes
	rate    int       // bytes that it takes in a second, 0 for any number
	screen  *screen
}

// Start runs the command on a terminal of w columns and h rows, as the leader of a session of its
// own. Its environment is what cmd.Env says and a TERM, unless that has one. The program is killed
// when the test ends.
func Start(t testing.TB, cmd *exec.Cmd, w, h int) *Remote {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	r := &Remote{
		t: t, master: master, slave: slave, cmd: cmd, exited: make(chan struct{}),
		changed: make(chan struct{}), last: time.Now(), screen: newScreen(w, h),
	}
	t.Cleanup(r.close)
	r.Resize(w, h)
	if r.before, err = term.GetState(slave.Fd()); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append([]string{"TERM=xterm-256color"}, cmd.Env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go r.listen()
	go func() {
		_ = cmd.Wait()
		close(r.exited)
	}()
	return r
}

// close ends the program, if it has been started, and the terminal.
func (r *Remote) close() {
	if r.cmd.Process != nil {
		_ = r.cmd.Process.Kill()
		<-r.exited
	}
	r.Deaf(false)
	r.HangUp()
	r.screen.close()
}

func (r *Remote) listen() {
	buf := make([]byte, 64<<10)
	for {
		n, err := r.master.Read(buf[:r.hearing(len(buf))])
		if err != nil {
			return
		}
		r.mu.Lock()
		r.out.Write(buf[:n])
		r.last = time.Now()
		r.screen.show(r.out.Bytes())
		r.tell()
		r.mu.Unlock()
	}
}

// hearing waits until the terminal takes bytes, and gives how many it takes at once, at most limit.
func (r *Remote) hearing(limit int) int {
	for {
		r.mu.Lock()
		deaf, rate, changed := r.deaf, r.rate, r.changed
		r.mu.Unlock()
		switch {
		case deaf:
			<-changed
		case rate > 0:
			const tick = 10 * time.Millisecond
			time.Sleep(tick)
			return max(rate*int(tick)/int(time.Second), 1)
		default:
			return limit
		}
	}
}

// Slow makes the terminal take so many bytes in a second, 0 for as many as come. What it has not
// taken waits in the line, which holds some kilobytes.
func (r *Remote) Slow(rate int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rate = rate
	r.tell()
}

// tell wakes whoever waits for a change; r.mu is held.
func (r *Remote) tell() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// Deaf stops the terminal from taking bytes, as a stalled line does, or lets it go on. What has
// been under way is still taken, and the line itself holds some kilobytes.
func (r *Remote) Deaf(yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deaf = yes
	r.tell()
}

// Full reports whether the line holds so much that the program's next byte has to wait: the
// terminal is deaf, or slow.
func (r *Remote) Full() bool {
	r.t.Helper()
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(r.slave.Fd()), Events: unix.POLLOUT}}, 0)
		if err == nil {
			return n == 0
		}
		if !errors.Is(err, unix.EINTR) {
			r.t.Fatal(err)
		}
	}
}

// Resize gives the terminal another size; the program gets a signal.
func (r *Remote) Resize(w, h int) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.screen.Resize(w, h)
	if err := pty.Setsize(r.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		r.t.Fatal(err)
	}
}

// HangUp closes the terminal, as closing its window does. The program is left without one.
func (r *Remote) HangUp() {
	_ = r.master.Close() // it stays open for a Read under way, which the next line ends
	_, _ = r.slave.WriteString("\x00")
	_ = r.slave.Close()
}

// Send types keys, as the bytes that a terminal sends for them.
func (r *Remote) Send(keys string) {
	r.t.Helper()
	if _, err := r.master.WriteString(keys); err != nil {
		r.t.Fatal(err)
	}
}

// Signal sends the program a signal, if it has not ended.
func (r *Remote) Signal(sig os.Signal) {
	r.t.Helper()
	if err := r.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		r.t.Fatal(err)
	}
}

// Output is everything that has come from the program so far; after Left it is all.
func (r *Remote) Output() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

// Written is how many bytes have come from the program so far.
func (r *Remote) Written() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Len()
}
