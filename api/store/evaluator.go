package store

import (
	"context"
	"path"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

const savingEvaluator = "cannot save the evaluator"

// UpsertEvaluator creates a version of an evaluator, and the evaluator when its path is new.
func (s *filing) UpsertEvaluator(ctx context.Context, body []byte) ([]byte, error) {
	u, err := rules.UpsertEvaluator(body)
	if err != nil {
		return nil, err
	}
	return s.evaluator(ctx, func(db *conn) (f file, v version, err error) {
		now := s.now()
		if u.ID != "" {
			f, err = s.file(ctx, db, api.EvaluatorFile, u.ID)
		} else {
			f, err = s.makeFile(ctx, db, api.EvaluatorFile, u.Path, now)
		}
		if err != nil {
			return f, v, err
		}
		if f.learned {
			if err := db.exec(ctx, fileAdopt, f.seq); err != nil {
				return f, v, err
			}
		}
		v, err = s.specVersion(ctx, db, f, u.Spec, u.Version, now)
		if err == nil {
			v, err = s.describe(ctx, db, f, v, u.Version)
		}
		return f, v, err
	})
}

// evaluator calls act in a transaction, and returns the document of the version that act returns.
func (s *filing) evaluator(ctx context.Context, act func(db *conn) (file, version, error)) ([]byte, error) {
	return change(ctx, &s.core, savingEvaluator, func(db *conn) ([]byte, error) {
		f, v, err := act(db)
		if err != nil {
			return nil, err
		}
		return s.serve(ctx, db, f, v)
	})
}

// specVersion is the version of an evaluator with a spec. It is created when there is none.
func (s *filing) specVersion(ctx context.Context, db *conn, f file, spec []byte, of rules.Version, now time.Time) (version, error) {
	same := func(v version) bool { return judgment.SameSpec(specOf(v.doc), spec) }
	return s.makeVersion(ctx, db, f, same, now, func(id string) []byte { return evaluatorDocument(f, id, spec, of, now) })
}

// specOf is the spec in the document of an evaluator.
func specOf(doc []byte) []byte { return membersOf(doc).Raw(specMember) }

// The members with the name and the description of a version.
const (
	versionName        = "version_name"
	versionDescription = "version_description"
)

// describe sets the name and the description of a version. It is a Conflict when another version of
// the file has the name.
func (s *filing) describe(ctx context.Context, db *conn, f file, v version, of rules.Version) (version, error) {
	var edits []jsonraw.Edit
	for name, literal := range map[string][]byte{versionName: of.Name, versionDescription: of.Description} {
		if literal != nil && !jsonraw.Equal(literal, orNull(membersOf(v.doc).Raw(name))) {
			edits = append(edits, jsonraw.Edit{Name: name, Val: literal})
		}
	}
	if jsonraw.KindOf(of.Name) == jsonraw.String {
		_, taken, err := s.firstVersion(ctx, db, f, func(o version) bool {
			return o.seq != v.seq && jsonraw.Equal(of.Name, orNull(membersOf(o.doc).Raw(versionName)))
		})
		if err != nil {
			return v, err
		}
		if taken {
			return v, conflict("another version of the evaluator is called %s; choose another name", string(of.Name))
		}
	}
	return s.edit(ctx, db, v, edits)
}

func orNull(literal []byte) []byte {
	if literal == nil {
		return []byte("null")
	}
	return literal
}

// edit replaces members of the document of a version.
func (s *filing) edit(ctx context.Context, db *conn, v version, edits []jsonraw.Edit) (version, error) {
	if len(edits) == 0 {
		return v, nil
	}
	doc, err := jsonraw.Set(v.doc, edits)
	if err != nil {
		return v, err
	}
	v.doc = doc
	return v, db.exec(ctx, `UPDATE versions SET doc = ? WHERE seq = ?`, v.doc, v.seq)
}

// MoveEvaluator changes the path of an evaluator, or its name, which is the end of the path.
func (s *filing) MoveEvaluator(ctx context.Context, id string, body []byte) ([]byte, error) {
	m, err := rules.MoveFile(body)
	if err != nil {
		return nil, err
	}
	return s.evaluator(ctx, func(db *conn) (f file, v version, err error) {
		if f, err = s.file(ctx, db, api.EvaluatorFile, id); err != nil {
			return f, v, err
		}
		to := m.Path
		if to == "" && m.Name != "" {
			to = path.Join(parentPath(f.path), m.Name)
		}
		if to != "" && to != f.path {
			if f, err = s.move(ctx, db, f, to); err != nil {
				return f, v, err
			}
		}
		v, err = s.pick(ctx, db, f, api.CreateQuery{})
		return f, v, err
	})
}

// move changes the path of a file, in all of its versions.
func (s *filing) move(ctx context.Context, db *conn, f file, to string) (file, error) {
	if err := s.lockPath(ctx, db, to); err != nil {
		return f, err
	}
	var taken bool
	err := db.row(ctx, `SELECT EXISTS (SELECT 1 FROM files WHERE path = ? AND kind = ? AND NOT deleted)`, to, string(f.kind)).Scan(&taken)
	if err != nil {
		return f, err
	}
	if taken {
		return f, conflict("there is an %s at path %q already; choose another path", f.kind, to)
	}
	f.path, f.name = to, path.Base(to)
	versions, err := s.versions(ctx, db, f)
	if err != nil {
		return f, err
	}
	for _, v := range versions {
		_, err := s.edit(ctx, db, v, []jsonraw.Edit{
			{Name: "path", Val: jsonraw.Literal(f.path)}, {Name: "name", Val: jsonraw.Literal(f.name)},
			{Name: "directory_id", Val: jsonraw.Literal(directoryID(parentPath(f.path)))},
		})
		if err != nil {
			return f, err
		}
	}
	return f, db.exec(ctx, `UPDATE files SET path = ?, name = ?, learned = FALSE WHERE seq = ?`, f.path, f.name, f.seq)
}

// DeleteEvaluator hides an evaluator. Judgments that were made with it are still shown.
func (s *filing) DeleteEvaluator(ctx context.Context, id string) error {
	return s.change(ctx, "cannot delete the evaluator", func(db *conn) error {
		f, err := s.file(ctx, db, api.EvaluatorFile, id)
		if err != nil {
			return err
		}
		return db.exec(ctx, `UPDATE files SET deleted = TRUE WHERE seq = ?`, f.seq)
	})
}

// UpdateEvaluatorVersion sets the name or the description of a version of an evaluator.
func (s *filing) UpdateEvaluatorVersion(ctx context.Context, id, versionID string, body []byte) ([]byte, error) {
	of, err := rules.UpdateVersion(body)
	if err != nil {
		return nil, err
	}
	return s.evaluator(ctx, func(db *conn) (file, version, error) {
		f, v, err := s.versionOf(ctx, db, id, versionID)
		if err == nil {
			v, err = s.describe(ctx, db, f, v, of)
		}
		return f, v, err
	})
}

// versionOf is a version of an evaluator.
func (s *filing) versionOf(ctx context.Context, db *conn, id, versionID string) (f file, v version, err error) {
	if f, err = s.file(ctx, db, api.EvaluatorFile, id); err != nil {
		return f, v, err
	}
	err = v.scan(db.row(ctx, versionByID, f.seq, versionID))
	return f, v, missing(err, "no version %q of %s %q", versionID, f.kind, f.id)
}

// DeleteEvaluatorVersion deletes a version of an evaluator, unless it is the only one.
func (s *filing) DeleteEvaluatorVersion(ctx context.Context, id, versionID string) error {
	return s.change(ctx, "cannot delete the version", func(db *conn) error {
		f, v, err := s.versionOf(ctx, db, id, versionID)
		if err != nil {
			return err
		}
		versions, err := s.versions(ctx, db, f)
		if err != nil {
			return err
		}
		if len(versions) == 1 {
			return conflict("it is the only version of the evaluator; delete the evaluator")
		}
		return db.exec(ctx, `DELETE FROM versions WHERE seq = ?`, v.seq)
	})
}

// Environments lists, as a JSON array, the environments that versions of a file are deployed to,
// each with its file.
func (s *filing) Environments(ctx context.Context, kind api.FileKind, id string) ([]byte, error) {
	var all [][]byte
	err := s.view(ctx, "cannot list the environments", func(c *conn) error {
		all = nil
		return s.eachVersion(ctx, c, kind, id, func(doc []byte) {
			deployed := membersOf(doc).Raw("environments")
			for e := range jsonraw.EachElement(deployed) {
				with, err := jsonraw.Set(e.Val.Of(deployed), []jsonraw.Edit{{Name: "file", Val: doc}})
				if err == nil {
					all = append(all, with)
				}
			}
		})
	})
	if err != nil {
		return nil, err
	}
	return list(all), nil
}
