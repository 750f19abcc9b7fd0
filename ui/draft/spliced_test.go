package draft_test

import (
	"testing"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/draft"
)

// A value that shares its memory with what the log holds is the same after a restart.
func TestAValueInPartsIsKept(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"log_1","output":"caf\u00e9 \/ tea\r\n\ud83d"}`))
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	d, _ := take(t, b.Store)
	c, base := model.NewChangeSet(log), log.Value(model.Output)
	if !c.SetSpliced(model.Output, base, []jsonraw.Swap{{At: 0, Del: 1, Ins: []byte("K")}, {At: 6, Del: 1, Ins: []byte(`"`)}}) {
		t.Fatal("not spliced")
	}
	edit, _ := c.Edit(model.Output)
	add(t, d, draft.Step{Field: model.Output, Base: base, After: &edit})
	shut(t, d)
	if len(edit.Value.Parts()) == 1 {
		t.Error("it was put together for the draft")
	}
	state := reread(t, b.dir)
	const want = `"Kaf\u00e9 \" tea\r\n\ud83d"`
	if got := string(state.Changes[0].Edit.Value.Bytes()); got != want || string(edit.Value.Bytes()) != want {
		t.Errorf("%s is kept, and %s set, want %s", got, edit.Value.Bytes(), want)
	}
}
