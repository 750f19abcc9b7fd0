package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"strconv"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// prompt is a row of prompts.
type prompt struct {
	id, path, name string
	deployed       sql.NullString
}

func (p *prompt) scan(row *sql.Row) error { return row.Scan(&p.id, &p.path, &p.name, &p.deployed) }

// version is a row of versions.
type version struct {
	id   string
	doc  []byte
	made bool // here, rather than imported
}

func (v *version) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&v.id, &v.doc, &v.made)
}

// Prompt gets one prompt: the version asked for, else the default deployed one, else the newest.
func (s *Store) Prompt(ctx context.Context, id string, q api.CreateQuery) ([]byte, error) {
	var doc []byte
	err := s.view(ctx, "cannot read the prompt", func(db querier) error {
		var p prompt
		if err := p.scan(db.QueryRowContext(ctx, s.sql.promptByID, id)); err != nil {
			return missing(err, "no prompt %q", id)
		}
		v, err := s.pick(ctx, db, p, q)
		if err != nil {
			return err
		}
		doc, err = s.serve(ctx, db, id, v)
		return err
	})
	return doc, err
}

// pick is the version of a prompt that q asks for. NotFound when there is none.
func (s *Store) pick(ctx context.Context, db querier, p prompt, q api.CreateQuery) (version, error) {
	var v version
	switch {
	case q.VersionID != "":
		err := v.scan(db.QueryRowContext(ctx, s.sql.versionByID, p.id, q.VersionID))
		return v, missing(err, "no version %q of prompt %q", q.VersionID, p.id)
	case q.Environment != "":
		v, ok, err := s.firstVersion(ctx, db, p.id, func(v version) bool { return deployedTo(v.doc, environmentName, q.Environment) })
		if err == nil && !ok {
			err = notFound("no version of prompt %q is deployed to %q", p.id, q.Environment)
		}
		return v, err
	}
	err := v.scan(db.QueryRowContext(ctx, s.sql.versionDefault, p.id))
	return v, missing(err, "prompt %q has no version", p.id)
}

// firstVersion is the newest version of a prompt that fits.
func (s *Store) firstVersion(ctx context.Context, db querier, promptID string, fits func(version) bool) (v version, ok bool, err error) {
	rows, err := db.QueryContext(ctx, s.sql.versionList, promptID)
	if err != nil {
		return version{}, false, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v version
		if err := v.scan(rows); err != nil {
			return version{}, false, err
		}
		if fits(v) {
			return v, true, nil
		}
	}
	return version{}, false, rows.Err()
}

// The members of an environment of a prompt.
const (
	environmentName = "name"
	environmentTag  = "tag"
	defaultTag      = "default"
)

// deployedTo tells whether a prompt document lists an environment whose member is value.
func deployedTo(doc []byte, member, value string) bool {
	list := membersOf(doc).raw("environments")
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return false
	}
	for _, e := range elements {
		if membersOf(e.Val.Of(list)).text(member) == value {
			return true
		}
	}
	return false
}

// serve is the document of a version as it is sent: as stored when it was imported, with the present counts when it was made here.
func (s *Store) serve(ctx context.Context, db querier, promptID string, v version) ([]byte, error) {
	if !v.made {
		return v.doc, nil
	}
	var ofVersion, ofPrompt int
	if err := db.QueryRowContext(ctx, s.sql.versionCount, promptID, v.id).Scan(&ofVersion); err != nil {
		return nil, err
	}
	if err := db.QueryRowContext(ctx, s.sql.promptCount, promptID).Scan(&ofPrompt); err != nil {
		return nil, err
	}
	return jsonraw.Set(v.doc, []jsonraw.Edit{
		{Name: "version_logs_count", Val: strconv.AppendInt(nil, int64(ofVersion), 10)},
		{Name: "total_logs_count", Val: strconv.AppendInt(nil, int64(ofPrompt), 10)},
	})
}

// listed is a prompt as a list sees it.
type listed struct {
	id, name         string
	created, updated sql.NullInt64
}

// Prompts lists prompts, each by its default version.
func (s *Store) Prompts(ctx context.Context, q api.PromptQuery) ([]byte, error) {
	page := newPage(q.Page, q.Size)
	err := s.view(ctx, "cannot list the prompts", func(db querier) error {
		list, err := s.prompts(ctx, db, q.Name)
		if err != nil {
			return err
		}
		order(list, q)
		page.total = len(list)
		list = list[min(page.skip, len(list)):]
		for _, l := range list[:min(page.size, len(list))] {
			v, err := s.pick(ctx, db, prompt{id: l.id}, api.CreateQuery{})
			if err != nil {
				return err
			}
			doc, err := s.serve(ctx, db, l.id, v)
			if err != nil {
				return err
			}
			page.add(doc)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return page.close(), nil
}

// prompts lists the prompts whose name contains name in any case, newest stored first.
func (s *Store) prompts(ctx context.Context, db querier, name string) ([]listed, error) {
	rows, err := db.QueryContext(ctx, s.sql.promptList)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []listed
	needle := fold(name)
	for rows.Next() {
		var l listed
		if err := rows.Scan(&l.id, &l.name, &l.created, &l.updated); err != nil {
			return nil, err
		}
		if strings.Contains(string(fold(l.name)), string(needle)) {
			list = append(list, l)
		}
	}
	return list, rows.Err()
}

// order sorts a list of prompts; those that are equal keep their order. A time that cannot be read counts as the oldest.
func order(list []listed, q api.PromptQuery) {
	instant := func(n sql.NullInt64) int64 {
		if !n.Valid {
			return math.MinInt64
		}
		return n.Int64
	}
	compare := func(a, b listed) int { return cmp.Compare(instant(a.created), instant(b.created)) }
	switch q.SortBy {
	case "updated_at":
		compare = func(a, b listed) int { return cmp.Compare(instant(a.updated), instant(b.updated)) }
	case "name":
		compare = func(a, b listed) int { return cmp.Compare(string(fold(a.name)), string(fold(b.name))) }
	}
	slices.SortStableFunc(list, func(a, b listed) int {
		if q.Order == "asc" {
			return compare(a, b)
		}
		return compare(b, a)
	})
}

// object is the members of a document, read laxly.
type object struct {
	doc  []byte
	list []jsonraw.Member
}

// membersOf reads the members of a document; one that is no object has none.
func membersOf(doc []byte) object {
	list, err := jsonraw.Members(doc)
	if err != nil {
		return object{}
	}
	return object{doc, list}
}

// raw is the literal of a member, nil when there is none.
func (o object) raw(name string) []byte {
	m, ok := jsonraw.Find(o.list, name)
	if !ok {
		return nil
	}
	return m.Val.Of(o.doc)
}

// text is the decoded string of a member, empty when it is none.
func (o object) text(name string) string {
	decoded, _ := jsonraw.Text(o.raw(name))
	return decoded
}

// time is the instant of a member, as stored.
func (o object) time(name string) any { return instant(o.text(name)) }

// createdMember is the member of a prompt that tells when it was made; logs call theirs the same.
func createdMember() string { return rules.Time().Name }
