package walk

import (
	"context"
	"path"
	"sync"
	"sync/atomic"

	"errata/api"
	"errata/model"
)

// Prompt is a prompt in a list of them.
type Prompt struct {
	ID, Path, Model string
	Logs            int    // how many logs it has, see Count
	Raw             []byte // as the server sent it
}

// promptPage is how many prompts are asked for at once.
const promptPage = 100

// Prompts lists the prompts of a server, those that were changed last first: at most so many of
// them, 0 for all.
func Prompts(ctx context.Context, svc api.Service, most int) (list []Prompt, err error) {
	known := map[string]bool{}
	err = eachPrompt(ctx, svc, api.PromptQuery{SortBy: "updated_at", Order: "desc"}, func(p Prompt) bool {
		if p.ID != "" && !known[p.ID] {
			known[p.ID] = true
			list = append(list, p)
		}
		return most == 0 || len(list) < most
	})
	return list, err
}

// Count learns how many logs each of some prompts has. One that is not there any more has none.
func Count(ctx context.Context, svc api.Service, list []Prompt) error {
	return countEach(ctx, svc, list, api.LogQuery{Page: 1})
}

// countEach learns how many logs of each of some prompts a query selects.
func countEach(ctx context.Context, svc api.Service, list []Prompt, q api.LogQuery) error {
	var next atomic.Int64
	var all sync.WaitGroup
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for range min(counters, len(list)) {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(list) && ctx.Err() == nil; i = next.Add(1) - 1 {
				of := q
				of.FileID = list[i].ID
				n, err := total(ctx, svc, of)
				if err != nil {
					cancel(err)
					return
				}
				list[i].Logs = n
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// counters is how many prompts are counted at the same time.
const counters = 4

// PromptAt is the id of the prompt with a path, empty when there is none. Mostly its name is the
// end of the path, and then it is among few; a name of another kind is looked for among all
// prompts.
func PromptAt(ctx context.Context, svc api.Service, at string) (id string, err error) {
	for _, q := range []api.PromptQuery{{Name: path.Base(at)}, {}} {
		err = eachPrompt(ctx, svc, q, func(p Prompt) bool {
			if p.Path == at {
				id = p.ID
			}
			return id == ""
		})
		if id != "" || err != nil {
			break
		}
	}
	return id, err
}

// eachPrompt hands on prompts for as long as they are wanted.
func eachPrompt(ctx context.Context, svc api.Service, q api.PromptQuery, more func(Prompt) bool) error {
	q.Size = promptPage
	for q.Page = 1; ; q.Page++ {
		raw, err := svc.Prompts(ctx, q)
		if err != nil {
			return err
		}
		page, err := model.ParsePage(raw)
		if err != nil {
			return &api.Error{Code: api.BadAnswer, Msg: "the server's list of prompts cannot be read", Err: err}
		}
		for _, doc := range page.Logs {
			text := func(name string) string {
				s, _ := doc.Member(name).Text()
				return s
			}
			if !more(Prompt{ID: text("id"), Path: text("path"), Model: text("model"), Raw: doc.Bytes()}) {
				return nil
			}
		}
		if len(page.Logs) == 0 || q.Page*promptPage >= page.Total {
			return nil
		}
	}
}
