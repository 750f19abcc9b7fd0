package form

import (
	"slices"
	"testing"

	"errata/model/tree"
)

const drifting = `{"id": "log_drift", "prompt": {"id": "pr_1"}, "output": "Ebb at six.\nThen slack, then ebb again, and ebb.",
 "messages": [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "The flood at noon, the flood at night."}],
 "metadata": {"a": 1, "deep": {"er": ["x", "neap tide"]}}}`

// What was found is where the editor of the value begins.
func TestEditingGoesOnAtTheHit(t *testing.T) {
	t.Run("text", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.press("/").write("ebb").press("enter", "n", "n", "enter").write("X")
		d.press("esc")
		d.body(`{"output":"Ebb at six.\nThen slack, then ebb again, and Xebb."}`)
	})
	t.Run("cards", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.press("/").write("night").press("enter", "enter")
		d.shows("1 of 1 hit for night")
		if p := d.m.built.st.Path(); len(p) == 0 || p[0] != 1 {
			t.Errorf("the cursor is at %v", p)
		}
		d.press("esc", "esc")
		d.body("{}")
	})
	t.Run("outline", func(t *testing.T) {
		d := drive(t, drifting, 120, 40)
		d.press("/").write("neap").press("enter", "enter")
		if p := d.m.built.st.Path(); !slices.Equal(p, tree.Path{1, 0, 1}) {
			t.Errorf("the cursor is at %v", p)
		}
	})
	t.Run("another value", func(t *testing.T) {
		d := drive(t, drifting, 120, 40)
		d.press("/").write("neap").press("enter").at("output").press("enter").write("!").press("esc")
		d.body(`{"output":"Ebb at six.\nThen slack, then ebb again, and ebb.!"}`)
	})
}
