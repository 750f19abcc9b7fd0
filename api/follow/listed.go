package follow

import (
	"context"
	"slices"
	"time"

	"errata/api"
	"errata/api/walk"
	"errata/model"
)

// pageSize is how many logs of each prompt are compared with those that were there, on one page.
const pageSize = 100

// cut is about how many bytes are wanted of a member of a log: the id and the time are compared.
const cut = 1 << 10

// listed is the arrivals of a server that lists the logs of each prompt by their time.
type listed struct {
	svc   api.Service
	files []string         // the prompts whose logs are meant; nil for all
	heads map[string]*head // by prompt
	begun bool
	seen  api.Seen // what has not changed is not read again
	away  int
}

// head is the beginning of the list of a prompt, as far as it was seen.
type head struct {
	known map[string]bool
	floor time.Time // logs up to this time are not told apart from those that were there
	whole bool      // all of the list was seen: there is no floor
	total int
}

// newcomer is a log that was not there before.
type newcomer struct {
	id      string
	created time.Time
}

func newListed(svc api.Service, files []string) *listed {
	return &listed{svc: svc, files: files, heads: map[string]*head{}}
}

func (l *listed) passed() int { return l.away }

// next implements arrivals. The first call notes what is there.
func (l *listed) next(ctx context.Context) (ids []string, more bool, err error) {
	ctx = api.WithSeen(ctx, &l.seen)
	files, err := l.prompts(ctx)
	var list []newcomer
	for _, id := range files {
		if err == nil {
			var some []newcomer
			some, err = l.look(ctx, id)
			list = append(list, some...)
		}
	}
	if err != nil {
		l.seen = api.Seen{} // what was read of a page may not have been looked at
	} else {
		l.begun = true
	}
	slices.SortStableFunc(list, func(a, b newcomer) int { return a.created.Compare(b.created) })
	for _, c := range list {
		ids = append(ids, c.id)
	}
	return ids, false, err
}

// prompts are the prompts whose logs are meant, those that were made meanwhile among them.
func (l *listed) prompts(ctx context.Context) ([]string, error) {
	if l.files != nil {
		return l.files, nil
	}
	list, err := walk.Prompts(api.WithSeen(ctx, nil), l.svc, 0)
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids, err
}

// look compares the list of a prompt with what is known of it.
func (l *listed) look(ctx context.Context, id string) ([]newcomer, error) {
	h := l.heads[id]
	if h == nil {
		h = &head{known: map[string]bool{}, whole: true} // of a prompt that is new all logs are
		if !l.begun {
			return nil, l.first(ctx, id, h)
		}
		l.heads[id] = h
	}
	list, total, err := h.compare(func(page int) (model.Page, error) { return l.page(ctx, id, page) })
	switch api.CodeOf(err) {
	case api.Unchanged:
		return nil, nil
	case api.NotFound:
		if l.files == nil { // the prompt was deleted meanwhile
			return nil, nil
		}
	}
	if err != nil {
		h.total += len(list) // the others are looked for again
		return list, err
	}
	l.away += max(total-h.total-len(list), 0)
	h.total = total
	return list, nil
}

// first notes which logs of a prompt are there.
func (l *listed) first(ctx context.Context, id string, h *head) error {
	page, err := l.page(ctx, id, 1)
	if err != nil {
		return err
	}
	h.total, h.whole = page.Total, len(page.Logs) >= page.Total
	for _, log := range page.Logs {
		h.known[log.Head().ID] = true
		h.floor = created(log)
	}
	l.heads[id] = h
	return nil
}

// page reads one page of the list of a prompt; the first is Unchanged where nothing has changed.
func (l *listed) page(ctx context.Context, id string, number int) (model.Page, error) {
	if number > 1 {
		ctx = api.WithSeen(ctx, nil)
	}
	raw, err := l.svc.Logs(ctx, api.LogQuery{FileID: id, Page: number, Size: pageSize, Cut: cut})
	if err != nil {
		return model.Page{}, err
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		err = &api.Error{Code: api.BadAnswer, Msg: "the server's list of logs cannot be read; check the base URL", Err: err}
	}
	return page, err
}

// compare goes through the pages of a list until all logs that are new were met, or the floor. They
// are known from then on.
func (h *head) compare(page func(int) (model.Page, error)) (list []newcomer, total int, err error) {
	for n := 1; ; n++ {
		p, err := page(n)
		if err != nil {
			return list, total, err
		}
		total = p.Total
		before, last := len(list), time.Time{}
		for _, log := range p.Logs {
			id, at := log.Head().ID, created(log)
			if last = at; !h.known[id] && (h.whole || at.After(h.floor)) {
				h.known[id] = true
				list = append(list, newcomer{id, at})
			}
		}
		fresh, missing := len(list)-before, total-h.total-len(list)
		if len(p.Logs) == 0 || n*pageSize >= total || fresh < len(p.Logs) && missing <= 0 || !h.whole && !last.After(h.floor) {
			return list, total, nil
		}
	}
}

// created is the time of a log, zero if it cannot be read.
func created(log *model.Log) time.Time {
	at, _, err := model.ParseTime(log.Summarize().Created)
	if err != nil {
		return time.Time{}
	}
	return at
}
