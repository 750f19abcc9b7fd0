package draft_test

import (
	"bytes"
	"runtime"
	"testing"
	"time"
	"weak"

	"errata/ui/draft"
)

// gate lets a disk stand still at its writes, one by one.
type gate struct{ reached, goOn chan struct{} }

func (b *bench) gated() gate {
	g := gate{make(chan struct{}), make(chan struct{})}
	b.fs.set(func(_ int, op string) error {
		if op == "write .draft" {
			g.reached <- struct{}{}
			<-g.goOn
		}
		return nil
	})
	return g
}

// opening is an editor of a large text that nothing else holds, and that text.
func opening() (o draft.Open, held weak.Pointer[byte]) {
	text := bytes.Repeat([]byte("All work and no play. "), 1<<20/22)
	return draft.Open{Field: field("metadata"), Text: text}, weak.Make(&text[0])
}

// TestATextIsNotHeldByTheWriteOfItsEnd: an editor of a large text was closed, and the disk stands
// still while that is written.
func TestATextIsNotHeldByTheWriteOfItsEnd(t *testing.T) {
	t.Parallel()
	b := ahead(t.TempDir(), 1)
	d, _ := take(t, b.Store)
	o, held := opening()
	add(t, d, o)
	b.pass(0)
	add(t, d, splice(0, 0, "x"))
	g := b.gated()
	done := make(chan error)
	go func() { done <- d.Append(draft.Close{}) }()
	<-g.reached
	if runtime.GC(); held.Value() != nil {
		t.Error("the text is in memory for as long as the disk takes")
	}
	close(g.goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestATextIsNotHeldByWhatWasDone: what waited behind a late disk was done, an editor of a large
// text that was opened and closed again among it, and the disk stands still once more.
func TestATextIsNotHeldByWhatWasDone(t *testing.T) {
	t.Parallel()
	b, late := onDir(t.TempDir()), make(chan time.Time)
	close(late) // nobody waits
	b.Store = draft.New(b.dir, draft.Options{Now: b.Now, After: b.After, FS: b.fs, Late: func() <-chan time.Time { return late }})
	d, _ := take(t, b.Store)
	w, g := draft.NewWriter(d), b.gated()
	waits(t, w.Append(step("output", `"a"`, nil, value(`"b"`))))
	<-g.reached
	o, held := opening()
	waits(t, w.Append(o))
	waits(t, w.Append(draft.Close{}))
	waits(t, w.Append(step("output", `"a"`, value(`"b"`), value(`"c"`))))
	g.goOn <- struct{}{}
	<-g.reached // the first record follows the start of the file
	g.goOn <- struct{}{}
	<-g.reached
	if runtime.GC(); held.Value() != nil {
		t.Error("the text is in memory for as long as the disk takes")
	}
	end := w.Late()
	close(g.goOn)
	for waiting := true; waiting; {
		select {
		case <-g.reached:
		case <-end:
			waiting = false
		}
	}
}
