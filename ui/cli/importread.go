package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"errata/api/logfile"
	"errata/ui/bars"
)

// An import is a pipe: an importReader reads files and reports what is wrong with them, and an
// importSink writes the logs into the embedded store or sends them to a server.

// importSink is where the logs of an import go.
type importSink[T any] interface {
	logfile.Sink[T]
	// close ends the import, whose reading ended with err, and sums it up when anything of it stays
	// or was refused. stays reports whether anything does.
	close(err error) (stays bool)
}

// importInto reads all paths into a sink that was built around the reader.
func importInto[T any](ctx context.Context, r *importReader, paths []string, to importSink[T]) error {
	met, err := readAll(ctx, r, paths, to)
	if err == nil && met == 0 {
		return r.nothing(paths)
	}
	return r.end(err, to.close(err))
}

// importReader reads the files of an import. A sink embeds it, so that lines that the sink refuses
// are reported and stored in the same way as those that cannot be read.
type importReader struct {
	*access
	bar        *progressLine
	problems   tally
	rejects    *rejects
	path, base string // the file that is being read, as the user wrote it, and as logfile names it
	refused    int
}

// newImportReader makes a reader that stores refused lines in the file rejected, or in one that
// newRejects chooses.
func (a *upkeep) newImportReader(rejected string) *importReader {
	return &importReader{access: &a.access, bar: a.newProgress("importing"), problems: tally{app: &a.console}, rejects: a.newRejects(rejected)}
}

// found reports a name that does not exist before anything is loaded.
func found(paths []string) error {
	for _, path := range paths {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return fail(exitFailed, "cannot import: %s", bars.Reason(err))
		}
	}
	return nil
}

// nothing is the error for an import of nothing. It is never a success: the program that was to
// write the input may have failed.
func (r *importReader) nothing(paths []string) error {
	switch {
	case len(paths) > 1:
		return fail(exitUsage, "nothing to import: there is no log in these %d", len(paths))
	case paths[0] == "-":
		return fail(exitUsage, "nothing to import: there is no log in standard input; what writes into it may have failed")
	}
	return fail(exitUsage, "nothing to import: there is no log in %s", paths[0])
}

// readAll reads all paths, and returns how many logs, files and refused lines it met.
func readAll[T any](ctx context.Context, r *importReader, paths []string, to logfile.Sink[T]) (met int, err error) {
	defer func() {
		r.bar.clear()
		r.problems.close()
		r.rejects.close(&r.console)
	}()
	before := 0
	for _, path := range paths {
		r.path = path
		report, err := readOne(ctx, r, to, func(p logfile.Progress) { r.bar.update(p.Done, p.All, before+p.Logs) })
		r.notes(report.Notes)
		before += report.Logs
		if err != nil {
			if ctx.Err() != nil {
				return met, ctx.Err()
			}
			return met, fmt.Errorf("cannot import %s: %w", path, err)
		}
		more := report.Logs + report.Files + report.Refused
		if path == "-" && more == 0 {
			return met, r.nothing([]string{path})
		}
		met += more
	}
	if late, ok := to.(finisher); ok {
		return met, late.finish(ctx)
	}
	return met, nil
}

// finisher is a sink with something to do after everything was read.
type finisher interface {
	finish(ctx context.Context) error
}

// readOne reads one path into a sink.
func readOne[T any](ctx context.Context, r *importReader, to logfile.Sink[T], progress func(logfile.Progress)) (logfile.Report, error) {
	if r.path == "-" {
		return logfile.ReadStream(ctx, r.env.Stdin, "-", to, progress)
	}
	absolute, err := filepath.Abs(r.path)
	if err != nil {
		return logfile.Report{}, err
	}
	dir, base := filepath.Split(absolute)
	if base == "" {
		base = "."
	}
	r.base = base
	return logfile.Read(ctx, os.DirFS(dir), base, to, progress)
}

// Refused implements logfile.Sink.
func (r *importReader) Refused(p logfile.Problem, raw []byte) {
	r.refused++
	r.rejects.keep(raw)
	r.bar.clear()
	r.problems.say("%s", r.words(p))
}

// notes prints what else is to be known of an export.
func (r *importReader) notes(notes []logfile.Problem) {
	r.bar.clear()
	t := tally{app: &r.console}
	for _, p := range notes {
		t.say("note: %s", r.words(p))
	}
	t.close()
}

// words are a problem as FILE:LINE: reason, with the path of FILE as the user would write it.
func (r *importReader) words(p logfile.Problem) string {
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

// sumUp says what became of an import, unless it was broken off with nothing done.
func (r *importReader) sumUp(summary string, stays bool, err error) {
	if err == nil || stays || r.refused > 0 {
		r.say("%s", summary)
	}
}

// end is the error with which the command ends; err is how the reading ended.
func (r *importReader) end(err error, stays bool) error {
	switch {
	case err != nil && errors.Is(err, context.Canceled):
		if stays {
			r.say("what is imported stays; the same command goes on from here")
		} else {
			r.say("nothing is imported; the same command begins anew")
		}
		return err
	case err != nil:
		return err
	case r.refused > 0:
		return said(exitFailed)
	}
	return nil
}
