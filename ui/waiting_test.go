package ui

import (
	"slices"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/ui/term"
)

// largeDoc is a log whose values are read away from the keys: a text, a map, and a conversation
// with one long part.
func largeDoc() []byte {
	long := strings.Repeat("the tide turns at nine ", 2<<20/23)
	return []byte(`{"id": "log_large", "prompt": {"id": "pr_1", "path": "almanac/tides"}, "evaluator_logs": [], "created_at": "2025-03-03T10:00:00",` +
		` "output": "` + long + `", "error": null, "prompt_tokens": 12, "metadata": {"notes": "` + long + `"},` +
		` "messages": [{"role": "user", "content": "` + long + `"}]}`)
}

func largeLog(t *testing.T) *person {
	t.Helper()
	return sit(t, Options{LogID: "log_large"}, largeDoc()).rest()
}

// Everything is typed in one go: no key waits for what the one before has started.
func TestWhatIsTypedInOneGoGoesWhereItWouldHaveGone(t *testing.T) {
	t.Parallel()
	edit := []string{"g", "j", "j", "enter", "!"}
	for _, c := range []struct {
		name  string
		keys  []string
		shows string
		sent  int
	}{
		{"send", []string{"ctrl+s", "ctrl+s"}, "saved and verified", 1},
		{"send by enter", []string{"ctrl+s", "enter"}, "saved and verified", 1},
		{"back from the review", []string{"ctrl+s", "esc", "k"}, "1 changed", 0},
		{"help of the review", []string{"ctrl+s", "?"}, "send exactly this", 0},
		{"close, and go on", []string{"esc", "j", "j", "enter", "late", "ctrl+s"}, `+ late`, 0},
		{"close, then another log", []string{"esc", "["}, "opened alone", 0},
		{"quit", []string{"esc", "q"}, "1 changed field not sent", 0},
		{"quit, and no", []string{"esc", "q", "n", "r"}, "no changes", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := largeLog(t)
			p.press(slices.Concat(edit, c.keys)...).rest()
			p.shows(c.shows)
			if n := len(p.bodies()); n != c.sent {
				t.Errorf("%d PATCHes were sent, want %d", n, c.sent)
			}
			if len(p.r.typed) > 0 {
				t.Errorf("%d keys still wait", len(p.r.typed))
			}
		})
	}
}

func TestWordsTypedWhileALargePartOfAMessageIsReadAreKept(t *testing.T) {
	t.Parallel()
	p := largeLog(t)
	p.press("g", "enter", "j", "enter", "!", "esc", "esc", "j", "j", "x", "ctrl+s", "enter").rest()
	p.shows("saved and verified")
	if body := strings.Join(p.bodies(), ""); !strings.Contains(body, `nine !`) || !strings.Contains(body, `"output":null`) {
		t.Errorf("the PATCH ends in %s", body[max(len(body)-80, 0):])
	}
}

func TestAPasteWaitsInItsTurn(t *testing.T) {
	t.Parallel()
	p := largeLog(t)
	p.press("g", "j", "j", "enter", "a")
	p.give(term.PasteMsg{Text: "bc"})
	p.press("d", "ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified")
	if body := strings.Join(p.bodies(), ""); !strings.HasSuffix(body, ` abcd"}`) {
		t.Errorf("the PATCH ends in %s", body[max(len(body)-40, 0):])
	}
}

// esc is for what was typed ahead of it, and gives up what is awaited where that is nothing.
func TestEscWaitsBehindWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("enter", "j", "j", "enter", "!", "esc", "x")
	<-gate.Reached()
	gate.Open()
	p.rest()
	p.shows("log_one")
	p.shows("null now")
	p.press("u")
	p.shows("At nine.!")
}

func TestInterruptGivesUpWhateverWasTyped(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("enter", "j", "j", "x")
	<-gate.Reached()
	p.press("ctrl+c")
	gate.Open()
	p.rest()
	p.shows("stopped reading")
	if p.r.form != nil || len(p.r.typed) > 0 {
		t.Error("what was typed for the log waits on")
	}

	p = prepare(t)
	p.press("d", "ctrl+c").rest()
	p.shows("nothing was sent")
	p.shows("1 changed")
}

func TestKeysForALogThatCannotBeReadAreNobodys(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.fake.Fail(apitest.Log, lost())
	p.press("enter", "j", "q").rest()
	p.shows("no answer")
	if p.quit {
		t.Error("a key for the log has quit")
	}
}

// TestHelpAndLeavingDoNotWaitForALog: while it is read, as long as nothing was typed for it.
func TestHelpAndLeavingDoNotWaitForALog(t *testing.T) {
	t.Parallel()
	for _, leave := range []string{"q", "esc"} {
		p := sit(t, Options{}).rest()
		gate := p.fake.Hold(apitest.Log)
		p.press("enter")
		<-gate.Reached()
		p.press("?").shows("Help: Browse")
		p.press("esc").showsNot("Help: Browse")
		p.shows("reading")
		p.press(leave).shows("stopped reading")
		gate.Open()
		p.rest()
		if p.r.form != nil || p.quit {
			t.Errorf("%s: the log was opened, or the program quit", leave)
		}
	}
}

// TestLeavingDoesNotDependOnHowSoonALogIsRead: from the next log that is still being read q goes to
// the list, as it does from one that has been.
func TestLeavingDoesNotDependOnHowSoonALogIsRead(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("]")
	<-gate.Reached()
	p.press("q")
	gate.Open()
	if p.rest(); p.r.form != nil || p.quit {
		t.Errorf("q leaves a log open, or quit:\n%s", p.screen())
	}
	if p.press("q").rest(); !p.quit {
		t.Errorf("a second q does not quit:\n%s", p.screen())
	}
}

// TestKeysForTheHistoryWaitForIt: what is pressed right behind H is for what is there then.
func TestKeysForTheHistoryWaitForIt(t *testing.T) {
	t.Parallel()
	p := sit(t, journaled(t, t.TempDir(), "log_one")).rest()
	p.press("j", "j", "enter", "!", "ctrl+s", "ctrl+s").rest()
	p.press("H", "u").rest()
	p.showsBody(`{"output":"At nine."}`)
	p.press("esc").rest().press("H", "esc").rest()
	if p.r.past != nil {
		t.Errorf("esc does not leave the history:\n%s", p.screen())
	}
}
