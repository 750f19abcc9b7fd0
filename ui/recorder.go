package ui

import (
	"context"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/ui/bars"
)

// recorder is the journal for a save, nil when no journal is kept.
func (o Options) recorder() save.Recorder {
	if o.Journal == nil {
		return nil
	}
	return lateRecorder{o}
}

// lateRecorder opens the journal when the first PATCH is about to be sent. When the journal cannot
// be opened nothing is sent, because it could not be undone.
type lateRecorder struct{ o Options }

// Begin implements save.Recorder.
func (r lateRecorder) Begin(ctx context.Context, c *model.ChangeSet) (rec save.Record, err error) {
	err = r.record(func(j *journal.Recorder) (err error) {
		rec, err = j.Begin(ctx, c)
		return err
	})
	return rec, err
}

// record calls begin with the journal. The error says what to do about it.
func (r lateRecorder) record(begin func(*journal.Recorder) error) error {
	j, err := r.o.Journal()
	if err == nil {
		err = begin(j.Recorder(r.o.ServerID))
	}
	if err != nil && api.CodeOf(err) != api.Canceled {
		return &api.Error{Code: api.Refused, Msg: "see to the journal, then save again: " + bars.Reason(err), Err: err}
	}
	return err
}
