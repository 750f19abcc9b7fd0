package ui

import "testing"

// A batch is one line of the history. It opens, and is taken back as one.
func TestABatchIsOneLineOfTheHistory(t *testing.T) {
	t.Parallel()
	p := sit(t, stated(t), []byte(third)).rest()
	p.press("*", "b", "metadata.reviewed:=true", "enter").rest()
	p.press("enter").rest().shows("saved and verified: 3 logs")
	p.press("esc").rest()
	p.press("H").rest().shows("1 entry")
	p.shows("3 logs")
	p.shows("set metadata.reviewed:=true")
	p.press("enter").rest().shows("3 entries")
	p.shows("log_one")
	p.press("q").rest().shows("1 entry")
	p.press("u").rest().shows("3 match · 3 change")
	p.press("enter").rest().shows("saved and verified: 3 logs")
	doc, err := p.fake.Log(t.Context(), "log_three")
	if err != nil || string(doc.Raw) != third {
		t.Errorf("%v: log_three is %s", err, doc.Raw)
	}
	p.press("esc").rest().press("H").rest().shows("2 entries") // the change, and what took it back
}

// One entry of a batch can be taken back by itself.
func TestOneEntryOfABatchIsTakenBack(t *testing.T) {
	t.Parallel()
	p := sit(t, stated(t), []byte(third)).rest()
	p.press("*", "b", "metadata.reviewed:=true", "enter").rest()
	p.press("enter").rest().press("esc").rest()
	p.press("H").rest().press("enter").rest().press("u").rest()
	p.shows("Review")
	p.press("ctrl+s").rest().shows("saved and verified")
	if n := len(p.fake.Patches()); n != 4 {
		t.Errorf("%d PATCHes, want 3 and 1", n)
	}
}
