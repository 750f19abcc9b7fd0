package cli

import (
	"context"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
)

// Logs, entries of the history and batches all go by ids, and one is easily given for another. Here
// is said what an id is that was not found as what it was given for.

// sole is the entry of the history that was meant where a log without any has the id of one. A
// batch that is not there is an error.
func (a *access) sole(j *journal.Journal, id string) (e journal.Entry, ok bool, err error) {
	switch {
	case batch.Is(id):
		state, err := a.state()
		if err == nil {
			_, err = batch.Peek(state, id)
		}
		return e, false, err
	case !journal.IsID(id):
		return e, false, nil
	}
	e, err = j.Get(id)
	if api.CodeOf(err) == api.NotFound {
		return e, false, nil
	}
	return e, err == nil, err
}

// entryNamed is an entry of the history. The error for the id of a log says that it is one.
func (a *access) entryNamed(j *journal.Journal, id string) (journal.Entry, error) {
	e, err := j.Get(id)
	if api.CodeOf(err) == api.NotFound {
		for _, other := range j.Entries(journal.Filter{LogID: id}) {
			if other == nil {
				return e, fail(exitNotFound, "the journal has no entry %s: it is a log, and errata history %s lists its entries", id, id)
			}
		}
	}
	return e, err
}

// sayElsewhere tells of words of the command line that are ids of batches or entries, after a
// command has not found something.
func (a *access) sayElsewhere(ctx context.Context, err error, words []string) {
	if codeOf(err) != exitNotFound || a.cfg == nil {
		return
	}
	state, err := a.state()
	if err != nil {
		return
	}
	for _, word := range words {
		switch {
		case batch.Is(word):
			if _, err := batch.Peek(state, word); err == nil {
				a.say("%s is a batch: errata batch show %s", word, word)
			}
		case journal.IsID(word):
			j, err := a.journal(ctx)
			if err != nil {
				return
			}
			if e, err := j.Get(word); err == nil {
				a.say("%s is an entry of the history, of log %s: errata history %s", word, e.LogID, word)
			}
		}
	}
}
