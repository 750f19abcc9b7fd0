//go:build unix

package termtest

import (
	"strings"
	"syscall"
	"time"
)

// Until waits until ok is true, which is asked again after each piece of output and may call the
// Remote; what names it where it never comes.
func (r *Remote) Until(what string, ok func() bool) {
	r.t.Helper()
	late := time.After(Patience)
	for {
		changed, _, _ := r.news()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-late:
			out, screen := r.Output(), r.Screen()
			r.t.Fatalf("it never came to %s; the screen:\n%s\nthe last bytes: %q\n%s", what, screen, out[max(0, len(out)-300):], r.stacks())
		}
	}
}

// stacks ends a program that hangs with SIGQUIT, upon which one that is written in Go says where
// each of its goroutines is.
func (r *Remote) stacks() string {
	r.t.Helper()
	before := r.Written()
	r.Signal(syscall.SIGQUIT)
	select {
	case <-r.exited:
		r.Quiet(100 * time.Millisecond)
	case <-time.After(Patience):
	}
	return r.Output()[before:]
}

// news is closed at the next piece of output; n bytes have come before, the latest of them at last.
func (r *Remote) news() (changed <-chan struct{}, n int, last time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed, r.out.Len(), r.last
}

// Shows waits until the screen holds text.
func (r *Remote) Shows(text string) {
	r.t.Helper()
	r.Until("<"+text+">", func() bool { return strings.Contains(r.Screen(), text) })
}

// Lacks waits until the screen does not hold text.
func (r *Remote) Lacks(text string) {
	r.t.Helper()
	r.Until("a screen without <"+text+">", func() bool { return !strings.Contains(r.Screen(), text) })
}

// Quiet waits until the program has written nothing for a while, and gives the bytes that it has
// written in all.
func (r *Remote) Quiet(while time.Duration) int {
	r.t.Helper()
	for late := time.After(Patience); ; {
		changed, n, last := r.news()
		silent := while - time.Since(last)
		if silent <= 0 {
			return n
		}
		select {
		case <-changed:
		case <-time.After(silent):
		case <-late:
			r.t.Fatal("it never falls silent")
		}
	}
}

// Key types keys and waits for silence: how many bytes came for them, and how long after the key
// the last of them.
func (r *Remote) Key(keys string, silence time.Duration) (n int, took time.Duration) {
	r.t.Helper()
	before := r.Quiet(silence)
	begun := time.Now()
	r.Send(keys)
	r.Until("an answer to a key", func() bool { return r.Written() > before })
	after := r.Quiet(silence)
	_, _, last := r.news()
	return after - before, last.Sub(begun)
}

// Ends waits for the program to end, and gives its exit code, -1 where a signal ended it, and how
// long that took.
func (r *Remote) Ends() (code int, took time.Duration) {
	r.t.Helper()
	begun := time.Now()
	select {
	case <-r.exited:
	case <-time.After(Patience):
		r.t.Fatalf("it does not end; the screen:\n%s", r.Screen())
	}
	return r.cmd.ProcessState.ExitCode(), time.Since(begun)
}
