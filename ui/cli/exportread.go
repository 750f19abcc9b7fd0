package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"errata/api"
	"errata/api/store"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
)

// exportReader reads from a service what is to be exported.
type exportReader struct {
	*app
	svc   *service
	back  api.Backend
	store *store.Store // nil for a server
	only  string       // id of the only file to export, "" for all
	files []exported
	// the selected logs; nil for all
	picked *picking
	bar    *progressLine

	total   int // number of logs, 0 when not known
	written int
	// of the written logs, those with bytes that are not UTF-8, which stores of earlier versions
	// may have
	odd   int
	kept  int // files that an earlier, interrupted run has written
	kinds map[api.FileKind]int
}

// exported is one file of the service.
type exported struct {
	kind api.FileKind
	id   string
	doc  []byte
}

// exportReader connects to the server in use. Of an embedded store the logs are read directly, in
// the order in which they were stored.
func (a *app) exportReader(ctx context.Context) (*exportReader, error) {
	r := &exportReader{app: a, bar: a.newProgress("exporting"), kinds: map[api.FileKind]int{}}
	var err error
	if a.cfg.Embedded() {
		id, err := a.serverID()
		if err != nil {
			return nil, err
		}
		if r.store, err = a.readStoreAs(ctx, store.Options{Existing: true, Once: true}); err != nil {
			return nil, err
		}
		r.svc, err = embed(ctx, r.store, "embedded store", id)
		if err != nil {
			return nil, err
		}
	} else if r.svc, err = a.connect(ctx); err != nil {
		return nil, err
	}
	var ok bool
	if r.back, ok = r.svc.Service.(api.Backend); !ok {
		r.svc.close()
		return nil, errors.New("this server cannot be exported from")
	}
	return r, nil
}

func (r *exportReader) close() { r.svc.close() }

// inOneState runs f, which reads the embedded store as it is now, whoever changes it meanwhile. A
// server is read as it is when each page is asked for.
func (r *exportReader) inOneState(ctx context.Context, f func(ctx context.Context) error) error {
	if r.store == nil {
		return f(ctx)
	}
	return r.store.Snapshot(ctx, f)
}

// source describes what is exported, and from which server.
func (r *exportReader) source() string {
	name := r.svc.id
	if r.only != "" {
		name += " " + r.only
	}
	if r.picked != nil {
		name += " " + r.picked.words()
	}
	return name
}

// ids are those of the files that were found.
func (r *exportReader) ids() []string {
	list := make([]string, len(r.files))
	for i, f := range r.files {
		list[i] = f.id
	}
	return list
}

// find lists the files of the service, or finds the one that was asked for.
func (r *exportReader) find(ctx context.Context, only string) (err error) {
	if r.only = only; only != "" {
		r.files, err = r.named(ctx, only)
	} else {
		r.files, err = r.all(ctx)
	}
	if err != nil || !r.stderr {
		return err
	}
	for _, f := range r.files {
		raw, err := r.back.Logs(ctx, api.LogQuery{FileID: f.id, Page: 1})
		if err != nil {
			continue // the total is only for the progress
		}
		if p, err := model.ParsePage(raw); err == nil {
			r.total += p.Total
		}
	}
	return ctx.Err()
}

// named finds a file of any kind by its id.
func (r *exportReader) named(ctx context.Context, id string) ([]exported, error) {
	var missing error
	for _, kind := range fileKinds {
		doc, err := r.back.File(ctx, kind, id, api.CreateQuery{})
		switch api.CodeOf(err) {
		case 0:
			return []exported{{kind, id, doc}}, nil
		case api.NotFound:
			missing = errors.Join(missing, err)
		default:
			return nil, err
		}
	}
	if at, err := walk.PromptAt(ctx, r.svc, id); err == nil && at != "" && at != id {
		return r.named(ctx, at)
	}
	return nil, walk.Meant(ctx, r.svc, id, fail(exitNotFound, "there is no prompt %q, nor anything else of that id", id))
}

// fileKinds are the kinds of files, in the order in which messages list them.
var fileKinds = []api.FileKind{api.PromptFile, api.ToolFile, api.EvaluatorFile, api.FlowFile, api.AgentFile, api.DatasetFile}

// filePage is how many files one request asks for.
const filePage = 100

// all lists all files; when a server cannot list files, its prompts.
func (r *exportReader) all(ctx context.Context) ([]exported, error) {
	files, err := r.list(func(page int) ([]byte, error) {
		return r.back.Files(ctx, api.FileQuery{Page: page, Size: filePage, SortBy: model.CreatedAt.Name, Order: "asc"})
	})
	if code := api.CodeOf(err); code == api.NotFound || code == api.Failed {
		return r.list(func(page int) ([]byte, error) {
			return r.svc.Prompts(ctx, api.PromptQuery{Page: page, Size: filePage})
		})
	}
	return files, err
}

// list reads pages of files until one has nothing new.
func (r *exportReader) list(get func(page int) ([]byte, error)) ([]exported, error) {
	var files []exported
	known := map[string]bool{}
	for page := 1; ; page++ {
		raw, err := get(page)
		if err != nil {
			return nil, err
		}
		p, err := model.ParsePage(raw)
		if err != nil {
			return nil, &api.Error{Code: api.BadAnswer, Msg: "the server's list of files cannot be read: " + err.Error(), Err: err}
		}
		before := len(files)
		for _, doc := range p.Logs {
			f := exported{kind: kindOf(doc), id: doc.Head().ID, doc: doc.Bytes()}
			if f.id != "" && !known[f.id] {
				known[f.id] = true
				files = append(files, f)
			}
		}
		if len(files) == before {
			return files, nil
		}
	}
}

// kindOf is the kind of a file, by its member "type"; without that it is a prompt.
func kindOf(doc *model.Log) api.FileKind {
	text, _ := doc.Member("type").Text()
	if kind := api.FileKind(text); slices.Contains(fileKinds, kind) {
		return kind
	}
	return api.PromptFile
}

// versions are the documents of all versions of a file.
func (r *exportReader) versions(ctx context.Context, f exported) ([][]byte, error) {
	raw, err := r.back.Versions(ctx, f.kind, f.id)
	switch {
	case api.CodeOf(err) == api.NotFound: // the server keeps no versions of such files
		return [][]byte{f.doc}, nil
	case err != nil:
		return nil, err
	}
	return recordsOf(raw)
}

// words sum up the export; to is where it was written.
func (r *exportReader) words(to string) string {
	parts := []string{figure.Count(r.written, "log")}
	for _, kind := range fileKinds {
		if n := r.kinds[kind]; n > 0 {
			parts = append(parts, figure.Count(n, string(kind)))
		}
	}
	s := strings.Join(parts, ", ") + " exported" + to
	switch r.kept {
	case 0:
	case 1:
		s += ", 1 more was complete already"
	default:
		s += ", " + figure.Int(r.kept) + " more were complete already"
	}
	return s
}
