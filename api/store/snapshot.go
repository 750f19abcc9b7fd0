package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"errata/api"
)

// snapshot is one state of the database. Some connections see it, each in a transaction of its own,
// so that one can be asked beside the other.
type snapshot struct {
	free  chan *conn    // those that nobody asks anything
	ended chan struct{} // closed when all of them have ended
	why   error         // for which they have, known then
}

// snapshotKey finds the snapshot of a context. Each store has its own.
type snapshotKey struct{ s *core }

func (s *core) snapshot(ctx context.Context) *snapshot {
	n, _ := ctx.Value(snapshotKey{s}).(*snapshot)
	return n
}

// byItself reports whether ctx is part of no transaction that others see as well.
func (s *core) byItself(ctx context.Context) bool {
	return s.batch(ctx) == nil && s.snapshot(ctx) == nil
}

// Snapshot runs f on one state of the store: whatever is read under the context that f receives is
// as it was when Snapshot began, also by several goroutines side by side. Others may write
// meanwhile, f must not.
//
// What they write to a file stays in the write-ahead log beside it until f returns. When that has
// grown by a gigabyte nothing can be read any more: however slow f is, it does not fill the disk. A
// server ends a snapshot from which nothing was read for ten minutes.
func (s *core) Snapshot(ctx context.Context, f func(ctx context.Context) error) error {
	const what = "cannot read the store"
	if !s.byItself(ctx) {
		return f(ctx)
	}
	var list []*conn
	err := s.again(ctx, func() (err error) {
		list, err = s.beginSame(ctx, max(1, min(runtime.GOMAXPROCS(0), readers-1)))
		return err
	})
	if err != nil {
		return s.wrap(what, err)
	}
	n := &snapshot{free: make(chan *conn, len(list)), ended: make(chan struct{})}
	for _, c := range list {
		n.free <- c
	}
	ctx, end := context.WithCancel(ctx)
	go func() {
		n.why = s.hold(ctx)
		for range list {
			c := <-n.free
			c.rollback(ctx) // nothing was written
		}
		close(n.ended)
	}()
	defer func() {
		end()
		<-n.ended
	}()
	return f(context.WithValue(ctx, snapshotKey{s}, n))
}

// view runs f in one of the transactions.
func (n *snapshot) view(ctx context.Context, f func(c *conn) error) error {
	select {
	case c := <-n.free:
		defer func() { n.free <- c }()
		err := f(c)
		if err != nil && c.tx != nil && (away(err) || unused(err)) {
			return &api.Error{Code: api.Failed, Msg: lost, Err: err}
		}
		return err
	case <-n.ended:
		return n.why
	case <-ctx.Done():
		return ctx.Err()
	}
}

// How much others may write to a file while a snapshot of it is held, how often that is looked at,
// and after what time the server ends transactions that are asked nothing.
const (
	heldMost = 1 << 30
	heldLook = time.Second
	idleMost = `SET LOCAL idle_in_transaction_session_timeout = '10min'`
)

// Why a snapshot ended before its reader did.
const (
	behind = "cannot read on: others have written a gigabyte to the store since this was begun, and no more is held back for a reader; " +
		"write to a file or a directory, or read a copy that errata backup makes"
	lost = "cannot read on: the server has ended the connection, as it does after ten minutes in which nothing was read; begin again"
)

// hold returns when a snapshot is to be let go of, and says why.
func (s *core) hold(ctx context.Context) error {
	look := time.NewTicker(heldLook)
	defer look.Stop()
	for began := s.waitingBytes(); ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
			if s.waitingBytes()-began >= s.heldMost {
				return &api.Error{Code: api.Failed, Msg: behind}
			}
		}
	}
}

// waitingBytes is the size of the write-ahead log of a file, 0 if there is none.
func (s *core) waitingBytes() int64 {
	if s.moving == nil {
		return 0
	}
	full, err := filepath.Abs(s.path)
	if err != nil {
		return 0
	}
	info, err := os.Stat(full + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}

// beginSame begins transactions that all see the same state: as many as are wanted, or fewer.
func (s *core) beginSame(ctx context.Context, wanted int) ([]*conn, error) {
	if s.readers == nil {
		return s.beginShared(ctx, wanted)
	}
	for range sameTries {
		list, same, err := s.readers.beginTogether(ctx, s.sql, wanted)
		if same || err != nil {
			return list, err
		}
		rollback(ctx, list)
	}
	list, _, err := s.readers.beginTogether(ctx, s.sql, 1)
	return list, err
}

// sameTries is how often several are started, before it is one alone: where others write without a
// pause they may never see the same.
const sameTries = 100

// beginTogether begins transactions of SQLite, and reports whether they see the same state: whether
// nobody has committed anything while they were started. The connection of the first one knows
// that: it is asked before all others begin, and begins last. Only those that nobody uses are
// waited for.
func (p *sessions) beginTogether(ctx context.Context, d *dialect, wanted int) (list []*conn, same bool, err error) {
	defer func() {
		if err != nil {
			rollback(ctx, list)
			list = nil
		}
	}()
	ses, err := p.take(ctx)
	if err != nil {
		return nil, false, err
	}
	first := p.holding(ses, d)
	list = append(list, first)
	var before, after int64
	if err := first.row(ctx, dataVersion).Scan(&before); err != nil {
		return list, false, err
	}
	for len(list) < wanted {
		ses := p.takeIdle()
		if ses == nil {
			break
		}
		if ses, err = p.opened(ctx, ses); err != nil {
			return list, false, err
		}
		next := p.holding(ses, d)
		list = append(list, next)
		if err := next.beginReading(ctx, &after); err != nil {
			return list, false, err
		}
	}
	err = first.beginReading(ctx, &after)
	return list, before == after, err
}

// dataVersion is another number when others have committed something since it was asked last on the
// same connection.
const dataVersion = `PRAGMA data_version`

// beginReading begins the transaction and reads, for it sees what is there when it first reads.
func (c *conn) beginReading(ctx context.Context, version *int64) error {
	if err := c.ses.run(ctx, "BEGIN"); err != nil {
		return err
	}
	return c.row(ctx, dataVersion).Scan(version)
}

// beginShared begins transactions of a server.
func (s *core) beginShared(ctx context.Context, wanted int) (list []*conn, err error) {
	defer func() {
		if err != nil {
			rollback(ctx, list)
		}
	}()
	var state string
	for len(list) < wanted {
		tx, err := s.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return list, err
		}
		c := s.onServer(tx)
		list = append(list, c)
		if state == "" {
			err = c.row(ctx, `SELECT pg_export_snapshot()`).Scan(&state)
		} else {
			err = c.exec(ctx, `SET TRANSACTION SNAPSHOT '`+state+`'`)
		}
		if err == nil {
			err = c.exec(ctx, idleMost)
		}
		if err != nil {
			return list, err
		}
	}
	return list, nil
}

func rollback(ctx context.Context, list []*conn) {
	for _, c := range list {
		c.rollback(ctx)
	}
}
