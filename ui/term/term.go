package term

import (
	"context"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	_ "errata/ui/noquery" // answers Bubble Tea's question for colours before it is asked
)

// Model is a Bubble Tea model that also says where the terminal's cursor is.
type Model interface {
	tea.Model
	// Cursor is the cell of the cursor in the last View, from 0; ok false hides it.
	Cursor() (x, y int, ok bool)
}

// Options configure Run.
type Options struct {
	In, Out *os.File
	Env     []string // os.Environ()
	Mouse   bool     // take wheel and clicks
	// ask the terminal for its background; a BackgroundMsg follows if it answers
	Colors bool
	// ask the terminal how wide it draws what terminals differ on, and use what it says
	Widths bool
	// called once, from another goroutine, when the terminal is gone or the program is told to end;
	// must be quick: save here
	OnEnd func(why End)
}

// End is why a program has to end.
type End int

// Why a program has to end.
const (
	Hangup     End = iota + 1 // SIGHUP, or the terminal closed
	Terminated                // SIGTERM
	Panicked                  // a panic in Update, View or a command
)

// Run shows the model until it quits (tea.Quit) or the terminal goes away, and leaves the terminal
// as it was, whatever happens. It returns the End as an *EndError, nil after tea.Quit, and the
// cause of ctx when that was cancelled. Keys arrive as tea.KeyMsg with one rune each, sizes as
// tea.WindowSizeMsg, the mouse as tea.MouseMsg, pastes as PasteMsg. Of Bubble Tea's own commands
// those that touch the terminal are not served, except tea.Suspend and tea.ClearScreen: use Exec,
// Suspend and Copy of this package.
func Run(ctx context.Context, m Model, o Options) error {
	s, err := newSession(o)
	if err != nil {
		return err
	}
	return s.run(ctx, m)
}

// EndError is what Run returns when it was ended from outside.
type EndError struct {
	Why    End
	Detail string // of a panic: value and stack
}

// Error says why in one clause.
func (e *EndError) Error() string {
	switch e.Why {
	case Hangup:
		return "the terminal was closed"
	case Terminated:
		return "told to end by a signal"
	case Panicked:
		return "stopped by a fault in the program"
	}
	return "ended"
}
