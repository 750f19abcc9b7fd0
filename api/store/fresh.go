package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"errata/api"
)

// A store is made in a file of another name, which nobody else knows, and gets its own when it is
// whole: where a program is killed or a disk is full, no half of one stays. That file needs no
// write-ahead log, into which each page would go first, and no wait for the disk. An import also
// puts its logs in there; one that is killed leaves no store, and the next begins again. Finish
// puts the file on the disk and gives it its name.

// fresh is a store that is being built.
type fresh struct {
	address string
	options Options

	path  string // of the store to be
	file  string // under which it is built
	lock  *flock.Flock
	bytes int // of the logs in it
}

// newFresh is a store that can be built now, nil if it is opened as any other: there is one
// already, or another program builds one, or nothing can be written.
func newFresh(address string, o Options) *fresh {
	path, err := filepath.Abs(address)
	if err != nil || onServer(address) || address == inMemory {
		return nil
	}
	f := &fresh{address: address, options: o, path: path, file: path + ".import", lock: flock.New(path+".import.lock", flock.SetPermissions(0o600))}
	f.options.Fresh = false
	if o.Existing {
		f.sweep()
		return nil
	}
	if _, err := os.Lstat(path); err == nil || os.MkdirAll(filepath.Dir(path), 0o700) != nil || !f.begin() {
		return nil
	}
	return f
}

// open opens the file in which the store is built. When it fails nothing is left.
func (f *fresh) open(ctx context.Context) (*Store, error) {
	s := newStore(f.options)
	s.fresh = f
	err := f.makeRoom()
	if err == nil {
		err = s.connectFile(f.file, f.options)
	}
	if err == nil {
		err = s.prepare(ctx, func() error { return s.migrateFile(ctx, f.file) })
	}
	if err != nil {
		_ = s.Close()
		return nil, s.openError(f.address, err)
	}
	s.index.Stagger()
	return s, nil
}

// emptyStore is a little more than a store without logs takes, in bytes.
const emptyStore = 256 << 10

// makeRoom makes the file, and tells at once when the disk has no room for a store: the migrations
// would try again for seconds.
func (f *fresh) makeRoom() error {
	file, err := os.OpenFile(f.file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, emptyStore))
	return errors.Join(err, file.Truncate(0), file.Close())
}

// begin takes the lock, and away what an import has left that was killed.
func (f *fresh) begin() bool {
	if f.foreign() {
		return false
	}
	if locked, err := f.lock.TryLock(); err != nil || !locked {
		return false
	}
	held, err := f.lock.Stat()
	named, err2 := os.Stat(f.lock.Path())
	// The name may belong to another lock now: the process that had this one removed it.
	if err != nil || err2 != nil || !os.SameFile(held, named) {
		_ = f.lock.Close()
		return false
	}
	f.clear()
	if _, err := os.Lstat(f.path); !errors.Is(err, fs.ErrNotExist) {
		f.end()
		return false
	}
	return true
}

// sweep takes away what an import has left that was killed, though the store was made since by
// another command.
func (f *fresh) sweep() {
	if _, err := os.Lstat(f.lock.Path()); err == nil && f.begin() {
		f.end()
	}
}

// foreign reports whether the name is that of a file of somebody else. An import keeps its lock
// beside what it builds, also when it is killed.
func (f *fresh) foreign() bool {
	_, noLock := os.Lstat(f.lock.Path())
	_, noFile := os.Lstat(f.file)
	return noLock != nil && noFile == nil
}

// clear takes away the file that was built, or what is left of it.
func (f *fresh) clear() {
	for _, rest := range []string{"", "-journal", "-wal", "-shm", ".migrate"} {
		_ = os.Remove(f.file + rest)
	}
}

// end takes away all but the store.
func (f *fresh) end() {
	f.clear()
	_ = os.Remove(f.lock.Path())
	_ = f.lock.Close()
}

// Unfinished is how many bytes of logs are lost when the program is killed before Finish, 0 for a
// store that stands under its name.
func (s *Store) Unfinished() int {
	if s.fresh == nil {
		return 0
	}
	return s.fresh.bytes
}

// Finish ends a store that was opened as Fresh, and gives the one that is in its place then, on the
// disk. A store that is there already is given back as it is.
func (s *Store) Finish(ctx context.Context) (*Store, error) {
	f := s.fresh
	if f == nil {
		return s, nil
	}
	var err error
	s.closing.Do(func() { err = s.close() })
	defer f.end()
	ctx = context.WithoutCancel(ctx)
	if err == nil {
		err = f.settle(ctx)
	}
	if err == nil {
		err = giveName(f.file, f.path)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return f.join(ctx)
	case err != nil:
		return nil, s.wrap(importing, err)
	}
	placed, err := Open(ctx, f.address, f.options)
	if err == nil {
		placed.made = true
	}
	return placed, err
}

// settle makes of the file a store like any other, with a write-ahead log, and puts it on the disk.
func (f *fresh) settle(ctx context.Context) error {
	db, err := pool(uri(f.file), 1, "_synchronous=FULL")
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, walMode)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(f.file)
}

// join puts all that was built into a store that another program has made meanwhile.
func (f *fresh) join(ctx context.Context) (*Store, error) {
	there, err := Open(ctx, f.address, f.options)
	if err != nil {
		return nil, err
	}
	built, err := Open(ctx, f.file, Options{Existing: true})
	if err == nil {
		_, err = Copy(ctx, built, there, CopyOptions{})
		err = errors.Join(err, built.Close())
	}
	if err != nil {
		_ = there.Close()
		return nil, &api.Error{Code: api.CodeOf(err), Msg: importing + ": another program has made the store meanwhile; import once more", Err: err}
	}
	return there, nil
}

// giveName gives a file another name, under which there must be none, and has the name on the disk.
// A link, other than a renaming, never takes the place of a file that has come meanwhile.
func giveName(file, name string) error {
	if err := os.Link(file, name); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return err
		}
		if _, there := os.Lstat(name); there == nil {
			return fs.ErrExist
		}
		if err := os.Rename(file, name); err != nil { // a file system without links
			return err
		}
	}
	return syncDirectory(filepath.Dir(name))
}

// syncFile puts a file on the disk.
func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
