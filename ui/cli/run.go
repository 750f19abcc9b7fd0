package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"errata/api"
	"errata/config"
	"errata/model"
	"errata/ui"
	"errata/ui/sanitize"
	"errata/ui/term"
)

// Env is everything that the program gets from outside.
type Env struct {
	Args           []string // without the name of the program
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // NAME=value
	Pages          fs.FS    // the pages that help shows

	IsTerminal func(stream any) bool // nil to ask the system
	// shows the screens; nil for ui.Run
	Screen func(ctx context.Context, o ui.Options) error
	Now    func() time.Time // nil for the clock
	// waits before a request is repeated; nil for the clock
	Sleep api.Sleep
	// opens the terminal for reading when Stdin is data; nil for the system's
	Terminal func() (io.ReadCloser, error)
}

// Run runs the program and returns its exit code. The end of ctx interrupts a command; the screens
// handle signals themselves.
func Run(ctx context.Context, env Env) (code int) {
	a := newApp(env)
	defer func() {
		if p := recover(); p != nil {
			a.say("errata: this is a fault in errata itself: %v", p)
			code = exitFailed
		}
	}()
	ctx = api.WithNotices(ctx, a.notice)
	defer a.hangUp()
	root := a.root() // cobra passes the context to every command
	root.SetArgs(env.Args)
	root.SetIn(env.Stdin)
	root.SetOut(a.out)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if flushed := a.out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("cannot write the output: %w", flushed)
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = fail(exitInterrupted, "interrupted")
	}
	if err != nil && err.Error() != "" {
		a.lastWords(err)
		a.sayElsewhere(ctx, err, env.Args)
	}
	return codeOf(err)
}

// lastLimit is how long the last message may take on a terminal that may be gone.
const lastLimit = 150 * time.Millisecond

// lastWords prints why the program ended. When the screens were ended from outside, the terminal
// may take no more bytes; then it does not wait for it.
func (a *console) lastWords(err error) {
	var ended *term.EndError
	if !errors.As(err, &ended) {
		a.complain(err)
		return
	}
	said := make(chan struct{})
	go func() {
		defer close(said)
		a.complain(err)
		if ended.Detail != "" {
			a.showWords("the details, for a bug report:\n" + ended.Detail + "\n")
		}
	}()
	select {
	case <-said:
	case <-time.After(lastLimit):
	}
}

// app is one run of the program, with the commands that read and change logs.
type app struct{ upkeep }

// upkeep has the commands that maintain a store and what belongs to it: import and export, keys,
// prices, drafts, settings.
type upkeep struct{ judging }

// judging has the commands for judgments and evaluators.
type judging struct{ access }

// access opens the server or the store, the journal and the drafts.
type access struct{ console }

// console is what all commands need to print, to ask, and to read the settings.
type console struct {
	env    Env
	out    *output
	cfg    *config.Config // read before a command runs
	stdin  bool           // whether stdin is a terminal; likewise the other two
	stdout bool
	stderr bool
	told   sync.Map   // the messages that are printed once only
	saying sync.Mutex // notices come from other goroutines

	piped   bool          // standard input is data, not answers
	tty     io.ReadCloser // opened to read answers
	answers *bufio.Reader // reads the answers from tty or stdin
}

func newApp(env Env) *app {
	if env.IsTerminal == nil {
		env.IsTerminal = isTerminal
	}
	if env.Screen == nil {
		env.Screen = ui.Run
	}
	if env.Terminal == nil {
		env.Terminal = func() (io.ReadCloser, error) { return os.Open(terminalName) }
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	return &app{upkeep{judging{access{console{
		env:    env,
		out:    newOutput(env.Stdout),
		stdin:  env.IsTerminal(env.Stdin),
		stdout: env.IsTerminal(env.Stdout),
		stderr: env.IsTerminal(env.Stderr),
	}}}}}
}

// say prints one line to stderr. It may quote a log or a server, so control characters are made
// visible.
func (a *console) say(format string, args ...any) {
	a.saying.Lock()
	defer a.saying.Unlock()
	_, _ = fmt.Fprintln(a.env.Stderr, sanitize.Line(fmt.Sprintf(format, args...), -1))
}

// notice prints why something takes long: each time when errata waits on purpose, otherwise once.
func (a *console) notice(n api.Notice) {
	switch {
	case n.All > 0: // a share of a whole is shown on screens only
	case n.For > 0:
		a.say("%s", n.Text)
	default:
		a.once(n.Text)
	}
}

// once prints a message unless it was printed before.
func (a *console) once(sentence string) {
	if _, told := a.told.LoadOrStore(sentence, true); !told {
		a.say("%s", sentence)
	}
}

// exposed warns of a file with a secret that other users can read.
func (a *console) exposed(path string) {
	if words := config.Exposed(path); path != "" && words != "" {
		a.once("warning: " + words)
	}
}

// complain prints an error.
func (a *console) complain(err error) {
	sentence := err.Error()
	// A text of one line from the command line needs no position.
	if refused := (*model.ParseError)(nil); errors.As(err, &refused) && refused.Line == 1 && refused.Col == 1 {
		sentence = strings.TrimSuffix(sentence, refused.Error()) + refused.Msg
	}
	if !strings.HasPrefix(sentence, "errata ") {
		sentence = "errata: " + sentence
	}
	a.say("%s", sentence)
}

// complainEach prints each of several joined errors on a line of its own, and returns an error with
// the highest of their exit codes, or code. An error that is not joined is returned as it is.
func (a *console) complainEach(err error, code int) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	for _, one := range joined.Unwrap() {
		a.complain(one)
		code = max(code, codeOf(one))
	}
	return said(code)
}

// interactive reports whether screens can be shown.
func (a *console) interactive() bool {
	return a.stdin && a.stdout && a.getenv("TERM") != "dumb"
}

func (a *console) getenv(name string) string {
	for _, entry := range a.env.Environ {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}
