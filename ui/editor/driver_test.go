package editor

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/uitest"
)

// press sends keys by name, apart by spaces.
func press(m *Model, names string) {
	for _, name := range strings.Fields(names) {
		m.Update(uitest.Key(name))
	}
}

// enter types text, character by character.
func enter(m *Model, text string) {
	for _, r := range text {
		switch r {
		case ' ':
			m.Update(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
		case '\n':
			m.Update(uitest.Key("enter"))
		default:
			m.Update(uitest.Key(string(r)))
		}
	}
}

// paste sends a bracketed paste.
func paste(m *Model, text string) { m.Update(term.PasteMsg{Text: text}) }

// sized makes an editor of a size with the cursor where "|" is in text.
func sized(text string, w, h int, o Options) *Model {
	before, after, found := strings.Cut(text, "|")
	m := New([]byte(before+after), o)
	m.SetSize(w, h)
	if found {
		m.GoToOffset(len(before))
	}
	return m
}

// marked is the text with "|" at the cursor.
func marked(m *Model) string {
	text := string(m.Text().Bytes())
	return text[:m.cursor] + "|" + text[m.cursor:]
}

// checkView checks what must hold of any view: its size, and that nothing but text is in it.
func checkView(t *testing.T, m *Model) {
	t.Helper()
	view := m.View()
	lines := strings.Split(view, "\n")
	if m.height == 0 {
		if view != "" {
			t.Fatalf("a view without height: %q", view)
		}
		return
	}
	if len(lines) != m.height {
		t.Fatalf("%d lines, want %d", len(lines), m.height)
	}
	for i, line := range lines {
		if w := sanitize.Width(ansi.Strip(line)); w > m.width {
			t.Fatalf("line %d takes %d of %d cells: %q", i, w, m.width, line)
		}
		for _, r := range line {
			if r < 0x20 || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r == 0x200B {
				t.Fatalf("line %d holds U+%04X: %q", i, r, line)
			}
		}
	}
	if m.options.ReadOnly || m.width == 0 {
		return
	}
	if x, y, ok := m.Cursor(); ok && (x < 0 || y < 0 || x >= m.width || y >= m.height) {
		t.Fatalf("the cursor is at %d, %d", x, y)
	}
	if start, _ := m.cluster(m.cursor); start != m.cursor {
		t.Fatalf("the cursor is within a cluster, at %d", m.cursor)
	}
}
