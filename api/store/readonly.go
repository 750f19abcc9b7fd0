package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	codes "modernc.org/sqlite/lib"
)

// SQLite writes a little even to read a store: it makes two files beside it, for what was committed
// last and for its index. Where the disk is full or may only be read, a store is opened without
// them, through one connection, and beginWriting refuses.

var (
	errWaiting = errors.New("its last changes are still in the file beside it that ends in -wal, and nothing can be written there; copy both to another place")
	errAlone   = errors.New("the store is open for reading only, because nothing can be written where it is")
	errOlder   = errors.New("it was written by an older errata and cannot be upgraded where it is; copy it to a place that can be written")
)

// unwritable reports whether a file may be there that was not opened because nothing could be
// written.
func (s *core) unwritable(err error) bool {
	if s.path == "" || s.path == inMemory {
		return false
	}
	switch primary(err) {
	case codes.SQLITE_CANTOPEN, codes.SQLITE_READONLY, codes.SQLITE_FULL, codes.SQLITE_IOERR:
		return true
	}
	return false
}

// reopen opens the file for reading, and gives the error that it is called for when that cannot be
// done, either.
func (s *Store) reopen(ctx context.Context, because error) error {
	full, err := filepath.Abs(s.path)
	if err != nil {
		return err
	}
	// The first way needs no second file, and a file that can be locked; the other one nothing, but
	// it sees the file alone.
	ways := []string{"_pragma=locking_mode(EXCLUSIVE)", "mode=ro&immutable=1"}
	for i, way := range ways {
		if i > 0 && waiting(full) {
			return errWaiting
		}
		if err = s.readAlone(ctx, full, way, because); err == nil {
			s.note("the store %s is open for reading only: %s", s.path, whyAlone(because))
			return nil
		}
		if !s.unwritable(err) {
			return err
		}
	}
	return because
}

// whyAlone says why a file was opened for reading only.
func whyAlone(err error) string {
	switch primary(err) {
	case codes.SQLITE_FULL, codes.SQLITE_IOERR:
		return "its disk is full or cannot be written"
	}
	return "nothing can be written where it is"
}

// waiting reports whether the latest commits are only in the write-ahead log, and not in the file
// itself.
func waiting(full string) bool {
	info, err := os.Stat(full + "-wal")
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}

// readAlone opens the file through one connection. An empty one, which nothing can be written to,
// is not a store, and the error says why.
func (s *Store) readAlone(ctx context.Context, full, way string, because error) error {
	_ = s.close()
	s.readers, s.writer, s.moving = nil, nil, nil
	db, err := pool(uri(full), 1, way)
	if err != nil {
		return err
	}
	s.read, s.write, s.lists, s.alone = db, db, db, true
	s.writer = newSessions(db, 1)
	s.readers = s.writer
	return s.prepare(ctx, func() error {
		if s.was == 0 {
			return because
		}
		return errOlder
	})
}
