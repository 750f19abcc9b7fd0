package term

import (
	"sync"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// Modifiers as xterm numbers them, less one.
const (
	modShift = 1 << iota
	modAlt
	modCtrl
	modMeta
)

// A keycap is one key of the keyboard and what Bubble Tea calls it with modifiers.
type keycap struct{ plain, shift, ctrl, both tea.KeyType }

func same(t tea.KeyType) keycap { return keycap{t, t, t, t} }

var (
	capUp    = keycap{tea.KeyUp, tea.KeyShiftUp, tea.KeyCtrlUp, tea.KeyCtrlShiftUp}
	capDown  = keycap{tea.KeyDown, tea.KeyShiftDown, tea.KeyCtrlDown, tea.KeyCtrlShiftDown}
	capRight = keycap{tea.KeyRight, tea.KeyShiftRight, tea.KeyCtrlRight, tea.KeyCtrlShiftRight}
	capLeft  = keycap{tea.KeyLeft, tea.KeyShiftLeft, tea.KeyCtrlLeft, tea.KeyCtrlShiftLeft}
	capHome  = keycap{tea.KeyHome, tea.KeyShiftHome, tea.KeyCtrlHome, tea.KeyCtrlShiftHome}
	capEnd   = keycap{tea.KeyEnd, tea.KeyShiftEnd, tea.KeyCtrlEnd, tea.KeyCtrlShiftEnd}
	capPgUp  = keycap{tea.KeyPgUp, tea.KeyPgUp, tea.KeyCtrlPgUp, tea.KeyCtrlPgUp}
	capPgDn  = keycap{tea.KeyPgDown, tea.KeyPgDown, tea.KeyCtrlPgDown, tea.KeyCtrlPgDown}
	capTab   = keycap{tea.KeyTab, tea.KeyShiftTab, tea.KeyTab, tea.KeyShiftTab}
)

// capF is function key n, from 1. xterm's shift+F1 to shift+F8 are F13 to F20 of older keyboards.
func capF(n int) keycap {
	plain := tea.KeyF1 - tea.KeyType(n-1)
	if n > 8 {
		return same(plain)
	}
	return keycap{plain, plain - 12, plain, plain - 12}
}

// letters are the keys that end a CSI or SS3 sequence with a letter.
var letters = sync.OnceValue(func() map[byte]keycap {
	return map[byte]keycap{
		'A': capUp, 'B': capDown, 'C': capRight, 'D': capLeft, 'H': capHome, 'F': capEnd, 'Z': same(tea.KeyShiftTab),
		'P': capF(1), 'Q': capF(2), 'R': capF(3), 'S': capF(4),
	}
})

// numbers are the keys that stand as a number before ~ (or, in rxvt, before ^ $ @).
var numbers = sync.OnceValue(func() map[int]keycap {
	return map[int]keycap{
		1: capHome, 2: same(tea.KeyInsert), 3: same(tea.KeyDelete), 4: capEnd, 5: capPgUp, 6: capPgDn, 7: capHome, 8: capEnd,
		11: capF(1), 12: capF(2), 13: capF(3), 14: capF(4), 15: capF(5), 17: capF(6), 18: capF(7), 19: capF(8), 20: capF(9),
		21: capF(10), 23: capF(11), 24: capF(12), 25: capF(13), 26: capF(14), 28: capF(15), 29: capF(16), 31: capF(17),
		32: capF(18), 33: capF(19), 34: capF(20),
	}
})

// keypad are the characters of the numeric keypad in application mode: SS3 and the character plus
// 0x40.
const keypad = "*+,-./0123456789"

func (k keycap) with(mods int) tea.Msg {
	msg := tea.KeyMsg{Type: k.plain, Alt: mods&(modAlt|modMeta) != 0}
	switch mods & (modShift | modCtrl) {
	case modShift:
		msg.Type = k.shift
	case modCtrl:
		msg.Type = k.ctrl
	case modShift | modCtrl:
		msg.Type = k.both
	}
	return msg
}

// decode turns one whole event, as cut finds it, into a message; nil for what means nothing to a
// model.
func decode(b []byte) tea.Msg {
	if b[0] != esc {
		return char(b, false)
	}
	if len(b) == 1 {
		return tea.KeyMsg{Type: tea.KeyEsc}
	}
	switch c := b[1]; {
	case c == '[':
		return csi(b[2:])
	case c == 'O' && len(b) > 2:
		return ss3(b[2:])
	case isString(c) && len(b) > 2:
		return answer(b)
	case c == esc:
		return alt(decode(b[1:]))
	}
	return char(b[1:], true)
}

// char is the key that sends the bytes of one rune.
func char(b []byte, alt bool) tea.Msg {
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n < 2:
		return nil // a byte that is not UTF-8
	case r < 0x20 || r == 0x7f:
		return tea.KeyMsg{Type: tea.KeyType(r), Alt: alt}
	case r == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{r}, Alt: alt}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: alt}
}

func alt(msg tea.Msg) tea.Msg {
	if k, ok := msg.(tea.KeyMsg); ok {
		k.Alt = true
		return k
	}
	return msg
}

// ss3 is a key that sends ESC O and b.
func ss3(b []byte) tea.Msg {
	mods, c := 0, b[len(b)-1]
	if len(b) > 1 {
		mods = int(b[0]-'0') - 1
	}
	if k, ok := letters()[c]; ok {
		return k.with(max(mods, 0))
	}
	switch {
	case c >= 'a' && c <= 'd': // rxvt
		return letters()[c-'a'+'A'].with(modCtrl)
	case c == 'M':
		return tea.KeyMsg{Type: tea.KeyEnter}
	case c >= 'j' && c <= 'y':
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{rune(keypad[c-'j'])}}
	}
	return nil
}

// csi is a key or the mouse; b is what follows ESC [. Answers of the terminal to questions and
// focus events are nothing.
func csi(b []byte) tea.Msg {
	if len(b) == 0 {
		return nil
	}
	final, params := b[len(b)-1], b[:len(b)-1]
	switch {
	case b[0] == 'M':
		return mouseX10(b[1:])
	case final < '@' && final != '$': // it broke off
		return nil
	case b[0] == '<' && len(b) > 1:
		return mouseSGR(params[1:], final)
	case b[0] == '[' && len(b) == 2 && final >= 'A' && final <= 'E':
		return capF(int(final-'A') + 1).with(0)
	case len(params) == 0 && final >= 'a' && final <= 'd': // rxvt
		return letters()[final-'a'+'A'].with(modShift)
	}
	p, ok := integers(params)
	if !ok {
		return nil
	}
	return csiKey(p, final)
}

func csiKey(p []int, final byte) tea.Msg {
	switch final {
	case '~', '^', '$', '@':
		if len(p) == 3 && p[0] == 27 {
			return codepoint(p[2], mods(p))
		}
		k, ok := numbers()[first(p)]
		if !ok || len(p) > 2 {
			return nil
		}
		return k.with(mods(p) | map[byte]int{'^': modCtrl, '$': modShift, '@': modCtrl | modShift}[final])
	case 'u':
		if len(p) == 0 {
			return nil
		}
		return codepoint(p[0], mods(p))
	}
	if final == 'R' && len(p) == 2 && p[0] == probeRow+1 {
		return reportMsg(p[1] - 1)
	}
	k, ok := letters()[final]
	if !ok || len(p) > 2 || len(p) > 0 && p[0] > 1 { // ESC [ 24 ; 80 R tells the cursor's position
		return nil
	}
	return k.with(mods(p))
}

// codepoint is a key that arrives as its character code, as terminals send it when so configured.
func codepoint(c, mods int) tea.Msg {
	isAlt := mods&(modAlt|modMeta) != 0
	r := rune(c)
	switch {
	case c == int(tea.KeyTab):
		return capTab.with(mods)
	case c < 0x20 || c == 0x7f:
		return tea.KeyMsg{Type: tea.KeyType(c), Alt: isAlt}
	case !utf8.ValidRune(r):
		return nil
	case mods&modCtrl != 0 && (c == ' ' || c >= '@' && c <= '_' || c >= 'a' && c <= 'z'):
		return tea.KeyMsg{Type: tea.KeyType(c & 0x1f), Alt: isAlt}
	case mods&modShift != 0:
		r = unicode.ToUpper(r)
	}
	return char(utf8.AppendRune(nil, r), isAlt)
}

func first(p []int) int {
	if len(p) == 0 {
		return 0
	}
	return p[0]
}

// mods are the modifiers in the second parameter, which counts them from 1.
func mods(p []int) int {
	if len(p) < 2 || p[1] < 1 {
		return 0
	}
	return (p[1] - 1) & (modShift | modAlt | modCtrl | modMeta)
}

// integers reads parameters such as "1;5". ok is false for anything but small numbers and
// semicolons.
func integers(b []byte) (p []int, ok bool) {
	if len(b) == 0 {
		return nil, true
	}
	n := 0
	for _, c := range b {
		switch {
		case c == ';':
			p, n = append(p, n), 0
		case c >= '0' && c <= '9' && n < 1<<24:
			n = n*10 + int(c-'0')
		default:
			return nil, false
		}
	}
	return append(p, n), true
}
