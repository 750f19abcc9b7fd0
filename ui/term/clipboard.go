package term

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"
)

// copyLimit is the most that Copy takes, in bytes: what terminals are known to accept.
const copyLimit = 100_000

// CopiedMsg is the result of Copy.
type CopiedMsg struct {
	What string
	Err  error // a *TooLongError; nil means sent: terminals do not tell whether they took it
	// tmux is between, which by default takes nothing from a program; told for the first text of a
	// session only
	Dropped bool
}

// TooLongError says that a text was not copied because terminals would refuse or cut it.
type TooLongError struct{ Bytes, Limit int }

// Error says how long the text is.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("too long to copy (%d bytes, at most %d)", e.Bytes, e.Limit)
}

type copyMsg struct{ what, text string }

// Copy puts text on the clipboard of the terminal that the user sits at, by OSC 52, wrapped for
// tmux and screen. what is named in the CopiedMsg that follows. Text above the limit is refused,
// never cut.
func Copy(what, text string) tea.Cmd {
	return func() tea.Msg { return copyMsg{what, text} }
}

// TooLong refuses to copy a text whose size is above the limit. Asking it first avoids making a
// text of 100 MB.
func TooLong(what string, size int) (refused tea.Cmd, yes bool) {
	if size <= copyLimit {
		return nil, false
	}
	return func() tea.Msg { return CopiedMsg{What: what, Err: &TooLongError{size, copyLimit}} }, true
}

func (s *session) copy(m copyMsg) tea.Cmd {
	if refused, yes := TooLong(m.what, len(m.text)); yes {
		return refused
	}
	done := CopiedMsg{What: m.what}
	s.screen.send(clipboard(m.text, s.opts.Env))
	done.Dropped = !s.copied && throughTmux(s.opts.Env)
	s.copied = true
	return func() tea.Msg { return done }
}

// clipboard is the sequence that copies text. tmux passes a wrapped one on or takes a plain one,
// depending on its settings: it gets both, as each ignores what is not allowed.
func clipboard(text string, env []string) string {
	seq := osc52.New(text)
	switch {
	case throughTmux(env):
		return seq.String() + seq.Tmux().String()
	case getenv(env, "STY") != "":
		return seq.Screen().String()
	case strings.HasPrefix(getenv(env, "TERM"), "screen"):
		// over SSH: screen, or a tmux that calls itself so
		return seq.String() + seq.Screen().String()
	}
	return seq.String()
}

// throughTmux reports whether what is written goes through a tmux.
func throughTmux(env []string) bool {
	return getenv(env, "TMUX") != "" || strings.HasPrefix(getenv(env, "TERM"), "tmux")
}
