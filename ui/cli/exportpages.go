package cli

import (
	"context"
	"unicode/utf8"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// logs calls do with each log of a file. The next log is read when do has returned.
func (r *exportReader) logs(ctx context.Context, f exported, do func(doc []byte) error) error {
	r.kinds[f.kind]++
	each := func(doc []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(doc); err != nil {
			return err
		}
		r.count(doc)
		return nil
	}
	if r.picked != nil {
		return r.picked.logs(ctx, r.svc, f, each)
	}
	if r.store != nil {
		return r.store.Walk(ctx, f.id, each)
	}
	return pages(ctx, r.svc, f.id, each)
}

// count counts a log that was written.
func (r *exportReader) count(doc []byte) {
	if !utf8.Valid(doc) {
		r.odd++
	}
	r.written++
	r.bar.update(int64(r.written), int64(r.total), r.written)
}

const (
	logPage = 100
	// recentIDs is how many ids are remembered, so that a log is recognised when it comes a second
	// time.
	recentIDs = 100 * logPage
)

// pages reads the list of logs from the first page to the last. Logs that others add meanwhile move
// the rest to later pages, where they come a second time and are skipped; logs that others delete
// move the rest to earlier pages, so some pages are read again. A server that returns nothing but
// remembered logs is taken to have no more.
func pages(ctx context.Context, svc api.Service, fileID string, do func(doc []byte) error) error {
	seen := recent{at: map[string]int{}}
	stale := 0
	for page, before := 1, 0; stale < recentIDs/logPage; page++ {
		stale++
		raw, err := svc.Logs(ctx, api.LogQuery{FileID: fileID, Page: page, Size: logPage, Cut: shortForm})
		if err != nil {
			return err
		}
		p, err := model.ParsePage(raw)
		if err != nil {
			return &api.Error{Code: api.BadAnswer, Msg: "the server's list of logs cannot be read: " + err.Error(), Err: err}
		}
		for _, log := range p.Logs {
			id, _ := log.Member("id").Text()
			if seen.add(id) {
				stale = 0
				doc, err := whole(ctx, svc, log)
				if err == nil && doc != nil {
					err = do(doc)
				}
				if err != nil {
					return err
				}
			}
		}
		if fewer := before - p.Total; fewer > 0 {
			page = max(page-1-(fewer+logPage-1)/logPage, 0)
		} else if len(p.Logs) == 0 {
			return nil
		}
		before = p.Total
	}
	return nil
}

// recent remembers the most recent ids.
type recent struct {
	at   map[string]int
	ring []string
	next int
}

// add remembers an id, and reports whether it is new.
func (r *recent) add(id string) bool {
	if _, known := r.at[id]; known {
		return false
	}
	if len(r.ring) < recentIDs {
		r.ring = append(r.ring, id)
	} else {
		delete(r.at, r.ring[r.next])
		r.ring[r.next] = id
	}
	r.at[id] = r.next
	r.next = (r.next + 1) % recentIDs
	return true
}

// recordsOf are the records of a list of the API.
func recordsOf(raw []byte) ([][]byte, error) {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return nil, badList(err)
	}
	m, _ := jsonraw.Find(members, "records")
	list := m.Val.Of(raw)
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return nil, badList(err)
	}
	docs := make([][]byte, 0, len(elements))
	for _, e := range elements {
		docs = append(docs, e.Val.Of(list))
	}
	return docs, nil
}

func badList(err error) error {
	return &api.Error{Code: api.BadAnswer, Msg: "the server's list cannot be read: " + err.Error(), Err: err}
}
