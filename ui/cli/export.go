package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/config"
	"errata/model/figure"
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
	r, err := a.exportReader(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.find(ctx, a.cfg.Prompt()); err != nil {
		return err
	}
	to := ""
	if dir == "" {
		err = r.writeAll(ctx, lineSink{a})
	} else {
		to = " to " + dir
		err = r.writeTree(ctx, dir)
	}
	r.bar.clear()
	if err != nil {
		return err
	}
	if r.odd > 0 {
		a.say("warning: %s with bytes that are no UTF-8, as they are stored: convert them before they are imported again", figure.Count(r.odd, "log"))
	}
	a.say("%s", r.words(to))
	return nil
}
