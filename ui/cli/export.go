package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/archive"
	"errata/config"
)

func (a *app) exportCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the logs as an official export directory, or as JSONL",
		Long: `Write all logs, or with --prompt those of one prompt, tool, evaluator, flow or agent: as JSONL on stdout, or with -o as a
directory in the layout of the official export (files/ID with file.json, versions, deployments.json and logs/N.jsonl).
Each log is one line with the bytes that are stored; line breaks between its tokens become spaces.

The directory appears under its name when it is complete. Until then it is DIR.partial, and an export that was
interrupted goes on there when it is begun again. A directory that is not empty is never written to.`,
		Example: `  errata export > logs.jsonl
  errata export -o exports/2025-08-01
  errata export --prompt pr_0123 | zstd > logs.jsonl.zst
  errata export --base-url https://logs.example.com/v5 -o backup`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case cmd.Flags().Changed("output") && dir == "":
				return fail(exitUsage, "-o wants the name of a directory")
			case strings.HasSuffix(dir, ".jsonl"):
				return fail(exitUsage, "-o wants a directory; errata export > %s writes JSONL", dir)
			}
			if only := a.cfg.Prompt(); only != "" && !cmd.Flags().Changed(config.Prompt) {
				a.say("only %s, which the settings name, is exported", only)
			}
			dir, err := config.Expand(dir, a.env.Environ)
			if err != nil {
				return fail(exitUsage, "-o: %w", err)
			}
			return a.export(cmd.Context(), dir)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "write the official layout into `DIR`")
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

// export writes everything that was asked for.
func (a *app) export(ctx context.Context, dir string) error {
	e, err := a.exporter(ctx)
	if err != nil {
		return err
	}
	defer e.close()
	if err := e.find(ctx, a.cfg.Prompt()); err != nil {
		return err
	}
	if dir == "" {
		err = e.stream(ctx)
	} else {
		err = e.tree(ctx, dir)
	}
	e.bar.clear()
	if err != nil {
		return err
	}
	to := ""
	if dir != "" {
		to = " to " + dir
	}
	if e.odd > 0 {
		a.say("warning: %s with bytes that are no UTF-8, as they are stored: convert them before they are imported again", count(e.odd, "log"))
	}
	a.say("%s", e.words(to))
	return nil
}

// stream writes JSONL to stdout.
func (e *exporter) stream(ctx context.Context) error {
	for _, f := range e.files {
		err := e.logs(ctx, f, func(doc []byte) error {
			e.raw(archive.OneLine(doc))
			if err := e.out.WriteByte('\n'); err != nil {
				return fmt.Errorf("cannot write the output: %w", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tree writes the official layout.
func (e *exporter) tree(ctx context.Context, dir string) error {
	t, err := archive.Begin(dir, e.source(), e.env.Now().UTC())
	switch {
	case errors.Is(err, archive.ErrNotEmpty):
		return fail(exitFailed, "cannot export: %w; name another one or empty it", err)
	case errors.Is(err, archive.ErrForeign):
		return fail(exitFailed, "cannot export: %w; remove it or name another directory", err)
	case err != nil:
		return fmt.Errorf("cannot export: %w", err)
	}
	if begun, ok := t.Resumed(); ok {
		e.say("going on with the export that was begun %s; what is complete in %s stays as it is", begun.Format(time.RFC3339), seenFromHere(t.Partial()))
	}
	err = e.fill(ctx, t)
	if err == nil {
		err = t.Finish(e.words(""))
	} else {
		_ = t.Close()
	}
	switch {
	case err != nil && ctx.Err() != nil:
		e.bar.clear()
		e.say("what is written so far stands in %s; the same command goes on from there", seenFromHere(t.Partial()))
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("cannot export to %s: %w", dir, err)
	}
	return nil
}

// seenFromHere is a path as it is seen from here, when that is shorter.
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

// fill writes the files of the service that are not there yet.
func (e *exporter) fill(ctx context.Context, t *archive.Tree) error {
	ids := make([]string, len(e.files))
	for i, f := range e.files {
		ids[i] = f.id
	}
	t.Expect(ids)
	for _, f := range e.files {
		if t.Has(f.id) {
			e.kept++
			continue
		}
		w, err := t.File(f.id, f.doc)
		if err != nil {
			return err
		}
		err = e.one(ctx, f, w)
		w.Abandon()
		if err != nil {
			return err
		}
	}
	return nil
}

// one writes one file of the service.
func (e *exporter) one(ctx context.Context, f exported, w *archive.TreeFile) error {
	versions, err := e.versions(ctx, f)
	if err != nil {
		return err
	}
	if err := w.Versions(versions); err != nil {
		return err
	}
	if f.kind != api.DatasetFile {
		if err := e.logs(ctx, f, w.Log); err != nil {
			return err
		}
	}
	return w.Done()
}
