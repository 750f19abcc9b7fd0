package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"errata/api"
)

// inMemory is the path of a database that lives as long as its Store.
const inMemory = ":memory:"

// readers is how many connections read at the same time; writing has one of its own.
const readers = 4

// The memory of a connection for pages, as SQLite takes it: in KiB, negative. An import needs the
// index of ids at hand; who reads each log once needs no page twice, but those above the logs, and
// to take new memory for each of many pages takes longer than to read it where the last one was.
const (
	readCache   = "-4096"
	onceCache   = "-512"
	writeCache  = "-8192"
	importCache = "-32768"
)

// pageSize is the size of a page of a new file: three logs of 2 KB fit into one, where one of
// SQLite's own size holds a single one.
const (
	pageSize  = "8192"
	pageBytes = 8192
)

// journalLimit is how many bytes of the write-ahead log are kept on disk once they are in the
// database.
const journalLimit = "67108864"

// Open opens the store at an address: the path of a SQLite database, which it creates (0600, in a
// directory made 0700), or postgres://… of a PostgreSQL one; and migrates it as needed. ":memory:"
// keeps it in memory. A database of a newer errata is refused. Opening an up-to-date database is
// fast: it is on the way to the first frame.
//
// What is not a database of errata is refused and left as it is. No error shows the password of an
// address. A file where nothing can be written, for the disk is full or may only be read, is opened
// for reading; Notes tells.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	if o.Fresh || !o.Existing {
		if f := newFresh(address, o); f != nil {
			s, err := f.open(ctx)
			if err == nil && !o.Fresh {
				s, err = s.Finish(ctx)
			}
			return s, err
		}
	}
	s := newStore(o)
	connect, migrate := s.connectFile, s.migrateFile
	if onServer(address) {
		connect, migrate = s.connectServer, func(ctx context.Context, _ string) error { return s.migrateServer(ctx) }
	}
	err := connect(address, o)
	if err == nil {
		err = s.prepare(ctx, func() error { return migrate(ctx, address) })
	}
	if s.unwritable(err) {
		err = s.reopen(ctx, err)
	}
	if err != nil {
		_ = s.Close()
		return nil, s.openError(address, err)
	}
	s.index.Stagger()
	return s, nil
}

// newStore is a store that is not open yet.
func newStore(o Options) *Store {
	s := &Store{filing{core{now: o.Now, newID: o.NewID, corrected: o.Corrected, heldMost: heldMost}}}
	if s.now == nil {
		s.now = time.Now
	}
	if s.newID == nil {
		s.newID = api.NewID
	}
	return s
}

// connectFile sets up the pools. No connection is made yet.
func (s *Store) connectFile(path string, o Options) error {
	s.sql = newSQLite()
	if o.Replica != "" {
		return errReplica
	}
	if s.path = path; path == inMemory {
		db, err := pool(inMemory, 1, "_txlock=immediate")
		if err != nil {
			return err
		}
		s.read, s.write, s.lists = db, db, db
		s.writer = newSessions(db, 1)
		s.readers, s.grouped = s.writer, newCommits(&s.core)
		return nil
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if s.made, err = create(full, o.Existing); err != nil {
		return err
	}
	name := uri(full)
	pages := readCache
	if o.Once {
		pages = onceCache
	}
	if s.read, err = pool(name, readers, "_query_only=1", "_pragma=cache_size("+pages+")"); err != nil {
		return err
	}
	s.lists = s.read
	lasting := []string{"_synchronous=FULL", "_pragma=journal_size_limit(" + journalLimit + ")", "_pragma=wal_autocheckpoint(" + walMost + ")"}
	if s.fresh != nil {
		lasting = []string{"_synchronous=OFF", "_pragma=journal_mode(MEMORY)"}
	}
	cache := writeCache
	if o.Fresh || s.fresh != nil {
		cache = importCache
	}
	s.write, err = pool(name, 1, append(lasting, "_txlock=immediate", "_pragma=cache_size("+cache+")", "_pragma=page_size("+pageSize+")")...)
	if err != nil {
		return err
	}
	s.readers, s.writer, s.grouped = newSessions(s.read, readers), newSessions(s.write, 1), newCommits(&s.core)
	if s.readers.reads = true; s.fresh != nil {
		return nil
	}
	s.writer.shared = true
	s.moving = newCheckpoints(func() (*sql.DB, error) {
		return pool(name, 1, "_synchronous=FULL", "_pragma=journal_size_limit("+journalLimit+")")
	}, s.writer)
	return nil
}

// pool is a database with a fixed number of connections, which are kept.
func pool(name string, size int, options ...string) (*sql.DB, error) {
	options = append(options, "_busy_timeout=5000")
	d, err := theDriver()
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector{d, name + "?" + strings.Join(options, "&")})
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// uri is the name by which SQLite opens a file whatever characters are in its path.
func uri(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

// create makes an empty file that only its owner may read, unless there is a file, or has to be
// one. An existing file is not opened here: closing it again would drop the locks that other
// connections of this process hold on it.
func create(path string, existing bool) (made bool, err error) {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return false, errDirectory
	case err == nil:
		return false, nil
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	case existing:
		return false, ErrMissing
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil // another process was faster
	}
	if err != nil {
		return false, err
	}
	return true, f.Close()
}

// Reasons for which a file is not opened.
var (
	// ErrMissing is the cause of the error of Open where there is no store.
	ErrMissing = errors.New("there is no such file")

	errDirectory = errors.New("it is a directory")
	errForeign   = errors.New("it is a database of another program")
	errReplica   = errors.New("a SQLite store has no replica; leave it out")
	errNewer     = errors.New("it was written by a newer errata; update errata to open it")
)

// schema is the version of the database, 0 for an empty one.
func (s *Store) schema(ctx context.Context, db *sql.DB) (int64, error) {
	version, err := schemaVersion(ctx, db)
	if err == nil {
		return version, nil
	}
	var objects int
	if err := db.QueryRowContext(ctx, s.sql.objects).Scan(&objects); err != nil || objects == 0 {
		return 0, err
	}
	if version, err := schemaVersion(ctx, db); err == nil {
		return version, nil // another program has just made it
	}
	return 0, fmt.Errorf("%w: %w", errForeign, err)
}

func schemaVersion(ctx context.Context, db *sql.DB) (version int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versionTable+` WHERE is_applied`).Scan(&version)
	return version, err
}

// prepare brings the database to the newest schema. Nothing but one query happens when it is there
// already.
func (s *Store) prepare(ctx context.Context, migrate func() error) error {
	version, err := s.schema(ctx, s.read)
	s.was = version
	switch {
	case err != nil:
		return err
	case version > s.sql.latest:
		return errNewer
	case version == s.sql.latest:
		return nil
	}
	return migrate()
}
