package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/price"
	"errata/ui/draft"
)

// answered is a log whose provider told more than the log says.
const answered = `{"id": "log_tides", "prompt": {"id": "pr_1", "path": "almanac/tides", "model": "model-a"},
 "output": null, "output_message": {"role": "assistant", "content": "At nine."}, "prompt_tokens": 12, "output_tokens": null,
 "start_time": "2025-03-01T10:00:00", "end_time": "2025-03-01T10:00:01.5",
 "provider_response": {"choices": [{"finish_reason": "stop"}], "usage": {"prompt_tokens": 15, "completion_tokens": 3}}}`

func splitRows(screen string) []string { return strings.Split(screen, "\n") }

// atPrices gives the form of a driver a price for model-a.
func (d *driver) atPrices() *driver {
	d.m.o.Prices = func(_, name string) (price.Price, bool) {
		return price.Price{Rates: price.Rates{Prompt: "2.50", Output: "10.00"}}, name == "model-a"
	}
	return d
}

func TestFillsIsAListOfOldAndNew(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := drive(t, answered, size[0], size[1]).atPrices().press("f")
		for _, want := range []string{
			"output  null → At nine.", "the text of output_message",
			"finish_reason  absent → stop", "choices.0.finish_reason in provider_response",
			"prompt_tokens  12 tokens → 15 tokens", "usage.prompt_tokens in provider_response",
			"prompt_cost  absent → $0.00003", "12 × $2.50 a million, the price of model-a",
			"provider_latency  absent → 1.5 s", "end_time − start_time",
		} {
			d.shows(want)
		}
		d.press("esc").showsNot("the text of output_message")
		d.body("{}")
	}
}

func TestTheFieldUnderTheCursorComesFirst(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40).at("provider_latency").press("f", "enter")
	d.body(`{"provider_latency":1.5}`)
	d.shows("filled in: provider_latency")
	d.press("u").body("{}")
}

func TestMarkedFillsAreMade(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40).press("f", " ", " ", "enter")
	d.body(`{"finish_reason":"stop","output":"At nine."}`)
	d.press("u").body(`{"output":"At nine."}`)
	d.press("u").body("{}")
	d.press("ctrl+r", "ctrl+r").body(`{"finish_reason":"stop","output":"At nine."}`)
	d = drive(t, answered, 120, 40).press("f", " ", "k", " ", "j", "j", "enter")
	d.body(`{"prompt_tokens":15}`) // the first mark was taken away
}

func TestACostFollowsTheTokensThatAreMarked(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40).atPrices().at("prompt_tokens").press("f")
	d.shows("12 × $2.50")
	d.press(" ").shows("15 × $2.50")
	d.press("k", " ").shows("12 × $2.50")
}

func TestAllIsFilledInWithWhatFollows(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40).atPrices().press("f", "a")
	want := `{"prompt_tokens":15,"output_tokens":3,"prompt_cost":0.0000375,"output_cost":0.00003,"finish_reason":"stop","output":"At nine.","provider_latency":1.5}`
	d.body(want)
	for range 7 {
		d.press("u")
	}
	d.body("{}")
	d.press("f", "a").body(want)
	d.press("f").shows("nothing to fill in: the log agrees")
}

func TestOfTwoTextsThatDifferNeitherIsTakenByAll(t *testing.T) {
	t.Parallel()
	doc := `{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "At ten.", "output_message": {"role": "assistant", "content": "At nine.", "name": "t"}}`
	d := drive(t, doc, 120, 40).press("f", "a")
	d.body("{}")
	d.shows("differ: mark the one to replace")
	d.at("output").press("f", "enter").body(`{"output":"At nine."}`)
	d.press("u").at("output_message").press("f", "enter").body(`{"output_message":{"role": "assistant", "content": "At ten.", "name": "t"}}`)
	d.press("u", "f", " ", "a").body(`{"output_message":{"role": "assistant", "content": "At ten.", "name": "t"}}`)
}

func TestNothingToFillSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1", "model": "model-b"}}`, 80, 24).atPrices().press("f")
	d.shows("nothing to fill in:")
	d.shows("provider_latency needs start_time and end_time")
	d.shows("a price of model-b")
	d.press(" ", "enter").body("{}")
	d.showsNot("nothing to fill in")
}

func TestTheMenuTakesNoOtherKeys(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 80, 24).press("f", "x", "r", "G", "g", "pgdown", "pgup", "end", "home", "tab", "e", "/", "d")
	d.shows("output  null → At nine.")
	d.pasted("text").body("{}")
	d.send(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
	d.press("enter").body(`{"finish_reason":"stop"}`)
}

func TestTheMenuFitsEveryWindow(t *testing.T) {
	t.Parallel()
	for w := 1; w <= 130; w += 13 {
		for h := 1; h <= 45; h += 4 {
			d := drive(t, answered, w, h).atPrices().press("f", "G")
			d.m.SetSize(w, h)
			if got := len(splitRows(d.screen())); got != h {
				t.Fatalf("%d×%d: %d rows", w, h, got)
			}
			if w >= 40 && h >= 10 {
				d.shows("provider_latency  absent")
			}
		}
	}
}

func TestTheMenuFollowsAnotherReadingOfTheLog(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40).press("f", "j")
	log, err := model.ParseLog([]byte(strings.Replace(answered, `"stop"`, `"length"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	d.m.SetChanges(model.NewChangeSet(log))
	d.shows("absent → length")
	d.press("enter").body(`{"finish_reason":"length"}`)
}

func TestFillsAreRefusedWhereNothingCanBeEdited(t *testing.T) {
	t.Parallel()
	d := drive(t, answered, 120, 40)
	d.m.o.ReadOnly = "this log is read-only"
	d.press("f", "a").body("{}")
	d.shows("this log is read-only")
}

// note is a keeper that counts the steps it was told.
type note struct{ steps int }

func (n *note) Append(events ...draft.Event) error {
	for _, e := range events {
		if _, ok := e.(draft.Step); ok {
			n.steps++
		}
	}
	return nil
}

func TestFillsAreKeptInTheDraft(t *testing.T) {
	t.Parallel()
	var kept note
	d := drive(t, answered, 120, 40)
	d.m.keeper = &kept
	d.press("f", "a")
	if n := len(d.m.Changes().Changed()); kept.steps != n || n == 0 {
		t.Errorf("%d steps were kept of %d changes", kept.steps, n)
	}
}

func TestToolChoiceWalksTheTools(t *testing.T) {
	t.Parallel()
	doc := `{"id": "log_1", "prompt": {"id": "pr_1", "tools": [{"name": "tides"}]}, "tool_choice": {"type": "function", "function": {"name": "moon"}},
	 "provider_request": {"tools": [{"type": "function", "function": {"name": "moon"}}]}}`
	d := drive(t, doc, 120, 40).at("tool_choice").press("enter", "esc").body2("{}")
	d.press("enter").shows("completes: none, auto, required, tides, moon")
	d.press("alt+down", "enter").body(`{"tool_choice":"none"}`)
	d.press("enter", "alt+up", "alt+up", "enter").body(`{"tool_choice":{"type":"function","function":{"name":"tides"}}}`)
	d.press("enter", "ctrl+u").write("mo")
	d.shows("ctrl+n completes moon")
	d.with(tea.KeyMsg{Type: tea.KeyCtrlN}).press("enter").body("{}")
	d.press("enter", "ctrl+u").write("tides").press("enter")
	d.shows("1 changed, 1 invalid") // what is typed is not made into something else
}

func (d *driver) body2(want string) *driver {
	d.t.Helper()
	d.body(want)
	return d
}
