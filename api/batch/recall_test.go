package batch_test

import (
	"context"
	"strings"
	"testing"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
)

// dying is a server behind whose first PATCH the process of the client dies: what its disk holds
// then is copied.
type dying struct {
	api.Service
	died func()
}

func (d *dying) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	doc, err := d.Service.UpdateLog(ctx, promptID, logID, patch, ifMatch)
	if died := d.died; died != nil {
		d.died = nil
		died()
	}
	return doc, err
}

// diedAt begins a batch of all logs, of which the first one is changed when the process dies. What
// comes then continues with what it left on the disk.
func (p *place) diedAt(t *testing.T, change batch.Change, logs int) (id string) {
	t.Helper()
	left := t.TempDir()
	b := p.begin(t, change, ids(logs)...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	far := &dying{Service: p.Fake}
	far.died = func() {
		if err := snapshot(p.state, left); err != nil {
			t.Error(err)
		}
		cancel()
	}
	r := p.run(change)
	r.Service, r.Workers = far, 1
	_ = b.Send(ctx, r)
	_ = b.Close()
	var err error
	if p.journal, err = journal.Open(left, journal.Options{}); err != nil {
		t.Fatal(err)
	}
	p.state = left
	return b.ID
}

// newest is what the journal has of a log last, once it is known what became of it.
func (p *place) newest(t *testing.T, id string) journal.Entry {
	t.Helper()
	for e, err := range p.journal.Entries(journal.Filter{LogID: id}) {
		if err == nil && e.Outcome.Open() {
			e, err = p.journal.Settle(t.Context(), p.Fake, e)
		}
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	t.Fatal("the journal has nothing of " + id)
	return journal.Entry{}
}

// takeBack undoes the newest entry of a log, as errata undo ENTRY --on-conflict mine does.
func (p *place) takeBack(t *testing.T, id string) {
	t.Helper()
	e := p.newest(t, id)
	d, err := p.Log(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	log, err := d.Log()
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.journal.Inverse(e, log)
	if err != nil {
		t.Fatal(err)
	}
	if r := save.Send(t.Context(), p.Fake, v.Changes, save.Options{Journal: p.journal.Recorder("http://far")}); r.Outcome != save.Verified {
		t.Fatalf("%+v", r)
	}
}

// TestWhatWasTakenBackMeanwhileStaysSo: a log that a run had changed when it was killed, and that
// somebody took back by itself since, counts as it was, and is not changed again; the rest is.
func TestWhatWasTakenBackMeanwhileStaysSo(t *testing.T) {
	t.Parallel()
	const changed = "2 match, 0 to do, 2 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out"
	const back = "2 match, 0 to do, 1 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out"
	edit := func(was, now string) func(*testing.T, *place) {
		return func(t *testing.T, p *place) {
			d, err := p.Log(t.Context(), "log_0")
			if err != nil {
				t.Fatal(err)
			}
			p.Put(t, []byte(strings.Replace(string(d.Raw), was, now, 1)))
		}
	}
	takeBack := func(t *testing.T, p *place) { p.takeBack(t, "log_0") }
	for name, c := range map[string]struct {
		meanwhile []func(*testing.T, *place)
		want      string
		first     string // what log_0 holds in the end
	}{
		"nothing":                             {nil, changed, `"seen": true`},
		"taken back":                          {[]func(*testing.T, *place){takeBack}, back, `"output": "high at nine"`},
		"taken back, and edited elsewhere":    {[]func(*testing.T, *place){takeBack, edit("high at", "low at")}, back, `"output": "low at nine"`},
		"edited elsewhere, and taken back":    {[]func(*testing.T, *place){edit("high at", "low at"), takeBack}, back, `"output": "low at nine"`},
		"edited beside it, and taken back":    {[]func(*testing.T, *place){edit(`"n": 0`, `"n": 0, "m": 1`), takeBack}, back, `"m": 1`},
		"taken back, and that taken back too": {[]func(*testing.T, *place){takeBack, takeBack}, changed, `"seen": true`},
		"edited elsewhere":                    {[]func(*testing.T, *place){edit("high at", "low at")}, changed, `"seen": true`},
	} {
		for _, told := range []bool{true, false} { // by Recall, or by Send alone
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := setUp(t, 2)
				change := set(t, "metadata.seen:=true")
				id := p.diedAt(t, change, 2)
				for _, do := range c.meanwhile {
					do(t, p)
				}
				b, err := batch.Open(p.state, id)
				if err != nil {
					t.Fatal(err)
				}
				if told {
					rows, err := b.Recall(t.Context(), p.run(change))
					if err != nil || len(rows) == 1 != (c.want == back) {
						t.Errorf("recalled: %v, %v", rows, err)
					}
				}
				send(t, b, p.run(change))
				wantCounts(t, b, c.want)
				row, err := b.Row(0)
				if err != nil || strings.Contains(row.Why, "taken back since as entry") != (c.want == back) {
					t.Errorf("%v, %v", row, err)
				}
				if err := b.Close(); err != nil {
					t.Error(err)
				}
				got := p.stored(t, "log_0")
				if !strings.Contains(got, c.first) || strings.Contains(got, "seen") != (c.want == changed) {
					t.Errorf("log_0 is %s", got)
				}
				if got := p.stored(t, "log_1"); !strings.Contains(got, "seen") {
					t.Errorf("log_1 is %s", got)
				}
			})
		}
	}
}
