package form

import (
	"strings"
	"testing"
)

const findKey = "ctrl+f"

// ctrl+f finds within the text that is edited: enter and shift+tab walk, esc leaves the cursor on
// the hit.
func TestFindInTheEditor(t *testing.T) {
	d := drive(t, drifting, 80, 24)
	d.at("output").press("enter", findKey).write("ebb")
	d.shows("/ebb")
	d.shows("1 of 3 hits, around the end")
	d.shows("enter next  shift+tab before")
	d.press("enter", "enter").shows("2 of 3 hits")
	d.press("enter", "shift+tab").shows("2 of 3 hits")
	d.press("esc").showsNot("of 3 hits")
	if d.m.edit == nil {
		t.Fatal("esc has closed the editor")
	}
	d.write("X").press("esc")
	d.body(`{"output":"Ebb at six.\nThen slack, then Xebb again, and ebb."}`)
	d.at("output").press("/").shows("/ebb")
	d.press("esc")
}

// Keys that the line of the search does not know are the editor's: ctrl+s reviews.
func TestReviewWhileFinding(t *testing.T) {
	d := drive(t, drifting, 80, 24)
	d.at("output").press("enter").write("!").press(findKey).write("ebb").press("ctrl+s")
	if d.m.edit != nil {
		t.Error("the editor is open")
	}
	d.body(`{"output":"Ebb at six.\nThen slack, then ebb again, and ebb.!"}`)
}

// Letters and pastes are the query's while it is typed, in a line as well.
func TestFindTypesNothingIntoTheText(t *testing.T) {
	for _, doc := range []string{drifting, strings.Replace(drifting, "{", `{"source": "ebb", `, 1)} {
		d := drive(t, doc, 80, 24)
		d.at("source").press("enter", findKey).write("zzz")
		d.pasted("y")
		d.shows("/zzzy")
		d.shows("not found")
		d.press("enter", "esc", "esc")
		d.body("{}")
	}
}

func TestFindInInnerEditors(t *testing.T) {
	t.Run("cards", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.at("messages").press("enter", "down", "down", "down", "enter", findKey).write("flood")
		d.shows("1 of 2 hits, around the end")
		d.press("enter", "enter").shows("2 of 2 hits")
		d.press("esc").write("X").press("esc", "esc")
		d.body(`{"messages":[{"role": "user", "content": "When?"}, {"role": "assistant", "content": "The flood at noon, the Xflood at night."}]}`)
	})
	t.Run("outline", func(t *testing.T) {
		d := drive(t, drifting, 80, 24)
		d.press("/").write("neap").press("enter", "enter", "enter", "end", findKey).write("tide")
		d.shows("1 of 1 hit, around the end")
		d.press("enter", "esc").write("X").press("enter", "esc", "esc")
		d.body(`{"metadata":{"a": 1, "deep": {"er": ["x", "neap Xtide"]}}}`)
	})
}
