package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/archive"
	"errata/config"
)

func (a *app) importCommand() *cobra.Command {
	var rejected, to string
	var replace bool
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Load an official export, JSONL or JSON into the embedded store",
		Long: `Load logs into the embedded store, byte for byte: an official export directory or any part of it, or JSON in any layout:
lines, pretty-printed logs one behind the other, with commas or separators between them, a list, a page of the API. Each
may be UTF-8 or UTF-16, plain, as gzip or as zstd. - reads standard input. Logs of prompts, tools, evaluators, flows
and agents are taken.

A line that is no log is reported with its file and line and kept aside in the file that --rejects names, else in one
below the directory for state; the rest is loaded, and the exit code is 1. What is missing in an export, and what it
holds besides logs, is told.

An import that was interrupted goes on when it is begun again: what is there already is passed over, and importing the same
file once more changes nothing. A log that is there with other content is replaced, unless it was corrected since it
came in: then it is named and kept as it is. --replace takes the incoming one all the same; the journal keeps what was
there, and errata undo gives it back.

With --to URL the logs go to a v5 server, whose key is in ERRATA_API_KEY as always. Such a server makes logs anew
from their fields (POST /prompts/log, with the id as log_id): only logs of prompts can go there, and judgments, traces,
deployments and the ids of versions stay behind. A log that is there already is compared and left as it is.`,
		Example: `  errata import exports/
  errata import monday.jsonl tuesday.jsonl.gz
  zstdcat logs.jsonl.zst | errata import - --rejects bad.jsonl
  errata import exports/ --to https://logs.example.com/v5`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.writable(cmd); err != nil {
				return err
			}
			rejected, err := a.rejectsPlace(rejected)
			if err != nil {
				return err
			}
			if to != "" {
				if replace {
					return fail(exitUsage, "--replace is for the embedded store; a log that a server has is left as it is, and errata apply changes it there")
				}
				return a.importTo(cmd, args, to, rejected)
			}
			if err := embeddedOnly(cmd); err != nil {
				return fail(exitUsage, "%w; --to names a server to import to", err)
			}
			return a.importHere(cmd.Context(), args, rejected, replace)
		},
	}
	cmd.Flags().StringVar(&rejected, "rejects", "", "keep lines that are refused in `FILE`")
	cmd.Flags().BoolVar(&replace, "replace", false, "replace also logs that were corrected")
	cmd.Flags().StringVar(&to, "to", "", "import to the v5 server at `URL`")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.NoFileCompletions)
	return cmd
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

// importHere loads into the embedded store.
func (a *app) importHere(ctx context.Context, paths []string, rejected string, replace bool) error {
	if err := found(paths); err != nil {
		return err
	}
	st, err := a.makeStore(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	id, err := a.storeID()
	if err != nil {
		return err
	}
	in := newIntake(a, st)
	if replace {
		in.over = &overwriter{app: a, st: st, server: id}
	}
	err = importAll(ctx, a, paths, rejected, in, &in.reading)
	in.keeps.close()
	a.say("%s", in.summary())
	in.over.say()
	if err == nil && !a.cfg.Embedded() {
		a.say("they are in the embedded store, but the settings name %s: give --db to see them", a.cfg.BaseURL())
	}
	return in.end(err)
}

// found tells a mistyped name before anything is loaded.
func found(paths []string) error {
	for _, path := range paths {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return fmt.Errorf("cannot import: %w", err)
		}
	}
	return nil
}

// reading is what an import says while it reads, and the part of a sink that is told of problems.
type reading struct {
	*app
	bar        *progressLine
	problems   tally
	rejects    *rejects
	path, base string // what is read, as the user wrote it, and as archive has it
	refused    int
}

// importAll reads all paths into a sink, whose reading it is.
func importAll[T any](ctx context.Context, a *app, paths []string, rejected string, to archive.Sink[T], r *reading) error {
	*r = reading{app: a, bar: a.newProgress("importing", "log"), problems: tally{app: a}, rejects: a.newRejects(rejected)}
	defer func() {
		r.bar.clear()
		r.problems.close()
		r.rejects.close(a)
	}()
	before := 0
	for _, path := range paths {
		r.path = path
		report, err := importOne(ctx, r, to, func(p archive.Progress) { r.bar.update(p.Done, p.All, before+p.Logs) })
		r.notes(report.Notes)
		before += report.Logs
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("cannot import %s: %w", path, err)
		}
		if path == "-" && report.Logs+report.Files+report.Refused == 0 {
			return fail(exitUsage, "nothing to import: %s", emptyInput)
		}
	}
	return nil
}

// importOne reads one path.
func importOne[T any](ctx context.Context, r *reading, to archive.Sink[T], progress func(archive.Progress)) (archive.Report, error) {
	if r.path == "-" {
		return archive.ReadStream(ctx, r.env.Stdin, "-", to, progress)
	}
	absolute, err := filepath.Abs(r.path)
	if err != nil {
		return archive.Report{}, err
	}
	dir, base := filepath.Split(absolute)
	if base == "" {
		base = "."
	}
	r.base = base
	return archive.Read(ctx, os.DirFS(dir), base, to, progress)
}

// Refused implements archive.Sink.
func (r *reading) Refused(p archive.Problem, raw []byte) {
	r.refused++
	r.rejects.keep(raw)
	r.bar.clear()
	r.problems.say("%s", r.words(p))
}

// notes tells what else is to be known of an export.
func (r *reading) notes(notes []archive.Problem) {
	r.bar.clear()
	t := tally{app: r.app}
	for _, p := range notes {
		t.say("note: %s", r.words(p))
	}
	t.close()
}

// words are a problem as FILE:LINE: reason, FILE as the user would write it.
func (r *reading) words(p archive.Problem) string {
	file := p.File
	switch rest, err := filepath.Rel(r.base, filepath.FromSlash(file)); {
	case r.path == "-":
		file = "-"
	case err == nil:
		file = filepath.Join(r.path, rest)
	}
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", file, p.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", file, p.Line, p.Msg)
}

// end is how the command ends after a reading that ended with err.
func (r *reading) end(err error) error {
	switch {
	case err != nil && errors.Is(err, context.Canceled):
		r.say("what is imported stays; the same command goes on from here")
		return err
	case err != nil:
		return err
	case r.refused > 0:
		return said(exitFailed)
	}
	return nil
}

// count is a number of things.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "ry"); ok {
		return fmt.Sprintf("%d %sries", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
