package form

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"errata/ui/draft"
)

// disk reaches the files of external editors. One that stands still holds no key up for longer than
// draft.Patience: what was started goes on by itself, and until it is done nothing else is started.
// Its methods may be called from any goroutine.
type disk struct {
	late func() <-chan time.Time // says when to go on without an answer
	read func(*externalText) savedText

	mu    sync.Mutex
	stuck chan struct{} // closed when what was waited for in vain is done; nil while there is none
}

func newDisk() *disk {
	return &disk{late: func() <-chan time.Time { return time.After(draft.Patience) }, read: (*externalText).read}
}

// reach has work done on the file at path, and gives what comes of it. The error is a
// *draft.WaitingError where the disk does not answer.
func reach[T any](d *disk, path string, work func() T) (result T, err error) {
	waiting := &draft.WaitingError{Dir: filepath.Dir(path)}
	if !d.answers() {
		return result, waiting
	}
	done, ended := make(chan T, 1), make(chan struct{})
	go func() {
		defer close(ended)
		done <- work()
	}()
	select {
	case result = <-done:
		return result, nil
	case <-d.late():
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stuck = ended
	return result, waiting
}

// wait returns when what was waited for in vain is done.
func (d *disk) wait() {
	d.mu.Lock()
	stuck := d.stuck
	d.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
}

// answers reports whether nothing is waited for in vain.
func (d *disk) answers() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.stuck:
		d.stuck = nil
	default:
	}
	return d.stuck == nil
}

// look reads what the editor has saved.
func (d *disk) look(l *externalText) savedText {
	saved, err := reach(d, l.path, func() savedText { return d.read(l) })
	if err != nil {
		return savedText{err: err}
	}
	return saved
}

// filed is a path, or why there is none.
type filed struct {
	path string
	err  error
}

// temporary makes a folder in dir, the system's where that is "".
func (d *disk) temporary(dir string) (path string, err error) {
	work := func() (m filed) {
		m.path, m.err = os.MkdirTemp(dir, "errata-")
		return m
	}
	m, err := reach(d, filepath.Join(dir, "errata-"), work)
	if err != nil {
		return "", err
	}
	return m.path, m.err
}

// write makes the file of the editor. One that is made too late stays, because its path may be in
// use again by then.
func (d *disk) write(path string, text []byte) error {
	write := func() error { return os.WriteFile(path, text, 0o600) }
	failed, err := reach(d, path, write)
	if err != nil {
		return err
	}
	return failed
}

// cleanUp is draft.CleanUp. It is done later when the disk does not answer.
func (d *disk) cleanUp(path string) (kept string, err error) {
	clean := func() (left filed) {
		left.path, left.err = draft.CleanUp(path)
		return left
	}
	left, err := reach(d, path, clean)
	if err != nil {
		return "", err
	}
	return left.path, left.err
}

// waits reports whether the disk has not answered yet.
func waits(err error) bool {
	var waiting *draft.WaitingError
	return errors.As(err, &waiting)
}
