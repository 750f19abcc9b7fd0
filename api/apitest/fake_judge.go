package apitest

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

var _ api.Judge = (*Fake)(nil)

// evaluatorVersion is a version of an evaluator.
type evaluatorVersion struct {
	is  judgment.Evaluator
	doc []byte
}

// said is a judgment.
type said struct {
	id, parent string
	doc        []byte
}

// CreateJudgment implements api.Judge. The documents that it makes have the members that a client
// reads.
func (f *Fake) CreateJudgment(ctx context.Context, q api.CreateQuery, body []byte) (made api.Judged, err error) {
	err = f.do(ctx, CreateJudgment, func() error {
		made, err = f.judge(q, body)
		return err
	})
	if err != nil {
		return api.Judged{}, err
	}
	return made, nil
}

func (f *Fake) judge(q api.CreateQuery, body []byte) (api.Judged, error) {
	j, err := rules.Judge(body)
	if err != nil {
		return api.Judged{}, err
	}
	if f.find(j.ParentID) == nil && f.judgment(j.ParentID) == nil {
		return api.Judged{}, missing("no log %q on this server", j.ParentID)
	}
	r := f.rubric(j.EvaluatorID, j.Path, q.VersionID)
	if j.Spec != nil && q.VersionID == "" {
		r, err = f.upsert(j.EvaluatorID, j.Path, j.Spec)
	}
	switch {
	case err != nil:
		return api.Judged{}, err
	case r == nil:
		return api.Judged{}, missing("no evaluator %q on this server", j.EvaluatorID+j.Path)
	}
	spec, _ := jsonraw.Members(r.doc)
	of, _ := jsonraw.Find(spec, "spec")
	if err := j.Fits(of.Val.Of(r.doc)); err != nil {
		return api.Judged{}, err
	}
	id := j.LogID
	if id == "" {
		id = f.newID("log")
	}
	if f.find(id) != nil || f.judgment(id) != nil {
		return api.Judged{}, &api.Error{Code: api.Conflict, Status: http.StatusConflict, Msg: fmt.Sprintf("there is a log %q already; choose another log_id", id)}
	}
	f.said = append(f.said, &said{id, j.ParentID, f.altered(f.judgmentDocument(id, j, r))})
	return api.Judged{ID: id, ParentID: j.ParentID, VersionID: r.is.VersionID}, nil
}

func (f *Fake) judgmentDocument(id string, j rules.Judging, r *evaluatorVersion) []byte {
	parts := []string{fmt.Sprintf(`"id":%s`, quote(id))}
	for _, field := range model.EvaluatorFields() {
		literal := string(j.Fields[field])
		if literal == "" || literal == "null" {
			literal = "null"
			if field == model.CreatedAt {
				literal = f.now.Format(`"2006-01-02T15:04:05.000000Z"`)
			}
		}
		parts = append(parts, fmt.Sprintf(`"%s":%s`, field.Name, literal))
	}
	for _, name := range []string{judgment.Said, judgment.Done, judgment.Parent, "user", "log_id"} {
		literal := string(j.Envelope[name])
		if literal == "" {
			literal = "null"
		}
		parts = append(parts, fmt.Sprintf(`"%s":%s`, name, literal))
	}
	parts = append(parts, `"`+judgment.Nested+`":[]`, `"evaluator":`+string(r.doc), `"parent":null`)
	return []byte("{" + strings.Join(parts, ",") + "}")
}

// DeleteLogs implements api.Judge.
func (f *Fake) DeleteLogs(ctx context.Context, ids []string) error {
	return f.do(ctx, DeleteLogs, func() error {
		for left := slices.Clone(ids); len(left) > 0; left = left[1:] {
			f.logs = slices.DeleteFunc(f.logs, func(r *record) bool { return r.head.ID == left[0] })
			f.said = slices.DeleteFunc(f.said, func(s *said) bool {
				if s.parent == left[0] {
					left = append(left, s.id)
				}
				return s.id == left[0] || s.parent == left[0]
			})
		}
		return nil
	})
}

// FilesOfKind lists evaluators, the newest first; the Fake has no other files but prompts.
func (f *Fake) FilesOfKind(ctx context.Context, kind api.FileKind, q api.PromptQuery) (raw []byte, err error) {
	if kind == api.PromptFile {
		return f.Prompts(ctx, q)
	}
	err = f.do(ctx, Evaluators, func() error {
		var docs [][]byte
		known := map[string]bool{}
		for _, r := range slices.Backward(f.rubrics) {
			if kind == api.EvaluatorFile && !known[r.is.ID] && strings.Contains(strings.ToLower(r.is.Name), strings.ToLower(q.Name)) {
				docs = append(docs, r.doc)
			}
			known[r.is.ID] = true
		}
		raw = page(docs, q.Page, q.Size)
		return nil
	})
	return raw, err
}

// File gets a version of an evaluator, the newest when q names none.
func (f *Fake) File(ctx context.Context, kind api.FileKind, id string, q api.CreateQuery) (raw []byte, err error) {
	if kind == api.PromptFile {
		return f.Prompt(ctx, id, q)
	}
	err = f.do(ctx, Evaluators, func() error {
		r := f.rubric(id, "", q.VersionID)
		if r == nil || kind != api.EvaluatorFile || q.Environment != "" {
			return missing("no %s %q of this version on this server", kind, id)
		}
		raw = bytes.Clone(r.doc)
		return nil
	})
	return raw, err
}

// UpsertEvaluator makes a version of an evaluator, and the evaluator where its path is new.
func (f *Fake) UpsertEvaluator(ctx context.Context, body []byte) (raw []byte, err error) {
	err = f.do(ctx, Evaluators, func() error {
		u, err := rules.UpsertEvaluator(body)
		if err != nil {
			return err
		}
		r, err := f.upsert(u.ID, u.Path, u.Spec)
		if err == nil {
			raw = bytes.Clone(r.doc)
		}
		return err
	})
	return raw, err
}

func (f *Fake) upsert(id, path string, spec []byte) (*evaluatorVersion, error) {
	known := f.rubric(id, path, "")
	switch {
	case known != nil:
		id, path = known.is.ID, known.is.Path
	case id != "":
		return nil, missing("no evaluator %q on this server", id)
	default:
		id = f.newID("ev")
	}
	for _, r := range f.rubrics {
		of, _ := jsonraw.Members(r.doc)
		m, _ := jsonraw.Find(of, "spec")
		if r.is.ID == id && judgment.SameSpec(m.Val.Of(r.doc), spec) {
			return r, nil
		}
	}
	members, _ := rules.EvaluatorMembers(spec)
	says, err := jsonraw.Set([]byte("{}"), members)
	if err != nil {
		return nil, err
	}
	at := f.now.Format("2006-01-02T15:04:05.000000Z")
	doc := fmt.Appendf(nil, `{"path":%s,"id":%s,"name":%s,"version_id":%s,"type":"evaluator","spec":%s,"inputs":[],"environments":[],"created_at":%q,"updated_at":%[6]q,"last_used_at":%[6]q,"version_logs_count":0,"total_logs_count":0}`,
		quote(path), quote(id), quote(path[strings.LastIndex(path, "/")+1:]), quote(f.newID("evv")), says, at)
	r := &evaluatorVersion{judgment.ReadEvaluator(doc), doc}
	f.rubrics = append(f.rubrics, r)
	return r, nil
}

// rubric is a version of an evaluator, the newest when versionID is empty; nil when there is none.
func (f *Fake) rubric(id, path, versionID string) *evaluatorVersion {
	for _, r := range slices.Backward(f.rubrics) {
		named := r.is.ID == id || id == "" && r.is.Path == path
		if named && (versionID == "" || r.is.VersionID == versionID) {
			return r
		}
	}
	return nil
}

func (f *Fake) judgment(id string) *said {
	for _, s := range f.said {
		if s.id == id {
			return s
		}
	}
	return nil
}

// judged is a document with the judgments of its log inserted.
func (f *Fake) judged(id string, doc []byte) []byte {
	var added [][]byte
	for _, s := range f.said {
		if s.parent == id {
			added = append(added, f.judged(s.id, s.doc))
		}
	}
	if len(added) == 0 {
		return doc
	}
	members, _ := jsonraw.Members(doc)
	held, _ := jsonraw.Find(members, judgment.Nested)
	list := bytes.TrimSuffix(held.Val.Of(doc), []byte("]"))
	if held.Kind != jsonraw.Array {
		list = []byte("[")
	}
	if jsonraw.KindOf(list) == jsonraw.Array && len(bytes.TrimSpace(list)) > 1 {
		list = append(bytes.Clone(list), ',')
	}
	list = append(append(bytes.Clone(list), bytes.Join(added, []byte(","))...), ']')
	shown, err := jsonraw.Set(doc, []jsonraw.Edit{{Name: judgment.Nested, Val: list}})
	if err != nil {
		return doc
	}
	return shown
}
