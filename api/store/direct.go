package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
)

// Statements are given to the driver of SQLite directly. Package sql keeps account of each use of a
// statement and copies what it reads, which takes as long as half of a short statement, and 4 % of
// an export; a session has its connection for itself and needs none of it.

// direct is a statement of the driver, prepared on the connection of a session.
type direct interface {
	driver.StmtQueryContext
	driver.StmtExecContext
	Close() error
}

// directly runs f with a statement of the driver, which is prepared once.
func (s *session) directly(query string, f func(direct) error) error {
	return s.conn.Raw(func(conn any) error {
		st := s.direct[query]
		if st == nil {
			made, err := conn.(driver.Conn).Prepare(query)
			if err != nil {
				return err
			}
			st = made.(direct)
			s.direct[query] = st
		}
		return f(st)
	})
}

// closeDirect closes the statements of the driver.
func (s *session) closeDirect() {
	_ = s.conn.Raw(func(any) error {
		for _, st := range s.direct {
			_ = st.Close()
		}
		return nil
	})
}

// exec runs a statement.
func (s *session) exec(query string, args []any) (done driver.Result, err error) {
	err = s.given(query, args, func(st direct, values []driver.NamedValue) error {
		done, err = st.ExecContext(context.Background(), values)
		return err
	})
	return done, err
}

// query begins to read the rows of a query.
func (s *session) query(query string, args []any) (rows driver.Rows, err error) {
	err = s.given(query, args, func(st direct, values []driver.NamedValue) error {
		rows, err = st.QueryContext(context.Background(), values)
		return err
	})
	return rows, err
}

// given runs f with a statement and its arguments as the driver takes them. The memory of their
// list is used again: the driver has copied them when f returns, and what they refer to is let go.
func (s *session) given(query string, args []any, f func(direct, []driver.NamedValue) error) error {
	values := s.values
	s.values = nil // f may run another statement
	values = slices.Grow(values[:0], len(args))[:len(args)]
	defer func() {
		clear(values)
		s.values = values
	}()
	for i, a := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return err
		}
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return s.directly(query, func(st direct) error { return f(st, values) })
}

// collect reads the rows of a query one by one.
func (s *session) collect(ctx context.Context, scan func(scanner) error, query string, args []any) error {
	rows, err := s.query(query, args)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	values := make(row, len(rows.Columns()))
	for {
		switch err := rows.Next(values); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		if err := scan(values); err != nil {
			return err
		}
	}
}

// reading is a row that is read when it is scanned.
type reading struct {
	ses   *session
	query string
	args  []any
}

// Scan reads the row: sql.ErrNoRows when there is none.
func (r reading) Scan(into ...any) error {
	rows, err := r.ses.query(r.query, r.args)
	if err != nil {
		return err
	}
	values := make(row, len(into))
	if err = rows.Next(values); err == nil {
		err = values.Scan(into...)
	} else if errors.Is(err, io.EOF) {
		err = sql.ErrNoRows
	}
	return errors.Join(err, rows.Close())
}

// row is what the driver has read.
type row []driver.Value

// Scan puts it into variables. Bytes are those that the driver has made of a value, and nobody else
// has them.
func (r row) Scan(into ...any) error {
	if len(into) != len(r) {
		return fmt.Errorf("%d columns are read into %d variables", len(r), len(into))
	}
	for i, value := range r {
		if err := put(into[i], value); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func put(into any, value driver.Value) error {
	switch into := into.(type) {
	case sql.Scanner:
		return into.Scan(value)
	case *int64:
		if n, ok := value.(int64); ok {
			*into = n
			return nil
		}
	case *int:
		if n, ok := value.(int64); ok {
			*into = int(n)
			return nil
		}
	case *bool:
		if n, ok := value.(int64); ok {
			*into = n != 0
			return nil
		}
	case *[]byte:
		return putBytes(into, value)
	case *sql.RawBytes:
		return putBytes((*[]byte)(into), value)
	default:
		if at := reflect.ValueOf(into).Elem(); at.Kind() == reflect.String {
			switch v := value.(type) {
			case string:
				at.SetString(v)
				return nil
			case []byte:
				at.SetString(string(v))
				return nil
			}
		}
	}
	return unexpected(into, value)
}

func putBytes(into *[]byte, value driver.Value) error {
	switch v := value.(type) {
	case nil:
		*into = nil
	case []byte:
		*into = v
	case string:
		*into = []byte(v)
	default:
		return unexpected(into, value)
	}
	return nil
}

func unexpected(into any, value driver.Value) error {
	return fmt.Errorf("%T was stored where %T is read", value, into)
}
