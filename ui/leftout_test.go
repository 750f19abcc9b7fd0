package ui

import (
	"strings"
	"testing"

	"errata/api/apitest"
)

// two has a person change the output and the prompt tokens, and ask for the review; the cursor is
// on the output.
func two(t *testing.T, o Options) *person {
	t.Helper()
	o.LogID = "log_one"
	p := sit(t, o).rest()
	p.press("j", "j", "enter", "!", "esc", "j", "j", "j", "j", "j", "enter", "3", "esc", "ctrl+s")
	p.showsBody(`{"prompt_tokens":123,"output":"At nine.!"}`)
	return p
}

func TestALeftOutChangeIsNotSentAndStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := two(t, drafted(dir, ""))
	p.press("d")
	p.shows("1 field, 1 left out")
	p.shows("left out: ")
	p.showsBody(`{"prompt_tokens":123}`)
	p.press("enter").rest()
	p.sent(`{"prompt_tokens":123}`)
	p.shows("saved and verified; left out and still changed: output")
	p.shows("1 changed")
	p.r.drafts.close()

	p = sit(t, drafted(dir, "log_one")).rest()
	p.fake.Put(t, []byte(strings.Replace(first, `"prompt_tokens": 12`, `"prompt_tokens": 123`, 1)))
	p.shows("restored unsaved work")
	p.shows("At nine.!")
	p.press("ctrl+s", "ctrl+s").rest()
	p.sent(`{"output":"At nine.!"}`)
	p.shows("no changes")
}

func TestWhatIsLeftOutIsTakenBackIn(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"by d":               {"d", "d"},
		"by editing it on":   {"d", "esc", "g", "j", "j", "enter", "x", "backspace", "?", "backspace", "ok", "esc", "ctrl+s"},
		"by undo and redo":   {"d", "esc", "u", "ctrl+r", "u", "u", "ctrl+r", "ctrl+r", "ctrl+s"},
		"by sending nothing": {"d", "down", "d", "enter", "d", "up", "d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := two(t, Options{})
			p.press(keys...)
			p.shows("2 fields")
			p.showsNot("left out:")
			p.press("enter").rest()
			p.shows("saved and verified")
			p.shows("no changes")
		})
	}
}

func TestWhatIsLeftOutStaysSoWhileTheReviewIsClosed(t *testing.T) {
	t.Parallel()
	p := two(t, Options{})
	p.press("d", "esc")
	p.shows("2 changed")
	p.press("g", "j", "j", "j", "enter", "late", "esc", "ctrl+s")
	p.shows("2 fields, 1 left out")
	p.press("ctrl+s").rest()
	p.sent(`{"prompt_tokens":123,"error":"late"}`)
}

func TestWhenEverythingIsLeftOutNothingIsSent(t *testing.T) {
	t.Parallel()
	p := two(t, Options{})
	p.press("d", "down", "d", "enter", "ctrl+s").rest()
	p.shows("not sent: every change is left out")
	p.press("esc")
	p.shows("2 changed")
	p.sent()
}

func TestWhatIsLeftOutMeetsWhatSomebodyElseWrote(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		theirs string // output
		shows  []string
	}{
		"elsewhere in the text": {"High tide:\\nAt nine.", nil},
		"in the same place":     {"At ten.", []string{"Conflict", "Output"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := two(t, Options{})
			p.press("d")
			p.fake.Put(t, []byte(strings.Replace(first, "At nine.", c.theirs, 1)))
			p.press("enter").rest()
			p.sent(`{"prompt_tokens":123}`)
			p.shows("saved and verified")
			p.press("ctrl+s")
			p.press("enter").rest()
			if c.shows == nil {
				p.shows("saved and verified")
				p.sent(`{"prompt_tokens":123}`, `{"output":"High tide:\nAt nine.!"}`)
			}
			for _, text := range c.shows {
				p.shows(text)
			}
		})
	}
}

func TestAnUndoMayLeaveAChangeOut(t *testing.T) {
	t.Parallel()
	p := two(t, journaled(t, t.TempDir(), ""))
	p.press("enter").rest()
	p.press("H").rest()
	p.press("u").rest()
	p.press("d")
	p.showsBody(`{"prompt_tokens":12}`)
	p.press("enter").rest()
	p.shows("left out and still changed: output")
	p.shows("At nine.")
	p.shows("1 changed")
}

func TestALateSaveKeepsWhatWasLeftOut(t *testing.T) {
	t.Parallel()
	p := two(t, drafted(t.TempDir(), ""))
	p.fake.FailAfter(apitest.UpdateLog, lost())
	patch := p.fake.Hold(apitest.UpdateLog)
	p.press("d", "enter")
	<-patch.Reached()
	check := p.fake.Hold(apitest.Log)
	patch.Open()
	<-check.Reached()
	p.press("esc")
	check.Open()
	p.rest()
	p.shows("saved and verified")
	p.shows("1 changed")
	p.press("ctrl+s")
	p.showsBody(`{"output":"At nine.!"}`)
}
