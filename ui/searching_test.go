package ui

import "testing"

// The query of one log is that of the next, selected: typing takes its place, and enter looks for
// it there.
func TestTheQueryGoesAlongToTheNextLog(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("/", "a", "t", " ", "n", "i", "n", "e", "enter").rest()
	p.shows(" for at nine")
	p.press("esc", "]").rest()
	p.press("/")
	p.shows("/at nine")
	p.press("x")
	p.shows("/x")
	p.showsNot("nine")
}
