package store

import (
	"context"
	"os"

	"errata/api"
)

// Scrub puts the database in a state in which nothing of it holds what was changed or deleted
// before: the file is written again, with nothing in what is free of it, and the write-ahead log is
// emptied. It waits for nobody for long: where another program reads or writes meanwhile, the error
// says so, and it is to be done again.
//
// Of a store on a server the space of old rows is given free to be written over. left says what
// stays there then, "" if nothing does.
func (s *core) Scrub(ctx context.Context) (left string, err error) {
	const what = "cannot clear the store of what was there before"
	if s.path == "" {
		return postgresKeeps, s.wrap(what, s.vacuumServer(ctx))
	}
	if s.path == inMemory {
		return "", nil
	}
	if s.alone {
		return "", &api.Error{Code: api.Failed, Msg: what + ": it can only be read where it is"}
	}
	return "", s.wrap(what, s.scrub(ctx))
}

const postgresKeeps = "PostgreSQL keeps old rows in free space until VACUUM FULL, and in its write-ahead log, archives and replicas"

// scrub writes the file again. It has the connection that writes for itself.
func (s *core) scrub(ctx context.Context) error {
	ses, err := s.writer.take(ctx)
	if err != nil {
		return err
	}
	defer s.writer.give(ses)
	for _, step := range []string{longWaits, "PRAGMA secure_delete=ON", "VACUUM"} {
		if _, err := ses.conn.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	var busy, in, moved int
	if err := ses.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &in, &moved); err != nil {
		return err
	}
	if info, err := os.Stat(s.path + "-wal"); busy != 0 || err == nil && info.Size() > 0 {
		return errBusyScrub
	}
	return nil
}

var errBusyScrub = &api.Error{Code: api.Unavailable, Msg: "another program has the store open and is reading; close it, and run the command again"}

func (s *core) vacuumServer(ctx context.Context) error {
	for _, table := range []string{"logs", "nested", "signatures", "slices"} {
		if _, err := s.write.ExecContext(ctx, "VACUUM "+table); err != nil {
			return err
		}
	}
	return nil
}
