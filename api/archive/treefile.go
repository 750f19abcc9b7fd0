package archive

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

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

// How many logs the export tool puts into one file. It counts so that the first gets one more than the others.
const (
	linesOfFirst = 1001
	linesOfNext  = 1000
)

// File begins a file of the service, whose document doc is. What an earlier run left of it is removed.
func (t *Tree) File(id string, doc []byte) (*TreeFile, error) {
	f := &TreeFile{root: t.root, dir: place(filesName, SafeName(id))}
	if err := t.root.RemoveAll(f.dir); err != nil {
		return nil, err
	}
	if err := t.root.Mkdir(f.dir, 0o755); err != nil {
		return nil, err
	}
	return f, f.write("file.json", doc)
}

// Versions writes the versions, and which of them are deployed where. A version without an id has no name to be written under; its logs bring
// it along.
func (f *TreeFile) Versions(docs [][]byte) error {
	if err := f.root.Mkdir(place(f.dir, "versions"), 0o755); err != nil {
		return err
	}
	deployments := []byte("[")
	for _, doc := range docs {
		members, err := jsonraw.Members(doc)
		if err != nil {
			return err
		}
		id, _ := jsonraw.Find(members, "version_id")
		name, _ := jsonraw.Text(id.Val.Of(doc))
		if name == "" {
			continue
		}
		if err := f.write(place("versions", SafeName(name)), doc); err != nil {
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

// Log writes the next log, byte for byte as far as that is one line.
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
		err = f.root.Mkdir(place(f.dir, "logs"), 0o755)
	} else {
		number = 2 + (f.logs-linesOfFirst)/linesOfNext
	}
	if err == nil {
		f.open, err = f.create(place("logs", strconv.Itoa(number)+".jsonl"))
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
	return f.root.OpenFile(place(f.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
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

// place is a path in a tree.
func place(parts ...string) string { return path.Join(parts...) }

// longestName is what every file system takes.
const longestName = 200

// SafeName is an id as the name of a file, on any system: the id itself when it is an ordinary one, else with %XX for what is not. Other ids have
// other names.
func SafeName(id string) string {
	var b strings.Builder
	for i := range len(id) {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.' && i > 0 && i < len(id)-1:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	name := b.String()
	switch {
	case name == "":
		return "%"
	case reserved(name):
		return fmt.Sprintf("%%%02X", name[0]) + name[1:]
	case len(name) > longestName:
		sum := sha256.Sum256([]byte(id))
		return name[:longestName-2*len(sum)] + hex.EncodeToString(sum[:])
	}
	return name
}

// reserved tells whether Windows keeps a name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}
