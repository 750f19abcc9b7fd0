package logfile

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"

	"errata/model/jsonraw"
)

// TreeFile is one file of the service in a Tree, which is being written.
type TreeFile struct {
	root *os.Root
	dir  string
	logs int
	open *os.File
	out  *bufio.Writer
}

// How many logs the export tool puts into one file. It counts so that the first gets one more than
// the others.
const (
	linesOfFirst = 1001
	linesOfNext  = 1000
)

// File begins a file of the service, whose document doc is. What an earlier run left of it is
// removed.
func (t *Tree) File(id string, doc []byte) (*TreeFile, error) {
	f := &TreeFile{root: t.root, dir: t.home(id)}
	if err := t.root.RemoveAll(f.dir); err != nil {
		return nil, err
	}
	if err := t.root.Mkdir(f.dir, 0o755); err != nil {
		return nil, err
	}
	return f, f.write("file.json", doc)
}

// Versions writes the versions, and which of them is deployed in which environment. A version
// without an id has no file name and is left out; its logs hold it as well.
func (f *TreeFile) Versions(docs [][]byte) error {
	if err := f.root.Mkdir(slashed(f.dir, "versions"), 0o755); err != nil {
		return err
	}
	var ids []string
	for _, doc := range docs {
		ids = append(ids, textOf(doc, "version_id"))
	}
	names := safeNames(ids)
	deployments := []byte("[")
	for i, doc := range docs {
		members, err := jsonraw.Members(doc)
		if err != nil {
			return err
		}
		if ids[i] == "" {
			continue
		}
		id, _ := jsonraw.Find(members, "version_id")
		if err := f.write(slashed("versions", names[ids[i]]), doc); err != nil {
			return err
		}
		environments, _ := jsonraw.Find(members, "environments")
		deployments = deployed(deployments, id.Val.Of(doc), environments.Val.Of(doc))
	}
	return f.write("deployments.json", append(deployments, ']'))
}

// deployed appends a line of deployments.json for each environment of a version.
func deployed(list, version, environments []byte) []byte {
	elements, err := jsonraw.Elements(environments)
	if err != nil {
		return list
	}
	for _, e := range elements {
		one := e.Val.Of(environments)
		members, err := jsonraw.Members(one)
		if err != nil {
			continue
		}
		literal := func(name string) []byte {
			if m, ok := jsonraw.Find(members, name); ok {
				return m.Val.Of(one)
			}
			return []byte("null")
		}
		if len(list) > 1 {
			list = append(list, ", "...)
		}
		list = fmt.Appendf(list, `{"version_id": %s, "environment_id": %s, "environment_name": %s, "environment_tag": %s}`,
			version, literal("id"), literal("name"), literal("tag"))
	}
	return list
}

// Log writes the next log on one line, otherwise byte for byte.
func (f *TreeFile) Log(doc []byte) error {
	if f.logs >= linesOfFirst && (f.logs-linesOfFirst)%linesOfNext == 0 {
		if err := f.end(); err != nil {
			return err
		}
	}
	if f.open == nil {
		if err := f.next(); err != nil {
			return err
		}
	}
	f.logs++
	if _, err := f.out.Write(OneLine(doc)); err != nil {
		return err
	}
	return f.out.WriteByte('\n')
}

// next begins the next file of logs.
func (f *TreeFile) next() (err error) {
	number := 1
	if f.logs == 0 {
		err = f.root.Mkdir(slashed(f.dir, "logs"), 0o755)
	} else {
		number = 2 + (f.logs-linesOfFirst)/linesOfNext
	}
	if err == nil {
		f.open, err = f.create(slashed("logs", strconv.Itoa(number)+".jsonl"))
	}
	if err == nil {
		f.out = bufio.NewWriterSize(f.open, chunk)
	}
	return err
}

// end ends the file of logs that is open.
func (f *TreeFile) end() error {
	if f.open == nil {
		return nil
	}
	err := errors.Join(f.out.Flush(), f.open.Sync(), f.open.Close())
	f.open = nil
	return err
}

// Done completes the file of the service; without it the next run writes the file again.
func (f *TreeFile) Done() error {
	if err := f.end(); err != nil {
		return err
	}
	return f.write(doneName, []byte("Export completed successfully.\n"))
}

// Abandon leaves the file of the service as it is.
func (f *TreeFile) Abandon() {
	if f.open != nil {
		_ = f.open.Close()
		f.open = nil
	}
}

func (f *TreeFile) create(name string) (*os.File, error) {
	return f.root.OpenFile(slashed(f.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
}

// write writes a whole file.
func (f *TreeFile) write(name string, data []byte) error {
	file, err := f.create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}

// slashed joins the parts of a path in a tree.
func slashed(parts ...string) string { return path.Join(parts...) }
