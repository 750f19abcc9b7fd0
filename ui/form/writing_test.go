package form

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// A disk that does not answer keeps no key: the question for a name stays, and esc ends it.
func TestKeysGoOnWhileTheDiskOfAFileDoesNotAnswer(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(name, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := drive(t, document, 120, 40).at("output").press("w")
	looked := 0
	d.m.asking.stat = func(name string) (fs.FileInfo, error) {
		looked++
		return os.Stat(name)
	}
	enter := func() tea.Cmd { return d.give(tea.KeyMsg{Type: tea.KeyEnter}) }
	d.press("ctrl+u").write(name)
	answer := enter() // the disk has not answered yet
	d.shows("looking at " + name)
	if again := enter(); looked > 0 {
		t.Errorf("a key has looked %d times", looked)
	} else {
		d.run(again) // and was no answer to a question that was not asked yet
	}
	d.press("x", "backspace")
	d.run(answer)
	d.shows("is there already: enter again replaces it")
	late := enter()
	d.press("esc")
	d.shows("nothing written")
	d.run(late)
	if text, err := os.ReadFile(name); string(text) != "precious" {
		t.Errorf("the file is %q, %v", text, err)
	}
	d.press("w", "ctrl+u").write(name).press("enter", "enter")
	if text, err := os.ReadFile(name); string(text) != "At nine." {
		t.Errorf("the file is %q, %v", text, err)
	}
}
