//go:build unix

package cli_test

import (
	"strings"
	"syscall"

	"errata/model"
)

func (s *trial) anyField() *model.Field { return s.fields[s.rng.IntN(len(s.fields))] }

// edit opens the text editor on a field.
func (s *trial) edit(f *model.Field) {
	s.goTo(f)
	s.r.Send("t")
	s.at(inEditor)
}

// typing types a word, and leaves the editor now and then.
func (s *trial) typing() {
	f := s.anyField()
	text := s.fresh(f, 'q')
	s.note("type %s into %s", text, f.Name)
	s.edit(f)
	s.r.Send(keysFor(f, text))
	s.until(text, func(v shot) bool { return v.folds(tailOf(f, text)) })
	s.book.typed(f, text)
	if s.rng.IntN(2) == 0 {
		s.r.Send("\x1b")
		s.at(onForm)
	}
}

// cutTyping has errata killed among the keys of a word; what has been on the screen must be kept.
// Then the rest is typed.
func (s *trial) cutTyping() {
	f := s.anyField()
	if f.Kind == model.Integer {
		return // parts of numbers are not to be told apart
	}
	text := s.fresh(f, 'q')
	keys := keysFor(f, text)
	part := keys[:1+s.rng.IntN(len(keys))]
	s.edit(f)
	s.note("type %q of %q into %s", part, keys, f.Name)
	s.r.Send(part)
	if len(part) > 5 {
		s.until("the first keys", func(v shot) bool { return v.has(text[:3]) })
	}
	s.book.touch(f)
	s.kill(syscall.SIGKILL)
	shown := s.shot().shown(text)
	if len(shown) >= 3 && !strings.Contains(string(s.edits()[f]), shown) {
		s.wrong("%s of %s was on the screen and is lost", shown, f.Name)
		return
	}
	was := strings.TrimSpace(string(s.edits()[f]))
	s.start()
	if s.at(onForm, inEditor, onClash).place() == onClash {
		return
	}
	rest := keys
	if f.Kind == model.Map && was != "" && !strings.HasSuffix(was, "}") {
		rest = keys[1:]
	}
	for n := len(keys); n > 1; n-- {
		if strings.HasSuffix(was, keys[1:n]) {
			rest = keys[n:]
			break
		}
	}
	s.note("type the rest: %q", rest)
	if s.at(onForm, inEditor).place() == onForm {
		s.edit(f)
	}
	s.r.Send(rest)
	s.until(text, func(v shot) bool { return v.folds(tailOf(f, text)) || rest == "" && v.has(text) })
	s.book.typed(f, text)
}

// adding adds a member to a map in its outline. Now and then errata is killed among the keys, and
// continues with them.
func (s *trial) adding() {
	f := s.anyField()
	if f.Kind != model.Map {
		s.typing()
		return
	}
	s.add(f)
}

// add adds a member to a map.
func (s *trial) add(f *model.Field) {
	s.goTo(f)
	s.r.Send("\r")
	// it is no map, or its text is none
	if !strings.Contains(s.at(inEditor)[faultHeight-1], "a add") {
		return
	}
	text := s.fresh(f, 'q')
	keys := text + ":=1"
	n := 3 + s.rng.IntN(len(keys)-2)
	s.note("add %s to %s", text, f.Name)
	s.r.Send("a")
	s.at(inMember)
	s.r.Send(keys[:n])
	if s.rng.IntN(2) == 0 {
		s.until(keys[:n], func(v shot) bool { return v.has(keys[:n]) })
		s.note("  after %q", keys[:n])
		s.book.touch(f)
		s.kill(syscall.SIGKILL)
		s.start()
		v := s.at(onForm, inEditor, inMember, onClash)
		there := v.has(keys[:n])
		switch v.place() {
		case inEditor:
			there = false
		case onForm, onClash: // the log has moved, and what was typed is a member
			there = strings.Contains(string(s.edits()[f]), keys[:min(n, len(text))])
		}
		if !there {
			s.wrong("%s of %s was on the screen and is lost", keys[:n], f.Name)
		}
		if v.place() != inMember {
			return
		}
	}
	s.r.Send(keys[n:] + "\r")
	s.until(text, func(v shot) bool { return v.place() == inEditor && v.has(text+": 1") })
	s.book.typed(f, text)
}

func (s *trial) wrong(format string, args ...any) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.wrong(format, args...)
}

// nothing sets a field to null. The user sees what is there.
func (s *trial) nothing() {
	f := s.anyField()
	s.goTo(f)
	// in which others write beside
	if _, value := s.shot().row(); value == "null" || value == "absent" || f.Kind == model.Map {
		return
	}
	s.note("null: %s", f.Name)
	s.book.release(f, func(w *word, _ bool) bool { return w.own || w.seen })
	s.news("x", "null now", "as it was fetched", "null already")
}

func (s *trial) revert() {
	f := s.anyField()
	s.goTo(f)
	s.revertAt(f)
}

func (s *trial) revertAt(f *model.Field) {
	s.note("revert %s", f.Name)
	s.book.release(f, func(w *word, stored bool) bool { return w.own && !stored })
	s.news("r", "as it was fetched")
}

func (s *trial) undo() {
	s.travel("u", "undone: ", "nothing to undo")
	if s.rng.IntN(2) == 0 {
		s.redo()
	}
}

func (s *trial) redo() { s.travel("\x12", "redone: ", "nothing to redo") }

// travel undoes or does again: whatever that brings is what the user wanted of this field.
func (s *trial) travel(key, done, none string) {
	s.goTo(s.fields[0])
	s.note("undo or redo")
	_, name, ok := strings.Cut(s.news(key, done, none), done)
	if !ok {
		return
	}
	if f, known := model.Lookup(strings.Fields(name)[0]); known {
		s.book.release(f, func(w *word, _ bool) bool { return w.own || w.seen && f.Kind != model.Map })
	}
}

// writer writes behind errata's back.
func (s *trial) writer() {
	f := s.anyField()
	text := s.fresh(f, 'w')
	s.note("somebody else writes %s into %s", text, f.Name)
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.other(f, text)
}
