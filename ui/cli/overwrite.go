package cli

import (
	"context"
	"errors"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
	"errata/api/store"
	"errata/model"
	"errata/model/figure"
)

// overwriter replaces logs that were corrected by those of an import, or of another store. Each is
// written to the journal like a PATCH, so that it can be taken back.
type overwriter struct {
	app     *access
	server  string           // what the journal calls the store
	journal *journal.Journal // opened when it is first needed
	entries []string         // of the journal
}

// attempts is how often a log may change between reading and replacing it.
const attempts = 3

// replace puts a log in the place of the one of a store that was corrected; put does it.
func (o *overwriter) replace(ctx context.Context, st *store.Store, e *store.Entry, put store.Put) (did store.Imported, err error) {
	if o.journal == nil {
		if o.journal, err = o.app.journal(ctx); err != nil {
			return 0, err
		}
	}
	for range attempts {
		did, err = o.once(ctx, st, e, put)
		if api.CodeOf(err) != api.Precondition {
			break
		}
	}
	return did, err
}

// once replaces the log provided that nobody changes it meanwhile.
func (o *overwriter) once(ctx context.Context, st *store.Store, e *store.Entry, put store.Put) (store.Imported, error) {
	doc, err := st.Log(ctx, e.ID())
	if err != nil {
		return 0, err
	}
	changes, err := replacing(doc, e.Log())
	if err != nil || len(changes.Changed()) == 0 {
		return store.Unchanged, err
	}
	record, err := o.journal.Recorder(o.server).Begin(ctx, changes)
	if err != nil {
		return 0, err
	}
	did, err := put(ctx, doc.ETag)
	if err == nil {
		o.entries = append(o.entries, record.ID())
	}
	if ended := record.End(context.WithoutCancel(ctx), save.Result{Outcome: became(err), Err: err}); ended != nil {
		o.app.say("warning: the journal does not hold the outcome of entry %s yet: %v", record.ID(), ended)
	}
	return did, err
}

// became is the outcome for the journal of a replacement that ended with err. A transaction that
// was committed is known to be kept.
func became(err error) save.Outcome {
	var failed *api.Error
	switch {
	case err == nil:
		return save.Verified
	case errors.As(err, &failed) && failed.Sent == api.MaybeSent:
		return save.Unknown
	}
	return save.Failed
}

// replacing is what an incoming log changes in the fields of a stored one.
func replacing(stored api.Document, incoming *model.Log) (*model.ChangeSet, error) {
	log, err := stored.Log()
	if err != nil {
		return nil, err
	}
	c := model.NewChangeSet(log)
	for _, f := range model.Fields() {
		if v := incoming.Value(f); !f.Kept(log.Value(f), v) {
			c.Set(f, v)
		}
	}
	return c, nil
}

// say tells how the corrections can be had back.
func (o *overwriter) say() {
	if o == nil || len(o.entries) == 0 {
		return
	}
	flag := ""
	if here, err := o.app.serverID(); err != nil || here != o.server {
		flag = " " + reaching(o.server)
	}
	if len(o.entries) == 1 {
		o.app.say("1 of them had been corrected; errata undo %s%s gives its fields their values back, and what else the log holds stays as it came in", o.entries[0], flag)
		return
	}
	o.app.say("%s of them had been corrected; errata history%s lists the entries, errata undo gives their fields their values back, and what else these logs hold stays as it came in",
		figure.Int(len(o.entries)), flag)
}
