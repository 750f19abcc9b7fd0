package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"errata/api"
)

// takes records that the command reads a file, which may be standard input under one of its names.
func (a *console) takes(name string) {
	a.piped = a.piped || name == "-" || name == "/dev/stdin" || name == "/dev/fd/0"
}

// asks reports whether a change has to be confirmed: somebody can be asked, and --yes was not
// given.
func (a *console) asks() bool { return !a.cfg.Yes() && a.answerer() != nil }

// answerer returns what answers are read from, nil when nobody can be asked. It is standard input
// when that is a terminal. When standard input is the data of the command (- or @-), and it or
// stderr is a terminal, the terminal is opened by its own name.
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

// hangUp closes the terminal that answerer opened.
func (a *console) hangUp() {
	if a.tty != nil {
		_ = a.tty.Close()
	}
}

// answer asks a question and returns the line of the answer in lower case. The error is that of
// ctx, or io.EOF when no answers are left.
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

// confirm asks a question and wants yes. Any other answer is an error that says what was not done.
func (a *console) confirm(ctx context.Context, question, refusal string) error {
	switch answer, err := a.answer(ctx, question+" [y/N] "); {
	case err != nil && !errors.Is(err, io.EOF):
		return err
	case answer == "y", answer == "yes":
		return nil
	}
	return fail(exitFailed, "%s", refusal)
}
