package store

import (
	"context"
	"crypto/sha256"
	"math/big"
	"path"
	"slices"
	"strings"

	"errata/api"
	"errata/model/jsonraw"
)

// rootDirectory is the other name of the directory of all files.
const rootDirectory = "root"

// directoryID is the id of the directory at a path, "" for that of all files. It is made of the
// path, so a directory needs no row: it is there as long as a file is in it.
func directoryID(where string) string {
	sum := sha256.Sum256([]byte(where))
	n, base, digit := new(big.Int).SetBytes(sum[:]), big.NewInt(int64(len(api.IDAlphabet))), new(big.Int)
	id := []byte(directoryPrefix)
	for range api.IDLength {
		n.DivMod(n, base, digit)
		id = append(id, api.IDAlphabet[digit.Int64()])
	}
	return string(id)
}

// parentPath is the path of the directory that a path is in.
func parentPath(where string) string {
	if dir := path.Dir(where); dir != "." && dir != "/" {
		return dir
	}
	return ""
}

// directory is a directory and the span of time of the files below it.
type directory struct {
	path             string
	created, updated int64
}

// Directory gets a directory by its id; "root" is that of all files.
func (s *filing) Directory(ctx context.Context, id string) ([]byte, error) {
	var doc []byte
	err := s.view(ctx, "cannot read the directory", func(c *conn) error {
		files, err := s.files(ctx, c, false, func(file) bool { return true })
		if err != nil {
			return err
		}
		all := s.directories(files)
		for _, d := range all {
			if directoryID(d.path) == id || id == rootDirectory && d.path == "" {
				doc, err = s.directoryDocument(ctx, c, d, all, files)
				return err
			}
		}
		return notFound("no directory %q", id)
	})
	if err != nil {
		return nil, err
	}
	return doc, nil
}

// Directories lists all directories, that of all files first, without what is in them: a JSON
// array.
func (s *filing) Directories(ctx context.Context) ([]byte, error) {
	var all [][]byte
	err := s.view(ctx, "cannot list the directories", func(c *conn) error {
		files, err := s.files(ctx, c, false, func(file) bool { return true })
		all = nil
		for _, d := range s.directories(files) {
			all = append(all, d.summary().bytes())
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return list(all), nil
}

// directories lists the directories of files by path; that of all files is the first and always
// there.
func (s *filing) directories(files []file) []directory {
	now := s.now().UnixMicro()
	known := map[string]*directory{"": {created: now, updated: now}}
	for _, f := range files {
		from, to := now, now
		if f.created.Valid {
			from, to = f.created.Int64, f.created.Int64
		}
		if f.updated.Valid {
			to = max(to, f.updated.Int64)
		}
		for dir := parentPath(f.path); ; dir = parentPath(dir) {
			d := known[dir]
			if d == nil {
				d = &directory{dir, from, to}
				known[dir] = d
			}
			d.created, d.updated = min(d.created, from), max(d.updated, to)
			if dir == "" {
				break
			}
		}
	}
	var list []directory
	for _, d := range known {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b directory) int { return strings.Compare(a.path, b.path) })
	return list
}

// directoryDocument is a directory with what is in it.
func (s *filing) directoryDocument(ctx context.Context, c *conn, d directory, all []directory, files []file) ([]byte, error) {
	var below, above, in [][]byte
	for _, other := range all {
		switch {
		case other.path != "" && parentPath(other.path) == d.path:
			below = append(below, other.summary().bytes())
		case other.path != d.path && (other.path == "" || strings.HasPrefix(d.path, other.path+"/")):
			above = append(above, other.summary().bytes())
		}
	}
	slices.Reverse(above) // the nearest first
	for _, f := range files {
		if parentPath(f.path) != d.path {
			continue
		}
		doc, err := s.shown(ctx, c, f)
		if err != nil {
			return nil, err
		}
		in = append(in, doc)
	}
	w := d.summary()
	w.member("subdirectories", list(below))
	w.member("files", list(in))
	w.member("parents", list(above))
	return w.bytes(), nil
}

// summary is what a directory tells of itself in every place.
func (d directory) summary() *writer {
	w := &writer{}
	w.member("id", jsonraw.Literal(directoryID(d.path)))
	if d.path == "" {
		w.each("null", "parent_id")
	} else {
		w.member("parent_id", jsonraw.Literal(directoryID(parentPath(d.path))))
	}
	name := ""
	if d.path != "" {
		name = path.Base(d.path)
	}
	w.member("name", jsonraw.Literal(name))
	w.member("path", jsonraw.Literal(d.path))
	w.each("null", "description", "readme")
	w.each("[]", "tags")
	w.member(createdMember, jsonraw.Literal(stored(d.created).Format(timeLayout)))
	w.member("updated_at", jsonraw.Literal(stored(d.updated).Format(timeLayout)))
	return w
}

// list is a JSON array.
func list(elements [][]byte) []byte {
	text := []byte{'['}
	for i, e := range elements {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, e...)
	}
	return append(text, ']')
}
