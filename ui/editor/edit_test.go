package editor

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	keytable "errata/ui/keys"
	"errata/ui/sanitize"
	"errata/ui/uitest"
)

func TestUndoSteps(t *testing.T) {
	t.Parallel()
	type do func(m *Model)
	typing := func(s string) do { return func(m *Model) { enter(m, s) } }
	keys := func(s string) do { return func(m *Model) { press(m, s) } }
	tests := []struct {
		name string
		do   []do
		want []string // after each undo
	}{
		{"a word and its blank are one step", []do{typing("one two three")}, []string{"one two |", "one |", "|"}},
		{"a move ends a step", []do{typing("ab"), keys("left right"), typing("cd")}, []string{"ab|", "|"}},
		{"lines", []do{typing("a\nb\n")}, []string{"a\n|", "|"}},
		{"a row of backspaces is one step", []do{typing("abcd"), keys("backspace backspace backspace")}, []string{"abcd|", "|"}},
		{"deleting ends typing", []do{typing("ab"), keys("backspace"), typing("c")}, []string{"a|", "ab|", "|"}},
		{"each word deleted is a step", []do{typing("a b"), keys("ctrl+w ctrl+w")}, []string{"a |", "a b|", "a |", "|"}},
		{"keys that delete nothing are none", []do{typing("a"), keys("delete ctrl+k right ctrl+k")}, []string{"|"}},
		{"a paste is one step", []do{typing("a"), func(m *Model) { paste(m, "b c\nd") }, typing("e")}, []string{"ab c\nd|", "a|", "|"}},
		{"an empty paste is none", []do{typing("a"), func(m *Model) { paste(m, "") }}, []string{"|"}},
		{"a new text is one step", []do{typing("abc"), func(m *Model) { m.SetText([]byte("x")) }}, []string{"abc|", "|"}},
		{"the same text is none", []do{typing("abc"), func(m *Model) { m.SetText([]byte("abc")) }}, []string{"|"}},
		{"typing after undo", []do{typing("ab"), keys("ctrl+z"), typing("c")}, []string{"|"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := sized("", 20, 3, Options{})
			for _, do := range tt.do {
				do(m)
			}
			last := string(m.Text().Bytes())
			for _, want := range tt.want {
				press(m, "ctrl+z")
				if got := marked(m); got != want {
					t.Fatalf("undo: got %q, want %q", got, want)
				}
			}
			version := m.Version()
			press(m, "ctrl+z")
			if m.Version() != version {
				t.Error("undo of nothing changed the version")
			}
			for range tt.want {
				press(m, "ctrl+y")
			}
			if got := string(m.Text().Bytes()); got != last {
				t.Errorf("redo: got %q, want %q", got, last)
			}
		})
	}
}

func TestTypingEndsRedo(t *testing.T) {
	t.Parallel()
	m := sized("", 20, 3, Options{})
	enter(m, "a")
	press(m, "ctrl+z")
	enter(m, "b")
	press(m, "ctrl+y")
	if got := marked(m); got != "b|" {
		t.Errorf("got %q", got)
	}
}

func TestVersionCountsChangesOnly(t *testing.T) {
	t.Parallel()
	m := sized("some\ntext|", 20, 3, Options{})
	press(m, "left up end home pgup ctrl+a ctrl+home backspace ctrl+z")
	m.SetText([]byte("some\ntext"))
	m.Insert("")
	if m.Version() != 0 {
		t.Errorf("version %d without a change", m.Version())
	}
	seen := []int{m.Version()}
	for _, keys := range []string{"a", "b", "ctrl+z", "ctrl+y", "delete", "enter"} {
		press(m, keys)
		if slices.Contains(seen, m.Version()) {
			t.Errorf("%s does not count as a change", keys)
		}
		seen = append(seen, m.Version())
	}
}

func TestPositionAndGoTo(t *testing.T) {
	t.Parallel()
	text := "one\r\n日本e\u0301x\n\nend"
	tests := []struct{ line, col, offset, atLine, atCol int }{
		{1, 1, 0, 1, 1},
		{1, 3, 2, 1, 3},
		{1, 4, 3, 1, 4},
		{1, 5, 3, 1, 4}, // the LF belongs to the CR
		{2, 1, 5, 2, 1},
		{2, 3, 11, 2, 3},
		{2, 4, 11, 2, 3}, // within the cluster
		{2, 5, 14, 2, 4},
		{2, 99, 15, 2, 5},
		{3, 7, 16, 3, 1},
		{4, 4, 20, 4, 4},
		{9, 1, 20, 4, 4},
		{0, 0, 0, 1, 1},
	}
	for _, tt := range tests {
		m := sized(text, 20, 3, Options{})
		m.GoTo(tt.line, tt.col)
		line, col := m.Position()
		if m.cursor != tt.offset || line != tt.atLine || col != tt.atCol {
			t.Errorf("GoTo(%d, %d): byte %d, line %d, column %d; want %d, %d, %d",
				tt.line, tt.col, m.cursor, line, col, tt.offset, tt.atLine, tt.atCol)
		}
	}
}

func TestGoToOffsetKeepsWithinTheText(t *testing.T) {
	t.Parallel()
	m := sized("ab日", 20, 3, Options{})
	for offset, want := range map[int]string{-5: "|ab日", 1: "a|b日", 3: "ab|日", 5: "ab日|", 99: "ab日|"} {
		m.GoToOffset(offset)
		if got := marked(m); got != want {
			t.Errorf("byte %d: %q, want %q", offset, got, want)
		}
	}
}

// script are the messages that FuzzEditor chooses from, by byte.
var script = func() []tea.Msg {
	var list []tea.Msg
	for _, b := range keytable.Typing.Bindings() {
		for _, name := range b.Keys() {
			list = append(list, uitest.Key(name))
		}
	}
	for _, s := range []string{"a", "é", "\u0301", "\u200d", "👨", "\ufe0f", "日", "\u202e", "{", "🇩", "\u0d4e", "क", "्", "ᄀ"} {
		list = append(list, uitest.Key(s))
	}
	return append(list, uitest.Key("tab"), uitest.Key("esc"), uitest.Key(" "),
		tea.MouseMsg{Button: tea.MouseButtonWheelDown}, tea.MouseMsg{Button: tea.MouseButtonWheelUp})
}()

// FuzzEditor presses any keys and checks after each that only the bytes at the cursor changed, and
// that the view holds; at the end, that undo leads back to the start and redo to the end.
func FuzzEditor(f *testing.F) {
	all := make([]byte, len(script))
	for i := range all {
		all[i] = byte(i)
	}
	f.Add([]byte("one\r\ntwo 日本語\t\x00\xff"), all, 20, 5)
	f.Add([]byte("👨\u200d👩e\u0301\u0301🇩🇪🇫\n\n"), append(bytes.Clone(all), all...), 3, 2)
	f.Add([]byte(strings.Repeat("word ", 2000)), all, 40, 9)
	f.Add([]byte(strings.Repeat("日", 9000)), all, 1, 1)
	f.Fuzz(func(t *testing.T, text, keys []byte, w, h int) {
		text, keys = text[:min(len(text), 1<<16)], keys[:min(len(keys), 200)]
		m := New(text, Options{Gutter: w&1 == 1})
		m.SetSize(w&0x3F, h&0xF)
		for _, k := range keys {
			before, cursor, version := m.Text().Bytes(), m.cursor, m.version
			msg := script[int(k)%len(script)]
			m.Update(msg)
			after := m.Text().Bytes()
			if (version == m.version) != bytes.Equal(before, after) && !isUndo(msg) {
				t.Fatalf("%v: the version does not tell the change", msg)
			}
			if !isUndo(msg) {
				checkOneEdit(t, before, after, cursor)
			}
			checkView(t, m)
		}
		if m.Pending() {
			m.Update(uitest.Key("left"))
		}
		last := m.Text().Bytes()
		steps := len(m.done)
		for range steps {
			m.Update(uitest.Key("ctrl+z"))
		}
		if !m.Text().Equal(text) {
			t.Fatalf("undo leads to %q, not %q", m.Text().Bytes(), text)
		}
		for range steps {
			m.Update(uitest.Key("ctrl+y"))
		}
		if !m.Text().Equal(last) {
			t.Fatalf("redo leads to %q, not %q", m.Text().Bytes(), last)
		}
	})
}

func isUndo(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyMsg)
	return ok && (k.String() == "ctrl+z" || k.String() == "ctrl+y")
}

// checkOneEdit checks that after is before with bytes put in at the cursor, or taken out on one
// side of it.
func checkOneEdit(t *testing.T, before, after []byte, cursor int) {
	t.Helper()
	head, tail := before[:cursor], before[cursor:]
	switch {
	case bytes.HasPrefix(after, head) && bytes.HasSuffix(after, tail) && len(after) >= len(before):
		// typed
	case len(after) < len(before) && bytes.HasPrefix(after, head) && bytes.HasSuffix(tail, after[len(head):]):
		// deleted behind
	case len(after) < len(before) && bytes.HasSuffix(after, tail) && bytes.HasPrefix(head, after[:len(after)-len(tail)]):
		// deleted before
	default:
		t.Fatalf("more than one place changed: %q, then %q, cursor %d", before, after, cursor)
	}
}

// TestWhatIsSeenIsWhatIsThere walks over hostile text by cluster and counts its cells.
func TestWhatIsSeenIsWhatIsThere(t *testing.T) {
	t.Parallel()
	m := sized("|\x1b]52;c;aGk=\x07\u009b2J\x00\xed\xa0\x80\u200b日e\u0301👨‍👩‍👧‍👦\u202e\ufeff~", 200, 1, Options{})
	view := m.View()
	for x := -1; ; press(m, "right") {
		at, _, ok := m.Cursor()
		if !ok || at <= x {
			t.Fatalf("cursor at cell %d after %d", at, x)
		}
		x = at
		if m.cursor == m.Text().Len() {
			break
		}
	}
	x, _, _ := m.Cursor()
	if w := sanitize.Width(ansi.Strip(view)); w != x {
		t.Errorf("the cursor ends at cell %d, the row takes %d: %q", x, w, view)
	}
}
