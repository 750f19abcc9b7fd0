package outline

import (
	"bytes"
	"slices"
	"testing"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// script are the keys that a fuzzed byte stands for; the rest are typed.
var script = []string{
	"j", "k", "l", "h", "enter", "esc", "a", "A", "i", "D", "x", "J", "K", "r", "T", "s", "n", "b", "u", "o", "z", "space", "ctrl+r",
	"enter", "esc", "pgdown", "G", "g", "alt+enter", "alt+s", "backspace", "=", ":", "1", "\"", "{", "}", "[", "]", ",", "0",
}

// play presses the keys that the bytes stand for.
func play(t *testing.T, m *view, keys []byte) {
	for i, c := range keys {
		name := string(rune(c))
		if int(c) < len(script) {
			name = script[c]
		}
		before := m.Root()
		_, cmd := m.Update(uitest.Key(name))
		if cmd != nil {
			if msg, ok := cmd().(indexedMsg); ok {
				m.Update(msg)
			}
		}
		if c == 200 {
			m.SetSize(len(keys)*7%90, i%30)
		}
		checkFrame(t, name, m.View(), m.w, m.h)
		checkCursor(t, m, name)
		if m.Root() != before {
			valid(t, m)
		}
	}
}

// valid checks that the value is JSON and that its rows are all its nodes that are shown.
func valid(t *testing.T, m *view) {
	t.Helper()
	if m.Root() == nil {
		return
	}
	if err := jsonraw.Check(m.Root().Bytes()); err != nil {
		t.Fatalf("%s: %v", m.Root().Bytes(), err)
	}
	s, more := m.spot(0)
	for row := range m.rows() {
		if !more {
			t.Fatalf("row %d of %d is missing", row, m.rows())
		}
		same, _ := m.spot(row)
		if same.node != s.node || same.line != s.line || !slices.Equal(same.path(), s.path()) {
			t.Fatalf("row %d is %v by walking and %v by looking", row, s.path(), same.path())
		}
		if s.line == 0 && m.rowOf(s.path()) != row {
			t.Fatalf("%v is row %d, not %d", s.path(), row, m.rowOf(s.path()))
		}
		if s.open != nil && s.open.text == nil && s.open.kids.Len() != s.node.Len() {
			t.Fatalf("%v shows %d of %d children", s.path(), s.open.kids.Len(), s.node.Len())
		}
		more = s.next()
	}
}

func FuzzKeys(f *testing.F) {
	for _, literal := range []string{`{"a": {"b": [1, "x\ny"]}, "c": true, "d": null}`, `[]`, `"text"`, `12`, hostile, ` [ 1 , [2] ] `, ``} {
		f.Add([]byte(literal), []byte{2, 0, 6, 120, 31, 33, 4, 9, 11, 10, 18, 20, 14, 16, 12})
		f.Add([]byte(literal), []byte{7, 120, 32, 31, 38, 33, 39, 23, 2, 10, 18, 22, 18, 200, 20, 26, 4, 28, 65, 24})
		f.Add([]byte(literal), []byte{6, 31, 120, 4, 13, 121, 23, 14, 15, 14, 19, 14, 6, 4, 0, 29, 24, 24, 18, 18, 18, 18})
		f.Add([]byte(literal), []byte{20, 26, 9, 9, 9, 11, 12, 10, 27, 10, 10, 10, 10, 18, 18, 18, 22, 22, 22})
	}
	f.Fuzz(func(t *testing.T, literal, keys []byte) {
		var root *tree.Node
		if len(literal) > 0 {
			if jsonraw.Check(literal) != nil {
				return
			}
			root = tree.New(literal)
		}
		m := newView(root, rows.Options{Theme: theme.None()})
		m.SetSize(30, 8)
		play(t, m, keys[:min(len(keys), 200)])
		m.Close()
		for m.Redo() { // what was undone on the way
		}
		end := literalNow(m)
		for m.Undo() {
			valid(t, m)
		}
		if m.Root() != root {
			t.Fatalf("undo of everything gives %s, not %s", literalNow(m), literal)
		}
		for m.Redo() {
			valid(t, m)
		}
		if now := literalNow(m); !bytes.Equal(now, end) {
			t.Fatalf("redo of everything gives %s, not %s", now, end)
		}
	})
}

func literalNow(m *view) []byte {
	if m.Root() == nil {
		return nil
	}
	return m.Root().Bytes()
}

// FuzzRestore gives an outline places that somebody else wrote.
func FuzzRestore(f *testing.F) {
	for _, place := range []string{"/0/1#value", "/0#name", "/2#entry", "#value", "/0/1/2#entry", "/-1#name", "/0/0/0/0/0#value", "#", "//#entry"} {
		f.Add(place, []byte("typed"))
	}
	f.Fuzz(func(t *testing.T, place string, text []byte) {
		for _, literal := range []string{`{"a": [1, {"b": "x"}], "c": null}`, `[[], 2]`, `"text"`, ``} {
			m := newView(nil, rows.Options{Theme: theme.None()})
			if literal != "" {
				m = newView(tree.New([]byte(literal)), rows.Options{Theme: theme.None()})
			}
			m.SetSize(40, 10)
			root := m.Root()
			m.Restore(rows.Place(place), text)
			checkFrame(t, place, m.View(), 40, 10)
			if in, ok := m.Inner(); ok && !in.Text.Equal(text) {
				t.Fatalf("%s: the text is %q, not %q", place, in.Text.Bytes(), text)
			}
			if m.Root() != root {
				t.Fatalf("%s changes the value", place)
			}
			if m.Commit() == nil {
				valid(t, m)
			}
		}
	})
}
