package pg_test

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"errata/api/apitest"
	"errata/api/apitest/postgres"
	"errata/api/store/pg"
)

// address is a server to test on, started at most once.
var address string

func TestMain(m *testing.M) {
	var own *postgres.Server
	if address = os.Getenv("ERRATA_TEST_POSTGRES"); address == "" {
		var err error
		if own, err = postgres.Start(); err == nil {
			address = own.Address("postgres")
		}
	}
	code := m.Run()
	if own != nil {
		own.Remove()
	}
	os.Exit(code)
}

func database(t *testing.T, more string) *sql.DB {
	t.Helper()
	if address == "" {
		apitest.Untested(t, "PostgreSQL was not tested: there is no server")
	}
	c, err := pg.Parse(address + more)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1) // so that what is kept on a connection is met again
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// with gives an address one more parameter.
func with(parameter string) string {
	if strings.Contains(address, "?") {
		return "&" + parameter
	}
	return "?" + parameter
}

// What goes to the server comes back as it was, whichever way statements are sent.
func TestValues(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"cache_statement", "exec"} {
		db := database(t, with("default_query_exec_mode="+mode))
		for _, row := range []struct {
			query string
			value any
			want  any // where it is another than value
		}{
			{"SELECT $1::bigint", int64(math.MinInt64), nil},
			{"SELECT $1::int", int64(math.MinInt32), nil},
			{"SELECT $1::smallint", int64(-1), nil},
			{"SELECT $1::boolean", true, nil},
			{"SELECT $1::boolean", false, nil},
			{"SELECT $1::double precision", -1.5e-300, nil},
			{"SELECT $1::bytea", []byte("a\x00\xff'\\"), nil},
			{"SELECT $1::bytea", []byte{}, nil},
			{"SELECT $1::bytea IS NULL", []byte(nil), true},
			{"SELECT $1::bigint IS NULL", nil, true},
			{"SELECT $1::text", "ü'\\\n", nil},
			{"SELECT $1::name", "logs", nil},
			{"SELECT $1::numeric", "0.10", nil},
			{"SELECT sum(n) FROM generate_series(1, $1::bigint) AS n", int64(4), "10"},
			{"SELECT $1::timestamptz", time.Date(1912, 6, 23, 1, 2, 3, 4000, time.UTC), nil},
			{"SELECT $1::timestamp", time.Date(2026, 11, 29, 1, 2, 3, 0, time.UTC), nil},
			{"SELECT $1::bytea[] = ARRAY['\\x6100'::bytea, NULL, '']", [][]byte{[]byte("a\x00"), nil, {}}, true},
			{"SELECT $1::text[] = ARRAY['a,\"', '']", []string{`a,"`, ""}, true},
			{"SELECT $1::bigint[] = ARRAY[-1, 2]::bigint[]", []int64{-1, 2}, true},
			{"SELECT $1::boolean[] = ARRAY[true, false]", []bool{true, false}, true},
			{"SELECT count(*) FROM unnest($1::bytea[])", [][]byte{}, int64(0)},
		} {
			for range 2 { // the second time it is known to the connection
				var got any
				if err := db.QueryRowContext(t.Context(), row.query, row.value).Scan(&got); err != nil {
					t.Fatalf("%s of %v: %v", row.query, row.value, err)
				}
				want := row.want
				if want == nil {
					want = row.value
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s of %#v is %#v, want %#v", row.query, row.value, got, want)
				}
			}
		}
	}
}

// A statement that was read by the server before a table changed works afterwards, and so does one
// that failed.
func TestStatementsOutliveWhatTheyWereReadFor(t *testing.T) {
	t.Parallel()
	db := database(t, "")
	run := func(query string, args ...any) error {
		_, err := db.ExecContext(t.Context(), query, args...)
		return err
	}
	if err := run("CREATE TEMP TABLE t (n bigint PRIMARY KEY); INSERT INTO t VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	all := func() (list []any, err error) {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM t WHERE n = $1", 1)
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		names, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			row := make([]any, len(names))
			into := make([]any, len(names))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				return nil, err
			}
			list = append(list, row...)
		}
		return list, rows.Err()
	}
	if got, err := all(); err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	if err := run("ALTER TABLE t ADD COLUMN more text DEFAULT 'x'"); err != nil {
		t.Fatal(err)
	}
	_, _ = all() // the server may refuse it once
	if got, err := all(); err != nil || len(got) != 2 {
		t.Errorf("with another column: %v, %v", got, err)
	}
	var failed *pg.Error
	for range 2 {
		if err := run("INSERT INTO t VALUES ($1)", 1); !errors.As(err, &failed) || failed.Code != "23505" {
			t.Errorf("twice the same: %v", err)
		}
	}
	if err := run("INSERT INTO t VALUES ($1)", 2); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	for i := range 1100 { // more than are kept
		var n int
		if err := db.QueryRowContext(t.Context(), "SELECT $1::int + "+strings.Repeat("1 + ", i)+"0", 0).Scan(&n); err != nil || n != i {
			t.Fatalf("statement %d: %d, %v", i, n, err)
		}
	}
}

// An error within a transaction, or at its end, leaves nothing behind and a connection to go on with.
func TestTransactions(t *testing.T) {
	t.Parallel()
	db := database(t, "")
	if _, err := db.ExecContext(t.Context(), "CREATE TEMP TABLE t (n bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)"); err != nil {
		t.Fatal(err)
	}
	in := func(ctx context.Context, o *sql.TxOptions, statements ...string) error {
		tx, err := db.BeginTx(ctx, o)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		for _, s := range statements {
			_, _ = tx.ExecContext(ctx, s, 1)
		}
		return tx.Commit()
	}
	const insert = "INSERT INTO t VALUES ($1)"
	count := func() (n int) {
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM t").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := in(t.Context(), nil, insert, "SELECT $1::int / 0"); err == nil || count() != 0 {
		t.Errorf("after an error: %v, %d rows", err, count())
	}
	if err := in(t.Context(), nil, insert, insert); err == nil || count() != 0 {
		t.Errorf("refused at its end: %v, %d rows", err, count())
	}
	if err := in(t.Context(), nil, insert); err != nil || count() != 1 {
		t.Errorf("a sound one: %v, %d rows", err, count())
	}
	tx, err := db.BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var how string
	err = tx.QueryRowContext(t.Context(), "SELECT current_setting('transaction_isolation') || ', only reads: ' || current_setting('transaction_read_only')").Scan(&how)
	if err != nil || how != "repeatable read, only reads: on" || tx.Rollback() != nil {
		t.Errorf("a transaction that reads is %q, %v", how, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := db.ExecContext(ctx, "SELECT pg_sleep($1)", 60); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a statement that takes too long: %v", err)
	}
	var one int
	if err := db.QueryRowContext(t.Context(), "SELECT $1::int", 1).Scan(&one); err != nil || one != 1 {
		t.Errorf("afterwards: %d, %v", one, err)
	}
}
