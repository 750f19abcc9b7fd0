package uitest

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestKeysAreCalledAsBubbleTeaCallsThem(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a", "é", "enter", "esc", "tab", "shift+tab", "ctrl+left", "alt+b", "alt+enter", "pgdown", "backspace", " "} {
		if got := Key(name).String(); got != name {
			t.Errorf("%q is the key %q", name, got)
		}
	}
	if k := Key("space"); k.Type != tea.KeySpace || k.String() != " " {
		t.Errorf("the space is %v", k)
	}
}

func TestReadsLeavesLooksAndBlanksOut(t *testing.T) {
	t.Parallel()
	if got := Reads("\x1b[1mone\x1b[0m  \n two "); got != "one\n two" {
		t.Errorf("%q", got)
	}
	Sees(t, "a\x1b[1mb", "ab")
	Misses(t, "a\x1b[1mb", "ba", "\x1b")
}
