package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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

// Env is everything that the program takes from outside.
type Env struct {
	Args           []string // without the program's name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // NAME=value

	IsTerminal func(stream any) bool // nil asks the system
	// shows the interactive program; nil for ui.Run
	Screen func(ctx context.Context, o ui.Options) error
	Now    func() time.Time // nil for the clock
	// waits before a request is made again; nil for the clock
	Sleep api.Sleep
	// opens the terminal to read from it, beside Stdin; nil for the system's
	Terminal func() (io.ReadCloser, error)
}

// Run runs the program and gives its exit code. The end of ctx interrupts it, but for the
// interactive program, which handles signals itself.
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
	root := a.root() // cobra hands the context to every command
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
	}
	return codeOf(err)
}

// lastLimit is how long the last words may take on a terminal that may be gone.
const lastLimit = 150 * time.Millisecond

// lastWords says why the program ended. The terminal of a screen that was ended from outside may
// take no bytes any more: then nothing waits for it.
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
			a.showWords("this tells where the fault is:\n" + ended.Detail + "\n")
		}
	}()
	select {
	case <-said:
	case <-time.After(lastLimit):
	}
}

// app is one run of the program: the commands that read logs and change them.
type app struct{ upkeep }

// upkeep is the commands that keep up a store and what belongs to it: files in and out, keys,
// prices, drafts, settings.
type upkeep struct{ judging }

// judging is the commands of judgments and of the evaluators that they are made by.
type judging struct{ access }

// access reaches the server or the store, the journal and the drafts.
type access struct{ console }

// console is what a run prints, asks and is set to.
type console struct {
	env    Env
	out    *output
	cfg    *config.Config // settings, read before a command runs
	stdin  bool           // is a terminal; so with the other two
	stdout bool
	stderr bool
	told   sync.Map   // the sentences that are said once
	saying sync.Mutex // a notice may come from another goroutine

	piped   bool          // standard input is the data of the command, no place for answers
	tty     io.ReadCloser // the terminal, opened for answers
	answers *bufio.Reader // of the one question or more
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

// say prints one line of words to stderr. They may quote a log or a server, so nothing in them
// reaches the terminal as it is.
func (a *console) say(format string, args ...any) {
	a.saying.Lock()
	defer a.saying.Unlock()
	_, _ = fmt.Fprintln(a.env.Stderr, sanitize.Line(fmt.Sprintf(format, args...), -1))
}

// notice says why something takes long: each time where errata waits on purpose, else once.
func (a *console) notice(n api.Notice) {
	switch {
	case n.All > 0: // a share is for a screen
	case n.For > 0:
		a.say("%s", n.Text)
	default:
		a.once(n.Text)
	}
}

// once says a sentence that has not been said yet.
func (a *console) once(sentence string) {
	if _, told := a.told.LoadOrStore(sentence, true); !told {
		a.say("%s", sentence)
	}
}

// exposed warns of a file with a secret in it that every user may read.
func (a *console) exposed(path string) {
	if words := config.Exposed(path); path != "" && words != "" {
		a.once("warning: " + words)
	}
}

// complain says what went wrong.
func (a *console) complain(err error) {
	sentence := err.Error()
	// The only line of a text on the command line needs no position.
	if refused := (*model.ParseError)(nil); errors.As(err, &refused) && refused.Line == 1 && refused.Col == 1 {
		sentence = strings.TrimSuffix(sentence, refused.Error()) + refused.Msg
	}
	if !strings.HasPrefix(sentence, "errata ") {
		sentence = "errata: " + sentence
	}
	a.say("%s", sentence)
}

// complainEach says each of the errors that were joined on a line of its own, and then gives the
// exit code, or the highest that one of them has; another error it gives back.
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

// interactive tells whether a screen can be shown.
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
