package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"path"
	"slices"
	"strings"

	"errata/api"
	"errata/model/jsonraw"
)

// Imported says what Import did with a document.
type Imported int

// What Import did.
const (
	Added     Imported = iota + 1
	Unchanged          // the same bytes were there
	Replaced           // the id was there with other bytes
)

// Import stores a log byte for byte, see Prepare. The file that it belongs to is made known too. A log that is replaced keeps its place among
// the stored ones.
func (s *Store) Import(ctx context.Context, raw []byte) (Imported, error) {
	e, err := Prepare(raw)
	if err != nil {
		return 0, err
	}
	did, err := s.ImportAll(ctx, []*Entry{e})
	if err != nil {
		return 0, err
	}
	return did[0], nil
}

// ImportAll is Import for many logs, in one transaction: all of them are stored or none. Some ten thousand at a time are fastest.
func (s *Store) ImportAll(ctx context.Context, entries []*Entry) ([]Imported, error) {
	var did []Imported
	err := s.change(ctx, "cannot import the logs", func(c *conn) error {
		did = did[:0]
		for _, e := range entries {
			one, err := s.put(ctx, c, e)
			if err != nil {
				return err
			}
			did = append(did, one)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return did, nil
}

// put stores a log under its id.
func (s *Store) put(ctx context.Context, c *conn, e *Entry) (Imported, error) {
	f, version, err := s.learn(ctx, c, e)
	if err != nil {
		return 0, err
	}
	return s.store(ctx, c, e, f.seq, version)
}

// store stores a log of a known file under its id.
func (s *Store) store(ctx context.Context, c *conn, e *Entry, file, version int64) (Imported, error) {
	seq, err := s.insert(ctx, c, e, file, version)
	if !errors.Is(err, sql.ErrNoRows) {
		return Added, err
	}
	var old delta
	var hash []byte
	err = c.row(ctx, `SELECT seq, file, version, created, hash FROM logs l WHERE id = ?`+s.sql.forUpdate, e.id).Scan(&seq, &old.file, &old.version, &old.created, &hash)
	if err != nil || bytes.Equal(hash, e.hash[:]) {
		return Unchanged, err
	}
	query, args := `UPDATE logs SET file = ?, version = ?, created = ?, traced = ?, parent = ?, trace = ?, hash = ?, doc = ?`,
		[]any{file, version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.raw}
	if !s.sql.sieve {
		query, args = query+`, searched = ?, noted = ?`, append(args, e.searched(), e.noted())
	}
	if err := c.exec(ctx, query+` WHERE seq = ?`, append(args, seq)...); err != nil {
		return 0, err
	}
	old.seq = seq
	c.moved(old, delta{file: file, version: version, created: e.created, seq: seq})
	c.sign(seq, e, file)
	return Replaced, nil
}

// insert adds a log; sql.ErrNoRows when its id is there.
func (s *Store) insert(ctx context.Context, c *conn, e *Entry, file, version int64) (seq int64, err error) {
	args := []any{e.id, file, version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.raw}
	if s.sql.sieve {
		seq, err = c.insert(ctx, `INSERT INTO logs (id, file, version, created, traced, parent, trace, hash, doc)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`, args...)
	} else {
		err = c.row(ctx, `INSERT INTO logs (id, file, version, created, traced, parent, trace, hash, doc, searched, noted)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING seq`, append(args, e.searched(), e.noted())...).Scan(&seq)
	}
	if err != nil {
		return 0, err
	}
	c.added(delta{file: file, version: version, created: e.created, seq: seq})
	c.sign(seq, e, file)
	c.newest = max(c.newest, seq)
	return seq, nil
}

// learn makes the file known that a log brings with it, unless this version of it is known already. One that names no version is
// kept only when no other is known. The default environment counts as far as nothing better is known of it.
func (s *Store) learn(ctx context.Context, c *conn, e *Entry) (f file, version int64, err error) {
	versionID := e.owner.text("version_id")
	f, known := c.files[e.fileID]
	if !known {
		if f, err = s.addFile(ctx, c, e.kind, e.owner); err != nil {
			return file{}, 0, err
		}
	}
	key := versionKey{f.seq, versionID}
	if version, known = c.versions[key]; known {
		return f, version, nil
	}
	if version, err = s.learnVersion(ctx, c, f, versionID, e.owner); err != nil {
		return file{}, 0, err
	}
	c.versions[key] = version
	return f, version, nil
}

// learnVersion makes a version of a file known and gives its number, 0 for that of a document that names none.
func (s *Store) learnVersion(ctx context.Context, c *conn, f file, versionID string, of object) (int64, error) {
	var v version
	var err error
	if versionID == "" {
		err = v.scan(c.row(ctx, versionDefault, f.seq))
	} else {
		err = v.scan(c.row(ctx, versionByID, f.seq, versionID))
	}
	switch {
	case versionID == "" && err == nil:
		return 0, nil
	case !errors.Is(err, sql.ErrNoRows):
		return v.seq, err
	}
	err = c.row(ctx, versionInsert, f.seq, versionID, of.time(createdMember()), false, of.doc).Scan(&v.seq)
	if errors.Is(err, sql.ErrNoRows) { // another server was faster
		err = c.row(ctx, `SELECT seq FROM versions WHERE file = ? AND id = ?`, f.seq, versionID).Scan(&v.seq)
	}
	if err == nil && deployedTo(of.doc, environmentTag, defaultTag) {
		err = c.exec(ctx, `UPDATE files SET deployed = ? WHERE seq = ? AND deployed IS NULL`, versionID, f.seq)
	}
	if versionID == "" {
		v.seq = 0
	}
	return v.seq, err
}

// addFile adds the file of a document unless it is known.
func (s *Store) addFile(ctx context.Context, c *conn, kind api.FileKind, of object) (file, error) {
	id := of.text("id")
	var f file
	err := f.scan(c.row(ctx, fileByID, id))
	if errors.Is(err, sql.ErrNoRows) {
		where, name := of.place()
		if err := c.exec(ctx, fileInsert, id, string(kind), where, name, of.time(createdMember()), of.time("updated_at")); err != nil {
			return file{}, err
		}
		err = f.scan(c.row(ctx, fileByID, id))
	}
	if err == nil {
		c.files[id] = f
	}
	return f, err
}

// place is the path and the name of the document of a file.
func (o object) place() (where, name string) {
	where, name = o.text("path"), o.text("name")
	if name == "" && where != "" {
		name = path.Base(where)
	}
	return where, name
}

// ImportPrompt stores a prompt version as the official export has it in file.json and versions/*: any JSON object with string
// members id and version_id. deployed marks the default version.
func (s *Store) ImportPrompt(ctx context.Context, raw []byte, deployed bool) error {
	return s.ImportFile(ctx, api.PromptFile, raw, deployed)
}

// ImportFile is ImportPrompt for files of any kind.
func (s *Store) ImportFile(ctx context.Context, kind api.FileKind, raw []byte, deployed bool) error {
	if _, err := jsonraw.Members(raw); err != nil {
		return refuse("it is not one JSON object: " + err.Error())
	}
	of := membersOf(raw)
	id, versionID := of.text("id"), of.text("version_id")
	if id == "" || versionID == "" {
		return refuse(`it is no ` + string(kind) + `: it has no text "id" and "version_id"`)
	}
	return s.change(ctx, "cannot import the "+string(kind), func(c *conn) error {
		f, err := s.addFile(ctx, c, kind, of)
		if err != nil {
			return err
		}
		created := of.time(createdMember())
		if err := c.exec(ctx, versionKeep, f.seq, versionID, created, false, of.doc); err != nil {
			return err
		}
		if deployed {
			if err := c.exec(ctx, `UPDATE files SET deployed = ? WHERE seq = ?`, versionID, f.seq); err != nil {
				return err
			}
		}
		return s.rename(ctx, c, f)
	})
}

// rename gives a file the path, the name and the times that its default version tells.
func (s *Store) rename(ctx context.Context, c *conn, f file) error {
	var v version
	if err := v.scan(c.row(ctx, versionDefault, f.seq)); err != nil {
		return err
	}
	of := membersOf(v.doc)
	where, name := of.place()
	delete(c.files, f.id)
	return c.exec(ctx, `UPDATE files SET path = ?, name = ?, created = ?, updated = ? WHERE seq = ?`,
		where, name, of.time(createdMember()), of.time("updated_at"), f.seq)
}

// Walk reads all logs of a file in the order of storing, one after the other; f must not keep doc. What is stored meanwhile may be left out. It
// holds the numbers of all of them in memory, and few documents.
func (s *Store) Walk(ctx context.Context, fileID string, f func(id string, doc []byte) error) error {
	const what = "cannot read the logs"
	var left []int64
	err := s.view(ctx, what, func(c *conn) error {
		var of file
		if err := of.scan(c.row(ctx, fileByID, fileID)); err != nil {
			return missing(err, "no file %q", fileID)
		}
		left = left[:0]
		return c.collect(ctx, func(rows *sql.Rows) error {
			var seq int64
			defer func() { left = append(left, seq) }()
			return rows.Scan(&seq)
		}, `SELECT seq FROM logs WHERE file = ?`, of.seq) // an index has it, in another order
	})
	if err != nil {
		return err
	}
	slices.Sort(left)
	for len(left) > 0 {
		var part []shown
		portion := left[:min(len(left), walkLogs)]
		err := s.view(ctx, what, func(c *conn) (err error) {
			part, err = c.numbered(ctx, portion)
			return err
		})
		if err != nil {
			return err
		}
		for _, row := range part {
			if err := f(row.id, row.doc); err != nil {
				return err
			}
		}
		if n := len(part); n > 0 && size(part) > walkBytes {
			done, _ := slices.BinarySearch(portion, part[n-1].seq)
			portion = portion[:done+1]
		}
		left = left[len(portion):]
	}
	return nil
}

// How many logs, and about how many bytes of them, are read at a time.
const (
	walkLogs  = 256
	walkBytes = 4 << 20
)

// numbered reads the logs with some numbers, in their order: all that are still there, or the first of them once they are large.
func (c *conn) numbered(ctx context.Context, numbers []int64) (part []shown, err error) {
	args := make([]any, len(numbers))
	for i, seq := range numbers {
		args[i] = seq
	}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		if size(part) > walkBytes {
			return errEnough
		}
		var row shown
		defer func() { part = append(part, row) }()
		return rows.Scan(&row.seq, &row.id, &row.doc)
	}, `SELECT seq, id, doc FROM logs WHERE seq IN (?`+strings.Repeat(", ?", len(numbers)-1)+`) ORDER BY seq`, args...)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return part, err
}

func size(part []shown) (n int) {
	for _, row := range part {
		n += len(row.doc)
	}
	return n
}

// errEnough ends the reading of rows.
var errEnough = errors.New("enough")
