package cli

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
)

// records are where errata serve records requests: stderr, or a file.
type records struct {
	*slog.Logger
	path string // empty for stderr

	say func(format string, values ...any)

	mu     sync.Mutex
	into   io.Writer
	failed bool // the last record could not be written
}

// requestLog opens the records that the settings name.
func (a *access) requestLog() (*records, error) {
	r := &records{path: a.cfg.LogFile(), into: a.env.Stderr, say: a.say}
	r.Logger = slog.New(slog.NewJSONHandler(r, nil))
	if r.path == "" {
		return r, nil
	}
	return r, r.reopen()
}

// reopen goes on in the file that has the name now: what rotates files has moved the last one away.
// When there is none to be had the last one is kept.
func (r *records) reopen() error {
	// it is the user's own choice
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

// Write writes one record. Where that cannot be done, on a full disk say, the server goes on all
// the same, and says so once.
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

// end closes a file of ours, and leaves stderr open.
func (r *records) end(w io.Writer) {
	if file, ok := w.(*os.File); ok && r.path != "" && file.Name() == r.path {
		_ = file.Close()
	}
}
