// Package uitest plays a person at a screen in tests: it gives the messages of keys by their names,
// and reads frames as they look.
//
// It knows keys and text. It must not know any screen.
package uitest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// named are the keys that Bubble Tea has a number for.
var named = func() map[string]tea.KeyMsg {
	list := map[string]tea.KeyMsg{}
	for k := tea.KeyType(-120); k < 128; k++ {
		msg := tea.KeyMsg{Type: k}
		if name := msg.String(); name != "" && k != tea.KeyRunes {
			list[name] = msg
		}
	}
	space := tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")}
	list["space"], list[" "] = space, space
	return list
}()

// Key is the message of a key: a name such as "ctrl+left", "alt+b" or "space", or else text.
func Key(name string) tea.KeyMsg {
	if msg, ok := named[name]; ok {
		return msg
	}
	if rest, ok := strings.CutPrefix(name, "alt+"); ok && rest != "" {
		msg := Key(rest)
		msg.Alt = true
		return msg
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// Keys are the messages of keys: a name is one key, and any other text is typed letter by letter.
func Keys(list ...string) (keys []tea.KeyMsg) {
	for _, k := range list {
		if _, ok := named[k]; ok || strings.HasPrefix(k, "alt+") {
			keys = append(keys, Key(k))
			continue
		}
		for _, r := range k {
			keys = append(keys, Key(string(r)))
		}
	}
	return keys
}

// Carry carries out a command, and takes its message; run is for the commands of a batch.
func Carry(cmd tea.Cmd, run func(tea.Cmd), take func(tea.Msg)) {
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			run(c)
		}
	default:
		take(msg)
	}
}

// Reads is a view as plain text, without the blanks at the ends of its lines.
func Reads(view string) string {
	lines := strings.Split(ansi.Strip(view), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// Sees fails the test unless all parts are to be read in a view.
func Sees(t testing.TB, view string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(Reads(view), part) {
			t.Errorf("%q is not in\n%s", part, Reads(view))
		}
	}
}

// Frame compares frames with a file in testdata. UPDATE_GOLDEN=1 writes the file.
func Frame(t testing.TB, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; UPDATE_GOLDEN=1 rewrites it. Now:\n%s", name, got)
	}
}

// Misses fails the test if any of the parts is to be read in a view.
func Misses(t testing.TB, view string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(Reads(view), part) {
			t.Errorf("%q is in\n%s", part, Reads(view))
		}
	}
}

// At is the cell at which a text is to be read first in a view.
func At(t testing.TB, view, text string) (x, y int) {
	t.Helper()
	for y, line := range strings.Split(ansi.Strip(view), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			return ansi.StringWidth(before), y
		}
	}
	t.Fatalf("%q is not in\n%s", text, Reads(view))
	return 0, 0
}

// Drawn reports whether a character is one of those that a screen draws, and that a screen reader
// spells out or leaves out: lines, blocks, arrows, shapes and dots.
func Drawn(r rune) bool {
	return r >= 0x2190 && r <= 0x21ff || r >= 0x2300 && r <= 0x27bf || strings.ContainsRune("·•●○✎⊘–×", r)
}

// Fills fails the test unless a screen, whose window has w×h cells, draws h lines of at most w
// cells, as width measures them, has its cursor in one of them, and is Harmless. what names the
// screen in a failure.
func Fills(t testing.TB, what string, screen interface{ View() string }, w, h int, width func(string) int) {
	t.Helper()
	lines := strings.Split(screen.View(), "\n")
	if len(lines) != h {
		t.Fatalf("%s at %d×%d: %d lines", what, w, h, len(lines))
	}
	for y, line := range lines {
		if got := width(ansi.Strip(line)); got > w {
			t.Fatalf("%s at %d×%d: line %d has %d cells: %q", what, w, h, y, got, ansi.Strip(line))
		}
	}
	if c, ok := screen.(interface{ Cursor() (x, y int, ok bool) }); ok {
		if x, y, ok := c.Cursor(); ok && (x < 0 || y < 0 || x >= w || y >= h) {
			t.Fatalf("%s at %d×%d: the cursor is at %d,%d", what, w, h, x, y)
		}
	}
	Harmless(t, what, screen.View())
}

// Harmless fails the test if a view holds characters, besides its looks, that could move a cursor
// or reorder text.
func Harmless(t testing.TB, what, view string) {
	t.Helper()
	for line := range strings.SplitSeq(ansi.Strip(view), "\n") {
		for _, r := range line {
			if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' || r == '\u2028' {
				t.Fatalf("%s: %U reaches the terminal in %q", what, r, line)
			}
		}
	}
}
