package outline

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/rows"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// driver plays a person at an outline: it presses keys and carries out commands until there are
// none left.
type driver struct {
	t *testing.T
	*view
	news   bars.News
	copied []string // what was given to the clipboard, by name
	hold   bool     // commands wait
	held   []tea.Cmd
	unused []string // keys that the outline did not take
}

func drive(t *testing.T, literal string, w, h int) *driver {
	t.Helper()
	return driveWith(t, literal, w, h, rows.Options{Theme: theme.None()})
}

func driveWith(t *testing.T, literal string, w, h int, o rows.Options) *driver {
	t.Helper()
	var root *tree.Node
	if literal != "" {
		if err := jsonraw.Check([]byte(literal)); err != nil {
			t.Fatal(err)
		}
		root = tree.New([]byte(literal))
	}
	d := &driver{t: t, view: newView(root, o)}
	d.SetSize(w, h)
	return d
}

// press presses keys by name, apart by spaces.
func (d *driver) press(names string) *driver {
	for name := range strings.FieldsSeq(names) {
		if !d.send(uitest.Key(name)) {
			d.unused = append(d.unused, name)
		}
	}
	return d
}

// write types text letter by letter.
func (d *driver) write(text string) *driver {
	for _, r := range text {
		name := string(r)
		switch r {
		case ' ':
			name = "space"
		case '\n':
			name = "alt+enter"
			if d.inner() != nil && d.inner().block {
				name = "enter"
			}
		}
		d.send(uitest.Key(name))
	}
	return d
}

func (d *driver) paste(text string) *driver {
	d.send(term.PasteMsg{Text: text})
	return d
}

// send gives the outline a message and carries out what it asks for.
func (d *driver) send(msg tea.Msg) bool {
	used, cmd := d.Update(msg)
	d.news, _ = d.News()
	if cmd != nil && d.hold {
		d.held = append(d.held, cmd)
	} else {
		d.run(cmd)
	}
	return used
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case indexedMsg, find.Msg:
		d.send(msg)
	default:
		if !d.send(msg) {
			d.copied = append(d.copied, "copied")
		}
	}
}

// release carries out what was held.
func (d *driver) release() *driver {
	held := d.held
	d.hold, d.held = false, nil
	for _, cmd := range held {
		d.run(cmd)
	}
	return d
}

// screen is what the outline shows, without looks and without blanks at the ends of lines.
func (d *driver) screen() string {
	return strings.TrimRight(uitest.Reads(d.View()), "\n")
}

// shows fails unless the screen is just these lines.
func (d *driver) shows(lines ...string) *driver {
	d.t.Helper()
	if got, want := d.screen(), strings.Join(lines, "\n"); got != want {
		d.t.Errorf("the screen is\n%s\nwant\n%s", got, want)
	}
	return d
}

// holds fails unless the value has this literal.
func (d *driver) holds(want string) *driver {
	d.t.Helper()
	got := ""
	if d.Root() != nil {
		got = string(d.Root().Bytes())
	}
	if got != want {
		d.t.Errorf("the value is\n%s\nwant\n%s", got, want)
	}
	return d
}

// says fails unless the last key said something with these words; "" means nothing.
func (d *driver) says(words string) *driver {
	d.t.Helper()
	if words == "" && d.news.Text != "" || !strings.Contains(d.news.Text, words) {
		d.t.Errorf("the news is %q, want %q", d.news.Text, words)
	}
	return d
}

// on fails unless the cursor is on a path, written as jq takes it.
func (d *driver) on(path string) *driver {
	d.t.Helper()
	if got := rows.JSONPath(d.Root(), d.Path()); got != path {
		d.t.Errorf("the cursor is on %s, want %s", got, path)
	}
	return d
}
