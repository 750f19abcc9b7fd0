package store

import (
	"context"
	"database/sql"
	"errors"
	"path"

	"errata/api"
)

// register makes the file known that a log brings with it, unless this version of it is known
// already. One that names no version is kept only when no other is known. The default environment
// counts as far as nothing better is known of it.
func (s *filing) register(ctx context.Context, c *conn, e *Entry) (of scope, err error) {
	f, known := c.files[e.fileID]
	if !known || f.learned || f.deleted {
		if f, err = s.addFile(ctx, c, e.kind, membersOf(e.owner)); err != nil {
			return scope{}, err
		}
	}
	version, known := c.versions[versionKey{f.seq, e.versionID}]
	if !known {
		version, err = s.knowVersion(ctx, c, f, membersOf(e.owner))
	}
	return scope{f.seq, version}, err
}

// knowVersion gives the number of the version of a file that a document tells of, and makes it
// known if need be.
func (s *filing) knowVersion(ctx context.Context, c *conn, f file, of object) (version int64, err error) {
	versionID := of.Text("version_id")
	key := versionKey{f.seq, versionID}
	version, known := c.versions[key]
	if !known {
		if version, err = s.registerVersion(ctx, c, f, versionID, of); err != nil {
			return 0, err
		}
		c.versions[key] = version
	}
	return version, nil
}

// registerVersion makes a version of a file known and gives its number, 0 for that of a document
// that names none.
func (s *filing) registerVersion(ctx context.Context, c *conn, f file, versionID string, of object) (int64, error) {
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
	err = c.row(ctx, versionInsert, f.seq, versionID, of.time(createdMember), false, of.Literal).Scan(&v.seq)
	if errors.Is(err, sql.ErrNoRows) { // another server was faster
		err = c.row(ctx, `SELECT seq FROM versions WHERE file = ? AND id = ?`, f.seq, versionID).Scan(&v.seq)
	}
	if err == nil && deployedTo(of.Literal, environmentTag, defaultTag) {
		err = c.exec(ctx, `UPDATE files SET deployed = ? WHERE seq = ? AND deployed IS NULL`, versionID, f.seq)
	}
	if versionID == "" {
		v.seq = 0
	}
	return v.seq, err
}

// addFile adds the file of a document unless it is known. One that was known from judgments alone,
// or deleted, is a file like any other from then on.
func (s *filing) addFile(ctx context.Context, c *conn, kind api.FileKind, of object) (file, error) {
	f, err := s.knowFile(ctx, c, kind, of, false)
	if err == nil && (f.learned || f.deleted) {
		f.learned, f.deleted = false, false
		c.files[f.id] = f
		err = c.exec(ctx, fileAdopt, f.seq)
	}
	return f, err
}

// knowFile adds the file of a document unless it is known in some way.
func (s *filing) knowFile(ctx context.Context, c *conn, kind api.FileKind, of object, learned bool) (file, error) {
	id := of.Text("id")
	var f file
	err := f.scan(c.row(ctx, fileByID, id))
	if errors.Is(err, sql.ErrNoRows) {
		where, name := of.pathAndName()
		if err := c.exec(ctx, fileInsert, id, string(kind), where, name, of.time(createdMember), of.time("updated_at"), learned); err != nil {
			return file{}, err
		}
		err = f.scan(c.row(ctx, fileByID, id))
	}
	if err == nil {
		c.files[id] = f
	}
	return f, err
}

// pathAndName is the path and the name of the document of a file.
func (o object) pathAndName() (where, name string) {
	where, name = o.Text("path"), o.Text("name")
	if name == "" && where != "" {
		name = path.Base(where)
	}
	return where, name
}
