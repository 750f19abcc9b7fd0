package cli

import (
	"context"
	"errors"
	"fmt"

	"errata/api"
	"errata/api/jq"
	"errata/api/judge"
	"errata/config"
	"errata/model"
)

// The exit codes.
const (
	exitDone         = 0
	exitFailed       = 1
	exitUsage        = 2
	exitConflict     = 3 // nothing was sent
	exitRefused      = 4 // by a check here, or by the server's
	exitUnauthorized = 5
	exitNotFound     = 6
	exitUnverified   = 7   // sent, but the server did not keep it, or does not tell
	exitInterrupted  = 130 // by a signal
)

// exitError is an error with an exit code. Without a cause everything has been printed already.
type exitError struct {
	code  int
	cause error
}

// Error is the text of the cause.
func (e *exitError) Error() string {
	if e.cause == nil {
		return ""
	}
	return e.cause.Error()
}

// Unwrap returns the cause.
func (e *exitError) Unwrap() error { return e.cause }

// fail makes an error with an exit code; the message is for the user.
func fail(code int, format string, args ...any) error {
	return &exitError{code, fmt.Errorf(format, args...)}
}

// said ends the program with an exit code after everything was printed.
func said(code int) error { return &exitError{code: code} }

// readOnlyHere is the error of a command that would change something where errata may not; what
// says what cannot be done.
func readOnlyHere(what string) error {
	return fail(exitFailed, "%s: errata is read-only here (--read-only, or read_only in the profile)", what)
}

// codeOf is the exit code for the error of a command.
func codeOf(err error) int {
	var exit *exitError
	var setting *config.Error
	var parse *model.ParseError
	var expr *jq.SyntaxError
	var key *config.KeyError
	var words *judge.UsageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &setting) && setting.Usage:
		return exitUsage
	case errors.As(err, &parse) && parse.Missing:
		return exitNotFound
	case errors.As(err, &expr), errors.As(err, &words):
		return exitUsage
	case errors.As(err, &parse):
		return exitRefused
	case errors.As(err, &key):
		return exitUnauthorized
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	switch api.CodeOf(err) {
	case api.Unauthorized:
		return exitUnauthorized
	case api.NotFound:
		return exitNotFound
	case api.Invalid:
		return exitRefused
	case api.Conflict, api.Precondition:
		return exitConflict
	case api.Canceled:
		return exitInterrupted
	default:
		return exitFailed
	}
}
