package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"errata/api"
	"errata/api/logfile"
)

// exportSink is what an export is written to. It gets the files of the service one by one, and asks
// the reader for the logs of each.
type exportSink interface {
	file(ctx context.Context, r *exportReader, f exported) error
}

// writeAll writes the files that were found into a sink.
func (r *exportReader) writeAll(ctx context.Context, to exportSink) error {
	for _, f := range r.files {
		if err := to.file(ctx, r, f); err != nil {
			return err
		}
	}
	return nil
}

// lineSink writes the logs as JSONL to stdout.
type lineSink struct{ *console }

func (s lineSink) file(ctx context.Context, r *exportReader, f exported) error {
	return r.logs(ctx, f, s.line)
}

// line writes one log.
func (s lineSink) line(doc []byte) error {
	s.raw(logfile.OneLine(doc))
	if err := s.out.WriteByte('\n'); err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

// treeSink writes the directory layout of the official export. Files that an interrupted export has
// completed are kept.
type treeSink struct{ *logfile.Tree }

func (s treeSink) file(ctx context.Context, r *exportReader, f exported) error {
	if s.Has(f.id) {
		r.kept++
		return nil
	}
	w, err := s.File(f.id, f.doc)
	if err != nil {
		return err
	}
	defer w.Abandon() // does nothing after the file was completed
	versions, err := r.versions(ctx, f)
	if err != nil {
		return err
	}
	if err := w.Versions(versions); err != nil {
		return err
	}
	if f.kind != api.DatasetFile {
		if err := r.logs(ctx, f, w.Log); err != nil {
			return err
		}
	}
	return w.Done()
}

// writeTree writes everything into a directory in the official layout. The directory appears under
// its name once it is complete.
func (r *exportReader) writeTree(ctx context.Context, dir string) error {
	t, err := logfile.Begin(dir, r.source(), r.env.Now().UTC())
	switch {
	case errors.Is(err, logfile.ErrNotEmpty):
		return fail(exitFailed, "cannot export: %w; name another one or empty it", err)
	case errors.Is(err, logfile.ErrForeign):
		return fail(exitFailed, "cannot export: %w; remove it or name another directory", err)
	case err != nil:
		return fmt.Errorf("cannot export: %w", err)
	}
	if begun, ok := t.Resumed(); ok {
		r.say("going on with the export that was begun %s; what is complete in %s stays as it is", begun.Format(time.RFC3339), seenFromHere(t.Partial()))
	}
	t.Expect(r.ids())
	if err = r.writeAll(ctx, treeSink{t}); err == nil {
		err = t.Finish(r.words(""))
	} else {
		_ = t.Close()
	}
	switch {
	case err != nil && ctx.Err() != nil:
		r.bar.clear()
		r.say("what is written so far stands in %s; the same command goes on from there", seenFromHere(t.Partial()))
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("cannot export to %s: %w", dir, err)
	}
	return nil
}

// seenFromHere is a path relative to the working directory, when that is shorter.
func seenFromHere(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}
