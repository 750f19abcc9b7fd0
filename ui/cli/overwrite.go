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

// overwriter replaces logs that were corrected with those of an import or of another store. Each
// replacement is in the journal like a PATCH, so that it can be undone.
type overwriter struct {
	app     *access
	server  string           // the name of the store in the journal
	journal *journal.Journal // opened when it is first needed
	entries []string         // of the journal
}

// attempts is how many times a log is read and replaced while others change it in between.
const attempts = 3

// replace replaces a log that was corrected, by calling put.
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

// once replaces the log if nobody has changed it since it was read.
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

// became is the outcome in the journal of a replacement that returned err. A committed transaction
// needs no reading back.
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

// replacing is the change set from a stored log to an incoming one.
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

// say prints how the corrections can be restored.
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
