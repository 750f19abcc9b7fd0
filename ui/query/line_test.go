package query

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// press presses keys; "type x" types x, "paste x" pastes it.
func press(l *Line, names ...string) *Line {
	for _, name := range names {
		if text, ok := strings.CutPrefix(name, "paste "); ok {
			l.Update(term.PasteMsg{Text: text})
		} else if text, ok := strings.CutPrefix(name, "type "); ok {
			for _, r := range text {
				l.Update(uitest.Key(string(r)))
			}
		} else {
			l.Update(uitest.Key(name))
		}
	}
	return l
}

func TestTyping(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		keys []string
		want string
	}{
		"a letter with alt types nothing":          {"ab", []string{"alt+x", "alt+d"}, "ab"},
		"a word back from white space":             {"   ", []string{"alt+b", "alt+left", "type x"}, "x   "},
		"signs are no part of a word":              {"~/logs/one.txt", []string{"ctrl+w"}, "~/logs/one."},
		"a word less behind white space":           {"one two  ", []string{"ctrl+w", "type x"}, "one x"},
		"forward by word":                          {"one two", []string{"home", "alt+f", "type !"}, "one! two"},
		"to the end of the last word":              {"one", []string{"home", "ctrl+right", "ctrl+right", "type !"}, "one!"},
		"the last character":                       {"ab", []string{"left", "delete", "delete"}, "a"},
		"a whole cluster":                          {"a👨‍👩‍👧e\u0301", []string{"backspace", "backspace"}, "a"},
		"over a whole cluster":                     {"नमस्ते", []string{"left", "type x"}, "नमxस्ते"},
		"delete takes a whole cluster":             {"e\u0301x", []string{"home", "delete"}, "x"},
		"to the start":                             {"one two", []string{"left", "ctrl+u"}, "o"},
		"to the end":                               {"one two", []string{"home", "right", "ctrl+k"}, "o"},
		"a tab literally":                          {"a", []string{"ctrl+v", "tab"}, "a\t"},
		"an escape literally":                      {"a", []string{"ctrl+v", "esc"}, "a\x1b"},
		"an arrow ends the waiting":                {"a", []string{"ctrl+v", "left", "type x"}, "ax"},
		"a paste of every kind":                    {"", []string{"paste a\tb\nc\r\n\x00\x1b[31m\u0085\ufffd\xff\U0010F805"}, "a\tb\nc\r\n\x00\x1b[31m\u0085\ufffd\xff\U0010F805"},
		"controls are passed one by one":           {"a\x1b\xffb", []string{"left", "left", "left", "type x"}, "ax\x1b\xffb"},
		"a word is one step of undo":               {"", []string{"type one two", "ctrl+z"}, "one "},
		"and again":                                {"", []string{"type one two", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y"}, "one"},
		"a change ends what was undone":            {"", []string{"type a", "ctrl+z", "type b", "ctrl+y"}, "b"},
		"undo of a deletion":                       {"one two", []string{"ctrl+w", "ctrl+z", "type !"}, "one two!"},
		"nowhere to go":                            {"ab", []string{"up", "down", "pgup", "pgdown", "type c"}, "abc"},
		"the clipboard of the machine is not read": {"a", []string{"ctrl+v", "type b"}, "ab"},
	} {
		l := press(New(c.text, theme.For("dark", theme.Terminal{})), c.keys...)
		if got := l.Text(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A key that the line does not know is its user's.
func TestKeysOfTheUser(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"enter", "esc", "tab", "ctrl+s", "alt+r", "ctrl+c", "ctrl+f", "f1"} {
		if New("a", theme.For("dark", theme.Terminal{})).Update(uitest.Key(name)) {
			t.Errorf("%s is used", name)
		}
	}
}

// The terminal's cursor is behind as many cells as the text before it takes, and always in sight.
func TestWhereTheCursorStands(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("one two ", 30)
	for _, c := range []struct {
		text string
		keys []string
		w, x int
		want string
	}{
		{"old", nil, 20, 5, "/ old"},
		{"नमस्ते", nil, 20, 2 + sanitize.Width("नमस्ते"), "/ नमस्ते"},
		{"日本語", []string{"left"}, 20, 6, "/ 日本語"},
		{"a\tb", nil, 20, 11, "/ a→      b"},
		{"\x1b]0;x\a", nil, 20, 8, "/ ␛]0;x␇"},
		{long, nil, 12, 11, "/ two one t"},
		{long, []string{"home"}, 12, 2, "/ one two on"},
		{"abc", nil, 2, 1, "c"},
		{"", nil, 1, 0, ""},
	} {
		line, x := press(New(c.text, theme.For("dark", theme.Terminal{})), c.keys...).View("/ ", c.w)
		if got := ansi.Strip(line); c.text != long && got != c.want || x != c.x {
			t.Errorf("%q %v in %d cells: %q, the cursor at %d, want %q at %d", c.text, c.keys, c.w, got, x, c.want, c.x)
		}
	}
}

// Whatever is typed comes out as it went in, and what is drawn is safe and fits.
func FuzzLine(f *testing.F) {
	f.Add("a\tb\x1b[0m\u202e\xff", "日本\r\n", 3, 9)
	f.Add("👨‍👩‍👧e\u0301\U0010F805", "\x00", 1, 40)
	f.Fuzz(func(t *testing.T, before, pasted string, back, w int) {
		back, w = back&15, w&0x7F
		l := New(before, &theme.Theme{})
		for range back {
			l.Update(tea.KeyMsg{Type: tea.KeyLeft})
		}
		at := l.offset()
		l.Update(term.PasteMsg{Text: pasted})
		if want := before[:at] + pasted + before[at:]; l.Text() != want {
			t.Fatalf("%q, want %q", l.Text(), want)
		}
		line, x := l.View("/", w)
		if cells := sanitize.Width(line); cells > w || x < 0 || x >= max(w, 1) {
			t.Fatalf("%d cells and the cursor at %d in %d", cells, x, w)
		}
		if !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 }) {
			t.Fatalf("unsafe: %q", line)
		}
		l.Update(tea.KeyMsg{Type: tea.KeyCtrlZ})
		if l.Text() != before {
			t.Fatalf("undone it is %q, want %q", l.Text(), before)
		}
	})
}
