//go:build unix

package form

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/draft"
)

// stop has the disk of the editor's file stand still until the test calls goOn. A read that waits
// is given up at once.
func (l *lender) stop() (goOn func()) {
	frozen, inside := make(chan struct{}), make(chan time.Time, 10)
	l.m.disk.late = func() <-chan time.Time { return inside }
	l.m.disk.read = func(of *externalText) savedText {
		select {
		case <-frozen:
		default:
			inside <- time.Time{}
			<-frozen
		}
		return of.read()
	}
	return func() {
		close(frozen)
		l.m.disk.wait()
	}
}

func TestADiskThatKeepsWhatAnEditorSavedKeepsNoKey(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"e": "e", "the review": "ctrl+s", "another field": "down", "an edit": "x"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lend(t, document)
			l.at("output").press("e")
			l.save("At ten.\n")
			goOn := l.stop()
			later := l.give(editedMsg{l.m.externalText, l.m.disk.look(l.m.externalText), nil})
			l.shows("what the editor saved of output is still to be taken over: the disk does not answer")
			l.press(key)
			if len(l.asked) > 0 {
				t.Errorf("asked for %v without what the editor saved", l.asked)
			}
			if key == "e" || key == "ctrl+s" {
				l.shows("is still to be taken over")
			}
			goOn()
			l.run(later)
			l.shows("taken over from the editor: output")
			l.body(`{"output":"At ten."}`)
			l.settled()
		})
	}
}

func TestWhatADiskKeepsIsTakenOverByTheNextKeyThatNeedsIt(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	l.at("output").press("e")
	l.save("At ten.\n")
	goOn := l.stop()
	later := l.give(editedMsg{l.m.externalText, l.m.disk.look(l.m.externalText), nil})
	l.press("]") // the log may be left
	if len(l.asked) != 1 || l.m.externalText == nil {
		t.Errorf("asked for %v, the editor has %v", l.asked, l.m.externalText)
	}
	goOn()
	l.press("ctrl+s")
	l.body(`{"output":"At ten."}`)
	l.settled()
	l.press("u", "e") // lends it again
	l.run(later)      // and is not an answer to that
	l.save("At eleven.").ends(nil, time.Minute)
	l.body(`{"output":"At eleven."}`)
	l.settled()
}

func TestARestartOnADiskThatStandsStillLosesNoWords(t *testing.T) {
	t.Parallel()
	before := lend(t, document)
	before.at("output").press("e")
	before.save("At ten.")
	l := lend(t, document)
	l.room = before.room
	room := l.m.o.EditorFile
	l.m.o.EditorFile = func(string) (string, error) { return "", &draft.WaitingError{Dir: l.room} }
	if n := l.m.Collect(before.m.externalText.ExternalEdit); n.Text != l.m.unread(&draft.WaitingError{Dir: l.room}).Text {
		t.Errorf("it says %q", n.Text)
	}
	l.at("messages").press("e", "]")
	if got := l.given(); got != "At ten." {
		t.Errorf("the file holds %q", got)
	}
	l.m.o.EditorFile = room
	goOn := l.stop()
	l.press("e")
	l.shows("is still to be taken over")
	goOn()
	l.press("e")
	l.body(`{"output":"At ten."}`)
	l.settled()
}

// The file of the editor is a pipe that nobody reads: opening it to write does not return.
func TestADiskThatTakesNoFileKeepsNoKey(t *testing.T) {
	t.Parallel()
	l := lend(t, document)
	pipe := filepath.Join(l.room, "output.txt")
	if err := os.Mkdir(l.room, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	late := make(chan time.Time)
	close(late)
	patient := l.m.disk.late
	l.m.disk.late = func() <-chan time.Time { return late }
	l.at("output").press("e")
	l.shows("no file for the editor: the disk does not answer")
	l.press("e") // begins nothing else there
	l.shows("no file for the editor: the disk does not answer")
	l.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("x")})
	l.body(`{"output":null}`)
	file, err := os.OpenFile(pipe, os.O_RDONLY, 0) // it goes on
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	l.m.disk.wait()
	if err := os.Remove(pipe); err != nil {
		t.Fatal(err)
	}
	l.m.disk.late = patient
	l.press("u", "e")
	if got := l.given(); got != "At nine." {
		t.Errorf("the editor got %q", got)
	}
	l.save("At ten.").ends(nil, time.Minute)
	l.body(`{"output":"At ten."}`)
	l.settled()
}
