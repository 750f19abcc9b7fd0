package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/draft"
)

// vast is a log whose output and metadata are so large that they are opened and read away from the
// keys.
func vast() string {
	long := strings.Repeat("the tide turns at nine \\n", backgroundSize/20)
	return `{"id": "log_vast", "prompt": {"id": "pr_1"}, "output": "` + long + `", "metadata": {"notes": "` + long + `"}, "error": null}`
}

// key presses a key and gives what is to be done for it, which is not done yet.
func (d *driver) key(kind tea.KeyType) (later tea.Cmd) { return d.give(tea.KeyMsg{Type: kind}) }

// begun begins to edit the field, types a character and presses the key that closes the editor;
// the value waits to be read.
func begun(t *testing.T, name string, closes tea.KeyType) (d *driver, later tea.Cmd) {
	t.Helper()
	d = drive(t, vast(), 120, 40).at(name)
	d.press("enter")
	if name == "metadata" {
		d.press("a").write("seen := true")
		d.key(tea.KeyEnter)
	} else {
		d.m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("!")})
	}
	if !d.m.Unread() {
		t.Fatalf("what was typed into %s is read already:\n%s", name, d.screen())
	}
	return d, d.key(closes)
}

func TestALargeValueIsReadAwayFromTheKeys(t *testing.T) {
	for _, name := range []string{"output", "metadata"} {
		t.Run(name, func(t *testing.T) {
			d, later := begun(t, name, tea.KeyEsc)
			d.shows("reading")
			d.shows("esc cancels")
			if n := len(d.m.Changes().Changed()); n != 0 || d.m.Unsent() != 1 {
				t.Errorf("%d fields are changed, %d unsent", n, d.m.Unsent())
			}
			row := d.m.cursor
			d.key(tea.KeyDown) // waits
			if d.m.cursor != row || d.m.editing() == nil {
				t.Error("the key did not wait")
			}
			d.run(later)
			if d.m.editing() != nil {
				t.Error("the editor is still open")
			}
			if changed := d.m.Changes().Changed(); len(changed) != 1 || changed[0].Name != name {
				t.Errorf("changed: %v", changed)
			}
			if d.m.cursor <= row {
				t.Errorf("the key that waited moved the cursor from %d to %d", row, d.m.cursor)
			}
			d.press("u")
			d.body("{}")
			d.press("ctrl+r")
			if len(d.m.Changes().Changed()) != 1 {
				t.Error("redo does not bring the edit back")
			}
		})
	}
}

func TestReadingALargeValueCanBeGivenUp(t *testing.T) {
	d, later := begun(t, "output", tea.KeyEsc)
	d.key(tea.KeyEsc)
	d.shows("still editing")
	d.run(later) // comes too late
	if d.m.edit == nil || !strings.HasSuffix(string(d.m.edit.ed.Text().Bytes()), "!") {
		t.Fatal("the editor or its text is gone")
	}
	d.press("esc")
	if len(d.m.Changes().Changed()) != 1 {
		t.Error("what was typed is not a change")
	}
}

func TestReviewWaitsForALargeValue(t *testing.T) {
	d, later := begun(t, "metadata", tea.KeyCtrlS)
	if len(d.asked) != 0 {
		t.Fatalf("asked before the value was read: %v", d.asked)
	}
	d.run(later)
	if len(d.asked) != 1 || d.asked[0] != (ReviewMsg{}) {
		t.Errorf("asked: %v", d.asked)
	}
}

func TestAStructureClosedWhileItRestsIsReadOnce(t *testing.T) {
	d, later := begun(t, "metadata", tea.KeyEsc)
	d.run(later)
	f, _ := model.Lookup("metadata")
	if got := string(d.m.Changes().Value(f).Bytes()); !strings.HasSuffix(got, `"seen": true}`) {
		t.Errorf("the value ends in %q", got[len(got)-40:])
	}
	if len(d.m.history.Done) != 1 {
		t.Errorf("%d steps of undo", len(d.m.history.Done))
	}
}

func TestALargeValueThatIsRestoredIsAChange(t *testing.T) {
	long := strings.Repeat("high water ", backgroundSize/8)
	for name, text := range map[string]string{"output": long, "metadata": `{"notes":"` + long + `"}`} {
		t.Run(name, func(t *testing.T) {
			d := drive(t, vast(), 120, 40)
			var opened draft.Opened
			opened.Field, _ = model.Lookup(name)
			opened.Text, opened.Literal = []byte(text), name == "metadata"
			d.m.Restore(&draft.State{Open: &opened})
			d.shows("1 changed")
			d.press("esc")
			value := string(d.m.Changes().Value(opened.Field).Bytes())
			if d.m.editing() != nil || value != text && value != `"`+text+`"` {
				t.Errorf("what was restored is not the value: %d bytes, want %d", len(value), len(text))
			}
		})
	}
}

func TestAHugeTextIsReadWhenItsEditorIsClosed(t *testing.T) {
	doc := `{"id": "log_huge", "prompt": {"id": "pr_1"}, "output": "` + strings.Repeat("the tide turns ", hugeValue/15+1) + `"}`
	d := drive(t, doc, 120, 40).at("output")
	d.press("enter", "!") // carries out whatever is to be done after a rest
	if !d.m.Unread() {
		t.Error("it was read while somebody typed")
	}
	d.shows("1 changed")
	d.press("esc")
	if changed := d.m.Changes().Changed(); len(changed) != 1 || d.m.Unread() {
		t.Errorf("changed: %v", changed)
	}
}

// TestALargeValueComesToItsRow puts rows ahead of one whose value is being made ready for reading.
func TestALargeValueComesToItsRow(t *testing.T) {
	d := drive(t, vast(), 120, 40)
	later := d.give(nil)
	d.m.moveTo(d.m.rowOf(model.Metadata))
	later = tea.Batch(later, d.give(nil))
	d.shows("reading ")
	d.m.SetRubric(people())
	d.send(nil)
	d.run(later)
	d.shows("the tide turns at nine")
	d.showsNot("reading ")
}
