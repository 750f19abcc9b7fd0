package query

import (
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/sanitize"
)

// keyMap is what the text field itself does. Characters and words are those of the editor of values
// instead of its own, which are single code points and go up to a blank, and what it pastes would
// come from the clipboard of the machine on which errata runs, not from the one in front.
var keyMap = textinput.KeyMap{
	LineStart:          bind("home", "ctrl+a", "ctrl+home"),
	LineEnd:            bind("end", "ctrl+e", "ctrl+end"),
	DeleteBeforeCursor: bind("ctrl+u"),
	DeleteAfterCursor:  bind("ctrl+k"),
}

// erasing are the keys that delete the text as a whole while it is selected.
var erasing = bind("backspace", "ctrl+h", "delete", "ctrl+u")

// own are the keys that the line carries out itself.
var own = []struct {
	key.Binding
	do func(*Line)
}{
	{bind("left"), func(l *Line) { l.goTo(l.before(l.offset())) }},
	{bind("right"), func(l *Line) { l.goTo(l.after(l.offset())) }},
	{bind("ctrl+left", "alt+b", "alt+left"), func(l *Line) { l.goTo(l.wordBefore()) }},
	{bind("ctrl+right", "alt+f", "alt+right"), func(l *Line) { l.goTo(l.wordAfter()) }},
	{bind("backspace", "ctrl+h"), func(l *Line) { l.cut(l.before(l.offset()), l.offset()) }},
	{bind("delete"), func(l *Line) { l.cut(l.offset(), l.after(l.offset())) }},
	{bind("ctrl+w", "alt+backspace"), func(l *Line) { l.cut(l.wordBefore(), l.offset()) }},
	{bind("ctrl+z"), func(l *Line) { l.travel(&l.done, &l.undone) }},
	{bind("ctrl+y"), func(l *Line) { l.travel(&l.undone, &l.done) }},
	{bind("up", "down", "pgup", "pgdown"), func(*Line) {}}, // there is nowhere to go
}

func bind(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }

// act does what a key is bound to, if anything.
func (l *Line) act(msg tea.KeyMsg) bool {
	switch {
	case msg.String() == "ctrl+v":
		l.literal, l.typing = true, false
		return true
	case l.selected && key.Matches(msg, erasing):
		l.cut(0, len(l.Text()))
	case key.Matches(msg, keyMap.DeleteBeforeCursor, keyMap.DeleteAfterCursor):
		l.step()
		l.pass(msg)
	case key.Matches(msg, keyMap.LineStart, keyMap.LineEnd):
		l.pass(msg)
	default:
		if !l.actOwn(msg) {
			return false
		}
	}
	l.selected, l.typing = false, false
	return true
}

func (l *Line) actOwn(msg tea.KeyMsg) bool {
	for _, k := range own {
		if key.Matches(msg, k.Binding) {
			k.do(l)
			return true
		}
	}
	return false
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
