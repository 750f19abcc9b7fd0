package batch_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

func doc(n int, output string) []byte {
	return fmt.Appendf(nil, `{"id": "log_%d", "prompt": {"id": "pr_1", "path": "tides"}, "output": %q, "metadata": {"n": %d}, "prompt_tokens": 12}`, n, output, n)
}

// place is a server of logs, and the state of a user beside it.
type place struct {
	*apitest.Fake
	state   string
	journal *journal.Journal
}

func setUp(t *testing.T, logs int) *place {
	t.Helper()
	var seed apitest.Seed
	for n := range logs {
		seed.Logs = append(seed.Logs, doc(n, "high at nine"))
	}
	p := &place{Fake: apitest.NewFake(t, seed), state: t.TempDir()}
	var err error
	if p.journal, err = journal.Open(p.state, journal.Options{}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *place) run(change batch.Change) batch.Run {
	return batch.Run{Service: p.Fake, Change: change, Journal: p.journal, Sleep: func(<-chan struct{}, time.Duration) bool { return true }}
}

func ids(logs int) (list []string) {
	for n := range logs {
		list = append(list, fmt.Sprintf("log_%d", n))
	}
	return list
}

// begin gathers logs into a new batch.
func (p *place) begin(t *testing.T, change batch.Change, logs ...string) *batch.Batch {
	t.Helper()
	b, err := batch.New(p.state, batch.Head{Server: "http://far", Recipe: change.Recipe, Key: "k"})
	if err == nil {
		err = b.Gather(batch.Logs(logs...))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p *place) stored(t *testing.T, id string) string {
	t.Helper()
	d, err := p.Log(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return string(d.Raw)
}

func set(t *testing.T, args ...string) batch.Change {
	t.Helper()
	var e model.Edits
	for _, arg := range args {
		a, err := model.ParseAssignment(arg)
		if err != nil {
			t.Fatal(err)
		}
		e.Assign = append(e.Assign, a)
	}
	return batch.Set(e)
}

func counted(c batch.Counts) string {
	return fmt.Sprintf("%d match, %d to do, %d saved, %d same, %d conflict, %d unclear, %d refused, %d left out",
		c.Match(), c.By[batch.Todo], c.By[batch.Saved], c.By[batch.Same], c.By[batch.Conflict], c.By[batch.Unclear], c.Refused(), c.Left)
}

func wantCounts(t *testing.T, b *batch.Batch, want string) {
	t.Helper()
	if got := counted(b.Counts()); got != want {
		t.Errorf("the batch has %s, want %s", got, want)
	}
}

func send(t *testing.T, b *batch.Batch, r batch.Run) {
	t.Helper()
	if err := b.Send(context.Background(), r); err != nil {
		t.Fatal(err)
	}
}

func TestPlanAndSend(t *testing.T) {
	t.Parallel()
	p := setUp(t, 20)
	p.Put(t, doc(3, "low"))
	change := set(t, "output=low", "metadata.seen:=true")
	b := p.begin(t, change, append(ids(20), "log_none")...)
	defer func() { _ = b.Close() }()
	var order []string
	r := p.run(change)
	r.Report = func(e batch.Event) { order = append(order, e.LogID) }
	if err := b.Plan(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != strings.Join(append(ids(20), "log_none"), " ") {
		t.Errorf("the plan was told in the order %s", got)
	}
	wantCounts(t, b, "21 match, 20 to do, 0 saved, 0 same, 0 conflict, 0 unclear, 1 refused, 0 left out")
	if fields := b.Counts().Fields; fields[model.Output] != 19 || fields[model.Metadata] != 20 {
		t.Errorf("by field %v", fields)
	}
	if len(p.Patches()) != 0 {
		t.Fatal("a plan sent something")
	}
	if err := errors.Join(b.Leave(7, true), b.Leave(8, true), b.Leave(8, false)); err != nil {
		t.Fatal(err)
	}
	send(t, b, p.run(change))
	wantCounts(t, b, "21 match, 0 to do, 19 saved, 0 same, 0 conflict, 0 unclear, 1 refused, 1 left out")
	if !strings.Contains(p.stored(t, "log_7"), "high at nine") || !strings.Contains(p.stored(t, "log_8"), `"n": 8, "seen": true`) && !strings.Contains(p.stored(t, "log_8"), `"seen":true`) {
		t.Errorf("%s\n%s", p.stored(t, "log_7"), p.stored(t, "log_8"))
	}
	entries := 0
	for e, err := range p.journal.Entries(journal.Filter{Batch: b.ID}) {
		if err != nil || e.Outcome != journal.Verified {
			t.Errorf("%v, %v", e, err)
		}
		entries++
	}
	if entries != 19 {
		t.Errorf("the journal has %d entries of the batch", entries)
	}
}

// What is no longer as it was reviewed is not sent, but what moved beside it does not matter.
func TestChangedSinceTheReview(t *testing.T) {
	t.Parallel()
	p := setUp(t, 3)
	change := set(t, "output=low")
	b := p.begin(t, change, ids(3)...)
	defer func() { _ = b.Close() }()
	if err := b.Plan(context.Background(), p.run(change)); err != nil {
		t.Fatal(err)
	}
	p.Put(t, doc(0, "ebb"))
	p.Put(t, []byte(strings.Replace(string(doc(1, "high at nine")), "12", "13", 1)))
	p.Put(t, doc(2, "low"))
	send(t, b, p.run(change))
	wantCounts(t, b, "3 match, 0 to do, 1 saved, 1 same, 1 conflict, 0 unclear, 1 refused, 0 left out")
	if row, err := b.Row(0); err != nil || !strings.Contains(row.Why, "changed on the server since it was reviewed: output") {
		t.Errorf("%v, %v", row, err)
	}
	if n, _, err := b.Again(); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if err := b.Plan(context.Background(), p.run(change)); err != nil {
		t.Fatal(err)
	}
	send(t, b, p.run(change))
	wantCounts(t, b, "3 match, 0 to do, 2 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
}

// Several changes of one log are made in order, and each is reviewed on what those before make.
func TestOneLogSeveralTimes(t *testing.T) {
	t.Parallel()
	p := setUp(t, 4)
	change := set(t, `metadata.list+="x"`)
	change.Make = func(_ context.Context, log *model.Log, of batch.Item) (batch.Edit, error) {
		c := model.NewChangeSet(log)
		a, err := model.ParseAssignment("metadata.list+=" + string(of.Spec))
		if err == nil {
			err = c.Assign(a)
		}
		return batch.Edit{Changes: c}, err
	}
	b, err := batch.New(p.state, batch.Head{Server: "http://far", Recipe: change.Recipe})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	err = b.Gather(func(yield func(batch.Item, error) bool) {
		for n := range 12 {
			if !yield(batch.Item{LogID: fmt.Sprintf("log_%d", n%4), Spec: fmt.Append(nil, n)}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Plan(context.Background(), p.run(change)); err != nil {
		t.Fatal(err)
	}
	send(t, b, p.run(change))
	wantCounts(t, b, "12 match, 0 to do, 12 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	if got := p.stored(t, "log_2"); !strings.Contains(got, `[2, 6, 10]`) {
		t.Errorf("log_2 is %s", got)
	}
}

// A batch whose process died is continued: what was sent is found out, and nothing is sent twice.
func TestResume(t *testing.T) {
	t.Parallel()
	p := setUp(t, 12)
	change := set(t, `metadata.list+="x"`)
	b := p.begin(t, change, ids(12)...)
	id := b.ID
	ctx, cancel := context.WithCancel(context.Background())
	r := p.run(change)
	r.Workers = 3
	var sent sync.Map
	r.Report = func(e batch.Event) {
		sent.Store(e.LogID, true)
		if e.Progress.Done == 5 {
			cancel()
		}
	}
	if err := b.Send(ctx, r); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if got := b.Counts(); got.By[batch.Saved] < 5 || got.By[batch.Todo] == 0 {
		t.Fatal(counted(got))
	}
	_ = b.Close()
	left := batch.Unfinished(p.state, "http://far", "k")
	if len(left) != 1 || left[0].ID != id {
		t.Fatalf("left unfinished: %v", left)
	}
	b, err := batch.Open(p.state, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Open(p.state, id); api.CodeOf(err) != api.Conflict {
		t.Errorf("opened twice: %v", err)
	}
	send(t, b, p.run(change))
	_ = b.Close()
	if left := batch.Unfinished(p.state, "http://far", ""); len(left) != 0 {
		t.Errorf("left unfinished: %v", left)
	}
	if got := len(p.Patches()); got != 12 {
		t.Errorf("%d requests for 12 logs", got)
	}
	for _, id := range ids(12) {
		if got := p.stored(t, id); strings.Count(got, `"x"`) != 1 {
			t.Errorf("%s is %s", id, got)
		}
	}
}

// A process dies behind a PATCH, before it has written down what became of it.
func TestResumeFindsWhatWasSent(t *testing.T) {
	t.Parallel()
	p := setUp(t, 3)
	change := set(t, `metadata.list+="x"`)
	b := p.begin(t, change, ids(3)...)
	if err := b.Agree(); err != nil {
		t.Fatal(err)
	}
	id := b.ID
	_ = b.Close()
	records, err := p.journal.Batch(context.Background(), "http://far", id, false)
	if err != nil {
		t.Fatal(err)
	}
	for n, reached := range map[int]bool{0: true, 1: false} {
		d, err := p.Log(context.Background(), fmt.Sprintf("log_%d", n))
		if err != nil {
			t.Fatal(err)
		}
		log, err := d.Log()
		if err != nil {
			t.Fatal(err)
		}
		edit, err := change.Make(context.Background(), log, batch.Item{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := records.Item(n).Begin(context.Background(), edit.Changes); err != nil {
			t.Fatal(err)
		}
		if !reached {
			continue
		}
		if _, err := p.UpdateLog(context.Background(), "pr_1", log.Head().ID, edit.Changes.Patch(), ""); err != nil {
			t.Fatal(err)
		}
	}
	died := t.TempDir() // the same without the locks of a process
	err = os.CopyFS(died, os.DirFS(p.state))
	if err == nil {
		p.state = died
		p.journal, err = journal.Open(died, journal.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err = batch.Open(p.state, id)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	send(t, b, p.run(change))
	for _, id := range ids(3) {
		if got := p.stored(t, id); strings.Count(got, `"x"`) != 1 {
			t.Errorf("%s is %s", id, got)
		}
	}
	if got := len(p.Patches()); got != 3 {
		t.Errorf("%d requests for 3 logs", got)
	}
}

// An answer that is lost is looked up; a server that is gone ends the run, and the rest is left.
func TestServerFails(t *testing.T) {
	t.Parallel()
	p := setUp(t, 6)
	change := set(t, `metadata.list+="x"`)
	p.FailAfter(apitest.UpdateLog, &api.Error{Code: api.Timeout, Sent: api.MaybeSent, Msg: "no answer"})
	b := p.begin(t, change, ids(6)...)
	defer func() { _ = b.Close() }()
	r := p.run(change)
	r.Workers = 1
	r.Report = func(e batch.Event) {
		if e.Progress.Done == 3 {
			p.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "nobody is there"})
		}
	}
	if err := b.Send(context.Background(), r); api.CodeOf(err) != api.Unreachable {
		t.Fatalf("%v", err)
	}
	wantCounts(t, b, "6 match, 3 to do, 3 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	r.Report = nil
	send(t, b, r)
	wantCounts(t, b, "6 match, 0 to do, 6 saved, 0 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	if got := len(p.Patches()); got != 6 {
		t.Errorf("%d requests for 6 logs", got)
	}
}

func TestRecipeIsReadBack(t *testing.T) {
	t.Parallel()
	change := set(t, "output=a\xffb", "metadata.k:=[1.0]", `metadata.l+=2`)
	back, err := batch.ReadSet(change.Spec)
	if err != nil || string(back.Spec) != string(change.Spec) || back.Words != change.Words {
		t.Errorf("%v: %s, %s; want %s, %s", err, back.Spec, back.Words, change.Spec, change.Words)
	}
	if want := "set output=a\uFFFDb metadata.k:=[1.0] metadata.l+=2"; change.Words != want {
		t.Errorf("words %q, want %q", change.Words, want)
	}
}

// One that was not agreed to leaves nothing behind.
func TestForgotten(t *testing.T) {
	t.Parallel()
	p := setUp(t, 2)
	b := p.begin(t, set(t, "output=low"), ids(2)...)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if list, unread := batch.List(p.state); len(list)+len(unread) > 0 {
		t.Errorf("%v, %v", list, unread)
	}
	if _, err := batch.Open(p.state, b.ID); api.CodeOf(err) != api.NotFound {
		t.Errorf("%v", err)
	}
}

// One that found all as it was to be is forgotten, unless the journal has entries of it: of two
// that do the same at once, one comes too late.
func TestWhatTheJournalNamesIsRemembered(t *testing.T) {
	t.Parallel()
	p := setUp(t, 1)
	change := set(t, "output=low")
	b := p.begin(t, change, ids(1)...)
	gate := p.Hold(apitest.UpdateLog)
	go func() {
		<-gate.Reached()
		p.Put(t, doc(0, "low"))
		gate.Open()
	}()
	send(t, b, p.run(change))
	wantCounts(t, b, "1 match, 0 to do, 0 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	entries := 0
	for range p.journal.Entries(journal.Filter{Batch: b.ID}) {
		entries++
	}
	if list, _ := batch.List(p.state); entries != 1 || len(list) != 1 {
		t.Errorf("%d entries of the batches %v", entries, list)
	}
	again := p.begin(t, change, ids(1)...)
	send(t, again, p.run(change))
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if list, _ := batch.List(p.state); len(list) != 1 {
		t.Errorf("one that sent nothing is remembered: %v", list)
	}
}

// What a review says of the room that the journal needs is about what the journal takes then.
func TestTheReviewKnowsWhatTheJournalWillTake(t *testing.T) {
	t.Parallel()
	p := setUp(t, 6)
	change := set(t, "output="+strings.Repeat("low ", 500), "metadata.n=1")
	b := p.begin(t, change, ids(6)...)
	for range 2 { // reviewed again it takes no more
		if err := b.Plan(context.Background(), p.run(change)); err != nil {
			t.Fatal(err)
		}
	}
	planned := b.Counts().Size
	send(t, b, p.run(change))
	var taken int64
	err := filepath.WalkDir(filepath.Join(p.state, "journal"), func(_ string, d os.DirEntry, err error) error {
		if info, infoErr := d.Info(); err == nil && infoErr == nil && info.Mode().IsRegular() {
			taken += info.Size()
		}
		return err
	})
	if err != nil || planned < taken*3/4 || planned > taken*4/3 {
		t.Errorf("planned %d bytes, and the journal has %d, %v", planned, taken, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := batch.Open(p.state, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Counts().Size; got != planned {
		t.Errorf("opened again, it says %d bytes, not %d", got, planned)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// What nobody reviewed takes as much, and so it does where it goes on in another process.
func TestWhatIsSentUnreviewedKnowsWhatTheJournalTook(t *testing.T) {
	t.Parallel()
	p := setUp(t, 12)
	change := set(t, "output="+strings.Repeat("low ", 500), "metadata.n=1")
	reviewed := p.begin(t, change, ids(6)...)
	if err := reviewed.Plan(context.Background(), p.run(change)); err != nil {
		t.Fatal(err)
	}
	b := p.begin(t, change, ids(6)...)
	ctx, cancel := context.WithCancel(context.Background())
	r := p.run(change)
	r.Workers, r.Report = 1, func(e batch.Event) {
		if e.Done == 3 {
			cancel()
		}
	}
	if err := b.Send(ctx, r); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := batch.Open(p.state, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	send(t, again, p.run(change))
	if got, want := again.Counts().Size, reviewed.Counts().Size; got != want || want == 0 {
		t.Errorf("it took %d bytes, and the review says %d", got, want)
	}
	if err := errors.Join(again.Close(), reviewed.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestBeyondTheJournal(t *testing.T) {
	t.Parallel()
	if got := (batch.Counts{Size: journal.Room}).Beyond(); got != "" {
		t.Errorf("what has room: %q", got)
	}
	if got := (batch.Counts{Size: journal.Room + 1}).Beyond(); !strings.Contains(got, "until something else is sent") {
		t.Errorf("what has none: %q", got)
	}
}

// A batch may be larger than the journal is to be: while it is sent nothing is dropped. What others
// send later drops its oldest entries, and taking it back names the logs that stay as they are.
func TestUndoOfMoreThanTheJournalHolds(t *testing.T) {
	t.Parallel()
	p := setUp(t, 12)
	var err error
	if p.journal, err = journal.Open(p.state, journal.Options{Segment: 600, Total: 4000}); err != nil {
		t.Fatal(err)
	}
	change := set(t, "output=low")
	b := p.begin(t, change, ids(12)...)
	r := p.run(change)
	r.Workers = 1
	send(t, b, r)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	held := 0
	for range p.journal.Entries(journal.Filter{Batch: b.ID}) {
		held++
	}
	if held != 12 {
		t.Fatalf("after the batch the journal has %d entries of it", held)
	}
	for range 2 {
		log, _ := model.ParseLog([]byte(p.stored(t, "log_0")))
		c := model.NewChangeSet(log)
		a, err := model.ParseAssignment(`metadata.list+="` + strings.Repeat("x", 200) + `"`)
		if err == nil {
			err = c.Assign(a)
		}
		if r := save.Send(context.Background(), p.Fake, c, save.Options{Journal: p.journal.Recorder("http://far")}); err != nil || r.Outcome != save.Verified {
			t.Fatal(r, err)
		}
	}
	undo, sent, err := batch.Undo(p.state, p.journal, b.Head, save.Fail)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = batch.New(p.state, batch.Head{Server: "http://far", Recipe: undo.Recipe, Undoes: b.ID}); err == nil {
		err = b.Gather(sent)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	if err := b.Plan(context.Background(), p.run(undo)); err != nil {
		t.Fatal(err)
	}
	counts := b.Counts()
	gone, back := counts.By[batch.Missing], counts.By[batch.Todo]
	if gone == 0 || back == 0 || gone+back != 12 {
		t.Errorf("the review has %s", counted(counts))
	}
	row, err := b.Row(b.Len() - 1)
	if err != nil || row.Outcome != batch.Missing || !strings.Contains(row.Why, "the journal does not have entry") {
		t.Errorf("the last is %v, %v", row, err)
	}
}
