package compare

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/form"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// driver plays somebody at the screen. Commands are carried out when the test says so.
type driver struct {
	*Model
	t     *testing.T
	forms [2]*form.Model
	cmds  []tea.Cmd
	wants []tea.Msg
}

// drive shows two logs, given as JSON.
func drive(t *testing.T, one, other string, w, h int) *driver {
	t.Helper()
	d := &driver{t: t}
	var ids [2]string
	for i, doc := range []string{one, other} {
		log, err := model.ParseLog([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = log.Head().ID
		d.forms[i] = form.New(model.NewChangeSet(log), theme.None(), form.Options{})
	}
	d.Model = New(ids, "embedded store", theme.None())
	d.SetSize(w, h)
	for i, f := range d.forms {
		d.run(d.Put(i, f))
	}
	return d
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	d.cmds = append(d.cmds, cmd)
}

// rest carries out what is under way.
func (d *driver) rest() *driver {
	for len(d.cmds) > 0 {
		cmd := d.cmds[0]
		d.cmds = d.cmds[1:]
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				d.run(c)
			}
		default:
			d.give(msg)
		}
	}
	return d
}

func (d *driver) give(msg tea.Msg) {
	cmd, want := d.Update(msg)
	d.run(cmd)
	if want != nil {
		d.wants = append(d.wants, want)
	}
}

func (d *driver) press(list ...string) *driver {
	for _, k := range list {
		d.give(uitest.Key(k))
	}
	return d
}

func (d *driver) shows(parts ...string) {
	d.t.Helper()
	uitest.Sees(d.t, d.View(), parts...)
}

// patch is what would be sent of one of the logs.
func (d *driver) patch(side int) string { return string(d.forms[side].Changes().Patch()) }
