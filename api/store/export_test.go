package store

import (
	"context"
	"errors"
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
