package ui

import (
	"strings"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/ui/draft"
)

// pair marks both logs of the list and compares them.
func pair(t *testing.T, o Options) *person {
	t.Helper()
	p := sit(t, o).rest()
	p.press(" ", " ")
	p.shows("D compare")
	return p.press("D").rest()
}

func TestTwoLogsAreComparedAndAValueIsCopiedAndSent(t *testing.T) {
	t.Parallel()
	p := pair(t, Options{})
	p.shows("4 fields differ, 17 the same")
	p.press("m")
	p.shows("output copied into log_one")
	p.shows("● 1 changed")
	p.press("ctrl+s")
	p.shows(`"At nine." → "At ten."`)
	p.press("ctrl+s").rest()
	p.shows("log_one: saved and verified")
	p.shows("3 fields differ, 18 the same")
	p.sent(`{"output":"At ten."}`)
	p.press("q")
	p.shows("2 marked")
}

func TestBothLogsAreSentOneAfterTheOther(t *testing.T) {
	t.Parallel()
	p := pair(t, Options{})
	p.press("m", "tab", "n", "m")
	p.shows("prompt_tokens copied into log_two")
	p.press("ctrl+s")
	p.shows("log_two: 1 of 2; log_one comes after it")
	p.press("enter").rest()
	p.shows("log_two: saved and verified")
	p.shows("Review")
	p.press("ctrl+s").rest()
	p.shows("log_one: saved and verified")
	p.sent(`{"prompt_tokens":12}`, `{"output":"At ten."}`)
	p.shows("2 fields differ, 19 the same")
}

// What was sent of a log that is compared is taken back from there.
func TestACopyThatWasSentIsTakenBackFromTheComparison(t *testing.T) {
	t.Parallel()
	p := pair(t, journaled(t, t.TempDir(), ""))
	p.press("tab", "m", "ctrl+s", "ctrl+s").rest()
	p.shows("log_two: saved and verified")
	p.press("H").rest()
	p.shows("log_two")
	p.press("u").rest()
	p.shows(`"At nine." → "At ten."`)
	p.press("enter").rest()
	p.shows("log_two: saved and verified")
	p.shows("4 fields differ, 17 the same")
	p.sent(`{"output":"At nine."}`, `{"output":"At ten."}`)
}

func TestComparingWantsTwoMarkedLogs(t *testing.T) {
	t.Parallel()
	for marks, want := range map[string]string{"": "none is marked", " ": "1 log marked", "*": "3 logs marked"} {
		p := sit(t, Options{}, []byte(strings.Replace(second, "log_two", "log_three", 1))).rest()
		p.press(marks).rest()
		p.press("D").rest()
		p.shows("D compares two marked logs, and " + want)
	}
}

func TestWhatWasCopiedIsInTheDraftAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := pair(t, drafted(dir, ""))
	p.press("m", "tab", "n", "m")
	if list := waiting(t, dir); len(list) != 2 {
		t.Fatalf("%d drafts while both logs are changed: %+v", len(list), list)
	}
	p.press("q")
	p.shows("both logs: 2 changed fields not sent; the drafts stay")
	p.r.drafts.close() // as if it were killed
	p = pair(t, drafted(dir, ""))
	p.shows("restored unsaved work")
	p.press("tab", "u")
	p.shows("undone: prompt_tokens")
	p.press("ctrl+r")
	p.shows("redone: prompt_tokens")
	p.press("r")
	p.shows("prompt_tokens is as it was fetched")
	p.press("q").rest()
	p.r.drafts.close()
	if list := waiting(t, dir); len(list) != 1 || list[0].LogID != "log_one" {
		t.Errorf("the drafts are %+v", list)
	}
}

// A change that was made in the form counts, and what was copied is there in the form.
func TestTheFormAndTheComparisonShareTheirEdits(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("j", "j", "enter", "!", "esc", "q").rest()
	p.press("g", " ", " ", "D").rest()
	p.shows("- At nine.!")
	p.press("m", "q").rest()
	p.press("g", "enter").rest()
	p.shows("At ten.")
	p.press("u")
	p.shows("At nine.!")
}

func TestNothingIsCopiedWhereNothingCanBeEdited(t *testing.T) {
	t.Parallel()
	p := pair(t, Options{ReadOnly: true})
	p.press("m")
	p.shows("not copied: read-only")
	p.press("ctrl+s")
	p.shows("nothing to send: neither log is changed")
	p.sent()
}

func TestADraftThatAnotherProcessHoldsIsAskedFor(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"r": "not copied: read-only", "t": "output copied into log_one", "esc": "2 marked"} {
		dir := t.TempDir()
		held, _, err := draft.New(dir, draft.Options{}).Take(t.Context(), draft.Identity{Server: "http://127.0.0.1:1/v5", LogID: "log_one", PromptID: "pr_1"}, false)
		if err != nil {
			t.Fatal(err)
		}
		p := pair(t, drafted(dir, ""))
		p.shows("has this log's draft: r read only, t take over, esc leave")
		p.press(key).rest()
		p.press("m").rest()
		p.shows(want)
		p.r.drafts.close()
		_ = held.Close(t.Context())
	}
}

func TestALogThatCannotBeReadEndsTheComparison(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press(" ", " ")
	gate := p.fake.Hold(apitest.Log)
	p.press("D")
	<-gate.Reached()
	p.shows("reading log_one")
	p.press("esc")
	p.shows("stopped reading")
	gate.Open()
	p.rest()
	p.shows("2 marked")
	p.fake.Fail(apitest.Log, &api.Error{Code: api.NotFound, Status: 404, Msg: "there is no log log_one"})
	p.press("D").rest()
	p.shows("there is no log log_one")
	p.shows("2 marked")
	p.press("D").rest()
	p.shows("4 fields differ")
}

func TestTheProgramBeginsAndEndsWithAComparison(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{Compare: &[2]string{"log_two", "log_one"}}).rest()
	p.shows("▸ - log_two")
	p.press("m", "q")
	p.shows("1 changed field not sent: quit and lose them? y / n")
	p.press("n", "u", "q").rest()
	if !p.quit {
		t.Error("q does not end the program")
	}
	p = sit(t, Options{Compare: &[2]string{"log_two", "log_none"}}).rest()
	if !p.quit || api.CodeOf(p.r.failed) != api.NotFound {
		t.Errorf("quit %v with %v", p.quit, p.r.failed)
	}
}

// Somebody else changed the field that was copied over: it is settled as it is in the form.
func TestAConflictIsSettledFromTheComparison(t *testing.T) {
	t.Parallel()
	p := pair(t, Options{})
	p.press("m", "ctrl+s")
	p.fake.Put(t, []byte(strings.Replace(first, "nine", "eleven", 1)))
	p.press("enter").rest()
	p.shows("Conflict")
	p.press("m", "enter", "enter").rest()
	p.shows("log_one: saved and verified")
	p.sent(`{"output":"At ten."}`)
}

// A draft that meets another change of its field is settled ahead of everything else.
func TestADraftInConflictIsSettledAheadOfTheComparison(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := pair(t, drafted(dir, ""))
	p.press("tab", "m").rest()
	p.r.drafts.close()
	q := sit(t, drafted(dir, "")).rest()
	q.fake.Put(t, []byte(strings.Replace(second, "ten", "eleven", 1)))
	q.press("g", " ", " ", "D").rest()
	q.shows("Conflict")
	q.shows("D compares then")
	q.press("t", "enter", "q").rest()
	q.shows("2 marked")
	q.press("D").rest()
	q.shows("+ At eleven.")
}

func TestWhatIsLateOfARequestIsShown(t *testing.T) {
	t.Parallel()
	p := pair(t, Options{})
	gate := p.fake.Hold(apitest.UpdateLog)
	p.press("m", "ctrl+s", "enter")
	<-gate.Reached()
	p.press("esc")
	p.shows("stopped waiting")
	p.shows("Compare")
	gate.Open()
	p.rest()
	p.shows("3 fields differ, 18 the same")
}
