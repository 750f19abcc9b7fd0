package term

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// The mouse modes: buttons, the wheel and what is dragged, positions as decimal numbers. Mode 1003,
// which reports every move, is never set, and none that takes shift from the terminal's selection.
const (
	mouseOn  = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	mouseOff = ansi.ResetModeMouseExtSgr + ansi.ResetModeMouseButtonEvent
)

// unstick ends whatever sequence a cut write left open, and undoes what a frame sets and resets
// within itself.
const unstick = "\x1b\\" + ansi.ResetModeSynchronizedOutput + ansi.SetModeAutoWrap + "\x1b[r"

// enterModes takes the alternate screen. The cursor is hidden until a frame places it. Nothing
// wraps: what a terminal takes for wider than it is laid out does not reach the next row, or
// scroll the screen.
func enterModes(o Options) string {
	s := ansi.SetModeAltScreenSaveCursor + ansi.HideCursor + ansi.ResetModeAutoWrap + ansi.SetModeBracketedPaste
	if o.Mouse {
		s += mouseOn
	}
	return s
}

// below puts the cursor on a line of its own under the frame: a terminal without an alternate
// screen, as the Linux console, keeps the frame, and what comes next has to stand beneath it. If
// there is one, it goes away with the frame.
const below = "\x1b[999;1H\r\n"

// leaveModes undoes enterModes, last thing first.
func leaveModes(o Options) string {
	s := ansi.ResetStyle
	if o.Mouse {
		s += mouseOff
	}
	return s + below + ansi.ResetModeBracketedPaste + ansi.SetModeAutoWrap + ansi.ResetModeAltScreenSaveCursor + ansi.ShowCursor
}

// Profile is how many colours the terminal shows, judged by the environment alone: asking the
// terminal, tmux or terminfo would hold up the first frame.
func Profile(env []string) colorprofile.Profile {
	p := colorprofile.Env(env)
	if getenv(env, "NO_COLOR") != "" { // any value counts, not just those that read as true
		p = min(p, colorprofile.ASCII)
	}
	return p
}

// getenv is os.Getenv on env: the last entry of a name counts.
func getenv(env []string, name string) string {
	value := ""
	for _, e := range env {
		if k, v, ok := strings.Cut(e, "="); ok && k == name {
			value = v
		}
	}
	return value
}

// harmless returns line without anything that a row of a screen cannot hold: control characters,
// and sequences other than CSI, which the cell buffer would pass on; of CSI it keeps the styles.
// The rows come from our own View, where log text has been sanitized already: this is a second line
// of defence.
func harmless(line string) string {
	if clean(line) {
		return line
	}
	var b strings.Builder
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		invalid := r == utf8.RuneError && n == 1
		if !invalid && !control(r) || startsCSI(line[i:]) {
			b.WriteString(line[i : i+n])
		}
		i += n
	}
	return b.String()
}

// clean is whether harmless would change nothing, told without decoding.
func clean(line string) bool {
	for i := 0; i < len(line); i++ {
		c := line[i]
		c1 := c == 0xc2 && i+1 < len(line) && line[i+1] < 0xa0
		if c1 || control(rune(c)) && c < utf8.RuneSelf && !startsCSI(line[i:]) {
			return false
		}
	}
	return utf8.ValidString(line)
}

// control is whether r is a C0 or C1 control or DEL.
func control(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }

func startsCSI(s string) bool { return strings.HasPrefix(s, "\x1b[") }
