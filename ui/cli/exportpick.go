package cli

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"errata/api"
	"errata/api/walk"
	"errata/model"
)

// picking is the selection of an export of selected logs.
type picking struct {
	q    walk.Query
	walk *walk.Walk

	kinds map[string]exported // the files of the service, by id
	ids   map[string][]string // of the selected logs by file, for an export file by file
}

// pick limits an export to the logs of a selection. Unless the selection names a prompt, files of
// every kind count.
func (r *exportReader) pick(q walk.Query) *picking {
	p := &picking{q: q, kinds: map[string]exported{}, ids: map[string][]string{}}
	p.q.Cut, p.q.Files = shortForm, r.ids()
	if len(r.files) == 1 {
		p.q.Prompt = "" // it was found by its id or path
	}
	for _, f := range r.files {
		p.kinds[f.id] = f
	}
	return p
}

// writePicked writes the selected logs as JSONL, in the order of the selection.
func (r *exportReader) writePicked(ctx context.Context, p *picking) (err error) {
	sink := lineSink{&r.console}
	met := map[string]bool{}
	p.walk, err = r.each(ctx, r.svc, p.q, func(log *model.Log) error {
		doc, err := whole(ctx, r.svc, log)
		if err != nil || doc == nil {
			return err
		}
		if file := log.Head().PromptID; !met[file] {
			met[file] = true
			r.kinds[p.kinds[file].kind]++
		}
		r.count(doc)
		return sink.line(doc)
	})
	return err
}

// gather finds the selected logs of each file, and removes the files without any from the export.
func (r *exportReader) gather(ctx context.Context, p *picking) (err error) {
	p.walk, err = r.each(ctx, r.svc, p.q, func(log *model.Log) error {
		head := log.Head()
		p.ids[head.PromptID] = append(p.ids[head.PromptID], head.ID)
		r.total++
		return nil
	})
	r.files = slices.DeleteFunc(r.files, func(f exported) bool { return len(p.ids[f.id]) == 0 })
	r.picked = p
	return err
}

// logs calls do with the selected logs of a file. One that was deleted meanwhile is skipped.
func (p *picking) logs(ctx context.Context, svc *service, f exported, do func(doc []byte) error) error {
	for _, id := range p.ids[f.id] {
		doc, err := svc.Log(ctx, id)
		if api.CodeOf(err) == api.NotFound {
			continue
		}
		if err == nil {
			err = do(doc.Raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// words identify the selection, so that an interrupted export is only resumed with the same one.
func (p *picking) words() string {
	words := p.q.Selection.String()
	if len(p.q.IDs) == 0 {
		return words
	}
	sum := sha256.Sum256([]byte(strings.Join(p.q.IDs, "\n")))
	return strings.TrimSpace(fmt.Sprintf("%s of %d logs (%x)", words, len(p.q.IDs), sum[:6]))
}
