package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"errata/model/figure"
	"errata/ui/draft"
	"errata/ui/sanitize"
)

func (a *upkeep) draftsCommand() *cobra.Command {
	var query jqFlag
	list := func(cmd *cobra.Command, _ []string) error { return a.listDrafts(cmd.Context(), &query) }
	drafts := &cobra.Command{
		Use:   "drafts",
		Short: "List, show and discard unsaved work",
		Long: `List, show and discard drafts: changes that were typed into the form and not sent yet. Opening the log in errata
brings its draft back.

` + jqHelp,
		Example: `  errata drafts
  errata drafts show log_0123
  errata drafts discard log_0123`,
		RunE: list,
	}
	listed := &cobra.Command{
		Use:               "list",
		Short:             "List the drafts of all servers, those changed last first",
		Args:              args(0, 0),
		RunE:              list,
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	query.add(drafts)
	query.add(listed)
	return group(drafts, listed, a.showDraftCommand(), a.discardCommand())
}

func (a *upkeep) showDraftCommand() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "show LOG_ID",
		Short: "Show what a draft would send",
		Args:  args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			info, err := a.draftOf(cmd.Context(), args[0], server)
			if err != nil {
				return err
			}
			if a.cfg.JSON() {
				a.value(draftJSON(info))
				return nil
			}
			changes, err := unsaved(info)
			if err != nil {
				return err
			}
			if len(info.Changes) > 0 || len(info.Said) == 0 {
				a.text(review(changes))
			}
			for _, d := range info.Said {
				a.text(judgedInDraft(d) + "\n")
			}
			if e := info.Entry; e != nil {
				a.text("\nstill being typed in " + e.Field.Name + ": " + e.Text + "\n")
			}
			if l := info.External; l != nil && l.Text != nil {
				a.text("\nleft by an editor for " + l.Field.Name + ", in " + l.Path + ":\n" + string(l.Text) + "\n")
			}
			if info.Lost > 0 {
				a.say("the draft is damaged: %s at its end cannot be read", figure.Count(int(info.Lost), "byte"))
			}
			return nil
		},
		ValidArgsFunction: a.completeDrafts,
	}
	cmd.Flags().StringVar(&server, "server", "", "the draft of this `SERVER`, as errata drafts lists it")
	_ = cmd.RegisterFlagCompletionFunc("server", a.completeServers)
	return cmd
}

func (a *upkeep) discardCommand() *cobra.Command {
	var server string
	var all bool
	cmd := &cobra.Command{
		Use:   "discard LOG_ID | --all",
		Short: "Remove a draft for good, or all drafts",
		Example: `  errata drafts discard log_0123
  errata drafts discard --all --yes`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || all == (len(args) == 1) {
				return fail(exitUsage, "usage: errata drafts discard LOG_ID, or errata drafts discard --all")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if all {
				list, unread := a.draftsOf(cmd.Context(), "", server)
				if len(list) > 0 {
					return cmp.Or(a.discard(cmd.Context(), list), unread)
				}
				if unread == nil {
					a.say("there are no drafts")
				}
				return unread
			}
			info, err := a.draftOf(cmd.Context(), args[0], server)
			if err != nil {
				return err
			}
			return a.discard(cmd.Context(), []draft.Info{info})
		},
		ValidArgsFunction: a.completeDrafts,
	}
	cmd.Flags().BoolVar(&all, "all", false, "the drafts of all logs")
	cmd.Flags().StringVar(&server, "server", "", "only drafts of this `SERVER`, as errata drafts lists it")
	_ = cmd.RegisterFlagCompletionFunc("server", a.completeServers)
	return cmd
}

// discard removes drafts, after it has asked where somebody can answer.
func (a *upkeep) discard(ctx context.Context, list []draft.Info) error {
	store, err := a.draftStore()
	if err != nil {
		return err
	}
	if a.asks() {
		for _, info := range list {
			a.say("%s", strings.Join(draftRow(info), "  "))
		}
		if err := a.confirm(ctx, "discard for good?", "nothing was discarded"); err != nil {
			return err
		}
	}
	var kept error
	for _, info := range list {
		if err := store.Discard(ctx, info); err != nil {
			a.say("errata: the draft of log %s stays: %v", info.LogID, err)
			kept = said(codeOf(err))
			continue
		}
		a.say("discarded the draft of log %s", info.LogID)
	}
	return kept
}

// completeDrafts completes the ids of logs that have a draft.
func (a *upkeep) completeDrafts(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []cobra.Completion
	list, _ := a.draftsOf(cmd.Context(), "", "")
	for _, info := range list {
		out = append(out, completion(info.LogID, info.Server))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeServers completes the servers of which there are drafts.
func (a *upkeep) completeServers(cmd *cobra.Command, _ []string, _ string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	list, _ := a.draftsOf(cmd.Context(), "", "")
	for _, info := range list {
		if server := sanitize.Line(info.Server, -1); !slices.Contains(out, server) {
			out = append(out, server)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
