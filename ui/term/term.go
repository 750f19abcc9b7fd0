package term

import (
	"context"
	"os"
	"os/exec"

	tea "github.com/charmbracelet/bubbletea"
)

// Model is a Bubble Tea model that also tells where the terminal's cursor stands.
type Model interface {
	tea.Model
	// Cursor is the cell of the cursor in the last View, from 0; ok false hides it.
	Cursor() (x, y int, ok bool)
}

// Options configure Run.
type Options struct {
	In, Out *os.File
	Env     []string      // os.Environ()
	Mouse   bool          // take wheel and clicks
	Colors  bool          // ask the terminal for its background; a BackgroundMsg follows if it answers
	OnEnd   func(why End) // called once, from another goroutine, when the terminal is gone or the program is told to end; must be quick: save here
}

// End is why a program has to end.
type End int

// Why a program has to end.
const (
	Hangup     End = iota + 1 // SIGHUP, or the terminal closed
	Terminated                // SIGTERM
	Panicked                  // a panic in Update, View or a command
)

// Run shows the model until it quits (tea.Quit) or the terminal goes away, and leaves the terminal as it was,
// whatever happens. It returns the End as an *EndError, nil after tea.Quit. Keys arrive as tea.KeyMsg, sizes as
// tea.WindowSizeMsg, the mouse as tea.MouseMsg.
func Run(ctx context.Context, m Model, o Options) error { panic("todo") }

// EndError is what Run returns when it was ended from outside.
type EndError struct {
	Why    End
	Detail string // of a panic: value and stack
}

// Error says why in one clause.
func (e *EndError) Error() string { panic("todo") }

// PasteMsg is a bracketed paste, byte for byte, but with the CR that terminals send for line breaks as LF.
type PasteMsg struct{ Text string }

// BackgroundMsg tells the terminal's background colour.
type BackgroundMsg struct{ Dark bool }

// CopiedMsg is the result of Copy.
type CopiedMsg struct {
	What string
	Err  error // TooLong
}

// Copy puts text on the clipboard of the person's own terminal by OSC 52, wrapped for tmux and screen.
// what is named in the CopiedMsg that follows. Text above the limit is refused, never cut.
func Copy(what, text string) tea.Cmd { panic("todo") }

// Exec leaves the terminal to another program, and comes back. done makes the message from its error.
func Exec(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd { panic("todo") }

// Suspend stops the program as ctrl+z does in a shell, if there is a shell that can resume it; else nothing happens.
func Suspend() tea.Cmd { panic("todo") }
