package cli

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
)

// records is the request log of errata serve: stderr, or a file.
type records struct {
	*slog.Logger
	path string // "" for stderr

	say func(format string, values ...any)

	mu     sync.Mutex
	into   io.Writer
	failed bool // whether the last record could not be written
}

// requestLog opens the request log that the settings name.
func (a *access) requestLog() (*records, error) {
	r := &records{path: a.cfg.LogFile(), into: a.env.Stderr, say: a.say}
	r.Logger = slog.New(slog.NewJSONHandler(r, nil))
	if r.path == "" {
		return r, nil
	}
	return r, r.reopen()
}

// reopen opens the file by its name again, after a program that rotates log files has renamed it.
// When that fails, the old file stays in use.
func (r *records) reopen() error {
	// a path that the user named
	file, err := os.OpenFile(r.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write the record of requests: %w", err)
	}
	r.mu.Lock()
	last := r.into
	r.into = file
	r.mu.Unlock()
	r.end(last)
	return nil
}

// Write writes one record. When that fails, on a full disk for instance, the server goes on, and
// the failure is reported once.
func (r *records) Write(record []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n, err := r.into.Write(record)
	if err != nil && !r.failed && r.path != "" {
		r.say("warning: the server goes on without the record of requests: %v", err)
	}
	r.failed = err != nil
	return n, err
}

func (r *records) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end(r.into)
}

// end closes the file, if the request log is one.
func (r *records) end(w io.Writer) {
	if file, ok := w.(*os.File); ok && r.path != "" && file.Name() == r.path {
		_ = file.Close()
	}
}
