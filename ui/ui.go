package ui

import (
	"cmp"
	"context"
	"os"
	"strings"

	"errata/api"
	"errata/api/journal"
	"errata/model"
	"errata/ui/draft"
	"errata/ui/term"
)

// Options configure Run.
type Options struct {
	Service api.Service
	// what the header says of the server: "embedded store", "demo", "http://127.0.0.1:8787/v5"
	Server   string
	BaseURL  string       // of the server, up to and with /v5; empty for an embedded store
	LogID    string       // open this log at once; empty for browsing
	Query    api.LogQuery // what to browse; an empty FileID means the logs of all prompts
	ReadOnly bool
	Drafts   *draft.Store // keeps unsaved work; nil keeps none
	// opens the journal of every PATCH, once; nil keeps none
	Journal   func() (*journal.Journal, error)
	ServerID  string // what drafts and journal call the server
	Theme     string // auto, dark, light, none
	Mouse     bool
	Editor    []string // the command line of $VISUAL or $EDITOR, nil for none
	EditorEnv []string // its environment, without secrets; nil is that of errata
	// where the editor's files go if no drafts are kept; empty for the system's
	TempDir string
	Prices  model.Prices // what a model costs; nil knows no price
	Sleep   api.Sleep    // waits before something is sent again; nil for the clock
	In, Out *os.File
	Environ []string
}

// Run shows the program until the person leaves it. The error is an api.Error when the first log
// cannot be read, and a *term.EndError when the terminal went away, or a *draft.WaitingError when
// drafts were left unwritten.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRoot(api.WithNotices(ctx, nil), o) // who waits is told on the screen
	return r.run(r)
}

// run shows m, which is the root itself, until the person leaves it.
func (r *root) run(m term.Model) error {
	err := term.Run(r.ctx, m, term.Options{
		In: r.o.In, Out: r.o.Out, Env: r.o.Environ, Mouse: r.o.Mouse, Colors: r.o.Theme == "auto", Widths: true,
		OnEnd: func(term.End) { r.syncDrafts() },
	})
	closed := r.closeDrafts()
	return cmp.Or(err, r.failed, closed)
}

// dark guesses the background until the terminal tells it: some terminals put their colours into
// the environment, as "foreground;background" of the sixteen; most backgrounds are dark.
func dark(environ []string) bool {
	for _, v := range environ {
		if colors, ok := strings.CutPrefix(v, "COLORFGBG="); ok {
			back := colors[strings.LastIndexByte(colors, ';')+1:]
			return back != "7" && back != "15"
		}
	}
	return true
}
