package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/walk"
	"errata/config"
	"errata/model/figure"
	"errata/model/selection"
)

func (a *app) exportCommand() *cobra.Command {
	var dir string
	var l selected
	cmd := &cobra.Command{
		Use:   "export [LOG_ID...]",
		Short: "Write the logs as an official export directory, or as JSONL",
		Long: `Write all logs, or with --prompt those of one prompt, tool, evaluator, flow or agent: as JSONL on stdout, or with -o as a
directory in the layout of the official export (files/ID with file.json, versions, deployments.json and logs/N.jsonl).
Each log is one line with the bytes that are stored; line breaks between its tokens become spaces.

The directory appears under its name when it is complete. Until then it is DIR.partial, and an export that was
interrupted goes on there when it is begun again. A directory that is not empty is never written to.

What is exported of a store is one state of it, whoever changes logs meanwhile. A server is read page by page, as it
is then.

Ids, or flags that select logs, export those and no others, as JSONL in the order of errata list. --all is all logs of all
files, as without any flag.

` + selectionHelp,
		Example: `  errata export > logs.jsonl
  errata export -o exports/2025-08-01
  errata export --prompt pr_0123 | zstd > logs.jsonl.zst
  errata export --base-url https://logs.example.com/v5 -o backup
  errata export --corrected > corrected.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
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
			q, err := a.chosen(cmd.Context(), &l, args)
			if err != nil {
				return err
			}
			return a.export(cmd.Context(), q, dir)
		},
		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &l)
	cmd.Flags().StringVarP(&dir, "output", "o", "", "write the official layout into `DIR`")
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

// export writes what was asked for.
func (a *app) export(ctx context.Context, q walk.Query, dir string) error {
	r, err := a.exportReader(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	var picked *picking
	err = r.inOneState(ctx, func(ctx context.Context) error {
		if err := r.find(ctx, q.Prompt); err != nil {
			return err
		}
		if only := (selection.Selection{Prompt: q.Prompt, All: q.All}); q.Selection != only || len(q.IDs) > 0 {
			picked = r.pick(q)
		}
		return r.write(ctx, picked, dir)
	})
	r.bar.clear()
	if err != nil {
		return err
	}
	if r.odd > 0 {
		a.say("warning: %s with bytes that are not UTF-8, as they are stored: convert them before they are imported again", figure.Count(r.odd, "log"))
	}
	to := ""
	if dir != "" {
		to = " to " + dir
	}
	a.say("%s", r.words(to))
	if picked != nil {
		err := a.saySelected(picked.walk)
		if err != nil && dir == "" && r.written == 0 {
			a.say("the arguments of export are ids of logs; errata export -o DIR writes a directory, errata export > FILE a file")
		}
		return err
	}
	return nil
}

// write writes all logs, or those that were selected, to a directory or to stdout.
func (r *exportReader) write(ctx context.Context, picked *picking, dir string) error {
	switch {
	case dir == "" && picked != nil:
		return r.writePicked(ctx, picked)
	case dir == "":
		return r.writeAll(ctx, lineSink{&r.console})
	case picked != nil:
		if err := r.gather(ctx, picked); err != nil {
			return err
		}
	}
	return r.writeTree(ctx, dir)
}
