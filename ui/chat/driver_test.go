package chat

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// tides is a conversation with a bit of everything.
const tides = `[
  {"role": "system", "content": "You are a tide almanac.\nAnswer in one line."},
  {"role": "user", "name": "Maria", "content": [
    {"type": "text", "text": "When is high tide at the \u2603 pier?", "cache": true},
    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAFElEQVR4nGP4z8DAxMDAwMDAAAAN/wEDmRYJDQAAAABJRU5ErkJggg==", "detail": "low"}},
    {"type": "audio", "data": [1, 2.50]}]},
  {"role": "assistant", "content": null, "thinking": [
    {"type": "thinking", "thinking": "The table says\nnine.", "signature": "c2ln"}, {"type": "redacted_thinking", "data": "c2VjcmV0"}],
   "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "get_tide", "arguments": "{\"port\": \"pier\", \"days\": 1.50}"}},
    {"id": "call_2", "type": "function", "function": {"name": "get_wind", "arguments": "north, I guess"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "09:12"},
  {"role": "tool", "tool_call_id": "call_9", "content": "?"},
  {"role": "assistant", "content": "At **nine**.", "refusal": null, "score": 1.0},
  {"role": "pilot", "content": 7},
  "not a message"
]`

// driver plays a person at the editor.
type driver struct {
	*view
	t     testing.TB
	heard []tea.Msg // what was asked of the owner
}

func field(t testing.TB, single bool) *model.Field {
	t.Helper()
	kind := model.Messages
	if single {
		kind = model.Message
	}
	for _, f := range model.Fields() {
		if f.Kind == kind {
			return f
		}
	}
	t.Fatal("no field of messages")
	return nil
}

func drive(t testing.TB, doc string, single bool, w, h int) *driver {
	t.Helper()
	var root *tree.Node
	if doc != "" {
		if err := jsonraw.Check([]byte(doc)); err != nil {
			t.Fatal(err)
		}
		root = tree.New([]byte(doc))
	}
	d := &driver{view: newView(root, single, rows.Options{Theme: theme.None(), Field: field(t, single)}), t: t}
	d.SetSize(w, h)
	return d
}

func (d *driver) send(msg tea.Msg) bool {
	used, cmd := d.Update(msg)
	d.run(cmd)
	return used
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	uitest.Carry(cmd, d.run, func(msg tea.Msg) {
		if _, own := msg.(filterMsg); !own {
			d.heard = append(d.heard, msg)
		}
		d.send(msg)
	})
}

func (d *driver) press(list ...string) *driver {
	for _, k := range list {
		d.send(uitest.Key(k))
	}
	return d
}

// write types text letter by letter.
func (d *driver) write(text string) *driver {
	for _, r := range text {
		if r == '\n' {
			d.press("enter")
		} else {
			d.press(string(r))
		}
	}
	return d
}

func (d *driver) paste(text string) *driver {
	d.send(term.PasteMsg{Text: text})
	return d
}

func (d *driver) frame() string { return uitest.Reads(d.View()) }

func (d *driver) shows(list ...string) *driver {
	d.t.Helper()
	uitest.Sees(d.t, d.View(), list...)
	return d
}

func (d *driver) lacks(list ...string) *driver {
	d.t.Helper()
	uitest.Misses(d.t, d.View(), list...)
	return d
}

// is fails the test unless the value is just this.
func (d *driver) is(want string) *driver {
	d.t.Helper()
	got := "nothing"
	if d.Root() != nil {
		got = string(d.Root().Bytes())
	}
	if got != want {
		d.t.Errorf("the value is\n%s\nwant\n%s", got, want)
	}
	return d
}

// says fails the test unless the last key had this to say.
func (d *driver) says(want string) *driver {
	d.t.Helper()
	if n, _ := d.News(); !strings.Contains(n.Text, want) {
		d.t.Errorf("the news is %q, want %q", n.Text, want)
	}
	return d
}

// to puts the cursor on a place.
func (d *driver) to(path ...int) *driver {
	d.GoTo(path)
	return d
}

func wheel(down bool) tea.MouseMsg {
	if down {
		return tea.MouseMsg{Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress}
	}
	return tea.MouseMsg{Button: tea.MouseButtonWheelUp, Action: tea.MouseActionPress}
}
