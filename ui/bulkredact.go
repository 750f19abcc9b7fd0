package ui

import (
	"context"
	"errors"

	"errata/api"
	"errata/api/batch"
	"errata/model/redact"
	"errata/ui/bulk"
	"errata/ui/redaction"
)

// Masking is what logs are redacted with; its zero value redacts none.
type Masking struct {
	Own    func() (redact.Options, error) // the user's own words and patterns
	File   string                         // of an embedded store; empty for any other
	Copies []string                       // patterns of files that may hold copies of logs
}

// redacting is a redaction as its screen drives it.
type redacting struct {
	*work
	*redaction.Redaction
}

// newRedacting begins a redaction of some logs.
func newRedacting(o Options, how redaction.Options, ids []string) (bulk.Work, error) {
	r, err := redactingIn(o, how)
	if err != nil {
		return nil, err
	}
	key := batch.KeyOf(o.ServerID, r.run.Change.Recipe, ids...)
	switch left, err := redaction.Find(o.State, key); {
	case err != nil:
		return nil, err
	case left != nil:
		return r, r.opened(o, left.Batch)
	}
	return r, r.begun(o, batch.Logs(ids...), batch.Head{Key: key})
}

// openRedacting continues with a redaction.
func openRedacting(o Options, s batch.Summary) (bulk.Work, error) {
	how, err := redaction.ReadOptions(s.Recipe)
	if err != nil {
		return nil, err
	}
	r, err := redactingIn(o, how)
	if err == nil {
		err = r.opened(o, s.ID)
	}
	return r, err
}

func redactingIn(o Options, how redaction.Options) (*redacting, error) {
	if o.Masking.Own == nil {
		return nil, errors.New("nothing can be redacted here")
	}
	own, err := o.Masking.Own()
	if err != nil {
		return nil, err
	}
	made, err := redaction.New(how, own)
	if err != nil {
		return nil, err
	}
	w, err := workIn(o, made.Change())
	if err != nil {
		return nil, err
	}
	r := &redacting{w, made}
	made.Reach = redaction.Reach{Service: o.Service, Server: o.ServerID, Name: o.Server, State: o.State, Journal: w.run.Journal,
		Drafts: o.Drafts, File: o.Masking.File, Copies: o.Masking.Copies, Say: r.say}
	if o.Source.Scanner != nil {
		made.Store = o.Source.Scanner
	}
	w.run.Report = func(e batch.Event) {
		w.report(e)
		made.Planned(e)
	}
	return r, nil
}

// opened opens a batch that was started before.
func (r *redacting) opened(o Options, id string) (err error) {
	r.batch, err = batch.Open(o.State, id)
	return r.orClosed(err)
}

func (r *redacting) say(words string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, words)
}

// Plan implements bulk.Work. The review says what is found, and that there is no way back.
func (r *redacting) Plan(ctx context.Context) error {
	r.begin()
	r.Count()
	run := r.run
	run.Workers = r.Workers(run.Workers)
	if err := r.batch.Plan(api.WithNotices(ctx, nil), run); err != nil {
		return err
	}
	traces, err := r.TracesOf(r.batch)
	if err != nil {
		return err
	}
	past, err := r.Weigh(ctx, traces)
	if err != nil {
		return err
	}
	r.forget()
	r.say("A redaction cannot be undone: neither these logs nor the journal keep what is masked.")
	r.say("")
	for _, line := range r.Lines(r.batch.Len(), true) {
		r.say(line)
	}
	r.say("")
	r.say("It also reaches the journal, drafts, other batches and queues, the search index and the file of the store.")
	if past != "" {
		r.say(past)
	}
	for _, what := range r.Unreached() {
		r.say("not reached: " + what)
	}
	return nil
}

// forget forgets what was said.
func (r *redacting) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = nil
}

// Send implements bulk.Work. What held the words is cleared once all logs are masked.
func (r *redacting) Send(ctx context.Context) error {
	traces, err := redaction.Find(r.State, r.batch.Key)
	if err == nil && traces == nil {
		traces, err = r.TracesOf(r.batch)
	}
	if err == nil {
		err = r.Begin(traces)
	}
	if err != nil {
		return err
	}
	r.forget()
	err = r.work.Send(ctx)
	if r.batch.Counts().By[batch.Todo] > 0 {
		return err
	}
	_, cleared := r.Clear(ctx, traces, r.batch)
	return errors.Join(err, cleared)
}

// sent says which of some logs has changes that are not sent: its draft is in use here, and cannot
// be masked.
func (s *session) sent(ids []string) error {
	for _, id := range ids {
		if f := s.forms[id]; f != nil && f.Unsent() > 0 {
			return errors.New("log " + id + " has changes that are not sent: send them, or undo them, before it is redacted")
		}
	}
	return nil
}
