package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/ui/change"
)

func (a *app) diffCommand() *cobra.Command {
	var flags editFlags
	var screen bool
	cmd := &cobra.Command{
		Use:   "diff LOG_ID (LOG_ID | ASSIGNMENT...)",
		Short: "Show how two logs differ, or what errata set would send",
		Long: `Show in which fields two logs differ, as what the first becomes in the second: the name of the field at the start of
a line, below it the words that differ within texts, and the places that differ within JSON, each with its path. Fields
that mean the same are left out. With --json it is an object by field: {"FIELD": {"old": …, "new": …}}, where a value
that is absent is left out. With --screen the two stand beside each other on a screen of its own, where values are
copied from one into the other, and sent.

With assignments, show what errata set would change in one log, and the body of the PATCH. Nothing is sent.

` + assignHelp,
		Example: `  errata diff log_0123 log_0124
  errata diff log_0123 log_0124 --json | jq 'keys'
  errata diff log_0123 log_0124 --screen
  errata diff log_0123 output='It is sunny.'
  errata diff log_0123 metadata.score:=0.9 --json | jq .patch`,
		Args: flags.args,
		RunE: func(cmd *cobra.Command, args []string) error {
			two := len(args) == 2 && !strings.Contains(args[1], "=") && len(flags.removed)+len(flags.transfers) == 0
			switch {
			case screen && !two:
				return fail(exitUsage, "--screen compares two logs: errata diff LOG_ID LOG_ID --screen")
			case screen:
				return a.compareOn(cmd.Context(), [2]string(args))
			case two:
				return a.compare(cmd.Context(), args[0], args[1])
			}
			return a.edit(cmd.Context(), args[0], args[1:], &flags, true)
		},
		ValidArgsFunction: a.completeDiff,
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&screen, "screen", false, "compare two logs on a screen, where values are copied over")
	a.completeTargets(cmd)
	return cmd
}

// secondLog refuses what cannot be the second log.
func secondLog(other string) error {
	if f, ok := model.Lookup(other); ok {
		return fail(exitUsage, "%s is a field: give it a value, %s=TEXT or %s:=JSON, or name a second log", other, f.Name, f.Name)
	}
	return nil
}

// compareOn shows two logs on the screen that compares them.
func (a *app) compareOn(ctx context.Context, ids [2]string) error {
	switch err := secondLog(ids[1]); {
	case err != nil:
		return err
	case ids[0] == ids[1]:
		return fail(exitUsage, "%s is compared with itself: name another log", ids[0])
	case !a.interactive() || a.cfg.JSON():
		return fail(exitUsage, "--screen wants a terminal; without --screen errata diff prints how the logs differ")
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	o, dir, err := a.screenOptions(svc)
	if err != nil {
		return err
	}
	o.Compare = &ids
	return a.run(ctx, o, dir)
}

// compare prints in what two logs differ.
func (a *app) compare(ctx context.Context, one, other string) error {
	if err := secondLog(other); err != nil {
		return err
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	var logs [2]*model.Log
	for i, id := range []string{one, other} {
		if logs[i], err = svc.log(ctx, id); err != nil {
			return err
		}
	}
	a.differences(logs[0], logs[1])
	return nil
}

// differences prints each field that differs.
func (a *app) differences(one, other *model.Log) {
	var o object
	var b strings.Builder
	for _, f := range model.Form() {
		before, after := one.Value(f), other.Value(f)
		if before.Equal(after) {
			continue
		}
		if a.cfg.JSON() {
			o.add(f.Name, turned(before, after).bytes())
			continue
		}
		b.WriteString(f.Name + "\n")
		writeChange(&b, change.Lines(f, before, after))
	}
	switch {
	case a.cfg.JSON():
		a.value(o.bytes())
	case b.Len() == 0:
		a.say("the logs differ in no field")
	default:
		a.text(b.String())
	}
}

// writeChange writes how a value changed, indented. It holds text of a log.
func writeChange(b *strings.Builder, lines []change.Line) {
	for _, line := range lines {
		b.WriteString("  " + strings.TrimRight(line.Kind.Sign()+" "+line.Text, " ") + "\n")
	}
}
