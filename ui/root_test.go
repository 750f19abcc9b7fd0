package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/apitest"
	"errata/ui/term"
	"errata/ui/theme"
)

func TestCorrectOneLogFromTheList(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.shows("At nine.")
	p.press("enter").rest()
	p.shows("almanac/tides")
	p.press("j", "j", "enter", "!", "ctrl+s")
	p.shows("Review")
	p.showsBody(`{"output":"At nine.!"}`)
	p.press("enter").rest()
	p.shows("saved and verified")
	p.shows("no changes")
	p.sent(`{"output":"At nine.!"}`)
	p.press("q").rest()
	p.shows("At nine.!")
	if p.press("q").rest(); !p.quit {
		t.Error("q on the first screen does not quit")
	}
}

func TestTheQuickWayNeedsNoWaiting(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter", "!", "ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified")
	p.sent(`{"output":"At nine.!"}`)
}

func TestKeysTypedWhileALogLoadsAreKeptInOrder(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{})
	p.rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("enter", "j", "j", "enter", "?!")
	p.give(term.PasteMsg{Text: " pasted"})
	p.press(".", "ctrl+s")
	<-gate.Reached()
	p.shows("reading log_one")
	gate.Open()
	p.rest()
	p.shows("Review")
	p.showsBody(`{"output":"At nine.?! pasted."}`)
}

func TestEscGivesUpALoadAndItsLateAnswerIsDropped(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	gate := p.fake.Hold(apitest.Log)
	p.press("enter")
	<-gate.Reached()
	p.press("esc")
	gate.Open()
	p.rest()
	p.shows("stopped reading")
	if p.r.form != nil {
		t.Error("the log opened all the same")
	}
}

func TestALogThatCannotBeReadEndsTheProgramWithItsError(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_none"}).rest()
	if !p.quit || api.CodeOf(p.r.failed) != api.NotFound {
		t.Errorf("quit %v with %v", p.quit, p.r.failed)
	}
}

func TestUnsavedWorkIsAskedFor(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "x", "q").rest()
	p.shows("1 changed field not sent")
	if p.quit {
		t.Fatal("it quit without an answer")
	}
	p.press("n")
	p.showsNot("not sent: quit")
	p.press("ctrl+c")
	p.shows("not sent")
	if p.press("y").rest(); !p.quit {
		t.Error("yes does not quit")
	}
	p.sent()
}

func TestChangesOfOneLogWaitWhileAnotherIsOpen(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "]").rest()
	p.shows("log_two")
	p.shows("no changes")
	p.press("[").rest()
	p.shows("log_one")
	p.shows("1 changed")
	p.press("[").rest()
	p.shows("no further log")
}

func TestAConflictIsShownAndSettledBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys []string
		want []string // bodies
		last string   // what the server holds then
	}{
		"mine":      {[]string{"m", "enter", "enter"}, []string{`{"output":"At nine.!"}`}, "At nine.!"},
		"theirs":    {[]string{"t", "enter"}, nil, "At eleven."},
		"left open": {[]string{"enter"}, nil, "At eleven."},
		"back":      {[]string{"esc"}, nil, "At eleven."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sit(t, Options{LogID: "log_one"}).rest()
			p.press("j", "j", "enter", "!", "ctrl+s")
			p.fake.Put(t, []byte(strings.Replace(first, "nine", "eleven", 1)))
			p.press("enter").rest()
			p.shows("Conflict")
			p.shows("+ At nine.!")
			p.shows("+ At eleven.")
			p.sent()
			p.press(c.keys...).rest()
			p.sent(c.want...)
			doc, err := p.fake.Log(t.Context(), "log_one")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(doc.Raw), c.last) {
				t.Errorf("the server holds %s", doc.Raw)
			}
		})
	}
}

func TestAMergeIsEditedByHand(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter", "!", "ctrl+s")
	p.fake.Put(t, []byte(strings.Replace(first, "nine", "eleven", 1)))
	p.press("enter").rest()
	p.press("e")
	p.shows("<<<<<<<")
	p.shows(">>>>>>>")
	p.give(tea.KeyMsg{Type: tea.KeyCtrlHome})
	for range 12 {
		p.give(tea.KeyMsg{Type: tea.KeyCtrlK}) // line and line break by turns
	}
	for range 60 {
		p.give(tea.KeyMsg{Type: tea.KeyDelete})
	}
	p.press("Both.", "ctrl+s")
	p.shows("all settled")
	p.press("enter")
	p.shows("Review")
	p.press("enter").rest()
	p.shows("saved and verified")
	p.sent(`{"output":"Both."}`)
}

func TestDifferentKeysOfOneMapMergeAndAreShownAgainBeforeTheyGo(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("/", "metadata", "enter").rest()
	p.press("esc", "enter", "a", "mine:=true", "enter", "ctrl+s")
	p.shows("Review")
	p.fake.Put(t, []byte(strings.Replace(first, `{"a": 1}`, `{"a": 1, "theirs": true}`, 1)))
	p.press("enter").rest()
	p.shows("Review")
	p.shows("not sent")
	p.sent()
	p.press("enter").rest()
	p.shows("saved and verified")
	doc, err := p.fake.Log(t.Context(), "log_one")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"a"`, `"mine"`, `"theirs"`} {
		if !strings.Contains(string(doc.Raw), key) {
			t.Errorf("%s is gone: %s", key, doc.Raw)
		}
	}
}

func TestSomebodyElsesOtherFieldIsKeptAndNamed(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter", "!", "ctrl+s")
	p.fake.Put(t, []byte(strings.Replace(first, `"prompt_tokens": 12`, `"prompt_tokens": 99`, 1)))
	p.press("enter").rest()
	p.shows("saved and verified")
	p.shows("prompt_tokens")
	p.shows("99 tokens")
}

func TestWhatTheServerDidNotKeepIsNamed(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.fake.Alter(func(doc []byte) []byte { return []byte(strings.Replace(string(doc), "At nine.!", "AT NINE", 1)) })
	p.press("j", "j", "enter", "!", "ctrl+s", "enter").rest()
	p.shows("the server did not keep output as sent")
	p.showsNot("saved and verified")
	p.press("d")
	p.shows("+ At nine.!")
	p.shows("- AT NINE")
}

func TestARefusalPutsTheCursorOnTheField(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.Invalid, Status: 422, Msg: "the server refused prompt_tokens: too many",
		Fields: []api.FieldError{{Loc: []any{"body", "prompt_tokens"}, Msg: "too many"}}})
	p.press("j", "j", "x", "down", "down", "down", "down", "down", "x", "g", "ctrl+s", "enter").rest()
	p.shows("not saved: the server refused prompt_tokens")
	if f := p.r.form.Field(); f == nil || f.Name != "prompt_tokens" {
		t.Errorf("the cursor is on %v", f)
	}
	p.shows("2 changed")
}

func TestALostAnswerIsCheckedAndNotSentAgain(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.fake.FailAfter(apitest.UpdateLog, lost())
	p.press("j", "j", "enter", "!", "ctrl+s", "enter").rest()
	p.shows("saved and verified")
	p.sent(`{"output":"At nine.!"}`)

	p.fake.Fail(apitest.UpdateLog, lost())
	p.press("enter", "?", "ctrl+s", "enter").rest()
	p.shows("not saved, as reading back shows: no answer")
	p.shows("1 changed")
	p.sent(`{"output":"At nine.!"}`, `{"output":"At nine.!?"}`)
}

func TestEscStopsWaitingForAHangingSave(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	gate := p.fake.Hold(apitest.UpdateLog)
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	<-gate.Reached()
	p.press("x", "ctrl+s", "enter") // nothing of this is taken while the request is under way
	p.press("esc")
	p.shows("checking what became of the request")
	p.shows("1 changed") // the form is back at once
	p.rest()
	p.shows("not saved")
	p.shows("1 changed")
	if n := len(p.bodies()); n != 1 {
		t.Errorf("%d PATCHes were sent", n)
	}
}

// What is typed while an abandoned save is being checked is kept, whatever the check finds.
func TestEditsMadeDuringTheCheckStay(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.fake.FailAfter(apitest.UpdateLog, lost())
	patch := p.fake.Hold(apitest.UpdateLog)
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	<-patch.Reached()
	check := p.fake.Hold(apitest.Log)
	patch.Open()
	<-check.Reached()
	p.press("esc", "enter", "?", "ctrl+s", "enter")
	p.shows("still being checked")
	p.press("esc")
	check.Open()
	p.rest()
	p.shows("saved and verified")
	p.shows("1 changed")
	p.press("ctrl+s")
	p.showsBody(`{"output":"At nine.!?"}`)
	p.sent(`{"output":"At nine.!"}`)
}

func TestHelpListsTheKeysOfEveryScreen(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("?")
	p.shows("Help: Browse")
	p.press("q", "enter").rest()
	p.press("f1")
	p.shows("Help: Form")
	p.press("esc", "j", "j", "enter", "?")
	p.showsNot("Help:")
	p.press("f1")
	p.shows("Help: Editor")
	p.press("esc", "ctrl+s", "?")
	p.shows("Help: Review")
}

func TestReloadTakesOverWhatIsNew(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.fake.Put(t, []byte(strings.Replace(first, "nine", "eleven", 1)))
	p.press("R").rest()
	p.shows("changed on the server: output")
	p.shows("eleven")
	p.press("j", "j", "x")
	p.fake.Put(t, []byte(strings.Replace(first, "nine", "noon", 1)))
	p.press("R").rest()
	p.shows("Conflict")
	p.press("esc")
	p.shows("1 changed")
}

func TestTheThemeFollowsTheBackgroundOnlyWhenAuto(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.give(term.BackgroundMsg{Dark: false})
	if p.r.th.Name != "none" {
		t.Errorf("the theme is %s", p.r.th.Name)
	}
	p.r.o.Theme, p.r.terminal = "auto", theme.Terminal{}
	p.give(term.BackgroundMsg{Dark: false})
	if p.r.th.Name != "light" {
		t.Errorf("the theme is %s", p.r.th.Name)
	}
	p.shows("almanac/tides")
}

// A theme is seen while it is chosen: esc takes it back, enter keeps it and says how it stays.
func TestAThemeIsPicked(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one", ThemeNames: func() []string { return []string{"mine"} }, Themes: func(name string, dark bool) (theme.Spec, error) {
		if name == "mine" {
			return theme.Own(name, dark, []theme.Line{{Name: "base", Value: "gruvbox-light"}})
		}
		return theme.BuiltIn(name, dark)
	}}).rest()
	p.r.terminal = theme.Terminal{Dark: true}
	p.press("f2")
	p.shows("Themes")
	p.shows("almanac/tides")
	p.press("home")
	if p.r.th.Name != "mine" || p.r.th.Dark {
		t.Errorf("the theme under the cursor is mine, but it is %s that is shown", p.r.th.Name)
	}
	p.press("esc")
	if p.r.th.Name != "none" {
		t.Errorf("after esc the theme is %s", p.r.th.Name)
	}
	p.press("f2", "home", "j", "j", "enter")
	p.shows(`theme contrast until you quit; theme = "contrast" at the top of config.toml`)
	if p.r.th.Name != "contrast-dark" {
		t.Errorf("after enter the theme is %s", p.r.th.Name)
	}
	p.press("f2")
	if got := p.r.picker.names[p.r.picker.cursor]; got != "contrast" {
		t.Errorf("the picker opens at %s", got)
	}
}

// In what is edited as rows ctrl+z takes the last edit back, as in a text; it suspends elsewhere.
func TestCtrlZUndoesInAStructure(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("g", "enter").rest()
	p.press("a", "esc")
	p.shows("message [0] added without text, u takes it back")
	p.press("ctrl+z")
	p.shows("undone: message [0] added")
}
