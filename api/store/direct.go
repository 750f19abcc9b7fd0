package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// Statements that read one row of SQLite, or change something, are given to the driver directly.
// Package sql keeps account of each use of a statement and copies what it reads, which takes as
// long as half of a short statement; a session has its connection for itself and needs none of it.

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
	values, err := values(args)
	if err != nil {
		return nil, err
	}
	err = s.directly(query, func(st direct) error {
		done, err = st.ExecContext(context.Background(), values)
		return err
	})
	return done, err
}

// reading is a row that is read when it is scanned.
type reading struct {
	ses   *session
	query string
	args  []any
}

// Scan reads the row: sql.ErrNoRows when there is none. Bytes are those that the driver has made of
// a value, and nobody else has them.
func (r reading) Scan(into ...any) error {
	values, err := values(r.args)
	if err != nil {
		return err
	}
	return r.ses.directly(r.query, func(st direct) error {
		rows, err := st.QueryContext(context.Background(), values)
		if err != nil {
			return err
		}
		row := make([]driver.Value, len(into))
		if err = rows.Next(row); err == nil {
			err = assign(into, row)
		} else if errors.Is(err, io.EOF) {
			err = sql.ErrNoRows
		}
		return errors.Join(err, rows.Close())
	})
}

// values are arguments as the driver takes them.
func values(args []any) ([]driver.NamedValue, error) {
	list := make([]driver.NamedValue, len(args))
	for i, a := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return nil, err
		}
		list[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return list, nil
}

// assign puts what was read into variables.
func assign(into []any, row []driver.Value) error {
	for i, value := range row {
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
		switch v := value.(type) {
		case nil:
			*into = nil
			return nil
		case []byte:
			*into = v
			return nil
		}
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
	return fmt.Errorf("%T was stored where %T is read", value, into)
}
