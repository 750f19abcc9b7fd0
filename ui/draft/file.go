package draft

import (
	"io"
	"os"
	"runtime"
)

// FS is what drafts need of a file system. Its methods are those of package os.
type FS interface {
	MkdirAll(dir string, perm os.FileMode) error
	ReadFile(name string) ([]byte, error)
	OpenFile(name string, flag int, perm os.FileMode) (File, error)
	Rename(from, to string) error
	Remove(name string) error
	SyncDir(dir string) error // makes what was created, renamed and removed in dir last
}

// File is an open file of an FS.
type File interface {
	io.Writer
	io.Closer
	Sync() error
	Truncate(size int64) error
}

// disk is the FS of the machine.
type disk struct{}

func (disk) MkdirAll(dir string, perm os.FileMode) error { return os.MkdirAll(dir, perm) }
func (disk) ReadFile(name string) ([]byte, error)        { return os.ReadFile(name) }
func (disk) Rename(from, to string) error                { return os.Rename(from, to) }
func (disk) Remove(name string) error                    { return os.Remove(name) }

func (disk) OpenFile(name string, flag int, perm os.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // not a File that holds nil
	}
	return f, nil
}

func (disk) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // directories cannot be synced there
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if closed := d.Close(); err == nil {
		err = closed
	}
	return err
}
