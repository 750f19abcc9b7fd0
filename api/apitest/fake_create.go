package apitest

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// CreateLog implements api.Service. The documents that it makes have the members that a client
// reads, and not all that a server would send.
func (f *Fake) CreateLog(ctx context.Context, q api.CreateQuery, body []byte) (made api.Created, err error) {
	err = f.do(ctx, CreateLog, func() error {
		made, err = f.create(q, body)
		return err
	})
	if err != nil {
		return api.Created{}, err
	}
	return made, nil
}

func (f *Fake) create(q api.CreateQuery, body []byte) (api.Created, error) {
	c, err := rules.Create(body)
	if err != nil {
		return api.Created{}, err
	}
	if c.LogID != "" && f.find(c.LogID) != nil {
		return api.Created{}, &api.Error{Code: api.Conflict, Status: http.StatusConflict, Msg: fmt.Sprintf("there is a log %q already; choose another log_id", c.LogID)}
	}
	v, err := f.choose(c, q)
	if err != nil {
		return api.Created{}, err
	}
	id := c.LogID
	if id == "" {
		id = f.newID("log")
	}
	parts := []string{fmt.Sprintf(`"id":%s,"prompt":%s,"evaluator_logs":[]`, quote(id), v.doc)}
	for _, field := range model.Fields() {
		literal := string(c.Fields[field])
		switch {
		case literal == "" && field == model.CreatedAt:
			literal = f.now.Format(`"2006-01-02T15:04:05.000000Z"`)
		case literal == "":
			literal = "null"
		}
		parts = append(parts, fmt.Sprintf(`"%s":%s`, field.Name, literal))
	}
	if err := f.put(f.altered([]byte("{" + strings.Join(parts, ",") + "}"))); err != nil {
		return api.Created{}, err
	}
	return api.Created{ID: id, PromptID: v.head.PromptID, VersionID: v.head.VersionID}, nil
}

// choose finds the version of a prompt to which a new log belongs, or creates it.
func (f *Fake) choose(c rules.Creation, q api.CreateQuery) (*version, error) {
	var known *version
	for _, v := range f.versions {
		if v.head.PromptID == c.PromptID || c.PromptID == "" && v.head.PromptPath == c.Path {
			known = v
			if c.Kernel != nil && c.Kernel.Matches(v.doc) {
				return v, nil
			}
		}
	}
	switch {
	case known == nil && (c.PromptID != "" || c.Kernel == nil):
		return nil, missing("no prompt %q on this server", c.PromptID+c.Path)
	case known != nil && c.Kernel == nil:
		if v := f.version(known.head.PromptID, q.VersionID); v != nil {
			return v, nil
		}
		return nil, missing("no version %q on this server", q.VersionID)
	case known == nil:
		return f.newVersion(f.newID("pr"), c.Path, c.Kernel)
	}
	return f.newVersion(known.head.PromptID, known.head.PromptPath, c.Kernel)
}

func (f *Fake) newVersion(promptID, path string, k *rules.Kernel) (*version, error) {
	id := f.newID("prv")
	parts := []string{fmt.Sprintf(`"id":%s,"version_id":%s,"path":%s,"name":%s`, quote(promptID), quote(id), quote(path), quote(path[strings.LastIndex(path, "/")+1:]))}
	for _, m := range k.Members() {
		parts = append(parts, fmt.Sprintf(`%s:%s`, quote(m.Name), m.Val))
	}
	doc := "{" + strings.Join(parts, ",") + "}"
	probe, err := model.ParseLog([]byte(`{"prompt":` + doc + `}`))
	if err != nil {
		return nil, err
	}
	v := &version{head: probe.Head(), doc: []byte(doc)}
	f.versions = append(f.versions, v)
	return v, nil
}

func (f *Fake) newID(prefix string) string {
	f.made++
	return fmt.Sprintf("%s_%021d", prefix, f.made)
}

// quote writes text as a JSON string. Text that a request brought has been decoded from one, so it
// can be written.
func quote(text string) []byte {
	literal, err := jsonraw.Quote(text)
	if err != nil {
		return []byte(`""`)
	}
	return literal
}
