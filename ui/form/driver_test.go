package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// document is a log with something in every group: set, null and absent fields, odd numbers, an
// unknown member.
const document = `{"id": "log_tides", "prompt": {"id": "pr_1", "path": "almanac/tides", "version_id": "prv_1", "model": "model-a"},
 "messages": [{"role": "user", "content": "When is high tide?"}], "output": "At nine.",
 "output_message": {"role": "assistant", "content": "At nine."}, "error": null, "prompt_tokens": 12, "output_tokens": 3,
 "prompt_cost": 0.10, "output_cost": 1e-07, "created_at": "2025-03-01T10:00:00.000001", "start_time": null,
 "provider_latency": 1E+2, "metadata": {"b": 1, "a": "x"}, "inputs": {}, "evaluator_logs": [], "of the future": [1, 2]}`

// driver plays a person at the form: it feeds keys and carries out commands until there are none
// left.
type driver struct {
	t     *testing.T
	m     *Model
	asked []tea.Msg // what the form told its owner
	typed []tea.Msg // keys that wait, as the owner keeps them
}

func drive(t *testing.T, doc string, w, h int) *driver {
	t.Helper()
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	d := &driver{t: t}
	d.m = New(model.NewChangeSet(log), theme.None(), Options{Server: "embedded store"})
	d.m.SetSize(w, h)
	d.send(nil)
	return d
}

// send gives the form a message and carries out what it asks for.
func (d *driver) send(msg tea.Msg) { d.run(d.give(msg)) }

// give gives the form a message, after which keys that have waited follow. While the form waits,
// esc gives up.
func (d *driver) give(msg tea.Msg) tea.Cmd {
	key, isKey := msg.(tea.KeyMsg)
	_, isPaste := msg.(term.PasteMsg)
	switch waits := d.m.Waiting(); {
	case waits && isKey && key.Type == tea.KeyEsc:
		d.m.Interrupt()
		return nil
	case waits && (isKey || isPaste):
		d.typed = append(d.typed, msg)
		return nil
	}
	cmds := []tea.Cmd{d.update(msg)}
	for len(d.typed) > 0 && !d.m.Waiting() {
		next := d.typed[0]
		d.typed = d.typed[1:]
		cmds = append(cmds, d.update(next))
	}
	return tea.Batch(cmds...)
}

// update gives the form a message and keeps what it wants.
func (d *driver) update(msg tea.Msg) tea.Cmd {
	cmd, want := d.m.Update(msg)
	if want != nil {
		d.asked = append(d.asked, want)
	}
	return cmd
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd != nil {
		uitest.Carry(cmd, d.run, func(msg tea.Msg) { d.send(msg) })
	}
}

// press presses keys, named or single letters.
func (d *driver) press(list ...string) *driver {
	for _, k := range list {
		d.send(uitest.Key(k))
	}
	return d
}

// write types text letter by letter.
func (d *driver) write(text string) *driver {
	for _, r := range text {
		switch r {
		case '\n':
			d.press("enter")
		default:
			d.press(string(r))
		}
	}
	return d
}

func (d *driver) pasted(text string) *driver {
	d.send(term.PasteMsg{Text: text})
	return d
}

// at puts the cursor on a field.
func (d *driver) at(name string) *driver {
	d.t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		d.t.Fatalf("no field %q", name)
	}
	d.m.GoTo(f)
	d.send(nil)
	return d
}

// screen is what the form shows, without looks.
func (d *driver) screen() string { return ansi.Strip(d.m.View()) }

// shows fails the test unless the screen has the text.
func (d *driver) shows(text string) {
	d.t.Helper()
	if !strings.Contains(d.screen(), text) {
		d.t.Errorf("the screen does not show %q:\n%s", text, d.screen())
	}
}

func (d *driver) showsNot(text string) {
	d.t.Helper()
	if strings.Contains(d.screen(), text) {
		d.t.Errorf("the screen shows %q:\n%s", text, d.screen())
	}
}

// body fails the test unless the PATCH would say just this.
func (d *driver) body(want string) {
	d.t.Helper()
	if got := string(d.m.Changes().Patch()); got != want {
		d.t.Errorf("the body is\n%s\nwant\n%s", got, want)
	}
}
