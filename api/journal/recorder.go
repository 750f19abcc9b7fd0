package journal

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"os"
	"strings"

	"github.com/gofrs/flock"

	"errata/api"
	"errata/api/save"
	"errata/model"
)

// Recorder records the PATCHes that go to one server.
type Recorder struct {
	journal *Journal
	server  string
	batch   *Batch // that the entries are part of; nil for none
	item    int    // its place in the batch
}

var _ save.Recorder = (*Recorder)(nil)

// Recorder binds the journal to a server: its base URL, or the path of the embedded store. A user,
// a password and a query are left out of what is recorded.
func (j *Journal) Recorder(server string) *Recorder {
	return &Recorder{journal: j, server: bare(server)}
}

// bare is a URL without what may be secret in it; a path is as it was.
func bare(server string) string {
	u, err := url.Parse(server)
	switch {
	case err != nil && strings.Contains(server, "://"):
		return server[strings.LastIndexByte(server, '@')+1:]
	case err != nil || u.Host == "":
		return server
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// Begin records the valid changes of c, and returns when they are on the disk. The error is an
// *api.Error and says that nothing was sent.
func (r *Recorder) Begin(ctx context.Context, c *model.ChangeSet) (save.Record, error) {
	o := r.opening(c)
	begun, err := r.await(ctx, o)
	if err != nil {
		return nil, err
	}
	return begun, nil
}

// await writes the record of what is about to be sent.
func (r *Recorder) await(ctx context.Context, o opening) (*record, error) {
	begun, err := api.Await(ctx, r.journal.waits(), func() (*record, error) { return r.begin(ctx, o) })
	if err != nil {
		return nil, unwritten(ctx, err)
	}
	return begun, nil
}

// begin begins a record, and ends it when nobody waits for it any more: then nothing is sent.
func (r *Recorder) begin(ctx context.Context, o opening) (*record, error) {
	begun := &record{journal: r.journal, batch: r.batch, of: o.heading}
	if r.batch == nil || !r.batch.irreversible {
		begun.whole = o.splice()
	}
	var err error
	switch {
	case r.batch == nil:
		begun.id, begun.mark, err = r.journal.begin(ctx, o)
	case r.batch.irreversible:
		o.redact()
		fallthrough
	default:
		begun.id, err = r.batch.begin(o)
	}
	if err == nil && ctx.Err() != nil {
		err = errors.Join(ctx.Err(), begun.end(context.WithoutCancel(ctx), closing{End: begun.id, Outcome: NotSaved}))
	}
	if err != nil {
		return nil, err
	}
	return begun, nil
}

func (r *Recorder) opening(c *model.ChangeSet) opening {
	head := c.Base().Head()
	o := opening{heading: r.heading(head.ID, head.PromptID)}
	for _, f := range model.Fields() {
		if e, ok := c.Edit(f); ok && e.Err == nil {
			o.Changes = append(o.Changes, change{Field: f.Name, Old: hold(c.Base().Value(f)), New: hold(e.Value)})
		}
	}
	return o
}

// begin writes the record and holds its marker. The marker comes first, or a crash right after the
// record would leave a PATCH that is never accounted for.
func (j *Journal) begin(ctx context.Context, o opening) (id string, mark *flock.Flock, err error) {
	unlock, err := j.lock(ctx)
	if err != nil {
		return "", nil, err
	}
	defer unlock()
	o.Begin = j.newID(o.Time)
	mark, err = j.mark(o.Begin)
	if err != nil {
		return "", nil, err
	}
	if err = j.syncDir(); err == nil {
		err = j.write(o.members())
	}
	if err != nil {
		_ = mark.Close()
		_ = os.Remove(mark.Path())
		return "", nil, err
	}
	return o.Begin, mark, nil
}

// record is a PATCH, or a judgment, under way.
type record struct {
	journal *Journal
	id      string
	mark    *flock.Flock // nil within a batch
	batch   *Batch
	of      heading
	whole   []change // what the record holds as splices
}

// ID is the id of the entry.
func (r *record) ID() string { return r.id }

// End records what became of the PATCH. After an error the entry stays pending.
func (r *record) End(ctx context.Context, result save.Result) error {
	end := closing{End: r.id, Outcome: outcome(result.Outcome, result.Err)}
	if end.Outcome == NotKept {
		for _, f := range result.Unkept {
			end.NotKept = append(end.NotKept, f.Name)
		}
	}
	if end.Changes = r.untold(end.Outcome, result.Got); len(end.Changes) > 0 {
		end.Server, end.LogID = r.of.Server, r.of.LogID
	}
	return r.close(ctx, end)
}

// untold are the old values that nobody could tell from a splice: those of fields that the server
// does not hold byte for byte as they were sent. If nothing was written it has the old ones.
func (r *record) untold(o Outcome, got *model.Log) (list []change) {
	if o == Refused || o == NotSaved {
		return nil
	}
	for _, c := range r.whole {
		f, _ := model.Lookup(c.Field)
		if o != Verified || got == nil || !bytes.Equal(got.Value(f).Bytes(), c.New.raw) {
			list = append(list, change{Field: c.Field, Old: c.Old})
		}
	}
	return list
}

// close writes the outcome.
func (r *record) close(ctx context.Context, end closing) error {
	_, err := api.Await(ctx, r.journal.waits(), func() (struct{}, error) {
		return struct{}{}, r.end(ctx, end)
	})
	return err
}

func (r *record) end(ctx context.Context, c closing) error {
	if r.batch != nil {
		return r.batch.end(ctx, c)
	}
	return r.journal.end(ctx, c, r.mark, c.Outcome.Open())
}

// end writes the outcome and gives up the marker. Its file stays where more may be found out, or
// where the writing fails, for Pending to find.
func (j *Journal) end(ctx context.Context, c closing, mark *flock.Flock, stays bool) error {
	defer func() { _ = mark.Close() }()
	unlock, err := j.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	c.Time = j.options.Now()
	if err := j.write(c.members()); err != nil {
		return err
	}
	_ = mark.Close() // before it is removed, as Windows wants
	if stays {
		return nil
	}
	_ = os.Remove(mark.Path())
	return nil
}
