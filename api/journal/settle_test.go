package journal_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/save"
)

// accept puts an entry into a journal that its server accepted and did not show.
func accept(t *testing.T, j *journal.Journal) string {
	t.Helper()
	r := begin(t, j, ten(t))
	if err := r.End(t.Context(), save.Result{Outcome: save.Accepted}); err != nil {
		t.Fatal(err)
	}
	return r.ID()
}

func TestWhatWasAcceptedIsSettledByAReading(t *testing.T) {
	t.Parallel()
	shown, other := strings.Replace(doc, "nine", "ten", 1), strings.Replace(doc, "nine", "six", 1)
	for _, x := range []struct {
		name, now string
		later     time.Duration
		want      journal.Outcome
		left      int
	}{
		{"shown", shown, time.Minute, journal.Verified, 0},
		{"not yet", doc, time.Minute, journal.Accepted, 1},
		{"never", doc, 2 * time.Hour, journal.NotKept, 0},
		{"changed since", other, time.Minute, journal.Unknown, 0},
	} {
		now := time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC)
		dir := t.TempDir()
		j := open(t, dir, journal.Options{Now: func() time.Time { return now }})
		id := accept(t, j)
		if left, err := j.Pending(server); err != nil || len(left) != 1 || !journal.Unsettled(dir) {
			t.Fatalf("%s: left %v, %v", x.name, left, err)
		}
		now = now.Add(x.later)
		if err := j.SettleFrom(t.Context(), server, "log_1", api.Document{Raw: []byte(x.now)}); err != nil {
			t.Error(err)
		}
		e, err := j.Get(id)
		if err != nil || e.Outcome != x.want {
			t.Errorf("%s: %q, %v, want %q", x.name, e.Outcome, err, x.want)
		}
		if left, err := j.Pending(server); err != nil || len(left) != x.left || journal.Unsettled(dir) != (x.left > 0) {
			t.Errorf("%s: left %v, %v", x.name, left, err)
		}
	}
}

// TestAPatchUnderWayIsNotUnsettled: else each log that is read back would be read for the journal.
func TestAPatchUnderWayIsNotUnsettled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	if journal.Unsettled(dir) {
		t.Error("an empty journal is unsettled")
	}
	under := begin(t, j, ten(t))
	if journal.Unsettled(dir) {
		t.Error("a PATCH under way is unsettled")
	}
	journal.Die(under)
	if !journal.Unsettled(dir) {
		t.Error("a PATCH of a process that died is settled")
	}
}

// A reading of another log, or of another server's, says nothing; and an entry whose process died
// is not settled without a word.
func TestAReadingSettlesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	id := accept(t, j)
	dead := begin(t, j, ten(t))
	journal.Die(dead)
	shown := api.Document{Raw: []byte(strings.Replace(doc, "nine", "ten", 1))}
	for _, at := range [][2]string{{"http://other/v5", "log_1"}, {server, "log_2"}} {
		if err := j.SettleFrom(t.Context(), at[0], at[1], shown); err != nil {
			t.Error(err)
		}
		if e, _ := j.Get(id); e.Outcome != journal.Accepted {
			t.Errorf("%v: %q", at, e.Outcome)
		}
	}
	if err := j.SettleFrom(t.Context(), server, "log_1", shown); err != nil {
		t.Error(err)
	}
	if e, _ := j.Get(dead.ID()); e.Outcome != journal.Pending {
		t.Errorf("the entry of a dead process is %q", e.Outcome)
	}
}

// What could not be read back is found out later, too.
func TestWhatCouldNotBeReadBackIsLookedForAgain(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	f := fake(t, doc)
	r := save.Send(t.Context(), gone{f}, ten(t), save.Options{Journal: j.Recorder(server)})
	if e, err := j.Get(r.Entry); err != nil || e.Outcome != journal.Unknown {
		t.Fatalf("%+v, %v", e, err)
	}
	left, err := j.Pending(server)
	if err != nil || len(left) != 1 {
		t.Fatalf("left %v, %v", left, err)
	}
	if e, err := j.Settle(t.Context(), f, left[0]); err != nil || e.Outcome != journal.Saved {
		t.Errorf("%+v, %v", e, err)
	}
	if left, err := j.Pending(server); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// gone is a service that is out of reach once it has taken a PATCH.
type gone struct{ *apitest.Fake }

func (g gone) Log(ctx context.Context, id string) (api.Document, error) {
	if len(g.Patches()) > 0 {
		return api.Document{}, &api.Error{Code: api.Unreachable, Msg: "no connection"}
	}
	return g.Fake.Log(ctx, id)
}

// Of a batch whose process died all logs in hand are unaccounted for, not only the last of them.
func TestPendingHasAllThatABatchLeft(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), journal.Options{})
	b, err := j.Batch(t.Context(), server, "b_1", false)
	if err != nil {
		t.Fatal(err)
	}
	for place := range 3 {
		if _, err := b.Item(place).Begin(t.Context(), ten(t)); err != nil {
			t.Fatal(err)
		}
	}
	journal.DieInBatch(b)
	for range 2 {
		if left, err := j.Pending(server); err != nil || len(left) != 3 {
			t.Fatalf("%d are unaccounted for, %v", len(left), err)
		}
	}
	left, _ := j.Pending(server)
	for _, e := range left {
		if e, err := j.Settle(t.Context(), fake(t, doc), e); err != nil || e.Outcome != journal.NotSaved {
			t.Error(e.Outcome, err)
		}
	}
	if left, err := j.Pending(server); err != nil || len(left) != 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}

// TestWhatArrivesLate: an entry that was looked for and not found counts as saved once a newer
// reading of its log has what was sent, and then there is something to take back.
func TestWhatArrivesLate(t *testing.T) {
	t.Parallel()
	shown, other := strings.Replace(doc, "nine", "ten", 1), strings.Replace(doc, "nine", "six", 1)
	for _, x := range []struct {
		name, now string
		want      journal.Outcome
		undone    int
	}{
		{"arrived", shown, journal.Saved, 1},
		{"not yet", doc, journal.NotSaved, 0},
		{"changed by somebody else", other, journal.NotSaved, 0},
	} {
		dir := t.TempDir()
		j := open(t, dir, journal.Options{})
		r := begin(t, j, ten(t))
		if err := r.End(t.Context(), save.Result{Outcome: save.Failed}); err != nil {
			t.Fatal(err)
		}
		e, err := j.Get(r.ID())
		if err != nil {
			t.Fatal(err)
		}
		now := parse(t, x.now)
		if v, err := j.Inverse(e, now); err != nil || len(v.Moved) != 0 || len(v.Changes.Changed()) != x.undone {
			t.Errorf("%s: there are %d fields to take back, %v moved, %v", x.name, len(v.Changes.Changed()), v.Moved, err)
		}
		if e, err = j.Arrived(t.Context(), nil, now, e); err != nil || e.Outcome != x.want {
			t.Errorf("%s: %q, %v, want %q", x.name, e.Outcome, err, x.want)
		}
		if e, err = j.Get(r.ID()); err != nil || e.Outcome != x.want || journal.Unsettled(dir) {
			t.Errorf("%s: recorded as %q, %v", x.name, e.Outcome, err)
		}
	}
}
