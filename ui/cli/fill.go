package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"errata/api/batch"
	"errata/model"
	"errata/model/price"
	"errata/model/selection"
	"errata/model/spell"
	"errata/ui/change"
)

func (a *app) fillCommand() *cobra.Command {
	var f filling
	cmd := &cobra.Command{
		Use:   "fill [LOG_ID...] [FIELD...]",
		Short: "Fill in fields that can be derived from the rest of a log",
		Long: `Fill in fields whose value follows from the rest of the log: tokens, finish_reason, output, output_message and error from
provider_response, provider_latency from it or from the times, output from output_message and the other way round, costs
from what the provider says or from tokens and the prices of the model. A cost that the provider tells in all alone is
offered as metadata.total_cost.

Without FIELD it lists what can be filled in, with the values and where they come from; what is missing for more stands on
stderr. With FIELD, or --all, the fields are set as errata set would: shown and confirmed on a terminal, sent in one
PATCH, read back, and written to the journal. Of output and output_message that differ --all takes neither: name the
one to replace.

An argument that is the name of such a field is a field, every other one the id of a log. Several ids, or flags that select
logs, fill in many, as errata set changes them: then --all means all logs, and --every all fields.

` + selectionHelp,
		Example: `  errata fill log_0123
  errata fill log_0123 provider_latency output_cost
  errata fill log_0123 --all --dry-run
  errata fill --prompt tides/today --since 7d --every`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.read(args); err != nil {
				return err
			}
			return a.fill(cmd.Context(), &f)
		},
		ValidArgsFunction: a.completeFills,
	}
	a.selects(cmd, &f.selected)
	cmd.Flags().Lookup("all").Usage = "of one log: fill in everything that can be; else all logs"
	cmd.Flags().BoolVar(&f.every, "every", false, "fill in everything that can be, in each of the logs")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be sent, and send nothing")
	return cmd
}

// filling is what errata fill was asked for.
type filling struct {
	selected
	every, dryRun bool
	names         []string       // of logs
	fields        []*model.Field // nil for every one
}

// read tells fields from logs.
func (f *filling) read(args []string) (err error) {
	var fields []string
	for _, arg := range args {
		if known, _ := model.FillField(arg); known != nil {
			fields = append(fields, arg)
		} else {
			f.names = append(f.names, arg)
		}
	}
	f.fields, err = fillable(fields)
	return err
}

// one reports whether one log was named, and nothing else that selects; --all then means its
// fields.
func (f *filling) one() bool {
	others := false
	f.flags.Visit(func(flag *pflag.Flag) {
		_, word := selection.Lookup(flag.Name)
		others = others || flag.Name != "all" && (word || flag.Name == viewFlag)
	})
	return len(f.names) == 1 && f.names[0] != "-" && !others
}

// fill fills in one log or many.
func (a *app) fill(ctx context.Context, f *filling) error {
	every := f.every || f.one() && f.All
	switch {
	case every && len(f.fields) > 0:
		return fail(exitUsage, "either name fields or give %s", map[bool]string{true: "--every", false: "--all"}[f.every])
	case f.one() && !every && len(f.fields) == 0:
		return a.listFills(ctx, f.names[0])
	case a.cfg.ReadOnly() && !f.dryRun:
		return readOnlyHere("nothing can be filled in")
	}
	fill := batch.Fill(f.fields, a.prices)
	if f.one() {
		return a.change(ctx, f.names[0], f.dryRun, a.alone(fill))
	}
	if !every && len(f.fields) == 0 {
		if len(f.names) == 0 && !f.given() {
			return fail(exitUsage, "usage: errata fill LOG_ID [FIELD...]; of many logs, all with --all, the fields come by name or as --every; see errata help fill")
		}
		hint := ""
		if len(f.names) > 1 {
			last := f.names[len(f.names)-1]
			hint = fmt.Sprintf("; there is no field %q%s", last, spell.Meant(last, model.FillNames()))
		}
		return fail(exitUsage, "which fields? name them, or give --every%s", hint)
	}
	q, err := a.changing(ctx, &f.selected, f.names)
	if err != nil {
		return err
	}
	return a.changeEach(ctx, q, f.dryRun, fill)
}

// prices says what a model costs.
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

// alone is a change of one log alone, whose notes are said.
func (a *app) alone(change batch.Change) func(*model.Log) (*model.ChangeSet, error) {
	return func(log *model.Log) (*model.ChangeSet, error) {
		edit, err := change.Make(context.Background(), log, batch.Item{LogID: log.Head().ID})
		for _, note := range edit.Notes {
			a.say("%s", note)
		}
		return edit.Changes, err
	}
}

// listFills prints what can be filled in: as rows, or as [{"field", "old", "new", "why",
// "opposite"}], where opposite is the field that could be made to agree instead.
func (a *app) listFills(ctx context.Context, id string) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	log, err := svc.log(ctx, id)
	if err != nil {
		return err
	}
	changes := model.NewChangeSet(log)
	var rows [][]string
	var objects [][]byte
	for _, f := range model.Fills(changes, a.prices) {
		old, filled := f.Part(f.Old), f.Part(f.Value)
		rows = append(rows, []string{f.Name(), change.Turn(old, filled), f.Why})
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

// completeFills completes the fields that can be filled in, each once, and in front of them ids.
func (a *app) completeFills(cmd *cobra.Command, args []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	for _, name := range model.FillNames() {
		if f, _ := model.FillField(name); strings.HasPrefix(name, begun) && !slices.Contains(args, name) {
			out = append(out, cobra.CompletionWithDesc(name, f.Help))
		}
	}
	if named := slices.ContainsFunc(args, func(arg string) bool { f, _ := model.FillField(arg); return f != nil }); named {
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	ids, directive := a.completeIDs(cmd, args, begun)
	if len(args) == 0 {
		return ids, directive
	}
	return append(out, ids...), directive
}
