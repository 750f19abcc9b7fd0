package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/model/selection"
	"errata/model/spell"
	"errata/ui/sanitize"
)

// How many logs and prompts a shell is offered, and how long a server may take to list them.
const (
	offeredLogs    = 50
	offeredPrompts = 1000
	offerPatience  = 2 * time.Second
)

// completeIDs completes ids with the newest logs of the server in use, without those that are
// arguments already.
func (a *access) completeIDs(cmd *cobra.Command, args []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	a.newest(cmd, nil, func(log *model.Log) {
		s := log.Summarize()
		if strings.HasPrefix(s.ID, begun) && !slices.Contains(args, s.ID) && shellWord(s.ID) {
			out = append(out, cobra.CompletionWithDesc(s.ID, sanitize.Line(s.Created+"  "+s.Output, offeredWidth)))
		}
	})
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// newest visits the newest logs of the prompt that is chosen, or those that are named.
func (a *access) newest(cmd *cobra.Command, ids []string, visit func(*model.Log)) {
	a.offer(cmd, func(ctx context.Context, svc *service) error {
		q := walk.Query{Selection: selection.Selection{Prompt: a.cfg.Prompt(), Limit: offeredLogs}, IDs: ids, Cut: api.PreviewCut}
		return walk.New(a.source(svc), q).Each(ctx, func(log *model.Log) error {
			visit(log)
			return nil
		})
	})
}

// completeModels completes the name of a model, in any case, with those of the newest logs.
func (a *access) completeModels(cmd *cobra.Command, _ []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	a.newest(cmd, nil, func(log *model.Log) {
		name := log.Summarize().Model
		if strings.HasPrefix(strings.ToLower(name), strings.ToLower(begun)) && shellWord(name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	})
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// offeredWidth is how many cells of description a shell shows beside the id of a log.
const offeredWidth = 60

// completeLogThen completes the first argument with ids, and those after it with then.
func (a *access) completeLogThen(then cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return then(cmd, args, begun)
		}
		return a.completeIDs(cmd, args, begun)
	}
}

// completeDiff offers ids and, behind the first of them, assignments too.
func (a *access) completeDiff(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return a.completeLogThen(a.completePaths("="))(cmd, args, begun)
	}
	out, directive := a.completePaths("=")(cmd, args, begun)
	if len(out) > 0 {
		return out, directive
	}
	return a.completeIDs(cmd, nil, begun)
}

// completeSet offers assignments, and in front of them ids.
func (a *access) completeSet(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	assigned := slices.ContainsFunc(args, func(arg string) bool { return strings.Contains(arg, "=") })
	if len(args) == 0 {
		return a.completeIDs(cmd, args, begun)
	}
	out, directive := a.completePaths("=")(cmd, args, begun)
	if assigned || len(out) > 0 {
		return out, directive
	}
	return a.completeIDs(cmd, args, begun)
}

// completePrompts completes paths of prompts, or ids when what was typed begins like one.
func (a *access) completePrompts(cmd *cobra.Command, _ []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	a.offer(cmd, func(ctx context.Context, svc *service) error {
		list, err := walk.Prompts(ctx, svc, offeredPrompts)
		for _, p := range list {
			switch {
			case strings.HasPrefix(p.Path, begun) && shellWord(p.Path):
				out = append(out, cobra.CompletionWithDesc(p.Path, p.ID))
			case begun != "" && strings.HasPrefix(p.ID, begun) && shellWord(p.ID):
				out = append(out, cobra.CompletionWithDesc(p.ID, sanitize.Line(p.Path, offeredWidth)))
			}
		}
		return err
	})
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeViews completes the names of saved filters.
func (a *access) completeViews(cmd *cobra.Command, _ []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	if a.settle(cmd.Context(), cmd.Flags()) == nil {
		for _, v := range a.cfg.Views() {
			if strings.HasPrefix(v.Name, begun) && shellWord(v.Name) {
				out = append(out, cobra.CompletionWithDesc(v.Name, sanitize.Line(v.Filter, offeredWidth)))
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// offer connects to the server in use and calls ask. Errors are dropped: a message would be in the
// middle of the command line that is being typed.
func (a *access) offer(cmd *cobra.Command, ask func(context.Context, *service) error) {
	ctx, cancel := context.WithTimeout(api.WithNotices(cmd.Context(), func(api.Notice) {}), offerPatience)
	defer cancel()
	if a.settle(ctx, cmd.Flags()) != nil {
		return
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return
	}
	defer svc.close()
	_ = ask(ctx, svc)
}

// shellWord reports whether a shell can take a word as a completion: it has one line and no control
// characters.
func shellWord(word string) bool {
	return word != "" && sanitize.Line(word, -1) == word
}

// noView is the error for the name of a saved filter that does not exist.
func (a *access) noView(name string) error {
	var known []string
	for _, v := range a.cfg.Views() {
		known = append(known, v.Name)
	}
	if len(known) == 0 {
		return fail(exitUsage, "there is no saved filter %q: the configuration file has none; [[views]] with name and filter is one", name)
	}
	return fail(exitUsage, "there is no saved filter %q; want %s%s", name, spell.Either(known), spell.Meant(name, known))
}
