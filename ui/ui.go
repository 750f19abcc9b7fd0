package ui

import (
	"context"
	"os"

	"errata/api"
	"errata/api/journal"
	"errata/api/walk"
	"errata/model"
	"errata/model/columns"
	"errata/model/selection"
	"errata/ui/annotate"
	"errata/ui/browse"
	"errata/ui/draft"
	"errata/ui/theme"
)

// Options configure Run.
type Options struct {
	Service api.Service
	Source  walk.Source // where lists come from; its zero value is Service alone
	// makes ready what a PATCH needs, while its review is read; nil for nothing
	Ready func(context.Context)
	// what the header says of the server: "embedded store", "demo", "http://127.0.0.1:8787/v5"
	Server   string
	BaseURL  string              // of the server, up to and with /v5; empty for an embedded store
	LogID    string              // open this log at once; empty for browsing
	Compare  *[2]string          // compare these two at once; nil for browsing
	Query    selection.Selection // what to browse
	Views    []browse.View       // the saved filters
	Columns  []columns.Column    // of the list; nil for those that errata chooses
	ReadOnly bool
	Drafts   *draft.Store // keeps unsaved work; nil keeps none
	// opens the journal of every PATCH, once; nil keeps none
	Journal  func() (*journal.Journal, error)
	ServerID string // what drafts and journal call the server
	State    string // the directory of drafts, journal and batches; empty keeps none
	Theme    string // the name of a theme, auto to follow the background
	// finds themes by their names, nil for those that are built in; and the names of all others
	Themes     theme.Find
	ThemeNames func() []string
	Hint       string // is on the list until the first key; empty for none
	Tour       bool   // a line at the foot leads through what errata does
	Fleeting   bool   // drafts and journal are removed with the end of the program
	Plain      bool   // without lines and signs, for screen readers
	Mouse      bool
	Editor     []string // the command line of $VISUAL or $EDITOR, nil for none
	EditorEnv  []string // its environment, without secrets; nil is that of errata
	// where the editor's files go if no drafts are kept; empty for the system's
	TempDir string
	Prices  model.Prices // what a model costs; nil knows no price
	Author  string       // who judges, empty for nobody in particular
	// what is on the digits while logs are annotated; nil is every evaluator
	Annotate []annotate.Entry
	Queue    *annotate.Queue // the logs to annotate; nil for none
	Masking  Masking         // what logs are redacted with
	// reads a file that is named behind =@; nil reads none
	File func(ctx context.Context, name string) ([]byte, error)
	// makes a queue of logs; nil if none can be kept
	NewQueue func(ids []string) (*annotate.Queue, error)
	Sleep    api.Sleep // waits before something is sent again; nil for the clock
	In, Out  *os.File
	Environ  []string
}
