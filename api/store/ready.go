package store

import (
	"context"
	"fmt"
	"path/filepath"
)

// ReadyToWrite prepares the next change of a file, for a caller that knows that one is about to
// come: it opens the connection that writes, and begins the write-ahead log if that is empty. The
// first commit to an empty one waits for the disk three times, others once. The content of the
// store stays as it is. If this fails, the change itself will say why.
func (s *core) ReadyToWrite(ctx context.Context) {
	if s.moving == nil || s.alone {
		return
	}
	ses, err := s.writer.take(ctx)
	if err != nil {
		return
	}
	defer s.writer.give(ses)
	if full, err := filepath.Abs(s.path); err == nil && !waiting(full) {
		_ = ses.beginLog(ctx)
	}
}

// beginLog commits the header of the file as it is.
func (s *session) beginLog(ctx context.Context) error {
	if err := s.run(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	var version int64 // of nobody's account: errata does not use it
	err := reading{ses: s, query: "PRAGMA user_version"}.Scan(&version)
	if err == nil {
		_, err = s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	}
	if err == nil {
		err = s.run(ctx, "COMMIT")
	}
	if err != nil && s.run(context.WithoutCancel(ctx), "ROLLBACK") != nil {
		s.close()
	}
	return err
}
