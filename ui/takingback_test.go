package ui

import (
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"errata/api/journal"
	"errata/model"
)

const server = "http://127.0.0.1:1/v5"

// journaled are the options of a program that keeps a journal in a directory.
func journaled(t *testing.T, dir, id string) Options {
	t.Helper()
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Options{LogID: id, Journal: func() (*journal.Journal, error) { return j, nil }, ServerID: server}
}

func TestWhatWasSentCanBeLookedAtAndTakenBack(t *testing.T) {
	t.Parallel()
	p := sit(t, journaled(t, t.TempDir(), "log_one")).rest()
	p.press("H").rest()
	p.shows("nothing has been sent yet")
	p.press("q", "j", "j", "enter", "!", "ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified")
	p.press("H").rest()
	p.shows("+ At nine.!")
	p.press("u").rest()
	p.shows("Review")
	p.showsBody(`{"output":"At nine."}`)
	p.press("enter").rest()
	p.shows("saved and verified")
	p.sent(`{"output":"At nine.!"}`, `{"output":"At nine."}`)
}

func TestUndoFromTheListOpensTheLog(t *testing.T) {
	t.Parallel()
	p := sit(t, journaled(t, t.TempDir(), "")).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "ctrl+s", "ctrl+s").rest()
	p.press("q", "H").rest()
	p.shows("log_one")
	p.press("u").rest()
	p.shows("Review")
	p.showsBody(`{"output":"At nine."}`)
	p.press("esc", "esc")
	p.shows("1 changed")
	p.press("u")
	p.shows("no changes")
}

func TestAnUndoThatWouldReplaceSomebodyElsesChangeSaysSo(t *testing.T) {
	t.Parallel()
	p := sit(t, journaled(t, t.TempDir(), "log_one")).rest()
	p.press("j", "j", "x", "ctrl+s", "ctrl+s").rest()
	p.fake.Put(t, []byte(strings.Replace(first, "nine", "eleven", 1)))
	p.press("H").rest()
	p.press("u").rest()
	p.shows("changed again since: output")
	p.sent(`{"output":null}`)
}

// What was changed since in another place of the field is not replaced, and the review says so.
func TestAnUndoLeavesWhatCameSinceInOtherPlaces(t *testing.T) {
	t.Parallel()
	p := correcting(t, journaled(t, t.TempDir(), ""), "output", `"High at ten.\nMind the fog.\nLow at three."`)
	p.press("enter").rest()
	p.fake.Put(t, []byte(strings.Replace(strings.Replace(talk, "High at nine", "High at ten", 1), "Low at three", "Low at four", 1)))
	p.press("H").rest()
	p.press("u").rest()
	p.shows("changed since in other places, which stay as they are: output")
	p.press("enter").rest()
	p.sent(`{"output":"High at ten.\nMind the fog.\nLow at three."}`, `{"output":"High at nine.\nMind the fog.\nLow at four."}`)
}

func TestAPatchThatIsUnderWayElsewhereIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := journaled(t, dir, "log_one")
	log, err := model.ParseLog([]byte(first))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	c.Set(model.Form()[2], model.Null)
	record, err := o.recorder().Begin(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	p := sit(t, o)
	p.rest()
	p.showsNot("unaccounted") // it is still under way in this process
	runtime.KeepAlive(record)
}

func TestWithoutAJournalTheHistorySaysSo(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("H").rest()
	p.shows("no journal is kept here")
}

func TestAJournalThatCannotBeOpenedLetsEverythingElseGoOn(t *testing.T) {
	t.Parallel()
	broken := fmt.Errorf("open the journal: %w", &fs.PathError{Op: "mkdir", Path: "/a/folder", Err: syscall.EROFS})
	p := sit(t, Options{LogID: "log_one", ServerID: server, Journal: func() (*journal.Journal, error) { return nil, broken }}).rest()
	p.shows("without a journal nothing can be sent: read-only file system (/a/folder)")
	p.press("j", "j", "enter", "!", "ctrl+s", "enter").rest()
	p.shows("not saved: see to the journal, then save again: read-only file system (/a/folde…")
	p.shows("1 changed")
	p.sent()
}

// In a large field the place is looked for beside the keys: esc gives it up, and keys that come
// before the review wait for it.
func TestAnUndoInALargeFieldCanBeCanceled(t *testing.T) {
	t.Parallel()
	o := journaled(t, t.TempDir(), "log_one")
	var stands atomic.Pointer[chan struct{}] // until it is closed the journal does; nil for not at all
	open := o.Journal
	o.Journal = func() (*journal.Journal, error) {
		if goOn := stands.Load(); goOn != nil {
			<-*goOn
		}
		return open()
	}
	p := sit(t, o).rest()
	long, err := model.String(strings.Repeat("high water ", slowReview/8))
	if err != nil {
		t.Fatal(err)
	}
	p.r.form.Changes().Set(model.Output, long)
	p.press("ctrl+s").rest()
	p.press("enter").rest()
	p.shows("saved and verified")
	undo := func() {
		p.press("H").rest()
		goOn := make(chan struct{})
		stands.Store(&goOn)
		p.press("u")
		p.settle("it is looked for", func() bool { return p.has("looking for what was changed in 1.4 MB … esc cancels") })
	}
	found := func() {
		close(*stands.Swap(nil))
		p.rest()
	}
	undo()
	p.press("esc")
	p.shows("nothing was sent")
	found()
	if p.r.review != nil || p.r.form.Unsent() != 0 {
		t.Errorf("it was gone on with all the same:\n%s", p.screen())
	}
	undo()
	p.press("enter")
	if n := len(p.bodies()); n != 1 {
		t.Fatalf("%d PATCHes, before the review was there", n)
	}
	found()
	p.shows("saved and verified")
	if sent := p.bodies(); len(sent) != 2 || sent[1] != `{"output":"At nine."}` {
		t.Errorf("%d PATCHes were sent", len(sent))
	}
}
