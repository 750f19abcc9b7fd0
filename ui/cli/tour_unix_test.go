//go:build unix

package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/term/termtest"
)

// leg is keys of somebody who takes the tour, and what the screen says next.
type leg struct{ keys, says string }

// takes sends the keys of each leg once the one before has been answered.
func takes(r *termtest.Remote, legs []leg) {
	for _, l := range legs {
		r.Send(l.keys)
		r.Shows(l.says)
	}
}

// endTour waits for the end of the program, which leaves the terminal as it was, and nothing below
// the home.
func (h home) endTour(r *termtest.Remote) {
	h.t.Helper()
	if code, _ := r.Ends(); code != 0 {
		h.t.Errorf("it ended with %d", code)
	}
	r.Left()
	if screen := r.Screen(); !strings.Contains(screen, "next: errata import PATH") || !strings.Contains(screen, "is gone") {
		h.t.Errorf("it does not say what comes next:\n%s", screen)
	}
	for _, pattern := range []string{"errata-demo-*", ".local/*/errata"} {
		if left, _ := filepath.Glob(filepath.Join(h.dir, pattern)); len(left) > 0 {
			h.t.Errorf("it left %v", left)
		}
	}
}

// TestTheTourIsWalkedToItsEnd does what its line says, with the keys that it names.
func TestTheTourIsWalkedToItsEnd(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := h.open(80, 24, "demo", "--tour")
	r.Shows("31 logs")
	r.Shows("tour 1/6  enter opens the log under the cursor, any of them")
	takes(r, []leg{
		{keyEnter, "tour 2/6  go to Output with ↓; enter edits it: type something"},
		{keyDown + keyDown + keyEnter, "tour 2/6  type: each key is in a draft on disk before you see it"},
		{" Bake on.", "tour 3/6  ctrl+s shows what would be sent"},
		{keyReview, "tour 3/6  ctrl+s sends this, no more, and reads the log back"},
		{keyReview, "tour 4/6  saved and verified; q goes back to the list"},
		{"q", "tour 4/6  A annotates the listed logs, one after the other"},
		{"A", "tour 4/6  the digits, at the top of the screen, say what you think of the log"},
		{"1", "tour 4/6  ctrl+n sends that, and shows the next log"},
		{"\x0e", "tour 5/6  all of it can be taken back: q goes to the list"},
		{"q", "tour 5/6  H lists what was sent"},
		{"H", "tour 5/6  u takes back what is under the cursor"},
		{"u", "tour 5/6  y takes it back"},
		{"y", "tour 6/6  that was all, and is gone when you quit. Next: errata import PATH"},
	})
	r.Send("q")
	h.endTour(r)
}

// TestTheTourMeetsWhoeverGoesAnotherWay looks elsewhere, changes its mind, takes the correction
// back instead of the judgment, and changes the size of the window. Colours and signs are off.
func TestTheTourMeetsWhoeverGoesAnotherWay(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := h.open(80, 24, "demo", "--tour", "--plain", "--no-color")
	r.Shows("31 logs")
	r.Shows("tour 1/6  enter opens")
	takes(r, []leg{
		{"H", "tour 1/6  esc goes back; then enter opens"},
		{keyEsc, "tour 1/6  enter opens"},
		{"?", "tour 1/6  esc goes back; then enter opens"},
		{keyEsc, "tour 1/6  enter opens"},
		{keyEnter, "tour 2/6  go to Output"},
		{keyEnter, "tour 2/6  esc leaves this; ↓ goes to Output, enter edits it"},
		{keyEsc, "tour 2/6  go to Output"},
		{"x", "tour 3/6  ctrl+s shows"},
		{"u", "tour 2/6  go to Output"},
		{"jj" + keyEnter + "!", "tour 3/6  ctrl+s shows"},
		{keyReview, "tour 3/6  ctrl+s sends this"},
		{keyEsc, "tour 3/6  ctrl+s shows"},
	})
	r.Resize(60, 10)
	r.Lacks("tour")
	r.Resize(100, 30)
	r.Shows("tour 3/6")
	if rows := strings.Split(r.Screen(), "\n"); len(rows) != 30 || !strings.HasPrefix(rows[29], "tour 3/6  ctrl+s shows") {
		t.Errorf("the line is not at the foot of %d rows:\n%s", len(rows), r.Screen())
	}
	takes(r, []leg{
		{keyReview, "tour 3/6  ctrl+s sends this"},
		{keyReview, "tour 4/6  saved and verified"},
		{"A", "A does nothing here"},
		{"q", "tour 4/6  A annotates"},
		{"H", "tour 4/6  esc goes back; then A annotates"},
		{"u", "tour 4/6  ctrl+s sends this; esc goes back"},
		{keyReview, "saved and verified"},
		{"q", "tour 4/6  A annotates"},
		{"A", "tour 4/6  the digits"},
		{"2", "tour 4/6  ctrl+n sends that"},
		{"\x0e", "tour 6/6  that was all"},
	})
	r.Send("qq")
	h.endTour(r)
}

// TestTheTourMayBeLeft: the usual keys leave it, with the usual question, which does not promise a
// draft that goes, too.
func TestTheTourMayBeLeft(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := h.open(80, 24, "demo", "--tour", "--theme", "light")
	r.Shows("31 logs")
	takes(r, []leg{{keyEnter, "tour 2/6"}, {"x", "tour 3/6"}, {"q", "tour 1/6"}, {"q", "1 changed field not sent: quit and lose them? y / n"}})
	r.Send("y")
	h.endTour(r)
}
