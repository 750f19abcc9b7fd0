package store

import (
	"context"
	"database/sql"

	"errata/api/store/index"
)

// session is a connection to SQLite with the statements that were prepared on it. They are kept,
// because parsing the SQL is most of the work of a short transaction.
type session struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	direct     map[string]direct
	kept       index.Kept
	merging    index.Merging // of the one that writes
}

// sessions are the connections of a pool, as many as it may have. Each is opened when it is first
// needed.
type sessions struct {
	db   *sql.DB
	free chan *session

	reads bool // nothing is written through them

	large chan struct{} // held by the one that reads a large document to search it
}

func newSessions(db *sql.DB, size int) *sessions {
	p := &sessions{db: db, free: make(chan *session, size), large: make(chan struct{}, 1)}
	for range size {
		p.free <- &session{}
	}
	return p
}

// take waits for a free connection.
func (p *sessions) take(ctx context.Context) (*session, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var s *session
	select {
	case s = <-p.free:
	default:
		select {
		case s = <-p.free:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if s.conn == nil {
		conn, err := p.db.Conn(ctx)
		if err != nil {
			p.free <- s
			return nil, err
		}
		s.conn, s.statements, s.direct = conn, map[string]*sql.Stmt{}, map[string]direct{}
	}
	return s, nil
}

// give returns a connection.
func (p *sessions) give(s *session) { p.free <- s }

// close closes the connections as they become free.
func (p *sessions) close() {
	for range cap(p.free) {
		(<-p.free).close()
	}
}

// close closes the connection.
func (s *session) close() {
	if s.conn == nil {
		return
	}
	for _, st := range s.statements {
		_ = st.Close()
	}
	s.closeDirect()
	_ = s.conn.Close()
	*s = session{}
}

// statement is what was prepared. Its session closes it.
type statement interface {
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, args ...any) *sql.Row
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
}

// prepare is a statement that is prepared once on the connection.
func (s *session) prepare(ctx context.Context, query string) (statement, error) {
	if st := s.statements[query]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s.statements[query] = st
	return st, nil
}

// run runs a statement without arguments.
func (s *session) run(ctx context.Context, query string) error {
	st, err := s.prepare(ctx, query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx)
	return err
}
