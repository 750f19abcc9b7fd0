package save

import (
	"context"
	"slices"
	"time"

	"errata/api"
	"errata/model"
)

// lags are the waits before a log is read again whose server accepted a PATCH but still shows the
// old values. Together they are shorter than catchUp.
var lags = []time.Duration{200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond, 1200 * time.Millisecond, 2000 * time.Millisecond}

const catchUp = 5 * time.Second

// readBack reads the log after a PATCH; answer is what the server answered to that. If it cannot be
// read, r says so.
func (s *sender) readBack(ctx context.Context, r *Result, answer api.Document) (got *model.Log, ok bool) {
	ctx, cancel := api.Lasting(ctx)
	defer cancel()
	got, err := s.readAfter(ctx, r.Changes, answer)
	if err != nil {
		r.Outcome, r.Err = Unknown, err
	}
	return got, err == nil
}

// readAfter is read, except that the log is not sent again if the server says that it is still what
// it answered, and that answer holds all that was sent.
func (s *sender) readAfter(ctx context.Context, c *model.ChangeSet, answer api.Document) (*model.Log, error) {
	accepted, err := answer.Log()
	if err != nil || accepted.Head().ID != c.Base().Head().ID || len(c.Unkept(accepted)) > 0 {
		return s.read(ctx, c)
	}
	doc, tag, same, err := unchanged(ctx, s.svc, accepted)
	switch {
	case err != nil:
		return nil, err
	case same && tag == answer.ETag:
		return accepted, nil
	case same:
		return s.read(ctx, c)
	}
	return doc.Log()
}

func (s *sender) read(ctx context.Context, c *model.ChangeSet) (*model.Log, error) {
	doc, err := s.svc.Log(ctx, c.Base().Head().ID)
	if err != nil {
		return nil, err
	}
	return doc.Log()
}

// verify compares the log with what was sent, after a PATCH with a successful answer. If the answer
// shows the new values and the log still shows the old ones, the server is given time.
func (s *sender) verify(ctx context.Context, r Result, answer api.Document) Result {
	got, ok := s.readBack(ctx, &r, answer)
	if !ok {
		return r
	}
	c := r.Changes
	if len(late(c, got, answer)) > 0 {
		got = s.await(ctx, c, got)
	}
	r = r.compared(got)
	if n := len(late(c, got, answer)); n > 0 && n == len(r.Unkept) {
		r.Outcome = Accepted
	}
	return r
}

// find looks in the log for what was sent, after a PATCH whose outcome is unknown; lost is the
// error that it ended in.
func (s *sender) find(ctx context.Context, r Result, lost error) Result {
	r.Recovered = true
	got, ok := s.readBack(ctx, &r, api.Document{})
	switch {
	case !ok:
		return r
	case len(r.Changes.Unkept(got)) == len(r.Changes.Changed()):
		return r.failed(api.NotDone(lost))
	}
	return r.compared(got)
}

// compared is the outcome of a PATCH that was carried out; got is the log as read back.
func (r Result) compared(got *model.Log) Result {
	c := r.Changes
	r.Outcome, r.Got, r.Unkept, r.Changes = Verified, got, c.Unkept(got), model.NewChangeSet(got)
	if len(r.Unkept) > 0 {
		r.Outcome, r.Changes = Unkept, onto(c, got)
	}
	return r
}

// late lists the fields that still have their old value in got, though the answer to the PATCH
// showed the new one.
func late(c *model.ChangeSet, got *model.Log, answer api.Document) []*model.Field {
	unkept := c.Unkept(got)
	if len(unkept) == 0 {
		return nil
	}
	accepted, err := answer.Log()
	if err != nil {
		return nil
	}
	missing := c.Unkept(accepted)
	return slices.DeleteFunc(unkept, func(f *model.Field) bool {
		return slices.Contains(missing, f) || !f.Kept(c.Base().Value(f), got.Value(f))
	})
}

// await reads the log again, a few times, until it holds what was sent, and returns the last
// reading; got is the one before.
func (s *sender) await(ctx context.Context, c *model.ChangeSet, got *model.Log) *model.Log {
	ctx, cancel := context.WithTimeout(ctx, catchUp)
	defer cancel()
	api.Notify(ctx, catchUp, "accepted, but not shown yet; reading the log again")
	for _, wait := range lags {
		if !s.o.Sleep(ctx.Done(), wait) {
			break
		}
		if newer, err := s.read(ctx, c); err == nil {
			got = newer
		}
		if len(c.Unkept(got)) == 0 {
			break
		}
	}
	return got
}
