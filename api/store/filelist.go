package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"

	"errata/api"
	"errata/api/store/index"
)

// Prompts lists prompts, each by its default version.
func (s *filing) Prompts(ctx context.Context, q api.PromptQuery) ([]byte, error) {
	return s.FilesOfKind(ctx, api.PromptFile, q)
}

// FilesOfKind is Prompts for files of any kind.
func (s *filing) FilesOfKind(ctx context.Context, kind api.FileKind, q api.PromptQuery) ([]byte, error) {
	return s.Files(ctx, api.FileQuery{
		Page: q.Page, Size: q.Size, Name: q.Name, Kinds: []api.FileKind{kind}, SortBy: q.SortBy, Order: q.Order, User: q.User,
	})
}

// Files lists files of all kinds, each by its default version.
func (s *filing) Files(ctx context.Context, q api.FileQuery) ([]byte, error) {
	var p *page
	err := s.look(ctx, "cannot list the files", func(c *conn) error {
		p = newPage(q.Page, q.Size)
		list, err := s.files(ctx, c, slices.Contains(q.Kinds, api.EvaluatorFile), func(f file) bool { return asked(f, q) })
		if err != nil {
			return err
		}
		if list, err = s.told(ctx, c, list, q); err != nil {
			return err
		}
		order(list, q.SortBy, q.Order)
		p.total = len(list)
		list = list[min(p.skip, len(list)):]
		for _, f := range list[:min(p.size, len(list))] {
			doc, err := s.shown(ctx, c, f)
			if err != nil {
				return err
			}
			p.add(doc)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.close(), nil
}

// shown is the document of a file in a list: that of its default version.
func (s *filing) shown(ctx context.Context, c *conn, f file) ([]byte, error) {
	v, err := s.pick(ctx, c, f, api.CreateQuery{})
	if err != nil {
		return nil, err
	}
	return s.serve(ctx, c, f, v)
}

// asked reports whether a file matches what q asks for, by what is kept beside its document.
func asked(f file, q api.FileQuery) bool {
	path := strings.Trim(q.Path, "/")
	switch {
	case len(q.Kinds) > 0 && !slices.Contains(q.Kinds, f.kind):
	case path != "" && f.path != path && !strings.HasPrefix(f.path, path+"/"):
	case !strings.Contains(string(index.Fold(f.name)), string(index.Fold(q.Name))):
	default:
		return true
	}
	return false
}

// told keeps the files whose documents match what q asks for.
func (s *filing) told(ctx context.Context, c *conn, list []file, q api.FileQuery) (left []file, err error) {
	if q.User == "" && q.Environment == "" {
		return list, nil
	}
	for _, f := range list {
		if q.Environment != "" {
			_, ok, err := s.firstVersion(ctx, c, f, func(v version) bool { return deployedTo(v.doc, environmentName, q.Environment) })
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
		}
		if q.User != "" {
			v, err := s.pick(ctx, c, f, api.CreateQuery{})
			if err != nil {
				return nil, err
			}
			if !madeBy(v.doc, q.User) {
				continue
			}
		}
		left = append(left, f)
	}
	return left, nil
}

// madeBy reports whether the name or the email address of who made a version contains a word, in
// any case.
func madeBy(doc []byte, word string) bool {
	maker := membersOf(membersOf(doc).Raw("created_by"))
	needle := string(index.Fold(word))
	return strings.Contains(string(index.Fold(maker.Text("full_name"))), needle) || strings.Contains(string(index.Fold(maker.Text("email_address"))), needle)
}

// files lists the files that fit, newest stored first. Evaluators that are known from judgments
// within logs, and were never judged with here, are listed among them where all are asked for.
func (s *filing) files(ctx context.Context, c *conn, all bool, fits func(file) bool) (list []file, err error) {
	which := ` WHERE NOT deleted AND NOT (learned AND NOT EXISTS (SELECT 1 FROM logs WHERE file = files.seq))`
	if all {
		which = ` WHERE NOT deleted`
	}
	err = c.collect(ctx, func(rows scanner) error {
		var f file
		if err := f.scan(rows); err != nil {
			return err
		}
		if fits(f) {
			list = append(list, f)
		}
		return nil
	}, fileColumns+which+` ORDER BY seq DESC`)
	return list, err
}

// order sorts a list of files; those that are equal keep their order. A time that cannot be read
// counts as the oldest.
func order(list []file, by, direction string) {
	instant := func(n sql.NullInt64) int64 {
		if !n.Valid {
			return math.MinInt64
		}
		return n.Int64
	}
	compare := func(a, b file) int { return cmp.Compare(instant(a.created), instant(b.created)) }
	switch by {
	case "updated_at":
		compare = func(a, b file) int { return cmp.Compare(instant(a.updated), instant(b.updated)) }
	case "name":
		compare = func(a, b file) int { return cmp.Compare(string(index.Fold(a.name)), string(index.Fold(b.name))) }
	}
	slices.SortStableFunc(list, func(a, b file) int {
		if direction == "asc" {
			return compare(a, b)
		}
		return compare(b, a)
	})
}

// number is the number of a version of a file; ok is false when there is none.
func (s *filing) number(ctx context.Context, c *conn, f file, versionID string) (seq int64, ok bool, err error) {
	err = c.row(ctx, `SELECT seq FROM versions WHERE file = ? AND id = ?`, f.seq, versionID).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return seq, err == nil, err
}
