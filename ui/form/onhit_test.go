package form

import (
	"slices"
	"strings"
	"testing"

	"errata/model"
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
	t.Run("large text", func(t *testing.T) {
		hay := strings.Repeat(strings.Repeat("hay ", 20)+"\\n", 80_000)
		doc := `{"id": "log_large", "prompt": {"id": "pr_1"}, "output": "` + hay + `one needle, two needle` + hay + `"}`
		d := drive(t, doc, 120, 40)
		d.press("/").write("nee[d]le").press("alt+r", "enter", "n", "enter")
		if d.m.edit == nil || d.m.edit.ed.Offset() != 80_000*81+len("one needle, two ") {
			t.Fatalf("the editor is %v", d.m.edit)
		}
		d.write("X").press("esc")
		output, _ := model.Lookup("output")
		if text, _ := d.m.Changes().Value(output).Text(); !strings.Contains(text, "one needle, two Xneedle") {
			t.Error("what was typed is not at the hit")
		}
	})
	t.Run("from reading", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.press("/").write("slack").press("enter")
		if !d.m.reading {
			t.Fatal("the hit is not read")
		}
		d.press("enter").write("X").press("esc")
		d.body(`{"output":"Ebb at six.\nThen Xslack, then ebb again, and ebb."}`)
	})
	t.Run("after a change of the value", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.at("output").press("enter", "ctrl+home").write("An ").press("esc")
		d.press("/").write("ebb").press("enter", "n", "enter").write("X").press("esc")
		d.body(`{"output":"An Ebb at six.\nThen slack, then Xebb again, and ebb."}`)
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
	t.Run("cards in another order than the JSON", func(t *testing.T) {
		const doc = `{"id": "log_order", "prompt": {"id": "pr_1"}, "messages": [
			{"tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "tide", "arguments": "{\"at\": \"spring\"}"}}],
			 "content": "A spring tide.", "thinking": [{"type": "thinking", "thinking": "Which spring?", "signature": "spring"}], "role": "assistant"},
			{"content": "In spring.", "role": "user"}]}`
		for i, want := range []tree.Path{{0, 2, 0, 1}, {0, 1}, {0, 0, 0, 2, 1}, {1, 0}} {
			d := drive(t, doc, 120, 40)
			d.press("/").write("spring").press("enter")
			d.shows("1 of 4 hits for spring")
			for range i {
				d.press("n")
			}
			d.press("enter")
			if p := d.m.built.st.Path(); !slices.Equal(p, want) {
				t.Errorf("hit %d: the cursor is at %v, want %v", i+1, p, want)
			}
			d.press("esc", "esc", "space", "t")
			text, at := string(d.m.edit.ed.Text().Bytes()), d.m.edit.ed.Offset()
			if before := []int{2, 1, 0, 4}[i]; !strings.HasPrefix(text[at:], "spring") || strings.Count(text[:at], "spring") != before {
				t.Errorf("hit %d: the JSON text is edited at %q", i+1, text[at:])
			}
		}
	})
	t.Run("second search", func(t *testing.T) {
		d := drive(t, drifting, 120, 40)
		d.press("/").write("ebb").press("enter", "n")
		d.shows("2 of 3 hits for ebb")
		d.press("/", "ctrl+u").write("flood").press("enter")
		d.shows("1 of 2 hits for flood")
	})
	t.Run("another value", func(t *testing.T) {
		d := drive(t, drifting, 120, 40)
		d.press("/").write("neap").press("enter").at("output").press("enter").write("!").press("esc")
		d.body(`{"output":"Ebb at six.\nThen slack, then ebb again, and ebb.!"}`)
	})
}
