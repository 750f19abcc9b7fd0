package config

import "fmt"

// layer orders where a setting may come from; a higher one wins.
type layer int

const (
	fromDefault layer = iota
	fromFile
	fromEnv
	fromFlag
)

// source says where a setting came from.
type source struct {
	layer layer
	name  string // of the flag, the variable, or the key in the file
	file  string
	line  int    // in the file, 0 when unknown
	owner string // the profile in the file, empty for default_profile
}

// String is the source as errata config shows it: "flag --theme", "environment NO_COLOR".
func (s source) String() string {
	switch s.layer {
	case fromFlag:
		return "flag --" + s.name
	case fromEnv:
		return "environment " + s.name
	case fromFile:
		if s.owner == "" {
			return s.name + " in " + s.file
		}
		return "profile " + s.owner + " in " + s.file
	}
	return "default"
}

// position is how an error about the setting begins: the flag or the variable; in a file, its name
// and the line.
func (s source) position() string {
	switch {
	case s.layer == fromFlag:
		return "--" + s.name
	case s.layer == fromEnv:
		return s.name
	case s.layer == fromFile && s.line > 0:
		return fmt.Sprintf("%s:%d: %s", s.file, s.line, s.name)
	case s.layer == fromFile:
		return s.file + ": " + s.name
	}
	return s.name
}

// refuse makes the error for a setting from s: "--theme: want auto or dark, not \"blue\"".
func (s source) refuse(format string, args ...any) error {
	return &Error{Usage: s.layer == fromFlag, msg: s.position() + ": " + fmt.Sprintf(format, args...)}
}

// Error is a setting that cannot be used, as one sentence that names where it came from.
type Error struct {
	Usage bool // it was given on the command line
	msg   string
	cause error
}

// Error gives the sentence.
func (e *Error) Error() string { return e.msg }

// Unwrap gives the cause, if there is one.
func (e *Error) Unwrap() error { return e.cause }
