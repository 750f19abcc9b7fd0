package ui

import (
	"context"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
)

// prepare has a person replace the output by a text that takes long to compare, and ask for the
// review; it is being made.
func prepare(t *testing.T) *person {
	t.Helper()
	p := sit(t, Options{LogID: "log_one"}).rest()
	long, err := model.String(strings.Repeat("high water ", slowReview/8))
	if err != nil {
		t.Fatal(err)
	}
	f, _ := model.Lookup("output")
	p.r.form.Changes().Set(f, long)
	p.press("ctrl+s")
	p.shows("for the review … esc cancels")
	return p
}

func TestKeysWaitForAReviewOfLargeValues(t *testing.T) {
	t.Parallel()
	p := prepare(t)
	p.press("enter") // sends, once it is seen what
	if n := len(p.fake.Patches()); n != 0 || p.r.sending.saving != nil {
		t.Fatalf("sent before the review was there")
	}
	p.rest()
	p.shows("saved and verified")
	if n := len(p.fake.Patches()); n != 1 {
		t.Errorf("%d PATCHes were sent", n)
	}
}

func TestAReviewOfLargeValuesCanBeCanceled(t *testing.T) {
	t.Parallel()
	p := prepare(t)
	p.press("esc")
	p.shows("nothing was sent")
	p.rest()
	if p.r.review != nil {
		t.Errorf("the review opened all the same:\n%s", p.screen())
	}
	p.press("ctrl+s").rest()
	p.shows("nothing is sent yet")
}

func TestTheBodyThatIsShownIsTheOneThatIsSent(t *testing.T) {
	t.Parallel()
	p := prepare(t).rest()
	body := string(p.r.review.Body()())
	p.press("enter").rest()
	if sent := p.fake.Patches(); len(sent) != 1 || string(sent[0].Body) != body {
		t.Errorf("%d PATCHes were sent, or another body than the one shown", len(sent))
	}
}

func TestWhatComesWhileAReviewIsMadeIsNotLost(t *testing.T) {
	t.Parallel()
	p := prepare(t)
	p.give(tea.WindowSizeMsg{Width: 100, Height: 30})
	p.press("d") // leaves the field out, once it is there
	p.rest()
	p.shows("1 left out")
	p.press("d").rest()
	p.shows("1 field")
	p.showsNot("left out,")
}

// TestTheStoreGetsReadyWhileAReviewIsRead wants it to be told once for each review, before anything
// is sent.
func TestTheStoreGetsReadyWhileAReviewIsRead(t *testing.T) {
	t.Parallel()
	ready, sent := 0, 0
	var p *person
	p = sit(t, Options{LogID: "log_one", Ready: func(context.Context) { ready, sent = ready+1, len(p.fake.Patches()) }}).rest()
	text, err := model.String("high water at ten")
	if err != nil {
		t.Fatal(err)
	}
	f, _ := model.Lookup("output")
	p.r.form.Changes().Set(f, text)
	p.press("ctrl+s").rest()
	if p.shows("nothing is sent yet"); ready != 1 || sent != 0 {
		t.Fatalf("it was told %d times, behind %d PATCHes", ready, sent)
	}
	p.press("d", "d").rest() // the field is left out, and put back
	if ready != 1 {
		t.Errorf("it was told %d times for one review", ready)
	}
	p.press("esc", "ctrl+s").rest()
	if ready != 2 {
		t.Errorf("it was told %d times for two reviews", ready)
	}
}
