package ui

import (
	"context"
	"os"

	"errata/api"
)

// Options configure Run.
type Options struct {
	Service  api.Service
	Server   string       // what the header says of the server: "embedded store", "demo", "http://127.0.0.1:8787/v5"
	LogID    string       // open this log at once; empty for browsing
	Query    api.LogQuery // what to browse; an empty FileID means the logs of all prompts
	ReadOnly bool
	Theme    string // auto, dark, light, none
	Mouse    bool
	In, Out  *os.File
	Environ  []string
}

// Run shows the program until the person leaves it. The error is an api.Error when the first log cannot be read, and a
// *term.EndError when the terminal went away.
func Run(ctx context.Context, o Options) error { panic("todo") }
