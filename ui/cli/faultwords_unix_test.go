//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"errata/model"
)

// trialEditor stands for an editor. It does to the file what the trial wants, says so, and ends
// with the status that is typed.
const trialEditor = `#!/bin/sh
. "$HOME/edit.sh"
read -r status
exit "$status"
`

// editor writes that editor, and gives its name.
func (s *trial) editor() string {
	s.Helper()
	name := filepath.Join(s.home.dir, "editor")
	if err := os.WriteFile(name, []byte(trialEditor), 0o700); err != nil {
		s.Fatal(err)
	}
	return name
}

// elsewhere adds a word in the external editor, which ends well or badly, or with errata. What it
// has saved must not be lost.
func (s *trial) elsewhere() {
	f := s.anyField()
	s.goTo(f)
	if mark, value := s.mark(), s.value(); mark == '!' || f.Kind == model.Map && !strings.HasPrefix(value, "{") {
		return
	}
	text := s.fresh(f, 'q')
	edit, broken := "printf %s '"+text+`' >> "$1"`, false
	if f.Kind == model.Map {
		if broken = s.rng.IntN(3) == 0; broken {
			edit = "printf %s ',\"" + text + "\":1}' >> \"$1\""
		} else {
			edit = "sed -i -e '$ s/}$/,\"" + text + "\":1}/' \"$1\""
		}
	}
	if err := os.WriteFile(filepath.Join(s.home.dir, "edit.sh"), []byte(edit+"\necho saved "+text+"\n"), 0o600); err != nil {
		s.Fatal(err)
	}
	s.note("put %s into %s in the external editor", text, f.Name)
	s.r.Send("e")
	s.until("the external editor", func(v shot) bool { return v.has("saved " + text) })
	s.book.typed(f, text)
	if s.rng.IntN(2) == 0 {
		s.kill(pick(s.rng, syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP))
		if s.rng.IntN(3) == 0 {
			s.writer()
		}
		s.start()
		return
	}
	status, said := "0", "taken over from the editor"
	switch {
	case broken:
		said = "kept as text, which is not a value yet"
	case s.rng.IntN(3) == 0:
		status, said = "3", "the editor failed"
	}
	s.note("  it ends with %s", status)
	s.r.Send(status + "\r")
	s.until(said, func(v shot) bool { return strings.Contains(v.status(), said) })
}

// mark and value are those of the row that is pointed at.
func (s *trial) mark() rune {
	v := s.shot()
	if at := v.point(); at >= 0 {
		if row := []rune(v[at]); len(row) > 2 {
			return row[2]
		}
	}
	return 0
}

func (s *trial) value() string {
	_, value := s.shot().row()
	return value
}

// inOneGo types a long text, asks for the review and sends, all in one go: the keys wait for what
// the ones before have started.
func (s *trial) inOneGo() {
	f := s.anyField()
	if f.Kind != model.Text {
		return
	}
	s.edit(f)
	text := s.fresh(f, 'q')
	s.note("paste 300 KB and %s into %s, and send, in one go", text, f.Name)
	s.asked++
	s.book.touch(f)
	s.r.Send("\x1b[200~" + strings.Repeat("tides and winds ", 300<<10/16) + text + "\x1b[201~\x13\x13")
	s.until("an outcome", func(v shot) bool {
		return v.place() == onForm || v.place() == onClash || strings.HasPrefix(v.status(), notSent)
	})
	s.book.typed(f, text)
	s.note("  %s: %s", s.shot().place(), s.shot().status())
	if s.shot().place() == onReview {
		s.r.Send("\x1b")
		s.at(onForm)
	}
	s.look()
	s.count()
	s.settled(s.shot().status())
}

// throughHistory goes to the log by way of the history: without changes it is undone there, with
// changes they are gone to. What this process has itself is never somebody else's.
func (s *trial) throughHistory() {
	s.proxy.Heal()
	s.goTo(s.fields[0])
	s.quit()
	if s.pending() {
		s.start()
		return
	}
	s.healthy = true
	s.startOn()
	s.healthy = false
	if s.undoInHistory() {
		s.typing()
		s.goTo(s.fields[0])
		s.r.Send("q")
		s.at(onList)
		s.undoInHistory()
	}
	s.kill(syscall.SIGKILL)
	s.start()
}

// undoInHistory takes the last entry back from the list, and reverts that where there was nothing
// else unsaved. ok is false if it does not end on the form.
func (s *trial) undoInHistory() (ok bool) {
	s.note("undo in the history")
	s.r.Send("H")
	v := s.until("the history", func(v shot) bool {
		return v.place() == onHistory && (v.has("nothing has been sent yet") || v.has(s.book.id))
	})
	if !v.has(s.book.id) {
		return false
	}
	s.r.Send("\r")
	v = s.until("the log", func(v shot) bool {
		return v.place() == onReview || v.place() == onClash || v.place() == onForm && v.status() != "" && !strings.HasPrefix(v.status(), "reading ") || v.place() == inEditor ||
			v.has("has this log's draft") || v.place() == onHistory && v.status() != ""
	})
	s.note("  %s: %s", v.place(), v.status())
	switch v.place() {
	case onForm:
		return true
	case onReview, onClash: // what unsaved work is in conflict with is asked first
		for v.place() != onForm {
			s.r.Send("\x1b")
			before := v.place()
			v = s.until("the screen behind it", func(v shot) bool { return v.place() != before && (v.place() == onReview || v.place() == onForm) })
		}
		for _, f := range s.fields {
			s.goTo(f)
			s.revertAt(f)
		}
		return true
	}
	if v.has("has this log's draft") {
		s.wrong("errata is locked out by itself: %s", v.status())
	}
	return false
}
