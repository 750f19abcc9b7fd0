package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"errata/api/walk"
	"errata/model/jsonraw"
)

func (a *access) promptsCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:   "prompts",
		Short: "List the prompts of the server: path, id, logs",
		Long: `List the prompts of the server, those that were changed last first: path, id, how many logs they have, and the model of the
version that is shown. --json prints what the server sent of each, with the number of its logs as "total_logs_count".`,
		Example: `  errata prompts
  errata prompts --json | jq -r '.[] | select(.total_logs_count > 0) | .path'`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return fail(exitUsage, "--limit wants a number of prompts, not %d", limit)
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return a.prompts(cmd.Context(), svc, limit)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most `N` prompts; 0 for all")
	return cmd
}

// prompts prints the prompts as a table, or as an array of the documents that the server sent, with
// counts.
func (a *access) prompts(ctx context.Context, svc *service, limit int) error {
	list, err := walk.Prompts(ctx, svc, limit)
	if err == nil {
		err = walk.Count(ctx, svc, list)
	}
	if err != nil {
		return err
	}
	var rows [][]string
	var docs [][]byte
	for _, p := range list {
		rows = append(rows, []string{p.Path, p.ID, strconv.Itoa(p.Logs), p.Model})
		doc, err := jsonraw.Set(p.Raw, []jsonraw.Edit{{Name: logsCount, Val: strconv.AppendInt(nil, int64(p.Logs), 10)}})
		if err != nil {
			return err
		}
		docs = append(docs, doc)
	}
	switch {
	case a.cfg.JSON():
		a.value(array(docs))
	case len(rows) == 0:
		a.say("no prompts yet: errata import PATH loads some, errata demo shows samples")
	default:
		a.table([]column{{head: "PATH"}, {head: "ID"}, {head: "LOGS", right: true}, {head: "MODEL"}}, rows)
	}
	return nil
}

// logsCount is what the API calls the number of the logs of a prompt.
const logsCount = "total_logs_count"
