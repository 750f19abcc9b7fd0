package term

import (
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

const esc = 0x1b

// How long an unfinished event may wait for its next byte. A user notices only the first of them.
// When one of the others is over, the bytes are dropped: they are the start of a sequence whose end
// was lost, and not text.
const (
	escWait = 25 * time.Millisecond // ESC alone: the key, or the start of a sequence
	// ESC [ and the like: alt+[, or a sequence cut by the network
	introWait  = 250 * time.Millisecond
	tailWait   = time.Second
	stringWait = 5 * time.Second // an answer of the terminal (OSC, DCS)

	maxHeld = 64 << 10 // of an unfinished sequence
)

// A decoder cuts the terminal's bytes into whole events, however they were split on the way. Its
// zero value is ready.
type decoder struct {
	buf   []byte
	paste *paste // not nil within a bracketed paste
}

// feed decodes b and what was left over before it. It does not keep b.
func (d *decoder) feed(b []byte, emit func(tea.Msg)) {
	for len(b) > 0 {
		if d.paste != nil {
			if b = d.pasted(b, emit); d.paste != nil {
				return
			}
			continue
		}
		d.buf = append(d.buf, b...)
		b = d.drain(emit)
	}
}

// drain emits the whole events in the buffer. When a paste begins, it empties the buffer and
// returns what follows.
func (d *decoder) drain(emit func(tea.Msg)) (rest []byte) {
	at := 0
	for at < len(d.buf) {
		n := cut(d.buf[at:])
		if n == 0 {
			break
		}
		whole := d.buf[at : at+n]
		at += n
		if string(whole) == pasteStart {
			d.paste = &paste{}
			rest = append(rest, d.buf[at:]...)
			at = len(d.buf)
			break
		}
		if msg := decode(whole); msg != nil {
			emit(msg)
		}
	}
	d.buf = append(d.buf[:0], d.buf[at:]...)
	if len(d.buf) > maxHeld {
		d.buf = d.buf[:3] // forget what it says, keep waiting for its end
	}
	return rest
}

// patience is how long to wait for more bytes before expire; negative when nothing is pending.
func (d *decoder) patience() time.Duration {
	switch {
	case d.paste != nil || len(d.buf) == 0:
		return -1
	case d.buf[len(d.buf)-1] == esc && len(d.buf) <= 2:
		return escWait
	case d.buf[0] == esc && len(d.buf) == 2:
		return introWait
	case d.buf[0] == esc && isString(d.buf[1]):
		return stringWait
	}
	return tailWait
}

// expire takes what is pending as it is: ESC as the key, ESC and one character as alt with it, the
// rest as nothing.
func (d *decoder) expire(emit func(tea.Msg)) {
	b := d.buf
	d.buf = d.buf[:0]
	switch {
	case len(b) == 1 && b[0] == esc:
		emit(tea.KeyMsg{Type: tea.KeyEsc})
	case len(b) == 2 && b[0] == esc && b[1] == esc:
		emit(tea.KeyMsg{Type: tea.KeyEsc})
		emit(tea.KeyMsg{Type: tea.KeyEsc})
	case len(b) == 2 && b[0] == esc && b[1] < utf8.RuneSelf:
		emit(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{rune(b[1])}, Alt: true})
	}
}

// cut returns the length of the event at the start of b, which is not empty; 0 while it is
// incomplete. A sequence that breaks off is an event of its own, which decode drops.
func cut(b []byte) int {
	if b[0] != esc {
		return cutRune(b)
	}
	if len(b) == 1 {
		return 0
	}
	switch c := b[1]; {
	case c == '[':
		return cutCSI(b)
	case c == 'O':
		return cutSS3(b)
	case isString(c):
		return cutString(b)
	case c == esc:
		return cutEscEsc(b)
	}
	if n := cutRune(b[1:]); n > 0 {
		return 1 + n
	}
	return 0
}

func cutRune(b []byte) int {
	if !utf8.FullRune(b) {
		return 0
	}
	_, n := utf8.DecodeRune(b)
	return n
}

// cutEscEsc tells alt with a sequence (ESC ESC [ A) from two presses of the key.
func cutEscEsc(b []byte) int {
	if len(b) == 2 {
		return 0
	}
	if b[2] != '[' && b[2] != 'O' {
		return 1
	}
	if n := cut(b[1:]); n > 0 {
		return 1 + n
	}
	return 0
}

func cutCSI(b []byte) int {
	if len(b) == 2 {
		return 0
	}
	switch b[2] {
	case 'M': // X10 mouse: three bytes of any value follow
		return whole(b, 6)
	case '[': // F1 to F5 of the Linux console
		return whole(b, 4)
	}
	digits := true
	for i := 2; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '$' && digits && i > 2: // shift with home or end in rxvt
			return i + 1
		case c >= 0x40 && c <= 0x7e:
			return i + 1
		case c < 0x20 || c > 0x3f:
			return i
		}
		digits = digits && c >= '0' && c <= '9'
	}
	return 0
}

func cutSS3(b []byte) int {
	switch {
	case len(b) == 2:
		return 0
	case b[2] < 0x20 || b[2] > 0x7e:
		return 2 // alt+O, and something else
	case b[2] >= '0' && b[2] <= '9':
		return whole(b, 4) // a modifier is in between
	}
	return 3
}

func whole(b []byte, n int) int {
	if len(b) < n {
		return 0
	}
	return n
}

// isString is whether ESC and c begin a string that ends with BEL or ST: OSC, DCS, APC, PM, SOS.
func isString(c byte) bool {
	return c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X'
}

// cutString finds the end of a string. No answer of a terminal holds a control character: one that
// comes, ctrl+c say, was typed after the rest was lost.
func cutString(b []byte) int {
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\a':
			return i + 1
		case c == esc && i+1 == len(b):
			return 0
		case c == esc && b[i+1] == '\\':
			return i + 2
		case c < 0x20:
			return i
		}
	}
	return 0
}
