package store

import (
	"context"
	"errors"

	"errata/api/store/index"
)

// Execute runs a statement on a PostgreSQL server.
func Execute(ctx context.Context, address, statement string) error {
	db, _, err := serverPool(address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// TakeUp takes up whatever was appended to the index of a server.
func (s *Store) TakeUp(ctx context.Context) error {
	for more := true; more; {
		var err error
		if more, err = s.takeUp(ctx, 1); err != nil {
			return err
		}
	}
	return nil
}

// TakeUpBeside does so for one block, and calls f before what it did is seen.
func (s *Store) TakeUpBeside(ctx context.Context, f func()) error {
	return s.change(ctx, saving, func(c *conn) error {
		_, err := index.TakeUp(ctx, tables{c}, 1)
		f()
		return err
	})
}

// MigrateTo makes a store with an older version of the schema.
func MigrateTo(ctx context.Context, address string, version int64) (err error) {
	s := &Store{}
	connect := s.connectFile
	if onServer(address) {
		connect = s.connectServer
	}
	if err := connect(address, Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	provider, err := s.migrator()
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// The size of a first round of a scan, and how long a round takes.
const (
	ScanFirst = scanFirst
	ScanLong  = scanLong
)
