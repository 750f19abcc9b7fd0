// Package outfile writes the files that somebody names on a screen: each is there whole, or not at
// all.
//
// It knows files. It must not know what is written to them.
package outfile

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Name is the file that is meant by what was typed, "" if nothing is.
func Name(typed string) string {
	name := strings.TrimSpace(typed)
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(name, "~/") {
		name = filepath.Join(home, name[2:])
	}
	return name
}

// Free looks whether a file of this name can be written: ErrThere where there is one.
func Free(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return errors.New("cannot write there: " + err.Error())
	case info.IsDir():
		return errors.New(name + " is a directory: type the name of a file in it")
	}
	return ErrThere
}

// ErrThere says that a file has the name already.
var ErrThere = errors.New("there is a file of this name")

// File is a file that is being written. It has its name once it is complete.
type File struct {
	name string
	temp *os.File
	*bufio.Writer
}

// Create begins a file, readable by its owner only.
func Create(name string) (*File, error) {
	temp, err := os.CreateTemp(filepath.Dir(name), ".errata-*")
	if err != nil {
		return nil, err
	}
	return &File{name, temp, bufio.NewWriter(temp)}, nil
}

// Done puts the file in its place, on disk. After an error there is nothing.
func (f *File) Done() error {
	err := errors.Join(f.Flush(), f.temp.Sync(), f.temp.Close())
	if err == nil {
		err = os.Rename(f.temp.Name(), f.name)
	}
	if err != nil {
		_ = os.Remove(f.temp.Name())
	}
	return err
}

// Abandon leaves nothing of a file that is not done.
func (f *File) Abandon() {
	_ = f.temp.Close()
	_ = os.Remove(f.temp.Name())
}

// Write writes a file as a whole.
func Write(name string, data []byte) error {
	f, err := Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Abandon()
		return err
	}
	return f.Done()
}
