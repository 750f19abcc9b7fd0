package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"errata/api/archive"
	"errata/api/store"
	"errata/config"
	"errata/model"
)

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import PATH...",
		Short: "Load an official export, JSONL or JSON into the embedded store",
		Long: `Load logs into the embedded store, byte for byte: an official export directory or any part of it, a JSONL file,
or a JSON file with one log, a list of logs or a page of the API. - reads standard input.

A line that is no log is reported with its file and line, the rest is loaded, and the exit code is 1. Loading the same
file again changes nothing.`,
		Example: `  errata import exports/
  errata import monday.jsonl tuesday.jsonl
  zcat logs.jsonl.gz | errata import -`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := embeddedOnly(cmd); err != nil {
				return err
			}
			if err := a.writable(cmd); err != nil {
				return err
			}
			return a.importAll(cmd.Context(), args)
		},
	}
}

// embeddedOnly refuses a command that works on the embedded store when another server is named on the command line.
func embeddedOnly(cmd *cobra.Command) error {
	if cmd.Flags().Changed(config.BaseURL) {
		return fail(exitUsage, "%s works on the embedded store; leave --base-url out", cmd.CommandPath())
	}
	return nil
}

// writable refuses a command that changes the embedded store when that is forbidden.
func (a *app) writable(cmd *cobra.Command) error {
	if a.cfg.ReadOnly() {
		return fail(exitFailed, "%s would change the embedded store, and errata is read-only here", cmd.CommandPath())
	}
	return nil
}

// intake is the sink of an import, with its counts.
type intake struct {
	st                         *store.Store
	prompts                    map[string]bool
	added, unchanged, replaced int
	refused                    int
}

// Prompt implements archive.Sink.
func (in *intake) Prompt(ctx context.Context, raw []byte, deployed bool) error {
	return in.st.ImportPrompt(ctx, raw, deployed)
}

// Log implements archive.Sink.
func (in *intake) Log(ctx context.Context, raw []byte) error {
	did, err := in.st.Import(ctx, raw)
	if err != nil {
		return err
	}
	if log, err := model.ParseLog(raw); err == nil {
		in.prompts[log.Head().PromptID] = true
	}
	switch did {
	case store.Added:
		in.added++
	case store.Unchanged:
		in.unchanged++
	case store.Replaced:
		in.replaced++
	}
	return nil
}

func (a *app) importAll(ctx context.Context, paths []string) error {
	// A mistyped name is told before anything is loaded.
	for _, path := range paths {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return fmt.Errorf("cannot import: %w", err)
		}
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	in := &intake{st: st, prompts: map[string]bool{}}
	for _, path := range paths {
		if err := a.importOne(ctx, in, path); err != nil {
			return err
		}
	}
	a.say("%s", in.summary())
	if !a.cfg.Embedded() {
		a.say("they are in the embedded store, but the settings name %s: give --db to see them", a.cfg.BaseURL())
	}
	if in.refused > 0 {
		return said(exitFailed)
	}
	return nil
}

// importOne loads one path in one transaction: an interrupted import leaves nothing of it behind.
func (a *app) importOne(ctx context.Context, in *intake, path string) error {
	from := path
	if path == "-" {
		spooled, err := a.spool(ctx)
		if err != nil {
			return fmt.Errorf("cannot read standard input: %w", err)
		}
		defer func() { _ = os.Remove(spooled) }()
		from = spooled
	}
	absolute, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	dir, base := filepath.Split(absolute)
	if base == "" {
		base = "."
	}
	bar := a.newProgress()
	var report archive.Report
	err = in.st.Batch(ctx, func(ctx context.Context) error {
		report, err = archive.Read(ctx, os.DirFS(dir), base, in, bar.update)
		return err
	})
	bar.clear()
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("cannot import %s: %w", path, err)
	}
	for _, p := range report.Problems {
		in.refused++
		a.say("%s", problem(p, path, base))
	}
	return nil
}

// problem is an input that was passed over, as FILE:LINE: reason, FILE as the user would write it.
func problem(p archive.Problem, path, base string) string {
	file := p.File
	switch rest, err := filepath.Rel(base, filepath.FromSlash(file)); {
	case path == "-":
		file = "-"
	case err == nil:
		file = filepath.Join(path, rest)
	}
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", file, p.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", file, p.Line, p.Msg)
}

// spool copies standard input to a file, since what it holds is found out by looking at it twice.
func (a *app) spool(ctx context.Context) (string, error) {
	f, err := os.CreateTemp("", "errata-*.jsonl")
	if err != nil {
		return "", err
	}
	_, err = await(ctx, func() (int64, error) { return io.Copy(f, a.env.Stdin) })
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func (in *intake) summary() string {
	all := in.added + in.unchanged + in.replaced
	s := fmt.Sprintf("%s, %s imported", count(all, "log"), count(len(in.prompts), "prompt"))
	if in.unchanged > 0 {
		s += fmt.Sprintf(", %d of them there already", in.unchanged)
	}
	if in.replaced > 0 {
		s += fmt.Sprintf(", %d replaced", in.replaced)
	}
	if in.refused > 0 {
		s += "; " + count(in.refused, "line") + " refused"
	}
	return s
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// progress tells on a terminal how far a long reading is.
type progress struct {
	app     *app
	started time.Time
	shown   time.Time
}

const (
	patience = 500 * time.Millisecond // what takes less needs no progress
	interval = 100 * time.Millisecond
)

func (a *app) newProgress() *progress { return &progress{app: a, started: a.env.Now()} }

// update shows how much of all bytes is done.
func (p *progress) update(done, all int64) {
	now := p.app.env.Now()
	if !p.app.stderr || all <= 0 || now.Sub(p.started) < patience || now.Sub(p.shown) < interval {
		return
	}
	p.shown = now
	p.app.prompt(fmt.Sprintf("\rreading: %d %%", min(100, 100*done/all)))
}

// clear removes the progress from the line.
func (p *progress) clear() {
	if !p.shown.IsZero() {
		p.app.prompt("\r              \r")
	}
}
