package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"time"

	codes "modernc.org/sqlite/lib"

	"errata/api/store/index"
)

// session is a connection to SQLite with the statements that were prepared on it. They are kept,
// because parsing the SQL is most of the work of a short transaction.
type session struct {
	conn    *sql.Conn
	direct  map[string]direct
	values  []driver.NamedValue // see given
	kept    index.Kept
	merging index.Merging // of the one that writes
}

// sessions are the connections of a pool, as many as it may have. Each is opened when it is first
// needed. The one that was used last is taken first: a server that is asked one thing after the
// other has one connection with all that it remembers, and opens more when they are needed.
type sessions struct {
	db    *sql.DB
	inUse chan struct{} // has an item for each connection that is taken

	mu    sync.Mutex
	free  []*session
	taken int64 // how often one was taken

	reads  bool // nothing is written through them
	shared bool // other programs may write to the same file, see session.run

	large chan struct{} // held by the one that reads a large document to search it
}

func newSessions(db *sql.DB, size int) *sessions {
	p := &sessions{db: db, inUse: make(chan struct{}, size), large: make(chan struct{}, 1)}
	for range size {
		p.free = append(p.free, &session{})
	}
	return p
}

// take waits for a free connection.
func (p *sessions) take(ctx context.Context) (*session, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.inUse <- struct{}{}:
	default:
		select {
		case p.inUse <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return p.opened(ctx, p.last())
}

// takeSoon takes a connection that nobody uses, however late it is already, or waits a while for
// one.
func (p *sessions) takeSoon(ctx context.Context, wait time.Duration) (*session, error) {
	if s := p.takeIdle(); s != nil {
		return p.opened(ctx, s)
	}
	soon, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return p.take(soon)
}

// opened is a connection that was taken, opened where it is not. On an error it is given back.
func (p *sessions) opened(ctx context.Context, s *session) (*session, error) {
	if s.conn != nil {
		return s, nil
	}
	if err := s.open(ctx, p); err != nil {
		p.give(s)
		return nil, err
	}
	return s, nil
}

// takeIdle takes a connection that nobody uses, nil when there is none. It may not be open.
func (p *sessions) takeIdle() *session {
	select {
	case p.inUse <- struct{}{}:
		return p.last()
	default:
		return nil
	}
}

// last is the connection that was used last, of those that are free.
func (p *sessions) last() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken++
	n := len(p.free) - 1
	s := p.free[n]
	p.free = p.free[:n]
	return s
}

// asked is how often a connection was taken.
func (p *sessions) asked() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.taken
}

// give returns a connection.
func (p *sessions) give(s *session) {
	p.mu.Lock()
	p.free = append(p.free, s)
	p.mu.Unlock()
	<-p.inUse
}

// close closes the connections as they become free. There are none to be taken afterwards.
func (p *sessions) close() {
	for range cap(p.inUse) {
		p.inUse <- struct{}{}
		p.last().close()
	}
}

// open opens the connection.
func (s *session) open(ctx context.Context, p *sessions) error {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	if p.shared {
		if _, err := conn.ExecContext(ctx, shortWaits); err != nil {
			return errors.Join(err, conn.Close())
		}
	}
	s.conn, s.direct = conn, map[string]direct{}
	return nil
}

// close closes the connection.
func (s *session) close() {
	if s.conn == nil {
		return
	}
	s.closeDirect()
	_ = s.conn.Close()
	*s = session{}
}

// How long the beginning or the end of a transaction waits for other programs, and how a connection
// is told to do so by itself for a twentieth of a second at a time. A wait of the driver that can be
// given up takes a goroutine, for each statement, and that took a tenth of a PATCH.
const (
	lockWait   = 5 * time.Second
	shortWaits = "PRAGMA busy_timeout = 50"
	longWaits  = "PRAGMA busy_timeout = 5000"
)

// run begins or ends a transaction. While it waits for another program ctx is looked at.
func (s *session) run(ctx context.Context, query string) error {
	for end := time.Now().Add(lockWait); ; {
		_, err := s.exec(query, nil)
		switch {
		case primary(err) != codes.SQLITE_BUSY, time.Now().After(end):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
}
