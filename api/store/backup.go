package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"errata/api"
)

// Backup writes a copy of the store as it is at one moment to a new file, which only its owner may
// read. Others may go on writing meanwhile. The file is there when it is whole and on disk, else
// not at all. A store on a server is backed up by the server's own tools.
func (s *core) Backup(ctx context.Context, file string) error {
	const what = "cannot back up the store"
	if s.path == "" {
		return &api.Error{Code: api.Failed, Msg: what + ": it is on a server; use pg_dump, or copy it into a file with errata migrate-store"}
	}
	switch _, err := os.Lstat(file); {
	case err == nil:
		return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("%s: there is a file %s already; choose another name", what, file)}
	case !errors.Is(err, fs.ErrNotExist):
		return s.wrap(what, err)
	}
	if err := s.backup(ctx, file); err != nil {
		return s.wrap(what, err)
	}
	return nil
}

func (s *core) backup(ctx context.Context, file string) error {
	temp, err := os.CreateTemp(filepath.Dir(file), ".errata-backup-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // there is none any more after the renaming
	defer func() { _ = temp.Close() }()
	if err := s.vacuum(ctx, temp.Name()); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	return giveName(temp.Name(), file)
}

// vacuum copies the database into an empty file.
func (s *core) vacuum(ctx context.Context, file string) error {
	if s.path == inMemory || s.alone {
		ses, err := s.writer.take(ctx)
		if err != nil {
			return err
		}
		defer s.writer.give(ses)
		_, err = ses.conn.ExecContext(ctx, "VACUUM INTO ?", file)
		return err
	}
	full, err := filepath.Abs(s.path)
	if err != nil {
		return err
	}
	db, err := pool(uri(full), 1)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	return err
}

// syncDirectory puts the names in a directory on disk. Systems that cannot do that do it by
// themselves.
func syncDirectory(dir string) error {
	d, err := os.Open(dir) // it is the directory of the user's own file
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	_ = d.Sync()
	return nil
}
