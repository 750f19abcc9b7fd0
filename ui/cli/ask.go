package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"errata/api"
)

// takes notes that the command reads a file, which may be standard input by one of its names.
func (a *console) takes(name string) {
	a.piped = a.piped || name == "-" || name == "/dev/stdin" || name == "/dev/fd/0"
}

// asks tells whether a change waits for a yes: somebody is there to give it, and --yes does not.
func (a *console) asks() bool { return !a.cfg.Yes() && a.answerer() != nil }

// answerer is where questions are answered, nil where nobody can be asked: standard input at a
// terminal. Where that is the data of the command (- or @-) and words go to a terminal, it is the
// terminal itself, if it can be opened.
func (a *console) answerer() io.Reader {
	switch {
	case !a.piped && a.stdin:
		return a.env.Stdin
	case !a.piped || !a.stdin && !a.stderr:
		return nil
	case a.tty == nil:
		tty, err := a.env.Terminal()
		if err != nil {
			return nil
		}
		a.tty = tty
	}
	return a.tty
}

// hangUp closes the terminal.
func (a *console) hangUp() {
	if a.tty != nil {
		_ = a.tty.Close()
	}
}

// answer waits for a line in lower case. The error is that of ctx, or io.EOF at the end of the
// answers.
func (a *console) answer(ctx context.Context, question string) (string, error) {
	a.prompt(question)
	if a.answers == nil {
		a.answers = bufio.NewReader(a.answerer())
	}
	line, err := api.Await(ctx, "", func() (string, error) { return a.answers.ReadString('\n') })
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && line == "":
		a.prompt("\n") // the cursor is still behind the question
		return "", io.EOF
	}
	return strings.ToLower(strings.TrimSpace(line)), nil
}

// confirm waits for a yes. Any other answer is an error that says what was not done.
func (a *console) confirm(ctx context.Context, question, refusal string) error {
	switch answer, err := a.answer(ctx, question+" [y/N] "); {
	case err != nil && !errors.Is(err, io.EOF):
		return err
	case answer == "y", answer == "yes":
		return nil
	}
	return fail(exitFailed, "%s", refusal)
}
