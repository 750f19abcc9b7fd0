package store

import (
	"context"
	"io"
	"log"
	"os"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
)

// migrate applies the migrations that are missing. Of several processes that find an old database, one migrates and the others wait.
func (s *Store) migrate(ctx context.Context, path string) error {
	if path != inMemory {
		lock := flock.New(path+".migrate", flock.SetPermissions(0o600))
		if err := lock.Lock(); err != nil {
			return err
		}
		// Whoever waits for the lock of the removed file finds nothing left to do.
		defer func() { _ = os.Remove(lock.Path()); _ = lock.Close() }()
		if version, err := s.schema(ctx, s.write); err != nil || version >= s.sql.latest {
			return err
		}
		// The mode is kept in the file: readers do not wait for the writer, nor the writer for them.
		if _, err := s.write.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return err
		}
	}
	provider, err := goose.NewProvider(s.sql.goose, s.write, s.sql.migrations, goose.WithTableName(versionTable),
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(log.New(io.Discard, "", 0)))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
