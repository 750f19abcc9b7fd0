package form

import (
	"bytes"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

// strokes are what a person may press in a structure, letters that are commands there and text in
// an editor.
var strokes = []string{
	"j", "k", "j", "down", "up", "g", "G", "l", "h", " ", "z", "enter", "enter", "esc", "a", "A", "i", "D", "x", "J", "K", "u", "ctrl+r", "r", "T",
	"s", "n", "b", "o", "+", "R", "M", "S", "m", "t", "=", ":", "1", "\"", "{", "backspace", "tab", "shift+tab", "é", "pgdown", "home", "end", "ctrl+z",
}

// FuzzStructures presses keys at random in the structure of a field. Whatever comes of it, the
// field alone is sent, what is sent fits it, and undoing everything gives the bytes that were
// fetched.
func FuzzStructures(f *testing.F) {
	for i := range byte(6) {
		f.Add(i, []byte{11, 0, 14, 36, 35, 37, 11, 13, 18, 21, 22, 13})
		f.Add(i, []byte{11, 14, 26, 36, 35, 37, 39, 41, 13, 13})
		f.Add(i, []byte{0, 11, 38, 46, 40, 13, 17, 17, 18, 20, 19, 21, 21, 22, 13, 0, 0, 18, 18, 18})
		f.Add(i, []byte{24, 25, 0, 24, 26, 0, 24, 27, 0, 24, 28, 21, 21, 21, 22, 22, 22, 34, 40, 13})
		f.Add(i, []byte{0, 0, 29, 23, 29, 25, 11, 31, 32, 30, 25, 11, 12, 46, 13, 18, 21, 22})
	}
	f.Fuzz(func(t *testing.T, field byte, presses []byte) {
		var list []*model.Field
		for _, f := range model.Fields() {
			if structured(f.Kind) {
				list = append(list, f)
			}
		}
		on := list[int(field)%len(list)]
		d := drive(t, conversationLog, 100, 30).at(on.Name).press("enter")
		for _, p := range presses {
			k := strokes[int(p)%len(strokes)]
			if d.m.editing() == nil {
				break
			}
			if (k == "tab" || k == "shift+tab") && !d.m.Capturing() {
				continue
			}
			d.press(k)
			if e := d.m.editing(); e != nil && e.field != on {
				break
			}
		}
		d.m.Commit()
		fits(t, d.m.changes, on)
		for range len(d.m.history.Done) {
			d.m.undo()
		}
		if got := d.m.changes.Patch(); !bytes.Equal(got, []byte("{}")) {
			t.Errorf("after undoing everything the PATCH is %s", got)
		}
	})
}

// fits fails the test unless the PATCH holds at most the one field, and nothing that it would
// refuse.
func fits(t *testing.T, c *model.ChangeSet, on *model.Field) {
	t.Helper()
	members, err := jsonraw.Members(c.Patch())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Name != on.Name {
			t.Errorf("%s is sent, which nobody edited", m.Name)
		}
		if err := on.Fits(m.Val.Of(c.Patch()), c.Base().Value(on)); m.Kind != jsonraw.Null && err != nil {
			t.Errorf("%s does not fit: %v", m.Name, err)
		}
	}
}
