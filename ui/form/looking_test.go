package form

import (
	"strings"
	"testing"

	"errata/ui/rows"
)

// A locked value with parts opens as what it is made of, and nothing of it can be changed.
func TestALockedValueIsReadAsAStructure(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := drive(t, conversationLog, size[0], size[1])
		d.m.o.ReadOnly = "read-only: for a reason"
		d.at("messages").press("enter")
		for _, want := range []string{"opens for reading", "[0] system", "answers tide in [2]"} {
			d.shows(want)
		}
		d.press("x").shows("nothing can be changed here")
		d.press("z").shows("[0] system  You know the tides.")
		d.press("o").write("Today").press("enter", "right", "j", "j", "O")
		d.shows("image-1-2.gif")
		d.press("esc", "/").write("nine").press("enter").shows("1 of 1 hit for nine")
		d.press("esc", "y")
		d.press("tab")
		if name := d.m.rows[d.m.cursor].name(); name != "output_message" || d.m.looking() != nil {
			t.Errorf("tab goes to %s", name)
		}
		d.press("enter").shows("assistant")
		d.press("q")
		if d.m.reading || len(d.asked) > 0 {
			t.Error("q does not go back to the list")
		}
		d.body("{}")
	}
}

// What was opened once does not get in the way of a hit of the search.
func TestALockedValueThatWasLeftShowsTheHit(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 80, 24)
	d.m.o.ReadOnly = "read-only: for a reason"
	d.at("messages").press("enter", "q", "/").write("today").press("enter")
	d.shows("1 of 1 hit for today")
	if d.m.looking() != nil || !d.m.reading {
		t.Error("the hit is not shown where the search marks it")
	}
}

func TestTheEnvelopeIsReadAsAnOutline(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40)
	d.press("G", "enter")
	d.shows("▸   0: 1")
	d.press("D", "j", "c").press("esc")
	if d.m.reading {
		t.Error("esc does not go back to the list")
	}
	d.body("{}")
}

// A large one is made ready away from the keys, which wait for it.
func TestALargeLockedValueIsReadAwayFromTheKeys(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("All tides are due to the moon. ", 50_000)
	d := drive(t, `{"id":"log_long","prompt":{"id":"pr_1"},"odd":[{"text":"`+long+`"},"end"]}`, 120, 40)
	d.press("G", "enter", "z", "j", "enter")
	if in := d.m.looking(); in == nil || in.Panel() == nil || in.Capturing() {
		t.Fatal("the text is not read")
	}
	d.press("/").write("moon").press("enter", "esc", "esc")
	d.press("j")
	d.shows("1: end")
	if path := d.m.looking().Path(); len(path) != 1 || path[0] != 1 {
		t.Errorf("the cursor is at %s", rows.JSONPath(d.m.looking().Root(), path))
	}
}
