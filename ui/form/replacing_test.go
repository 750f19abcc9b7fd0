package form

import (
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
