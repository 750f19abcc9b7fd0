package draft_test

import (
	"testing"

	"errata/ui/draft"
)

// What is undone together is so after a restart as well.
func TestStepsThatAreUndoneTogether(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	joined := step("output", `"c"`, nil, value(`"d"`))
	joined.Joined = true
	add(t, d, step("source", `"a"`, nil, value(`"b"`)), joined, step("error", `"e"`, nil, value(`"f"`)), draft.Undo{})
	shut(t, d)
	state := reread(t, b.dir)
	if n := len(state.History.Done); n != 2 || state.History.Done[0].Joined || !state.History.Done[1].Joined {
		t.Errorf("the history is %+v", state.History.Done)
	}
	if state.History.Joins() {
		t.Error("a step that stands for itself is joined")
	}
}
