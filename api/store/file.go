package store

import (
	"context"
	"database/sql"
	"strconv"

	"errata/api"
	"errata/model/jsonraw"
)

// The statements about files and their versions.
const (
	fileColumns = `SELECT seq, id, kind, path, name, created, updated, learned, deleted FROM files`
	fileByID    = fileColumns + ` WHERE id = ?`
	fileAt      = fileColumns + ` WHERE path = ? AND kind = ? AND NOT deleted ORDER BY learned, seq LIMIT 1`
	fileInsert  = `INSERT INTO files (id, kind, path, name, created, updated, learned) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`
	fileAdopt   = `UPDATE files SET learned = FALSE, deleted = FALSE WHERE seq = ?`

	versionColumns = `SELECT v.seq, v.id, v.doc, v.made FROM versions v`
	versionByID    = versionColumns + ` WHERE v.file = ? AND v.id = ?`
	versionDefault = versionColumns + ` JOIN files f ON f.seq = v.file WHERE v.file = ?
		ORDER BY CASE WHEN v.id = f.deployed THEN 0 ELSE 1 END, CASE WHEN v.created IS NULL THEN 1 ELSE 0 END, v.created DESC, v.seq DESC LIMIT 1`
	versionList   = versionColumns + ` WHERE v.file = ? ORDER BY CASE WHEN v.created IS NULL THEN 1 ELSE 0 END, v.created DESC, v.seq DESC`
	versionInsert = `INSERT INTO versions (file, id, created, made, doc) VALUES (?, ?, ?, ?, ?) ON CONFLICT (file, id) DO NOTHING RETURNING seq`
	versionKeep   = `INSERT INTO versions (file, id, created, made, doc) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (file, id) DO UPDATE SET created = excluded.created, made = excluded.made, doc = excluded.doc`
)

// file is a row of files.
type file struct {
	seq              int64
	id, path, name   string
	kind             api.FileKind
	created, updated sql.NullInt64
	learned, deleted bool // see the migration that added them
}

func (f *file) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&f.seq, &f.id, &f.kind, &f.path, &f.name, &f.created, &f.updated, &f.learned, &f.deleted)
}

// version is a row of versions.
type version struct {
	seq  int64
	id   string
	doc  []byte
	made bool // here, rather than imported
}

func (v *version) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&v.seq, &v.id, &v.doc, &v.made)
}

// Prompt gets one prompt: the version asked for, else the default deployed one, else the newest.
func (s *filing) Prompt(ctx context.Context, id string, q api.CreateQuery) ([]byte, error) {
	return s.File(ctx, api.PromptFile, id, q)
}

// File is Prompt for files of any kind.
func (s *filing) File(ctx context.Context, kind api.FileKind, id string, q api.CreateQuery) ([]byte, error) {
	var doc []byte
	err := s.view(ctx, "cannot read the "+string(kind), func(c *conn) error {
		f, err := s.file(ctx, c, kind, id)
		if err != nil {
			return err
		}
		v, err := s.pick(ctx, c, f, q)
		if err != nil {
			return err
		}
		doc, err = s.serve(ctx, c, f, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	return doc, nil
}

// eachVersion gives the document of a file in each of its versions, newest first.
func (s *filing) eachVersion(ctx context.Context, c *conn, kind api.FileKind, id string, take func(doc []byte)) error {
	f, err := s.file(ctx, c, kind, id)
	if err != nil {
		return err
	}
	versions, err := s.versions(ctx, c, f)
	if err != nil {
		return err
	}
	for _, v := range versions {
		doc, err := s.serve(ctx, c, f, v)
		if err != nil {
			return err
		}
		take(doc)
	}
	return nil
}

// Versions lists all versions of a file, newest first.
func (s *filing) Versions(ctx context.Context, kind api.FileKind, id string) ([]byte, error) {
	var list []byte
	err := s.view(ctx, "cannot list the versions", func(c *conn) error {
		list = []byte(`{"records":[`)
		err := s.eachVersion(ctx, c, kind, id, func(doc []byte) {
			if list[len(list)-1] != '[' {
				list = append(list, ',')
			}
			list = append(list, doc...)
		})
		list = append(list, `]}`...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// file is the file that has an id, of whatever kind. NotFound if there is none, or it was deleted.
func (c *conn) file(ctx context.Context, id string) (f file, err error) {
	if err = f.scan(c.row(ctx, fileByID, id)); err == nil && f.deleted {
		err = sql.ErrNoRows
	}
	return f, missing(err, "no file %q", id)
}

// file is the file of a kind that has an id. NotFound if there is none, or it was deleted.
func (s *filing) file(ctx context.Context, c *conn, kind api.FileKind, id string) (file, error) {
	var f file
	err := f.scan(c.row(ctx, fileByID, id))
	if err == nil && (f.kind != kind || f.deleted) {
		err = sql.ErrNoRows
	}
	return f, missing(err, "no %s %q", kind, id)
}

// versions lists the versions of a file, newest first.
func (s *filing) versions(ctx context.Context, c *conn, f file) (list []version, err error) {
	err = c.collect(ctx, func(rows scanner) error {
		var v version
		defer func() { list = append(list, v) }()
		return v.scan(rows)
	}, versionList, f.seq)
	return list, err
}

// pick is the version of a file that q asks for. NotFound when there is none.
func (s *filing) pick(ctx context.Context, c *conn, f file, q api.CreateQuery) (version, error) {
	var v version
	switch {
	case q.VersionID != "":
		err := v.scan(c.row(ctx, versionByID, f.seq, q.VersionID))
		return v, missing(err, "no version %q of %s %q", q.VersionID, f.kind, f.id)
	case q.Environment != "":
		v, ok, err := s.firstVersion(ctx, c, f, func(v version) bool { return deployedTo(v.doc, environmentName, q.Environment) })
		if err == nil && !ok {
			err = notFound("no version of %s %q is deployed to %q", f.kind, f.id, q.Environment)
		}
		return v, err
	}
	err := v.scan(c.row(ctx, versionDefault, f.seq))
	return v, missing(err, "%s %q has no version", f.kind, f.id)
}

// firstVersion is the newest version of a file that fits.
func (s *filing) firstVersion(ctx context.Context, c *conn, f file, fits func(version) bool) (v version, ok bool, err error) {
	list, err := s.versions(ctx, c, f)
	for _, v := range list {
		if err == nil && fits(v) {
			return v, true, nil
		}
	}
	return version{}, false, err
}

// The members of an environment of a prompt.
const (
	environmentName = "name"
	environmentTag  = "tag"
	defaultTag      = "default"
)

// deployedTo reports whether the document of a file lists an environment whose member is value.
func deployedTo(doc []byte, member, value string) bool {
	list := membersOf(doc).Raw("environments")
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return false
	}
	for _, e := range elements {
		if membersOf(e.Val.Of(list)).Text(member) == value {
			return true
		}
	}
	return false
}

// serve is the document of a version as it is sent: as stored when it was imported, with the
// present counts when it was made here.
func (s *filing) serve(ctx context.Context, c *conn, f file, v version) ([]byte, error) {
	if !v.made {
		return served(v.doc), nil
	}
	ofVersion, err := c.logs(ctx, scope{f.seq, v.seq})
	if err != nil {
		return nil, err
	}
	ofFile, err := c.logs(ctx, scope{f.seq, 0})
	if err != nil {
		return nil, err
	}
	return jsonraw.Set(v.doc, []jsonraw.Edit{
		{Name: "version_logs_count", Val: strconv.AppendInt(nil, ofVersion, 10)},
		{Name: "total_logs_count", Val: strconv.AppendInt(nil, ofFile, 10)},
	})
}

// object is the members of a document.
type object struct{ jsonraw.Document }

func membersOf(doc []byte) object { return object{jsonraw.ReadDocument(doc)} }

// time is the instant of a member, as stored.
func (o object) time(name string) any { return instant(o.Text(name)) }

// createdMember is the member of a file that says when it was made; logs call theirs the same.
const createdMember = "created_at"
