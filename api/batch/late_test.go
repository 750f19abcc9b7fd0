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

// held keeps the first PATCH under way: its caller gives up, does not find it on the server, and it
// arrives when the test lets it.
type held struct {
	api.Service
	arrive func() error
}

func (h *held) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	if h.arrive != nil {
		return h.Service.UpdateLog(ctx, promptID, logID, patch, ifMatch)
	}
	body := append([]byte(nil), patch...)
	h.arrive = func() error {
		_, err := h.Service.UpdateLog(context.Background(), promptID, logID, body, ifMatch)
		return err
	}
	return api.Document{}, &api.Error{Code: api.Timeout, Msg: "no answer", Sent: api.MaybeSent}
}

// TestWhatArrivesLateIsNotSentAgain is about a PATCH that reaches the server behind the reading
// that looked for it. To go on finds it, and does not append once more; an undo takes it back.
func TestWhatArrivesLateIsNotSentAgain(t *testing.T) {
	t.Parallel()
	for _, resumed := range []bool{true, false} {
		p := setUp(t, 1)
		change := set(t, `metadata.marks+="x"`)
		b := p.begin(t, change, ids(1)...)
		far := &held{Service: p.Fake}
		r := p.run(change)
		r.Service = far
		if err := b.Send(t.Context(), r); err == nil {
			t.Fatal("a server that does not answer ends no run")
		}
		wantCounts(t, b, "1 match, 1 to do, 0 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
		_ = b.Close()
		if err := far.arrive(); err != nil {
			t.Fatal(err)
		}
		if resumed {
			b, err := batch.Open(p.state, b.ID)
			if err != nil {
				t.Fatal(err)
			}
			send(t, b, r)
			wantCounts(t, b, "1 match, 0 to do, 1 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
			_ = b.Close()
			for e, err := range p.journal.Entries(journal.Filter{}) {
				if err != nil || e.Outcome != journal.Saved {
					t.Errorf("the journal has it as %s, %v", e.Outcome, err)
				}
			}
		}
		if got := p.stored(t, "log_0"); strings.Count(got, `"x"`) != 1 {
			t.Errorf("resumed %v: %s", resumed, got)
		}
		p.undo(t, b.Head, "1 match, 0 to do, 1 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
		if got := p.stored(t, "log_0"); strings.Contains(got, `"x"`) {
			t.Errorf("resumed %v: taken back it is %s", resumed, got)
		}
	}
}

// TestUndoOfWhatNeverArrived changes nothing, also where somebody else has changed the log since.
func TestUndoOfWhatNeverArrived(t *testing.T) {
	t.Parallel()
	p := setUp(t, 1)
	change := set(t, "output=low")
	b := p.begin(t, change, ids(1)...)
	r := p.run(change)
	r.Service = &held{Service: p.Fake}
	if err := b.Send(t.Context(), r); err == nil {
		t.Fatal("a server that does not answer ends no run")
	}
	_ = b.Close()
	p.Put(t, doc(0, "of somebody else"))
	p.undo(t, b.Head, "1 match, 0 to do, 0 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
}

// undo takes a batch back, and compares what became of that.
func (p *place) undo(t *testing.T, of batch.Head, want string) {
	t.Helper()
	undo, sent, err := batch.Undo(p.state, p.journal, of, save.Fail)
	if err != nil {
		t.Fatal(err)
	}
	back, err := batch.New(p.state, batch.Head{Server: "http://far", Recipe: undo.Recipe, Undoes: of.ID})
	if err == nil {
		err = back.Gather(sent)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = back.Close() }()
	send(t, back, p.run(undo))
	wantCounts(t, back, want)
}
