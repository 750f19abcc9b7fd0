package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/sanitize"
	"errata/ui/uitest"
)

func TestEveryFieldIsAStopInTheOrderOfTheContract(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 60)
	for i, f := range model.Form() {
		if d.m.Field() != f {
			t.Fatalf("stop %d is %v, want %s", i+1, d.m.rows[d.m.cursor].name(), f.Name)
		}
		d.shows(f.Label)
		d.press("j")
	}
	if d.m.Field() != nil {
		t.Error("after the 21 fields comes another field")
	}
	d.press("G")
	if got := d.m.rows[d.m.cursor].name(); got != "of the future" {
		t.Errorf("the last stop is %q", got)
	}
	d.press("g")
	if d.m.Field() != model.Form()[0] {
		t.Error("g does not go to the first field")
	}
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := drive(t, document, size[0], size[1])
		for range d.m.rows {
			d.press("enter", "up", "down", "end", "esc", "d", "d", " ", "pgdown", "esc", "tab")
		}
		d.shows("no changes")
		d.body("{}")
	}
}

func TestTypedTextIsAnEditAndRetypingTakesItBack(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output").press("enter").write(" Or ten.").press("esc")
	d.shows("1 changed")
	d.body(`{"output":"At nine. Or ten."}`)
	d.press("enter")
	for range " Or ten." {
		d.press("backspace")
	}
	d.press("esc")
	d.shows("no changes")
	d.body("{}")
}

func TestNullRevertUndoRedo(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output").press("x")
	d.body(`{"output":null}`)
	d.shows("output is null now")
	d.press("x")
	d.body("{}")
	d.shows("output is as it was fetched")
	d.press("enter").write("!").press("esc", "x")
	d.body(`{"output":null}`)
	d.press("x")
	d.body(`{"output":"At nine.!"}`)
	d.shows("output is as it was edited")
	d.press("r")
	d.body("{}")
	d.press("u")
	d.body(`{"output":"At nine.!"}`)
	d.press("u", "u", "u", "u", "u")
	d.body("{}")
	d.press("ctrl+r", "ctrl+r", "ctrl+r")
	d.body(`{"output":"At nine.!"}`)
}

func TestUndoReachesAcrossFields(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output").press("x").at("prompt_tokens").press("enter").write("0").press("esc")
	d.body(`{"prompt_tokens":120,"output":null}`)
	d.at("metadata").press("u")
	d.body(`{"output":null}`)
	if d.m.Field().Name != "prompt_tokens" {
		t.Errorf("the cursor is on %s, not where the undo was", d.m.Field().Name)
	}
}

func TestNullAndAbsentStayWhenNothingIsTyped(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"error", "stdout"} {
		d := drive(t, document, 120, 40).at(name).press("enter", "esc")
		d.body("{}")
		d.press("enter").write("a").press("backspace", "esc")
		d.body(`{"` + name + `":""}`)
		d.press("u").press("enter").write("a").press("esc")
		d.body(`{"` + name + `":"a"}`)
	}
}

func TestEmptiedTextIsAnEmptyString(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output").press("enter", "ctrl+u", "esc")
	d.body(`{"output":""}`)
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("prompt_cost").press("enter")
	d.shows("0.10")
	d.press("backspace").write("0").press("esc")
	d.body("{}")
	d.press("enter").write("0").press("esc")
	d.body("{}") // 0.100 means the same
	d.press("enter").write("1").press("esc")
	d.body(`{"prompt_cost":0.101}`)
	d.press("r").press("enter", "alt+up", "enter")
	d.body(`{"prompt_cost":0.11}`)
}

func TestWhatIsNoValueIsKeptAndNamed(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("prompt_tokens").press("enter").write("x")
	d.shows("prompt_tokens")
	d.press("esc")
	d.shows("1 changed, 1 invalid")
	d.shows("12x")
	d.press("ctrl+s")
	d.shows("not sent")
	if len(d.asked) != 0 {
		t.Errorf("the form asked for %v", d.asked)
	}
	d.press("backspace", "esc")
	d.shows("no changes")
}

func TestJSONErrorsTellLineAndColumnWhileTyping(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("metadata").press("t", "backspace")
	d.shows("line ")
	d.shows("column ")
	d.write("}").press("esc")
	d.shows("no changes")
}

func TestTabKeepsTheTextAndEditsTheNextField(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("prompt_tokens").press("enter").write("3").press("tab")
	if d.m.edit == nil || d.m.edit.field.Name != "reasoning_tokens" {
		t.Fatalf("after tab the editor is not on the next field:\n%s", d.screen())
	}
	d.write("5").press("shift+tab", "backspace").write("4").press("esc")
	d.body(`{"prompt_tokens":124,"reasoning_tokens":5}`)
}

func TestAPasteIsExact(t *testing.T) {
	t.Parallel()
	text := "a\tb\r\n\x00\x1b[31m\u202e \U0001f469\u200d\U0001f52c"
	d := drive(t, document, 120, 40).at("stdout").press("enter").pasted(text).press("esc")
	got, ok := d.m.Changes().Value(d.m.Field()).Text()
	if !ok || got != text {
		t.Errorf("the value is %q, want %q", got, text)
	}
	d.press("u")
	d.body("{}")
}

func TestAPasteOutsideAnEditorIsNoKeys(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("output").pasted("xxq")
	d.body("{}")
	if len(d.asked) != 0 {
		t.Errorf("the form asked for %v", d.asked)
	}
	d.shows("enter opens the value")
}

func TestReviewIsAskedForInTheSameStep(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 80, 24).at("output").press("enter").write("!").press("ctrl+s")
	if len(d.asked) != 1 || d.asked[0] != (ReviewMsg{}) {
		t.Fatalf("the form asked for %v", d.asked)
	}
	d.body(`{"output":"At nine.!"}`)
	d = drive(t, document, 80, 24).press("ctrl+s")
	d.shows("nothing to send")
	if len(d.asked) != 0 {
		t.Errorf("the form asked for %v", d.asked)
	}
}

func TestOldAndNewAreOneKeyAway(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 120} {
		d := drive(t, document, w, 40).at("output").press("enter").write(" Or ten.").press("esc", "d")
		d.shows("- At nine.")
		d.shows("+ At nine. Or ten.")
		d.press("esc")
		d.showsNot("- At nine.")
	}
}

func TestLockedRowsOpenForReading(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 80, 24).press("G", "enter")
	d.shows("locked")
	d.press("esc", "x", "r", "e")
	d.body("{}")
	d = drive(t, strings.Replace(document, `"output": "At nine."`, `"output": "a", "output": "b"`, 1), 120, 40).at("output").press("enter").write("zz").press("esc")
	d.shows("locked")
	d.body("{}")
	d.press("x") // replacing it whole is no loss that nobody wanted
	d.body(`{"output":null}`)
}

func TestSearchWalksNamesAndValues(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 120} {
		d := drive(t, document, w, 40).press("/").write("high tide").press("enter")
		d.shows("1 of 1 hit")
		if d.m.Field().Name != "messages" {
			t.Errorf("the cursor is on %s", d.m.rows[d.m.cursor].name())
		}
		d.press("esc", "esc", "/", "ctrl+u").write("nine").press("enter")
		d.shows("of 2 hits")
		first := d.m.cursor
		d.press("n")
		if d.m.cursor == first {
			t.Error("n stays on the hit")
		}
		d.press("N")
		if d.m.cursor != first {
			t.Error("N does not go back")
		}
		d.press("esc", "esc", "/", "ctrl+u", "alt+r").write("provider_l.*y").press("enter")
		if got := d.m.rows[d.m.cursor].name(); got != "provider_latency" {
			t.Errorf("the regular expression found %s", got)
		}
		d.press("/", "ctrl+u").write("(").press("enter")
		d.shows("no regular expression")
		d.press("/", "ctrl+u", "alt+r").write("nowhere to be found").press("enter")
		d.shows("not found")
	}
}

func TestToolChoiceStepsThroughItsWords(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("tool_choice").press("enter", "alt+down", "enter")
	d.body(`{"tool_choice":"none"}`)
	d.press("enter", "alt+down", "alt+down", "esc")
	d.body(`{"tool_choice":"required"}`)
}

func TestLettersAreTextInAnEditorAndCommandsInTheList(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 80, 24).press("q", "]", "[", "R")
	want := []tea.Msg{BackMsg{}, StepMsg{1}, StepMsg{-1}, ReloadMsg{}}
	if len(d.asked) != len(want) {
		t.Fatalf("the form asked for %v", d.asked)
	}
	for i := range want {
		if d.asked[i] != want[i] {
			t.Errorf("request %d is %#v, want %#v", i, d.asked[i], want[i])
		}
	}
	d.at("output").press("enter").write("q?]R").press("esc")
	if len(d.asked) != len(want) {
		t.Errorf("letters in an editor asked for %v", d.asked[len(want):])
	}
	d.body(`{"output":"At nine.q?]R"}`)
}

func TestReadOnlyEditsNothing(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40)
	d.m.o.ReadOnly = "read-only: for a reason"
	d.at("output").press("enter").write("zz").press("esc", "x", "r", "e", "ctrl+s")
	d.body("{}")
	d.shows("for a reason")
	if len(d.asked) != 0 {
		t.Errorf("the form asked for %v", d.asked)
	}
}

func TestALargeTextIsParsedOnceItRests(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("tide ", 40_000)
	d := drive(t, strings.Replace(document, "At nine.", long, 1), 120, 40).at("output").press("enter").write("!")
	d.shows("1 changed")
	d.press("esc")
	d.shows("1 changed")
	if got, _ := d.m.Changes().Value(d.m.Field()).Text(); got != long+"!" {
		t.Errorf("the value ends in %q", got[max(0, len(got)-20):])
	}
}

func TestTotalsFollowTheEdits(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 50)
	d.shows("15 tokens")
	d.at("output_tokens").press("enter").write("0").press("esc")
	d.shows("42 tokens")
}

// Whatever the window, the form fills it and no more, in every state.
func TestGeometry(t *testing.T) {
	t.Parallel()
	states := map[string][]string{
		"list": nil, "edit": {"j", "j", "enter"}, "read": {" "}, "diff": {"d"}, "search": {"/", "a"}, "end": {"G", "enter"},
	}
	for name, keys := range states {
		d := drive(t, document, 80, 24).press(keys...)
		for w := 1; w <= 250; w += 7 {
			for h := 1; h <= 60; h += 3 {
				d.m.SetSize(w, h)
				d.send(nil)
				uitest.Fills(t, name, d.m, w, h, sanitize.Width)
			}
		}
	}
}

// Keys that come before the hits are kept: the search runs away from the keys.
func TestWalkingOnBeforeTheHitsAreThere(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).press("/").write("nine")
	search := d.update(tea.KeyMsg{Type: tea.KeyEnter})
	d.press("n")
	d.run(search)
	d.shows("2 of 2 hits")
}
