package form

import (
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/term"
)

// copied is what a key copies.
func copied(t *testing.T, d *driver, key string) tea.Msg {
	t.Helper()
	cmd := d.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)})
	if cmd == nil {
		t.Fatalf("%s copies nothing", key)
	}
	return cmd()
}

// What c copies is behind errata set as it is.
func TestCopyPath(t *testing.T) {
	d := drive(t, editedLog, 120, 40)
	for _, test := range []struct{ field, press, want string }{
		{"output", "", "output"},
		{"metadata", "enter j j j l l j", "metadata.l[1]"},
		{"messages", "enter j", "messages[0].content"},
		{"messages", "enter }", "messages[1]"},
	} {
		d := drive(t, editedLog, 120, 40).at(test.field).press(strings.Fields(test.press)...)
		if got := copied(t, d, "c"); !reflect.DeepEqual(got, term.Copy(test.want, test.want)()) {
			t.Errorf("%s %s: %v, want %s", test.field, test.press, got, test.want)
		}
		if _, err := model.ParseTarget(test.want); err != nil {
			t.Errorf("%s: %v", test.want, err)
		}
	}
	d.at("output").press("enter").write("'s").press("esc")
	if got, want := copied(t, d, "c"), term.Copy("the assignment", `output:='"At nine'\''s"'`)(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A part that is edited as JSON has the path from the log on, into a string as well.
func TestCopyPathWithinAPart(t *testing.T) {
	doc := `{"id":"log_a","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"city\":\"Bern\"}"}}]}]}`
	d := drive(t, doc, 120, 40).at("messages").press("enter", "j", "j", "enter")
	const want = "messages[0].tool_calls[0].function.arguments.city"
	if got := copied(t, d, "c"); !reflect.DeepEqual(got, term.Copy(want, want)()) {
		t.Errorf("%v, want %s", got, want)
	}
}
