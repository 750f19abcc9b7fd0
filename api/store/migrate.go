package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log"
	"os"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrateFile applies the migrations that are missing in a file. Of several processes that find an
// old database, one migrates and the others wait.
func (s *Store) migrateFile(ctx context.Context, path string) error {
	if path != inMemory {
		lock := flock.New(path+".migrate", flock.SetPermissions(0o600))
		if err := lock.Lock(); err != nil {
			return err
		}
		// A process that waits for the lock of the removed file then finds nothing left to do.
		defer func() { _ = os.Remove(lock.Path()); _ = lock.Close() }()
		if version, err := s.schema(ctx, s.write); err != nil || version >= s.sql.latest {
			return err
		}
		if s.fresh == nil {
			if _, err := s.write.ExecContext(ctx, walMode); err != nil {
				return err
			}
		}
	}
	return s.up(ctx)
}

// walMode is kept in the file: readers do not wait for the writer, nor the writer for them.
const walMode = "PRAGMA journal_mode = WAL"

// steps are the migrations that are not SQL.
func (s *Store) steps() []*goose.Migration {
	corrected := goose.NewGoMigration(s.sql.corrected, &goose.GoFunc{RunTx: s.markCorrected}, nil)
	learned := goose.NewGoMigration(s.sql.learned, &goose.GoFunc{RunTx: s.learnAll}, nil)
	if !s.sql.single {
		retired := goose.NewGoMigration(postgresRetired, nil, nil)
		indexed := goose.NewGoMigration(s.sql.reindexed, &goose.GoFunc{RunTx: s.indexServer}, nil)
		return []*goose.Migration{corrected, learned, retired, indexed}
	}
	reindexed := goose.NewGoMigration(s.sql.reindexed, &goose.GoFunc{RunTx: s.reindex}, nil)
	return []*goose.Migration{
		goose.NewGoMigration(deriveSchema, &goose.GoFunc{RunTx: s.derive}, nil),
		goose.NewGoMigration(recountSchema, &goose.GoFunc{RunTx: s.recount}, nil),
		corrected, learned, reindexed,
	}
}

// migrateServer applies the migrations that are missing on a server. Of several programs that find
// an old database, one migrates and the others wait.
func (s *Store) migrateServer(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	return s.up(ctx, goose.WithSessionLocker(locker))
}

func (s *Store) up(ctx context.Context, more ...goose.ProviderOption) error {
	provider, err := s.migrator(more...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func (s *Store) migrator(more ...goose.ProviderOption) (*goose.Provider, error) {
	more = append(more, goose.WithTableName(versionTable), goose.WithGoMigrations(s.steps()...),
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(log.New(io.Discard, "", 0)))
	return goose.NewProvider(s.sql.goose, s.write, s.sql.migrations, more...)
}

// derivePage is how many logs are read at a time while they are indexed.
const derivePage = 500

// derive makes what the second schema keeps beside the documents of logs that were stored under the
// first, but for the counts: those are made from all of the logs, see recount.
func (s *Store) derive(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	return c.eachPage(ctx, func(page [][]byte, at []delta) error {
		for i, doc := range page {
			e, err := readEntry(doc)
			if err != nil {
				return err
			}
			seq := at[i].seq
			err = c.exec(ctx, `UPDATE logs SET traced = ?, parent = ?, trace = ? WHERE seq = ?`, e.traced, e.parent, e.trace, seq)
			if err != nil {
				return err
			}
			c.indexed(seq, e, at[i].file)
			c.newest = seq
		}
		return s.writeIndex(ctx, c)
	})
}

// eachPage reads the documents of all logs, some at a time.
func (c *conn) eachPage(ctx context.Context, take func(page [][]byte, at []delta) error) error {
	for last := int64(0); ; {
		page, at, err := c.underived(ctx, last)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := take(page, at); err != nil {
			return err
		}
		last = at[len(at)-1].seq
	}
}

// recount counts the logs of a store again. An older errata counted some twice when it upgraded a
// store of the first schema with more than 4,500 logs: lists told too many and repeated pages.
func (s *Store) recount(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	wrong, err := c.recount(ctx)
	if err == nil && wrong && s.was >= deriveSchema {
		s.note("the counts of the logs were wrong since an upgrade by an older errata, and are right now; no log was touched")
	}
	return err
}

// underived reads the next logs after one, as many as are not large.
func (c *conn) underived(ctx context.Context, last int64) (page [][]byte, at []delta, err error) {
	read := 0
	err = c.collect(ctx, func(rows scanner) error {
		if read > walkBytes {
			return errEnough
		}
		var d delta
		var doc []byte
		err := rows.Scan(&d.seq, &d.file, &d.version, &d.created, &doc)
		page, at, read = append(page, doc), append(at, d), read+len(doc)
		return err
	}, `SELECT seq, file, version, created, doc FROM logs WHERE seq > ? ORDER BY seq LIMIT ?`, last, derivePage)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return page, at, err
}
