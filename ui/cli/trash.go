package cli

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"

	"errata/api/logfile"
	"errata/model"
)

// trashFolder is the folder below that of the state where copies of deleted logs are.
const trashFolder = "trash"

// rejectsFolder is the folder beside it where lines are that an import refused.
const rejectsFolder = "rejects"

// trash is a file of logs that are deleted, a line each, as errata import reads it. A nil trash
// keeps nothing.
type trash struct {
	file *os.File
	out  *bufio.Writer
	docs map[string][sha256.Size]byte // what is in it, by the id of the log
}

// openTrash opens a file, which may have been started before.
func openTrash(name string) (*trash, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	t := &trash{file: f, docs: map[string][sha256.Size]byte{}}
	end := int64(0)
	in := bufio.NewReader(f)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			break // what has no end was cut off, and its log was not deleted
		}
		end += int64(len(line))
		if log, err := model.ParseLog(line); err == nil {
			t.docs[log.Head().ID] = sha256.Sum256(bytes.TrimSuffix(line, []byte{'\n'}))
		}
	}
	if err := errors.Join(f.Truncate(end), seek(f, end)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	t.out = bufio.NewWriterSize(f, 64<<10)
	return t, nil
}

func seek(f *os.File, to int64) error {
	_, err := f.Seek(to, 0)
	return err
}

// put writes a log, unless it is there as it is now.
func (t *trash) put(id string, doc []byte) error {
	if t == nil {
		return nil
	}
	line := logfile.OneLine(doc)
	sum := sha256.Sum256(line)
	if t.docs[id] == sum {
		return nil
	}
	t.docs[id] = sum
	if _, err := t.out.Write(line); err != nil {
		return err
	}
	return t.out.WriteByte('\n')
}

// has reports whether a log is there.
func (t *trash) has(id string) bool {
	if t == nil {
		return false
	}
	_, there := t.docs[id]
	return there
}

// sync has everything on disk.
func (t *trash) sync() error {
	if t == nil {
		return nil
	}
	return errors.Join(t.out.Flush(), t.file.Sync())
}

// close closes the file. Closing it again does nothing.
func (t *trash) close() error {
	if t == nil || t.file == nil {
		return nil
	}
	err := errors.Join(t.out.Flush(), t.file.Close())
	t.file = nil
	return err
}
