package walk

import (
	"context"

	"errata/api"
	"errata/model"
)

// Count asks the server how many logs match a query that the server can answer completely; a limit
// is ignored. The total of a first page may be more than there are: see store.WriteLogs.
func (w *Walk) Count(ctx context.Context) (n int, err error) {
	test, err := newTests(w.src, w.q)
	if err != nil {
		return 0, err
	}
	var files []Prompt
	if w.q.Prompt != "" {
		files = []Prompt{{ID: w.q.Prompt}}
	} else if files, err = Prompts(ctx, w.src.Service, 0); err != nil {
		return 0, err
	}
	of := test.asked(w.q)
	of.Page, of.Size = 2, 1
	err = countEach(ctx, w.src.Service, files, of)
	if n = sum(files); n > 0 || err != nil || w.q.Prompt == "" {
		return n, err
	}
	id, err := PromptAt(ctx, w.src.Service, w.q.Prompt)
	if err != nil || id == "" || id == w.q.Prompt {
		return 0, err
	}
	files[0].ID = id
	err = countEach(ctx, w.src.Service, files, of)
	return sum(files), err
}

func sum(list []Prompt) (n int) {
	for _, p := range list {
		n += p.Logs
	}
	return n
}

// total is the total of a page of logs, 0 if there is no such file.
func total(ctx context.Context, svc api.Service, q api.LogQuery) (int, error) {
	raw, err := svc.Logs(ctx, q)
	if err != nil {
		return 0, gone(err)
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		return 0, nil //nolint:nilerr // a count is not worth an error
	}
	return page.Total, nil
}
