package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/model/price"
)

func (a *app) fillCommand() *cobra.Command {
	var dryRun, all bool
	cmd := &cobra.Command{
		Use:   "fill LOG_ID [FIELD...]",
		Short: "Fill in fields that follow from the rest of a log",
		Long: `Fill in fields whose value follows from the rest of the log: tokens, finish_reason, output, output_message and error from
provider_response, provider_latency from it or from the times, output from output_message and the other way round, costs
from what the provider says or from tokens and the prices of the model. A cost that the provider tells in all alone is
offered as metadata.total_cost.

Without FIELD it lists what can be filled in, with the values and where they come from; what is missing for more stands on
stderr. With FIELD, or --all, the fields are set as errata set would: shown and confirmed on a terminal, sent in one
PATCH, read back, and written to the journal. Of output and output_message that differ --all takes neither: name the
one to replace.`,
		Example: `  errata fill log_0123
  errata fill log_0123 provider_latency output_cost
  errata fill log_0123 --all --dry-run`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			want, err := fillable(args[1:])
			switch {
			case err != nil:
				return err
			case all && len(want) > 0:
				return fail(exitUsage, "either name fields or give --all")
			case !all && len(want) == 0:
				return a.listFills(cmd.Context(), args[0])
			case a.cfg.ReadOnly() && !dryRun:
				return fail(exitFailed, "nothing can be filled in: errata is read-only here (--read-only, or read_only in the profile)")
			}
			return a.change(cmd.Context(), args[0], dryRun, func(log *model.Log) (*model.ChangeSet, error) { return a.filled(log, want) })
		},
		ValidArgsFunction: completeFills,
	}
	cmd.Flags().BoolVar(&all, "all", false, "fill in everything that can be")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, and send nothing")
	return cmd
}

// prices tells what a model costs.
func (a *app) prices(provider, name string) (price.Price, bool) { return a.cfg.Price(provider, name) }

// badPrices says why the imported prices could not be read, where they were asked for.
func (a *app) badPrices() {
	if err := a.cfg.PricesError(); err != nil {
		a.say("no imported price is known: %s", err)
	}
}

// fillable are the fields that were named.
func fillable(names []string) (list []*model.Field, err error) {
	for _, name := range names {
		f, ok := model.FillField(name)
		switch {
		case f == nil:
			return nil, unknownField(name)
		case !ok:
			return nil, fail(exitUsage, "%s follows from nothing else in a log; errata set sets it", name)
		}
		list = append(list, f)
	}
	return list, nil
}

// filled is a log with some fields filled in, or all that can be where none are named. A field that
// has the value already is left as it is; one whose value does not follow is an error.
func (a *app) filled(log *model.Log, want []*model.Field) (*model.ChangeSet, error) {
	changes := model.NewChangeSet(log)
	if len(want) == 0 {
		if _, open := model.FillEverything(changes, a.prices); open != nil {
			a.say("%s and %s differ: errata fill %s %[1]s replaces the first, %[2]s the second", open.Field.Name, open.Opposite.Name, log.Head().ID)
		}
		return changes, nil
	}
	model.FillIn(changes, a.prices, want)
	var missing []error
	for _, f := range want {
		if why := model.Needs(changes, a.prices, f); why != "" {
			missing = append(missing, fail(exitRefused, "%s cannot be filled in: %s", f.Name, why))
		}
	}
	return changes, errors.Join(missing...)
}

// listFills prints what can be filled in: as rows, or as [{"field", "old", "new", "why",
// "opposite"}], where opposite is the field that could be made to agree instead.
func (a *app) listFills(ctx context.Context, id string) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return err
	}
	log, err := parse(doc)
	if err != nil {
		return err
	}
	changes := model.NewChangeSet(log)
	var rows [][]string
	var objects [][]byte
	for _, f := range model.Fills(changes, a.prices) {
		old, filled := f.Part(f.Old), f.Part(f.Value)
		rows = append(rows, []string{f.Name(), turn(old, filled), f.Why})
		o := changed(f.Name(), old, filled)
		o.text("why", f.Why)
		if f.Opposite != nil {
			o.text("opposite", f.Opposite.Name)
		}
		objects = append(objects, o.bytes())
	}
	a.badPrices()
	switch missing := model.Unfilled(changes, a.prices); {
	case a.cfg.JSON():
		a.value(array(objects))
	case len(rows) > 0:
		a.table([]column{{head: "FIELD"}, {head: "CHANGE"}, {head: "FROM"}}, rows)
		if len(missing) > 0 {
			_ = a.out.Flush() // an error sticks and is told at the end
			a.say("missing for more: %s", strings.Join(missing, "; "))
		}
	case len(missing) == 0:
		a.say("nothing to fill in: the log agrees with itself")
	default:
		a.say("nothing can be filled in: %s", strings.Join(missing, "; "))
	}
	return nil
}

// completeFills completes the fields that can be filled in, each once.
func completeFills(_ *cobra.Command, args []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	for _, name := range model.FillNames() {
		if f, _ := model.FillField(name); len(args) > 0 && strings.HasPrefix(name, begun) && !slices.Contains(args[1:], name) {
			out = append(out, cobra.CompletionWithDesc(name, f.Help))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
