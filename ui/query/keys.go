package query

import (
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/sanitize"
)

// doing is what the keys of keys.Typing do. Characters and words are those of the editor of values
// instead of the text field's own, which are single code points and go up to a blank, and what the
// field pastes would come from the clipboard of the machine on which errata runs, not from the one
// in front.
var doing = map[keys.Action]func(*Line){
	keys.CharLeft:      func(l *Line) { l.goTo(l.before(l.offset())) },
	keys.CharRight:     func(l *Line) { l.goTo(l.after(l.offset())) },
	keys.WordLeft:      func(l *Line) { l.goTo(l.wordBefore()) },
	keys.WordRight:     func(l *Line) { l.goTo(l.wordAfter()) },
	keys.RowStart:      toStart,
	keys.LineStart:     toStart,
	keys.Top:           toStart,
	keys.RowEnd:        toEnd,
	keys.LineEnd:       toEnd,
	keys.Bottom:        toEnd,
	keys.DeleteLeft:    func(l *Line) { l.cut(l.before(l.offset()), l.offset()) },
	keys.DeleteRight:   func(l *Line) { l.cut(l.offset(), l.after(l.offset())) },
	keys.DeleteWord:    func(l *Line) { l.cut(l.wordBefore(), l.offset()) },
	keys.DeleteToStart: func(l *Line) { l.cut(0, l.offset()) },
	keys.DeleteToEnd:   func(l *Line) { l.cut(l.offset(), len(l.Text())) },
	keys.Undo:          func(l *Line) { l.travel(&l.done, &l.undone) },
	keys.Redo:          func(l *Line) { l.travel(&l.undone, &l.done) },
	// there is nowhere to go
	keys.Up: nothing, keys.Down: nothing, keys.PageUp: nothing, keys.PageDown: nothing,
}

func toStart(l *Line) { l.goTo(0) }
func toEnd(l *Line)   { l.goTo(len(l.Text())) }
func nothing(*Line)   {}

// erases reports whether an action deletes the text as a whole while it is selected.
func erases(a keys.Action) bool {
	return a == keys.DeleteLeft || a == keys.DeleteRight || a == keys.DeleteToStart
}

// act does what a key is bound to, if anything.
func (l *Line) act(msg tea.KeyMsg) bool {
	action := keys.Typing.Action(msg.String())
	deed := doing[action]
	switch {
	case action == keys.Verbatim:
		l.literal, l.typing = true, false
		return true
	case l.selected && erases(action):
		l.cut(0, len(l.Text()))
	case deed == nil:
		return false
	default:
		deed(l)
	}
	l.selected, l.typing = false, false
	return true
}

// offset is the byte of the text at which the cursor stands.
func (l *Line) offset() int { return bytesOf(l.in.Value(), l.in.Position()) }

// goTo puts the cursor at a byte of the text.
func (l *Line) goTo(offset int) { l.in.SetCursor(places(l.in.Value(), offset)) }

// cut deletes bytes of the text as one step of undo.
func (l *Line) cut(from, to int) {
	if from == to {
		return
	}
	l.step()
	text := l.Text()
	l.in.SetValue(held(text[:from] + text[to:]))
	l.goTo(from)
}

// reach is how many bytes before the cursor are looked at: more than any window shows.
const reach = 1 << 14

// clusters are where those between two bytes begin.
func clusters(text string, from, to int) (starts []int) {
	for from < to && !utf8.RuneStart(text[from]) {
		from++
	}
	for from < to {
		starts = append(starts, from)
		from += sanitize.InLine(text[from:], 0).Len
	}
	return starts
}

// before is the start of the cluster before a byte.
func (l *Line) before(at int) int {
	if starts := clusters(l.Text(), max(at-reach, 0), at); len(starts) > 0 {
		return starts[len(starts)-1]
	}
	return at
}

// after is the end of the cluster at a byte.
func (l *Line) after(at int) int {
	if text := l.Text(); at < len(text) {
		return at + sanitize.InLine(text[at:], 0).Len
	}
	return at
}

// wordBefore is the start of the word before the cursor, or of the signs where no word is near.
func (l *Line) wordBefore() int {
	text, at := l.Text(), l.offset()
	starts := clusters(text, max(at-reach, 0), at)
	class, i := ' ', len(starts)-1
	for ; i >= 0; i-- {
		here := classAt(text, starts[i])
		if class != ' ' && here != class {
			break
		}
		class, at = here, starts[i]
	}
	return at
}

// wordAfter is the end of the word behind the cursor, or of the signs where no word is near.
func (l *Line) wordAfter() int {
	text, at := l.Text(), l.offset()
	for class := ' '; at < len(text); at += sanitize.InLine(text[at:], 0).Len {
		here := classAt(text, at)
		if class != ' ' && here != class {
			break
		}
		class = here
	}
	return at
}

func classAt(text string, at int) rune {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return editor.Class(r)
}
