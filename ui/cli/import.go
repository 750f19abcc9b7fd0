package cli

import (
	"github.com/spf13/cobra"

	"errata/config"
)

func (a *upkeep) importCommand() *cobra.Command {
	var rejected, to string
	var replace bool
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Load an official export, JSONL or JSON into the embedded store",
		Long: `Load logs into the embedded store, byte for byte: an official export directory or any part of it, or JSON in any layout:
lines, pretty-printed logs one behind the other, with commas or separators between them, a list, a page of the API. Each
may be UTF-8 or UTF-16, plain, as gzip or as zstd. - reads standard input. Logs of prompts, tools, evaluators, flows
and agents are taken.

A line that is not a log is reported with its file and line and kept aside in the file that --rejects names, else in one
below the directory for state; the rest is loaded, and the exit code is 1. What is missing in an export, and what it
holds besides logs, is told.

An import that was interrupted goes on when it is begun again: what is there already is passed over, and importing the same
file once more changes nothing. One that makes the store and is killed within its first gigabyte leaves none, and begins
anew. A log that is there with other content is replaced, unless it was corrected since it came in: then it is named and
kept as it is. --replace takes the incoming one all the same; the journal keeps the fields that were there, and errata
undo gives them back.

Logs that Humanloop's package for JavaScript wrote have names in camelCase, createdAt for created_at: these are not fields,
and the import says so. This line renames them; their times may be off by the hours of the zone in which they were written:
  jq -c '` + renaming + `' logs.json | errata import -

With --to URL the logs go to a v5 server, whose key is in ERRATA_API_KEY as always. Such a server makes logs anew
from their fields (POST /prompts/log, with the id as log_id), and after them their judgments (POST /evaluators/log): only
logs of prompts can go there, and traces, deployments and the ids of versions stay behind. A log that is there already
is compared and left as it is.`,
		Example: `  errata import exports/
  errata import monday.jsonl tuesday.jsonl.gz
  zstdcat logs.jsonl.zst | errata import - --rejects bad.jsonl
  errata import exports/ --to https://logs.example.com/v5`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.writable(cmd); err != nil {
				return err
			}
			rejected, err := a.rejectsFile(rejected)
			if err != nil {
				return err
			}
			if to != "" {
				if replace {
					return fail(exitUsage, "--replace is for the embedded store; a log that a server has is left as it is, and errata apply changes it there")
				}
				return a.importToServer(cmd, args, to, rejected)
			}
			if err := embeddedOnly(cmd); err != nil {
				return fail(exitUsage, "%w; --to names a server to import to", err)
			}
			return a.importToStore(cmd.Context(), args, rejected, replace)
		},
	}
	cmd.Flags().StringVar(&rejected, "rejects", "", "keep lines that are refused in `FILE`")
	cmd.Flags().BoolVar(&replace, "replace", false, "replace also logs that were corrected")
	cmd.Flags().StringVar(&to, "to", "", "import to the v5 server at `URL`")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.NoFileCompletions)
	return cmd
}

// embeddedOnly refuses a command that works on the embedded store when the command line names a
// server.
func embeddedOnly(cmd *cobra.Command) error {
	if cmd.Flags().Changed(config.BaseURL) {
		return fail(exitUsage, "%s works on the embedded store; leave --base-url out", cmd.CommandPath())
	}
	return nil
}

// writable refuses a command that changes the embedded store when the settings forbid that.
func (a *upkeep) writable(cmd *cobra.Command) error {
	if a.cfg.ReadOnly() {
		return fail(exitFailed, "%s would change the embedded store, and errata is read-only here", cmd.CommandPath())
	}
	return nil
}
