package form

import (
	"slices"
	"strings"
	"testing"
)

const replaceable = `{"id": "log_1", "prompt": {"id": "pr_1", "path": "tides/ask"}, "output": "The tide, the tide.", "error": "no tide\\/",
	"created_at": "2025-03-02T10:00:00", "messages": [{"role": "user", "content": "t\u0069de?"}, {"role": "assistant", "content": null,
	"tool_calls": [{"id": "c", "type": "function", "function": {"name": "look", "arguments": "{\"the tide\": \"at tide\"}"}}]}], "metadata": {"n": 1}}`

// patched wants a field of the body.
func (d *driver) patches(part string) {
	d.t.Helper()
	if body := string(d.m.Changes().Patch()); !strings.Contains(body, part) {
		d.t.Errorf("the body is %s, without %s", body, part)
	}
}

func TestReplaceHitByHit(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.press("/", "t", "i", "d", "e", "ctrl+r")
	d.shows("replace tide with:")
	d.press("e", "b", "b", "enter")
	d.shows("messages[0].content: tide → ebb ?")
	d.shows("1 of 5")
	d.press("n", "y")
	d.shows("output: The tide → ebb , the tide.")
	d.shows("3 of 5")
	d.shows("1 changed")
	d.patches(`"arguments": "{\"the tide\": \"at ebb\"}"`)
	d.patches(`"content": "t\u0069de?"`)
	d.press("n", "y", "q")
	d.shows("2 hits replaced; u undoes it")
	d.shows("2 changed")
	d.patches(`"output":"The tide, the ebb."`)
	d.press("u")
	d.shows("no changes")
	d.press("ctrl+r")
	d.shows("2 changed")
	d.patches(`"output":"The tide, the ebb."`)
}

func TestReplaceAllIsOneStepOfUndo(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.at("output").press("x")
	d.press("u", "/", "T", "i", "d", "e", "ctrl+r")
	d.press("x", "ctrl+r")
	d.shows("nothing to replace: Tide stands in no text")
	d.press("/", "t", "i", "d", "e", "ctrl+r", "e", "b", "b", "ctrl+r")
	d.shows("5 hits replaced")
	d.shows("3 changed")
	d.patches(`"error":"no ebb\\/"`)
	d.press("u")
	d.shows("no changes")
}

func TestReplaceByExpression(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.press("/", "alt+r")
	d.write(`(\w)ide`)
	d.press("ctrl+r")
	d.write("$2")
	d.press("enter")
	d.shows("there is no group 2 in")
	d.press("backspace", "1", "enter", "a")
	d.patches(`"output":"The t, the t."`)
	d.press("u", "/")
	d.write("x*")
	d.press("ctrl+r", "-", "enter")
	d.shows("is found between any two letters")
	d.press("esc")
	d.shows("no changes")
}

func TestWhatCannotBeTheValueStaysAsText(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.press("/")
	d.write("user")
	d.press("ctrl+r", "enter", "y")
	d.shows("1 changed, 1 invalid")
	d.press("u")
	d.shows("no changes")
}

func TestReplaceWithinAnEditor(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.at("output").press("enter", "ctrl+f")
	d.write("tide")
	d.press("ctrl+r")
	d.write("ebb")
	d.press("ctrl+r")
	d.shows("2 hits replaced")
	d.shows("The ebb, the ebb.")
	d.shows("editing")
	d.press("esc", "u")
	d.shows("no changes")
	d.at("messages").press("enter", "/")
	d.write("tide")
	d.press("ctrl+r")
	d.write("ebb")
	d.press("enter", "n", "y")
	d.shows("1 hit replaced")
	d.shows("editing")
	d.press("esc")
	d.patches(`"arguments": "{\"the tide\": \"at ebb\"}"`)
	d.shows("1 changed")
}

// An editor in which something was replaced stands where it stood: the cursor at the same letter,
// and the same rows above it.
func TestReplacingLeavesTheEditorWhereItStood(t *testing.T) {
	t.Parallel()
	lines := strings.Repeat(`the tide comes, the tide goes\n`, 60)
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1", "path": "tides/ask"}, "output": "`+lines+`the end"}`, 80, 24)
	d.at("output").press("enter")
	d.m.edit.ed.GoTo(40, 10)
	d.press("ctrl+f")
	d.write("tide")
	d.press("enter", "enter") // the second hit of the line
	for range 7 {
		d.press("enter")
	}
	line, col := d.m.edit.ed.Position()
	above := d.m.edit.ed.Above()
	if line < 40 || above == 0 {
		t.Fatalf("line %d, column %d, %d rows above", line, col, above)
	}
	d.press("ctrl+r")
	d.write("water")
	d.press("ctrl+r")
	d.shows("120 hits replaced; esc u undoes it")
	nowLine, nowCol := d.m.edit.ed.Position()
	if want := col + len("water") - len("tide"); nowLine != line || nowCol != want {
		t.Errorf("the cursor is at %d:%d, and was at %d:%d", nowLine, nowCol, line, col)
	}
	if now := d.m.edit.ed.Above(); now != above {
		t.Errorf("%d rows stand above the cursor, and there were %d", now, above)
	}
	d.write("!")
	text := string(d.m.edit.ed.Text().Bytes())
	if got := strings.Split(text, "\n")[line-1]; len(got) != len("the water comes, the water goes!") || got[nowCol-1] != '!' {
		t.Errorf("the line is %q", got)
	}
	d.press("ctrl+z", "esc", "u")
	d.shows("no changes")
}

// A structure keeps its cursor, and what is unfolded.
func TestReplacingLeavesTheStructureWhereItStood(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.at("messages").press("enter", "j", "j", "/")
	d.write("tide")
	d.press("enter")
	before := d.m.built.st.Path()
	d.press("/")
	d.write("tide")
	d.press("ctrl+r")
	d.write("ebb")
	d.press("ctrl+r")
	d.shows("hits replaced")
	if now := d.m.built.st.Path(); !slices.Equal(now, before) {
		t.Errorf("the cursor is at %v, and was at %v", now, before)
	}
}

// An editor in which there is nothing to look for stays open.
func TestReplacingNothingKeepsTheEditor(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.at("output").press("enter", "ctrl+f", "ctrl+r")
	d.shows("there is nothing to look for yet")
	d.shows("editing")
	d.press("esc")
	d.write("more")
	d.shows("more")
}

func TestNothingIsReplacedWhereNothingCanBeChanged(t *testing.T) {
	t.Parallel()
	d := drive(t, replaceable, 80, 24)
	d.m.o.ReadOnly = "read-only: so it was started"
	d.press("/", "t", "ctrl+r")
	d.shows("read-only: so it was started")
	d.m.o.ReadOnly = ""
	d.press("G", "enter", "/", "t", "ctrl+r")
	d.shows("nothing can be changed here")
}
