package walk

import (
	"context"
	"errors"
	"slices"

	"errata/api"
	"errata/model"
	"errata/model/search"
	"errata/model/selection"
)

// begin finds out where the logs come from; file is the id of the one file that they are of, empty
// if none is named.
func (w *Walk) begin(ctx context.Context, file string) error {
	test, err := newTests(w.src, w.q)
	if err != nil {
		return err
	}
	w.expr = test.expr
	if file != "" {
		test.files = []string{file}
	}
	switch {
	case len(w.q.IDs) > 0:
		w.from = newNamed(w.src, w.q, test)
	case w.src.Scanner != nil && w.withinStore():
		scan, err := newScanned(ctx, w.src, w.q, test)
		if err != nil {
			return err
		}
		w.from = scan
	case w.q.Corrected && test.corrected == nil:
		return errors.New("--corrected: nobody here knows which logs of this server were corrected")
	default:
		w.from = newListed(w.src, w.q, test)
	}
	return nil
}

// withinStore reports whether the store itself goes through its logs. It does if more logs are
// looked at than are returned, if they come in another order than lists have, or if each page would
// search again.
func (w *Walk) withinStore() bool {
	return w.q.Local() != (selection.Selection{}) || w.q.Sample > 0 || w.q.Oldest || w.q.negative() ||
		!w.q.Counted && (w.q.Search != "" || w.q.Metadata != "")
}

// negative reports whether the search may be answered by a log because of what it does not contain.
// No index helps there, and every page of a list would look at all logs again.
func (q Query) negative() bool {
	s, err := search.Parse(q.Search, selection.IsSearchField)
	return err == nil && slices.ContainsFunc(s.Groups, func(words []search.Word) bool {
		return !slices.ContainsFunc(words, func(w search.Word) bool { return !w.Not })
	})
}

// more gets the next logs. A prompt that is not there by its id is looked for by its path.
func (w *Walk) more(ctx context.Context, n int) ([]*model.Log, error) {
	logs, err := w.supplied(ctx, w.q.Prompt, n)
	if api.CodeOf(err) != api.NotFound || w.q.Prompt == "" || w.moved {
		return logs, err
	}
	id, failed := PromptAt(ctx, w.src.Service, w.q.Prompt)
	if failed != nil || id == "" {
		return nil, err
	}
	w.from, w.moved = nil, true
	return w.supplied(ctx, id, n)
}

func (w *Walk) supplied(ctx context.Context, file string, n int) ([]*model.Log, error) {
	if w.from == nil {
		if err := w.begin(ctx, file); err != nil {
			return nil, err
		}
	}
	return w.from.more(ctx, n)
}
