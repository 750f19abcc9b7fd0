package index

import (
	"context"
	"database/sql"
)

// DB is the transaction in which the tables of the index are read and written.
type DB interface {
	// Row reads the one row of a query.
	Row(ctx context.Context, query string, args ...any) Row
	// Collect reads the rows of a query one by one.
	Collect(ctx context.Context, scan func(Row) error, query string, args ...any) error
	// Bits reads rows of seq and bits, as the query calls them, which take must not keep. It is for
	// files, and the query has no LIMIT.
	Bits(ctx context.Context, take func(seq int64, bits []byte), query string, args ...any) error
	// Exec runs a statement.
	Exec(ctx context.Context, query string, args ...any) error
}

// Row is a row that was read.
type Row interface{ Scan(into ...any) error }

// eachRow reads rows of a number and bits, which take must not keep.
func eachRow(ctx context.Context, db DB, query string, take func(seq int64, bits []byte), args ...any) error {
	return db.Collect(ctx, func(row Row) error {
		var seq int64
		var bits sql.RawBytes
		if err := row.Scan(&seq, &bits); err != nil {
			return err
		}
		take(seq, bits)
		return nil
	}, query, args...)
}

// blockOf is the block of a document and its position there. Documents are numbered from 1.
func blockOf(seq int64) (block int64, i int) { return seq / Span, int(seq % Span) }
