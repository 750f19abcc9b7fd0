package form

import (
	"bytes"
	"strings"
	"testing"

	"errata/model"
	"errata/ui/draft"
)

// escapes is a large literal without its quotes, of which a decoder and an encoder would make
// another one.
var escapes = strings.Repeat(`caf\u00e9 \/ t\u00ea\r\n\ud83d\ude00 \ud83d `, backgroundSize/20)

func escaped() string {
	return `{"id": "log_escaped", "prompt": {"id": "pr_1"}, "output": "` + escapes + `"}`
}

// What was not edited in a large text is sent as it is spelled in the log, wherever somebody typed.
func TestALargeTextKeepsItsSpelling(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		keys        []string
		front, back string
	}{
		{[]string{"!"}, "", "!"},
		{[]string{"ctrl+home", "!"}, "!", ""},
		{[]string{"!", "ctrl+home", `"`, "enter"}, `\"\n`, "!"},
	} {
		d := drive(t, escaped(), 120, 40).at("output").press("enter").press(tt.keys...).press("esc")
		d.body(`{"output":"` + tt.front + escapes + tt.back + `"}`)
		d.press("u")
		d.body(`{}`)
	}
}

// A text that was typed on and is as it was again is not a change.
func TestALargeTextThatIsAsItWas(t *testing.T) {
	t.Parallel()
	d := drive(t, escaped(), 120, 40).at("output").press("enter", "!", "ctrl+home", "x", "backspace", "ctrl+end", "backspace", "esc")
	d.body(`{}`)
	if d.m.edit != nil || d.m.Unsent() != 0 {
		t.Errorf("%d unsent, editor open: %t", d.m.Unsent(), d.m.edit != nil)
	}
}

// A second sitting begins with what the first one has made, and keeps the spelling as that did.
func TestALargeTextIsEditedAgain(t *testing.T) {
	t.Parallel()
	d := drive(t, escaped(), 120, 40).at("output").press("enter", "!", "esc", "enter", "?", "ctrl+home", ".", "esc")
	d.body(`{"output":".` + escapes + `!?"}`)
	d.press("u")
	d.body(`{"output":"` + escapes + `!"}`)
}

// An editor that a draft opens again, after a kill, keeps the spelling of what was not typed on.
func TestALargeTextOfADraftKeepsItsSpelling(t *testing.T) {
	t.Parallel()
	d := drive(t, escaped(), 120, 40)
	text, _ := d.m.Changes().Base().Value(model.Output).Text()
	middle := strings.LastIndex(text[:len(text)/2], "café")
	at := strings.Count(text[:middle], "café") * (1 + strings.Index(escapes[1:], "caf"))
	open := draft.Open{Field: model.Output, Text: []byte(text[:middle] + `"` + text[middle:])}
	d.m.Restore(&draft.State{Open: &draft.Opened{Open: open}})
	d.press("esc")
	d.body(`{"output":"` + escapes[:at] + `\"` + escapes[at:] + `"}`)
}

// Closing the editor of a large text, and the frame after it, take no memory for another one.
func TestAClosedLargeTextIsNotPutTogether(t *testing.T) {
	t.Parallel()
	d := drive(t, escaped(), 60, 24).at("output") // too narrow for a value beside the list
	d.press("enter", "!", "esc")
	d.shows("1 changed")
	v := d.m.Changes().Value(model.Output)
	if len(v.Parts()) == 1 {
		t.Error("it was put together for the list, the undo or what is repeated")
	}
	if want := `"` + escapes + `!"`; !bytes.Equal(v.Bytes(), []byte(want)) {
		t.Error("it is not what was typed")
	}
}
