package ui

import (
	"strings"
	"testing"

	"errata/api/apitest"
)

// leave has a person change the output, send, and give up waiting. The PATCH is carried out and its
// answer lost; what became of it is known when the gate opens.
func leave(t *testing.T, o Options) (p *person, check *apitest.Gate) {
	t.Helper()
	o.LogID = "log_one"
	p = sit(t, o).rest()
	p.fake.FailAfter(apitest.UpdateLog, lost())
	patch := p.fake.Hold(apitest.UpdateLog)
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	<-patch.Reached()
	check = p.fake.Hold(apitest.Log)
	patch.Open()
	<-check.Reached()
	p.press("esc")
	return p, check
}

func TestWhatComesLateDoesNotCloseTheEditor(t *testing.T) {
	t.Parallel()
	p, check := leave(t, Options{})
	p.press("enter", "?")
	check.Open()
	p.rest()
	p.shows("saved and verified")
	p.shows("editing")
	p.press("xr") // letters still, and no commands
	p.shows("At nine.!?xr")
	p.press("esc", "ctrl+s")
	p.showsBody(`{"output":"At nine.!?xr"}`)
	p.shows("- At nine.!") // the base is what was saved
}

func TestAReadingThatComesLateDoesNotCloseTheEditor(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("R", "j", "j", "enter", "!")
	<-gate.Reached()
	p.fake.Put(t, []byte(strings.Replace(first, `"prompt_tokens": 12`, `"prompt_tokens": 99`, 1)))
	gate.Open()
	p.rest()
	p.press("x")
	p.shows("At nine.!x")
	p.press("esc")
	p.shows("99 tokens")
}

func TestWhatSomebodyElseWroteDuringTheCheckIsAskedAbout(t *testing.T) {
	t.Parallel()
	p, check := leave(t, Options{})
	p.press("j", "j", "enter", "stop", "esc") // the finish reason, which was absent
	theirs := strings.Replace(strings.Replace(first, "nine.", "nine.!", 1), `"error": null`, `"error": null, "finish_reason": "length"`, 1)
	p.fake.Put(t, []byte(theirs))
	check.Open()
	p.rest()
	p.press("ctrl+s", "enter").rest()
	p.shows("Conflict")
	p.shows("Finish reason")
	p.sent(`{"output":"At nine.!"}`)
}

func TestAnEditTakenBackDuringTheCheckIsAChangeAfterIt(t *testing.T) {
	t.Parallel()
	p, check := leave(t, Options{})
	p.press("r")
	check.Open()
	p.rest()
	p.shows("1 changed")
	p.press("ctrl+s")
	p.showsBody(`{"output":"At nine."}`)
}

func TestAfterALateSaveTheHistoryBeginsAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, check := leave(t, drafted(dir, ""))
	check.Open()
	p.rest()
	p.shows("saved and verified")
	p.press("u")
	p.shows("nothing to undo; H lists what was sent")
	if list := waiting(t, dir); len(list) > 0 {
		t.Errorf("there is still a draft: %+v", list)
	}
}

func TestATextThatIsNoValueIsNotLeftBehindByAConflict(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press(strings.Repeat("j", 7), "enter", "x", "esc")
	p.fake.Put(t, []byte(strings.Replace(first, `"prompt_tokens": 12`, `"prompt_tokens": 99`, 1)))
	p.press("R").rest()
	p.shows("Conflict")
	p.press("m", "enter")
	p.shows("editing")
	p.shows("12x")
	p.shows("not sent:")
}

func TestTheReviewFromTheEditorIsOfWhatCameLate(t *testing.T) {
	t.Parallel()
	p, check := leave(t, Options{})
	p.press("enter", "?")
	check.Open()
	p.rest()
	p.press("ctrl+s")
	p.showsBody(`{"output":"At nine.!?"}`)
	p.shows("- At nine.!") // the base is what was saved
	p.press("d", "esc")
	p.shows("1 changed") // left out, and kept
	p.press("r")
	p.shows("no changes")
	p.shows("At nine.!")
}

func TestTheReviewFromTheEditorOfNothingMoreDoesNotOpen(t *testing.T) {
	t.Parallel()
	p, check := leave(t, Options{})
	p.press("enter", "?", "backspace")
	check.Open()
	p.rest()
	p.press("ctrl+s")
	p.shows("saved and verified")
	p.shows("no changes")
}

func TestAReviewThatWasOvertakenIsShownAnew(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"send": "enter", "leave out": "d"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, check := leave(t, Options{})
			p.press("enter", "?", "ctrl+s")
			p.showsBody(`{"output":"At nine.!?"}`)
			check.Open()
			p.rest()
			p.shows("saved and verified")
			p.press(key).rest()
			p.shows("what remains")
			p.shows("- At nine.!")
			p.sent(`{"output":"At nine.!"}`)
			p.press("d", "esc")
			p.shows("1 changed")
			p.press("r")
			p.shows("no changes")
			p.shows("At nine.!")
		})
	}
}
