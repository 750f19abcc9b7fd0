package form

import (
	"fmt"
	"strings"
	"testing"

	"errata/model"
	"errata/ui/draft"
)

// conversation is a log whose messages hold everything that messages can.
const conversationLog = `{"id": "log_talk", "prompt": {"id": "pr_1", "path": "almanac/tides"}, "evaluator_logs": [],
 "messages": [{"role": "system", "content": "You know the tides."},
  {"role": "user", "content": [{"type": "text", "text": "When?\nToday."}, {"type": "image_url", "image_url": {"url": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}}]},
  {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "tide", "arguments": "{ \"day\": 1.0 }"}}]},
  {"role": "tool", "tool_call_id": "c1", "content": "\u00e9 at nine", "of the future": 1e-07}],
 "output_message": {"role": "assistant", "content": "At nine."},
 "inputs": {}, "metadata": {"b": 1.00, "a": "x", "deep": {"list": [1, [2, {"k": null}]], "t": true}}, "provider_request": null}`

func TestAReviewedMarkTakesFourKeysAndItsWords(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := drive(t, conversationLog, size[0], size[1]).at("inputs").press("enter", "a").write("reviewed:=true").press("enter", "esc")
		d.body(`{"inputs":{"reviewed":true}}`)
		d.shows("1 changed")
	}
}

func TestStructuresOpenWalkAndLeaveWithoutAChange(t *testing.T) {
	t.Parallel()
	walk := []string{"j", "enter", "esc", "j", " ", " ", "G", "g", "z", "j", "j", "enter", "esc", "pgdown", "j", "l", "h", "pgup", "m", "end", "enter", "esc", "esc"}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
		d := drive(t, conversationLog, size[0], size[1])
		for _, f := range model.Fields() {
			if structured(f.Kind) {
				d.at(f.Name).press("enter").press(walk...)
				for d.m.editing() != nil {
					d.press("esc")
				}
				d.body("{}")
			}
		}
		d.shows("no changes")
	}
}

func TestAMessageIsCorrectedInPlace(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 120, 40).at("output_message").press("enter", "j", "enter").write(" Or ten.").press("esc", "esc")
	d.body(`{"output_message":{"role": "assistant", "content": "At nine. Or ten."}}`)
	d.press("u")
	d.body("{}")
	d.press("ctrl+r")
	d.body(`{"output_message":{"role": "assistant", "content": "At nine. Or ten."}}`)
}

func TestAStructureKeepsWhatIsBeingTypedWhenItIsLeft(t *testing.T) {
	t.Parallel()
	for _, leave := range []string{"tab", "shift+tab", "ctrl+s"} {
		d := drive(t, conversationLog, 120, 40).at("metadata").press("enter", "j", "enter").write("y").press(leave)
		d.body(`{"metadata":{"b": 1.00, "a": "xy", "deep": {"list": [1, [2, {"k": null}]], "t": true}}}`)
	}
}

// TestWhatIsNoValueIsKeptAsText leaves a number that is none by tab: nothing of it is lost, nothing
// of it is sent.
func TestWhatIsNoValueIsKeptAsText(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 120, 40).at("metadata").press("enter", "enter").write("x").press("tab")
	d.shows("1 invalid")
	d.body("{}")
	d.press("esc", "ctrl+s")
	if len(d.asked) > 0 {
		t.Fatalf("the form asks for %v", d.asked)
	}
	d.shows("not sent")
	d.shows("1.00x")
	d.press("backspace")
	if d.m.edit == nil {
		t.Fatal("the text is not open to be mended")
	}
}

// TestBytesThatAreNoTextAreKeptToBeMended pastes bytes that JSON cannot hold into a message, its
// name among them.
func TestBytesThatAreNoTextAreKeptToBeMended(t *testing.T) {
	t.Parallel()
	for _, open := range [][]string{{"enter", "j", "enter"}, {"enter", "+", "n"}} {
		d := drive(t, conversationLog, 120, 40).at("output_message").press(open...).pasted("a\xffb").press("tab", "esc")
		d.shows("1 invalid")
		d.body("{}")
		f, _ := model.Lookup("output_message")
		if edit, _ := d.m.changes.Edit(f); !strings.Contains(edit.Text, "a\xffb") {
			t.Errorf("after %v what was typed is gone: %q", open, edit.Text)
		}
	}
}

// TestLargePartsOpenAndTakeTheKeysTypedMeanwhile edits values that are read away from the keys.
func TestLargePartsOpenAndTakeTheKeysTypedMeanwhile(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("All tides are due to the moon. ", 50_000)
	doc := fmt.Sprintf(`{"id":"log_long","prompt":{"id":"pr_1"},"messages":[{"role":"user","content":%q}],"metadata":{"text":%q,"n":1}}`, long, long)
	d := drive(t, doc, 120, 40).at("messages").press("enter", "j", "enter", "!", "esc", "esc")
	d.body(fmt.Sprintf(`{"messages":[{"role":"user","content":%q}]}`, long+"!"))
	d.press("u").at("metadata").press("enter", "enter", "!", "esc", "esc")
	d.body(fmt.Sprintf(`{"metadata":{"text":%q,"n":1}}`, long+"!"))
}

func TestAnAbsentMapBeginsWithABracketAsText(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 120, 40).at("provider_response").press("enter", "esc")
	d.body("{}")
	d.press("enter").write(`{"id": 0.10}`).press("esc")
	d.body(`{"provider_response":{"id":0.10}}`)
	d.at("provider_request").press("t").write(`{"a":1}`).press("esc")
	d.body(`{"provider_request":{"a":1},"provider_response":{"id":0.10}}`)
}

func TestJSONTextIsOneKeyAwayAndSoIsTheStructure(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 120, 40).at("metadata").press("enter", "a").write("n:=1").press("enter", "t")
	d.shows(`"n": 1`)
	d.press("esc", "enter")
	d.shows("n: 1")
	d.press("esc")
	d.body(`{"metadata":{"b": 1.00, "n": 1, "a": "x", "deep": {"list": [1, [2, {"k": null}]], "t": true}}}`)
}

// TestStructuresOfEveryKindRefuseWhatTheAPIWouldRefuse makes a list of messages hold a number.
func TestAStructureThatDoesNotFitItsFieldIsInvalid(t *testing.T) {
	t.Parallel()
	d := drive(t, conversationLog, 120, 40).at("messages").press("t", "ctrl+home", "ctrl+k").write("[7,").press("esc")
	d.shows("1 invalid")
	d.body("{}")
}

// keeper keeps what a form tells a draft.
type keeper struct {
	t *testing.T
	d *draft.Draft
}

func (k keeper) Append(events ...draft.Event) error {
	if err := k.d.Append(events...); err != nil {
		k.t.Errorf("the draft: %v", err)
	}
	return nil
}

// TestAStructureIsRestoredAfterEveryKey takes the draft as it is after each key of a session, and
// opens it in another form.
func TestAStructureIsRestoredAfterEveryKey(t *testing.T) {
	t.Parallel()
	keys := strings.Split("enter a n e w : = t r u esc e enter r 2 enter j enter q backspace z esc x u ctrl+r K J D esc "+
		"shift+tab shift+tab", " ")
	talk := strings.Split("enter j j j enter ! esc a enter j enter h i esc x esc", " ")
	for name, c := range map[string]struct {
		field string
		keys  []string
	}{"metadata": {"metadata", keys}, "messages": {"messages", talk}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range c.keys {
				survive(t, c.field, c.keys[:n+1])
			}
		})
	}
}

func survive(t *testing.T, field string, keys []string) {
	t.Helper()
	store := draft.New(t.TempDir(), draft.Options{})
	who := draft.Identity{Server: "a server", LogID: "log_talk", PromptID: "pr_1"}
	first, _, err := store.Take(t.Context(), who, false)
	if err != nil {
		t.Fatal(err)
	}
	d := drive(t, conversationLog, 120, 40).at(field)
	d.m.keeper = keeper{t, first}
	d.press(keys...)
	if err := first.Close(t.Context()); err != nil { // which adds nothing: every key was written
		t.Fatal(err)
	}
	d.m.keeper = nil

	second, state, err := store.Take(t.Context(), who, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close(t.Context()) }()
	q := drive(t, conversationLog, 120, 40).at(field)
	if state != nil {
		for _, c := range state.Changes {
			q.m.changes.Put(c.Field, c.Edit, true)
		}
		q.m.Restore(state)
	}
	for _, both := range []*driver{d, q} {
		both.m.Commit()
	}
	told := func(d *driver) string {
		text := string(d.m.changes.Patch())
		for _, f := range d.m.changes.Invalid() {
			e, _ := d.m.changes.Edit(f)
			text += fmt.Sprintf(" %s is %q", f.Name, e.Text)
		}
		return text
	}
	if got, want := told(q), told(d); got != want {
		t.Errorf("after %q the draft gives\n%s\nwant\n%s", keys, got, want)
	}
}
