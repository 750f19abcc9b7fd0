package draft_test

import (
	"testing"

	"errata/ui/draft"
)

// TestDraftUnderAFormerName finds the draft of a log whose server had another name, keeps it under
// the present one, and never takes one that somebody has, or that would take the place of another.
func TestDraftUnderAFormerName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	former := id
	former.Server = "file:/link.db"
	present := id
	present.Server = "file:/real.db"
	stored := func(as draft.Identity, o draft.Options) (*draft.Draft, *draft.State) {
		t.Helper()
		d, state, err := draft.New(dir, o).Take(t.Context(), as, false)
		if err != nil {
			t.Fatal(err)
		}
		return d, state
	}
	named := draft.Options{Former: []string{former.Server, present.Server}}

	d, _ := stored(former, draft.Options{})
	add(t, d, step("output", `"a"`, nil, value(`"b"`)))
	held, state := stored(present, named)
	if len(state.Changes) > 0 {
		t.Errorf("a draft that somebody has was taken: %s", dump(state))
	}
	shut(t, held)
	shut(t, d)

	for range 2 { // it stays
		d, state := stored(present, named)
		if len(state.Changes) != 1 || state.Identity.Server != present.Server {
			t.Errorf("found %s of %s", dump(state), state.Identity.Server)
		}
		shut(t, d)
	}
	list, err := draft.New(dir, draft.Options{}).List(t.Context())
	if err != nil || len(list) != 1 || list[0].Server != present.Server {
		t.Errorf("listed %+v, %v", list, err)
	}

	d, _ = stored(former, draft.Options{})
	add(t, d, step("output", `"a"`, nil, value(`"c"`)))
	shut(t, d)
	d, state = stored(present, named)
	if value, _ := state.Changes[0].Edit.Value.Text(); value != "b" {
		t.Errorf("it was overwritten by %q", value)
	}
	shut(t, d)
}
