package editor

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	keytable "errata/ui/keys"
	"errata/ui/uitest"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, keys, want string }{
		{"left over a line break", "a\n|b", "left", "a|\nb"},
		{"left over CR LF", "a\r\n|b", "left", "a|\r\nb"},
		{"left over a family", "x👨‍👩‍👧‍👦|", "left", "x|👨‍👩‍👧‍👦"},
		{"left at the start", "|a", "left", "|a"},
		{"right over marks", "|e\u0301x", "right", "e\u0301|x"},
		{"right at the end", "a|", "right", "a|"},
		{"right into the next row", "aaaaaaaa|abbbb", "right right", "aaaaaaaaab|bbb"},
		{"up and down keep the column", "long line\nx\nlong |line", "up up", "long |line\nx\nlong line"},
		{"the column comes back below", "long |line\nx\nlong line", "down down", "long line\nx\nlong |line"},
		{"a move forgets the column", "long |line\nx\nlong line", "down left down", "long line\nx\n|long line"},
		{"down before a wide character", "ab|c\n日本", "down", "abc\n日|本"},
		{"down within a wide character", "a|bc\n日本", "down", "abc\n|日本"},
		{"up on the first row", "ab|c", "up", "|abc"},
		{"down on the last row", "a|bc", "down", "abc|"},
		{"word left", "one two_3, four|", "ctrl+left ctrl+left", "one two_3|, four"},
		{"word left, alt", "one two|", "alt+b alt+left", "|one two"},
		{"word left over blanks", "   |", "alt+b", "|   "},
		{"word left at the start", "|x", "alt+b", "|x"},
		{"word right", "|one, two", "ctrl+right alt+f alt+right", "one, two|"},
		{"home on a wrapped row", "aaaa bbbb cc|cc", "home", "aaaa bbbb |cccc"},
		{"home again", "aaaa bbbb cc|cc", "home home", "|aaaa bbbb cccc"},
		{"end on a wrapped row", "|aaaa bbbb cccc", "end", "aaaa bbbb| cccc"},
		{"end again", "|aaaa bbbb cccc", "end end", "aaaa bbbb cccc|"},
		{"end before CR LF", "|ab\r\ncd", "end", "ab|\r\ncd"},
		{"line start and end", "x\naaaa bbbb cc|cc\ny", "ctrl+a", "x\n|aaaa bbbb cccc\ny"},
		{"line end", "x\n|aaaa bbbb cccc\ny", "ctrl+e", "x\naaaa bbbb cccc|\ny"},
		{"text start", "a\nb|", "ctrl+home", "|a\nb"},
		{"text end", "|a\nb", "ctrl+end", "a\nb|"},
		{"page down", "|1\n2\n3\n4\n5\n6", "pgdown", "1\n2\n3\n|4\n5\n6"},
		{"page up", "1\n2\n3\n4\n5\n6|", "pgup", "1\n2\n3|\n4\n5\n6"},
		{"backspace takes a cluster", "x👍🏽|", "backspace", "x|"},
		{"backspace takes CR LF", "a\r\n|b", "backspace", "a|b"},
		{"backspace takes a bad byte alone", "a\xe4\xbd|", "backspace", "a\xe4|"},
		{"backspace at the start", "|a", "backspace", "|a"},
		{"backspace of other terminals", "ab|", "ctrl+h", "a|"},
		{"delete takes a cluster", "|e\u0301x", "delete", "|x"},
		{"delete at the line end joins", "a|\nb", "delete", "a|b"},
		{"delete the last character only", "a|b\nc", "delete", "a|\nc"},
		{"delete at the end", "a|", "delete", "a|"},
		{"delete word", "one two  |x", "ctrl+w", "one |x"},
		{"delete word, alt", "one two|", "alt+backspace", "one |"},
		{"delete word stays in the line", "one\n  |x", "ctrl+w", "one\n|x"},
		{"delete word at a line start", "one\n|x", "ctrl+w", "one|x"},
		{"delete to the line start", "a\nbc|d", "ctrl+u", "a\n|d"},
		{"delete to the line end", "a\nb|cd\ne", "ctrl+k", "a\nb|\ne"},
		{"delete the line break", "a\nb|\ne", "ctrl+k", "a\nb|e"},
		{"delete to the end of CR LF", "a|b\r\nc", "ctrl+k", "a|\r\nc"},
		{"new line", "a|b", "enter", "a\n|b"},
		{"new line by ctrl+j", "a|b", "ctrl+j", "a\n|b"},
		{"typed letters", "a|d", "b c", "abc|d"},
		{"a base before a mark", "|\u0301", "e", "e\u0301|"},
		{"literal tab", "a|", "ctrl+v tab b", "a\tb|"},
		{"literal escape", "|", "ctrl+v esc", "\x1b|"},
		{"literal control", "|", "ctrl+v ctrl+a ctrl+v ctrl+@ ctrl+v backspace", "\x01\x00\x7f|"},
		{"literal enter and ctrl+j", "|", "ctrl+v enter ctrl+v ctrl+j", "\r\n|"},
		{"literal ctrl+v", "|", "ctrl+v ctrl+v x", "\x16x|"},
		{"literal letter", "|", "ctrl+v x", "x|"},
		{"an arrow is no literal", "ab|", "ctrl+v left left", "a|b"},
		{"undo and redo", "|", "a b ctrl+z", "|"},
		{"redo", "|", "a b ctrl+z ctrl+y", "ab|"},
		{"undo of nothing", "a|", "ctrl+z ctrl+y", "a|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := sized(tt.text, 11, 4, Options{})
			press(m, tt.keys)
			if got := marked(m); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			checkView(t, m)
		})
	}
}

func TestKeysOfOthersAreLeft(t *testing.T) {
	t.Parallel()
	m := sized("text|", 10, 3, Options{})
	for _, name := range strings.Fields("tab shift+tab esc ctrl+s ctrl+c f1 f12 alt+x alt+enter alt+é ctrl+q ctrl+r ctrl+o") {
		if m.Update(uitest.Key(name)) {
			t.Errorf("%s was used", name)
		}
	}
	if m.Update(tea.WindowSizeMsg{}) || m.Update(nil) || m.Update(tea.MouseMsg{Button: tea.MouseButtonLeft}) {
		t.Error("a message that is no key was used")
	}
	if marked(m) != "text|" || m.Version() != 0 {
		t.Errorf("they changed the text to %q", marked(m))
	}
}

func TestPending(t *testing.T) {
	t.Parallel()
	m := sized("", 10, 1, Options{})
	press(m, "ctrl+v")
	if !m.Pending() {
		t.Fatal("ctrl+v does not wait for a key")
	}
	if m.Update(uitest.Key("ctrl+c")) || m.Pending() || m.Text().Len() != 0 {
		t.Error("ctrl+c was typed")
	}
	press(m, "ctrl+v")
	paste(m, "x")
	if m.Pending() || marked(m) != "x|" {
		t.Errorf("after a paste: %q, pending %t", marked(m), m.Pending())
	}
}

func TestPasteIsExactAndOneStep(t *testing.T) {
	t.Parallel()
	text := "tab\t CR LF\r\n NUL\x00 ESC\x1b[A bad\xff\xed\xa0\x80 \u202e 日本\n"
	m := sized("a|b", 20, 3, Options{})
	paste(m, text)
	if got := marked(m); got != "a"+text+"|b" {
		t.Errorf("got %q", got)
	}
	press(m, "ctrl+z")
	if got := marked(m); got != "a|b" {
		t.Errorf("after undo: %q", got)
	}
	m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("p\nq"), Paste: true})
	if got := marked(m); got != "ap\nq|b" {
		t.Errorf("a paste of the stock kind: %q", got)
	}
}

func TestSingle(t *testing.T) {
	t.Parallel()
	m := sized("a long value|", 9, 2, Options{Single: true})
	if m.Update(uitest.Key("enter")) || m.Update(uitest.Key("ctrl+j")) {
		t.Error("enter was used")
	}
	if !m.Update(uitest.Key("up")) || !m.Update(uitest.Key("down")) || marked(m) != "a long value|" {
		t.Errorf("up or down moved: %q", marked(m))
	}
	enter(m, "s")
	press(m, "left home")
	if got := marked(m); got != "a long |values" {
		t.Errorf("got %q", got)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	m := sized(strings.Repeat("line\n", 20)+"end", 20, 5, Options{ReadOnly: true})
	line := func(want int) {
		t.Helper()
		checkView(t, m)
		if got, _ := m.Position(); got != want {
			t.Errorf("line %d, want %d", got, want)
		}
	}
	line(1)
	press(m, "j j down k")
	line(3)
	press(m, "pgdown")
	line(7)
	press(m, "pgup up")
	line(2)
	press(m, "G")
	if !strings.HasSuffix(m.View(), "\nend") {
		t.Errorf("the end is not at the bottom: %q", m.View())
	}
	press(m, "j pgdown")
	if !strings.HasSuffix(m.View(), "\nend") {
		t.Errorf("scrolled beyond the end: %q", m.View())
	}
	press(m, "g k")
	line(1)
	for _, name := range strings.Fields("x enter backspace delete ctrl+z ctrl+v ctrl+w q n tab left") {
		if m.Update(uitest.Key(name)) {
			t.Errorf("%s was used", name)
		}
	}
	paste(m, "x")
	if m.Version() != 0 {
		t.Error("a read-only text changed")
	}
}

func TestWheel(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		m := sized("|"+strings.Repeat("1\n2\n3\n", 10), 10, 4, o)
		down, up := tea.MouseMsg{Button: tea.MouseButtonWheelDown}, tea.MouseMsg{Button: tea.MouseButtonWheelUp}
		if !m.Update(down) || m.View() != "1\n2\n3\n1" || m.top != 6 {
			t.Errorf("after one notch: %q from byte %d", m.View(), m.top)
		}
		if _, _, ok := m.Cursor(); ok {
			t.Error("the cursor, out of sight, is shown")
		}
		for range 50 {
			m.Update(down)
		}
		if got := m.View(); got != "1\n2\n3\n" {
			t.Errorf("at the end: %q", got)
		}
		for range 50 {
			m.Update(up)
		}
		if m.top != 0 {
			t.Errorf("at the start: byte %d", m.top)
		}
	}
	m := sized("|"+strings.Repeat("x\n", 30), 10, 4, Options{})
	m.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
	enter(m, "y")
	if _, y, ok := m.Cursor(); !ok || y != 0 {
		t.Error("typing does not come back to the cursor")
	}
}

// Every key of the table does something here, and everything that can be done has a key.
func TestTheTableOfKeysIsCarriedOut(t *testing.T) {
	t.Parallel()
	done := map[keytable.Action]bool{}
	for _, b := range keytable.Typing.Bindings() {
		if editing[b.Do] == nil {
			t.Errorf("%v do nothing", b.Keys())
		}
		done[b.Do] = true
	}
	if len(done) != len(editing) {
		t.Errorf("%d of %d actions have a key", len(done), len(editing))
	}
}
