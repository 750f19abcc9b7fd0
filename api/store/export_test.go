package store

import "context"

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
