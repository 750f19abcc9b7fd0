package compare

import (
	"regexp"
	"strings"
	"testing"

	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// Two answers to one question about the tides.
const (
	early = `{"id": "log_early", "prompt": {"id": "pr_1", "path": "almanac/tides", "version_id": "prv_7", "model": "small"},
 "messages": [{"role": "system", "content": "You know the harbour."}, {"role": "user", "content": "When is high tide?\nAnd when is low tide?"}],
 "output": "High tide is at nine.\nLow tide is at three.\nMind the fog.", "error": null, "finish_reason": "stop",
 "prompt_tokens": 12, "output_tokens": 9, "created_at": "2025-03-02T10:00:00",
 "metadata": {"channel": "web", "tags": ["tide", "fog"], "note": {"by": "a"}}, "provider_latency": 0.5}`
	late = `{"id": "log_late", "prompt": {"id": "pr_1", "path": "almanac/tides", "version_id": "prv_8", "model": "large"},
 "messages": [{"role": "system", "content": "You know the harbour."}, {"role": "user", "content": "When is high tide?\nAnd when is it low?"}],
 "output": "High tide is at ten.\nLow tide is at three.\nMind the fog.", "error": null, "finish_reason": "stop",
 "prompt_tokens": 12, "output_tokens": 10, "created_at": "2025-03-02T10:00:05",
 "metadata": {"channel": "app", "tags": ["tide", "wind", "fog"], "rating": 4}, "provider_latency": 0.5}`
)

func TestFrames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		w, h int
		keys []string
	}{
		"80x24":           {80, 24, nil},
		"120x40":          {120, 40, nil},
		"200x60":          {200, 60, nil},
		"80x24-copied":    {80, 24, []string{"n", "m", "tab", "n", "m"}},
		"120x40-copied":   {120, 40, []string{"n", "m", "tab", "n", "m", "G"}},
		"120x40-the-same": {120, 40, []string{"G", "enter", "j"}},
		"60x12":           {60, 12, []string{"n", "n"}},
	} {
		d := drive(t, early, late, c.w, c.h).press(c.keys...).rest()
		uitest.Frame(t, name+".txt", uitest.Reads(d.View())+"\n")
	}
}

func TestAPlaceWithinJSONIsCopied(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 120, 40)
	d.press("n", "n", "n", "n", "n")
	d.shows("▸ metadata.tags[1]")
	d.press("m")
	d.shows("metadata.tags[1] copied into log_early; u takes it back, ctrl+s reviews", "▸ metadata.tags[1]  ● edited")
	if got, want := d.patch(0), `{"metadata":{"channel": "web", "tags": ["tide", "wind", "fog"], "note": {"by": "a"}}}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
	d.press("N", "tab", "m") // the other way round
	if got, want := d.patch(1), `{"metadata":{"channel": "web", "tags": ["tide", "wind", "fog"], "rating": 4}}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
	d.press("u")
	d.shows("undone: metadata")
	if got := d.patch(1); got != "{}" {
		t.Errorf("after undo the PATCH is %s", got)
	}
}

func TestAWholeFieldIsCopied(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 120, 40).press("n", "n", "n", "n", "k")
	d.shows("▸ metadata  ")
	d.press("m")
	d.shows("metadata copied into log_early")
	if got, want := d.patch(0), `{"metadata":{"channel": "app", "tags": ["tide", "wind", "fog"], "rating": 4}}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
	d.press("m")
	d.shows("nothing to copy: this is the same in both logs")
	d.press("r")
	d.shows("metadata is as it was fetched; u brings the edit back")
}

func TestFieldsAreSteppedThrough(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 120, 40).press("}", "}", "}", "}")
	d.shows("▸ metadata  ")
	d.press("}")
	d.shows("no further field that differs")
	d.press("n", "n", "{")
	d.shows("▸ created_at")
	d.press("{", "{", "{", "{")
	d.shows("▸ messages[1].content", "no field before this one")
}

// A message that only one log has is read as a message.
func TestAMessageThatOneLogHas(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"a","messages":[{"role":"user","content":"High?","name":null}]}`,
		`{"id":"b","messages":[{"role":"user","content":"High?","name":null},{"role":"assistant","content":"At nine.\nMind the fog."}]}`, 100, 24)
	d.shows("▸ messages[1]", "- nothing here", "+ assistant:", "+   At nine.", "+   Mind the fog.")
	d.press("m")
	if got, want := d.patch(0), `{"messages":[{"role":"user","content":"High?","name":null}, {"role":"assistant","content":"At nine.\nMind the fog."}]}`; got != want && got != strings.Replace(want, ", {", ",{", 1) {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
}

func TestWhatIsTakenOutInOneLogIsTakenOutInTheOther(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"a","metadata":{"n":[1,2,3]}}`, `{"id":"b","metadata":{"n":[1,2]}}`, 80, 24)
	d.shows("▸ metadata.n[2]", "+ nothing here")
	d.press("m")
	if got, want := d.patch(0), `{"metadata":{"n":[1,2]}}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
	d.shows("metadata.n[2]  ● - edited", "in neither log any more", "the logs differ in no field")
}

func TestWhatTheFieldCannotHoldIsNotCopied(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"a","prompt_tokens":1,"messages":[{"role":"user","content":"x"}]}`, `{"id":"b","prompt_tokens":"many","messages":[{"content":"x"}]}`, 120, 24)
	d.press("n", "m")
	d.shows("not copied: prompt_tokens")
	d.press("g", "m")
	d.shows("not copied: messages")
	if got := d.patch(0); got != "{}" {
		t.Errorf("the PATCH is %s", got)
	}
}

func TestNullAndAbsentAreCopied(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"a","output":"x","error":"e","stdout":""}`, `{"id":"b","output":null,"stdout":"y"}`, 100, 30)
	d.shows("null", "absent", "an empty text")
	d.press("m", "n", "m", "n", "m")
	if got, want := d.patch(0), `{"output":null,"error":null,"stdout":"y"}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
}

func TestTheLogsThatChangedAreReviewed(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 80, 24).press("ctrl+s")
	d.shows("nothing to send: neither log is changed")
	d.press("m", "tab", "ctrl+s", "q")
	if len(d.wants) != 2 || d.wants[0] != (ReviewMsg{0}) || d.wants[1] != (CloseMsg{}) {
		t.Errorf("the screen wants %v", d.wants)
	}
}

// Two values of some hundred kilobytes are compared and copied away from the keys.
func TestLargeValuesKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("the tide comes and goes ", 12<<10)
	d := drive(t, `{"id":"a","output":"`+words+`at nine","metadata":{"n":1}}`, `{"id":"b","output":"`+words+`at ten","metadata":{"n":2}}`, 120, 24)
	d.shows("comparing", "metadata.n")
	if !d.Busy() {
		t.Error("nothing turns while values are compared")
	}
	d.press("n", "m")
	d.shows("metadata.n copied into a")
	d.rest()
	d.press("g", "m")
	d.shows("copying …")
	d.press("ctrl+s")
	d.shows("a value is still being copied")
	d.press("tab", "u", "tab")
	d.rest()
	d.shows("output copied into a")
	if got := len(d.patch(0)); got < len(words) {
		t.Errorf("the PATCH has %d bytes", got)
	}
	if d.Busy() {
		t.Error("something turns though nothing is under way")
	}
}

// Whatever is copied and taken back while values are compared, the cursor is on what is there.
func TestPlacesThatGoWhileTheyAreLookedAt(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("the tide comes and goes ", 12<<10)
	for name, more := range map[string]string{"small": "", "large": words} {
		d := drive(t, `{"id":"a","metadata":{"words":"`+more+`","n":[1,2,3,4,5,6]}}`, `{"id":"b","metadata":{"words":"`+more+`","n":[1,2]}}`, 120, 24).rest()
		d.press("G", "N")
		d.shows("▸ metadata.n[5]")
		d.press("m", "m").rest().press("m", "j", "tab", "k").rest()
		d.press("g", "m", "u", "u").rest().press("m", "G", "N").rest()
		d.press("tab", "m", "N").rest().press("r", "N", "N", "m").rest()
		if !d.parts.TooSmall && !strings.Contains(d.View(), "▸") {
			t.Errorf("%s: the cursor is nowhere:\n%s", name, d.View())
		}
	}
}

func TestACopyThatComesTooLateIsDropped(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("the tide comes and goes ", 12<<10)
	d := drive(t, `{"id":"a","output":"`+words+`at nine"}`, `{"id":"b","output":"`+words+`at ten"}`, 120, 24).rest()
	d.press("m").rest().press("u").rest()
	d.press("m")
	d.press("ctrl+r")
	d.rest()
	d.shows("not copied: output was changed meanwhile")
}

func TestTheCursorGoesThroughLongPlaces(t *testing.T) {
	t.Parallel()
	var one, other strings.Builder
	for range 60 {
		one.WriteString(`a line of the first\n`)
		other.WriteString(`and another of the second\n`)
	}
	d := drive(t, `{"id":"a","output":"`+one.String()+`","error":"e"}`, `{"id":"b","output":"`+other.String()+`","error":"f"}`, 120, 20)
	for range 70 { // line by line to the end of the field, and then on
		if !strings.Contains(uitest.Reads(d.View()), "▸ error") {
			d.press("down")
		}
	}
	d.shows("▸ error")
	for range 90 {
		d.press("up")
	}
	d.shows("▸ output")
	for _, k := range []string{"pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown"} {
		d.press(k)
	}
	d.shows("▸ 19 fields the same in both")
	for _, k := range []string{"pgup", "pgup", "pgup", "pgup", "pgup", "pgup"} {
		d.press(k)
	}
	d.shows("▸ output")
	d.press("n", "n")
	d.shows("no further difference")
	d.press("N", "N")
	d.shows("no difference before this one")
	d.press("enter")
	d.shows("▸ output  + 1 place")
}

// hostile is text that would do harm, in every place that a log has for text.
const hostile = `\u001b[2J\u001b]52;c;aGk=\u0007\u202e\u200b\u2028\u009b31m\ud800 漢字 👩‍👩‍👧‍👦\t\r\n` + "\xff"

func TestGeometryAndHostileText(t *testing.T) {
	t.Parallel()
	doc := func(id string) string {
		h := `"` + hostile + id + `"`
		return `{"id":` + h + `,"prompt":{"id":` + h + `,"version_id":` + h + `,"model":` + h + `},"output":` + h + `,"error":` + h +
			`,"messages":[{"role":` + h + `,"content":` + h + `},{"role":"user","content":"\r` + id + `"}],"metadata":{` + h + `:{"a b":` + h + `},"x":` + h + `},"source":` + h + `}`
	}
	for _, th := range []*theme.Theme{theme.None(), theme.For("dark", theme.Terminal{})} {
		d := drive(t, doc("a"), doc("b"), 80, 24)
		d.ids, d.server = [2]string{"\x1b[2Ja", "\u202eb\x00"}, "\x1b]0;x\a"
		d.SetTheme(th)
		for _, state := range [][]string{nil, {"n", "m"}, {"tab", "n", "m"}, {"G", "enter", "j"}, {"n"}, {"u", "r"}} {
			d.press(state...)
			for w := 1; w <= 250; w += 31 {
				for h := 1; h <= 60; h += 9 {
					d.SetSize(w, h)
					uitest.Fills(t, "compare", d, w, h, sanitize.Width)
				}
			}
			d.SetSize(0, 0)
			d.SetSize(101, 30)
			d.press("down", "up", "pgdown", "pgup", "end", "home")
			uitest.Fills(t, "compare", d, 101, 30, sanitize.Width)
		}
	}
}

// What differs is told by signs and by looks that need no colour.
func TestDifferencesAreSeenWithoutColour(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 120, 40)
	d.shows("- High tide is at nine.", "+ High tide is at ten.")
	for _, word := range []string{"nine", "ten"} {
		if underlined := regexp.MustCompile(`\x1b\[([0-9;]*;)?4(;[0-9;]*)?m` + word); !underlined.MatchString(d.View()) {
			t.Errorf("%s is not marked:\n%q", word, d.View())
		}
	}
}

// A message that was put in front of others makes none of them differ, and a copy of it leaves them
// as they are.
func TestAMessageInFrontMakesNoOtherDiffer(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id":"a","messages":[{"role":"user","content":"High?"},{"role":"assistant","content":"At nine."},{"role":"user","content":"Low?"},{"role":"assistant","content":"At two."}]}`,
		`{"id":"b","messages":[{"role":"system","content":"You know the tides."},{"role":"user","content":"High?"},{"role":"assistant","content":"At nine."},{"role":"user","content":"Low?"},{"role":"assistant","content":"At three."}]}`, 100, 24)
	// each log counts its own
	d.shows("messages[0]", "- nothing here", "  messages[3].content                            │  messages[4].content", `+ "At three."`)
	for _, same := range []string{"messages[1]", "messages[2]"} {
		if strings.Contains(d.View(), same) {
			t.Errorf("%s differs:\n%s", same, uitest.Reads(d.View()))
		}
	}
	d.press("g", "j", "m")
	if got, want := d.patch(0), `{"messages":[{"role":"system","content":"You know the tides."},{"role":"user","content":"High?"},{"role":"assistant","content":"At nine."},{"role":"user","content":"Low?"},{"role":"assistant","content":"At two."}]}`; got != want {
		t.Errorf("the PATCH is %s, want %s", got, want)
	}
	d.shows("messages[0]  ● edited", "messages[4].content")
	if strings.Contains(uitest.Reads(d.View()), "messages[4].content  ●") {
		t.Errorf("a message that nobody edited is marked:\n%s", uitest.Reads(d.View()))
	}
}
