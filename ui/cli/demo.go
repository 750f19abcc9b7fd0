package cli

import (
	"context"

	"github.com/spf13/cobra"

	"errata/api/walk"
)

func (a *app) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Try errata on sample logs",
		Long: `Try errata on sample logs in a store of their own, which is gone afterwards. Nothing needs to be set up, and nothing
that you do there touches your logs. Without a terminal it prints the samples as errata list does.`,
		Args:              args(0, 0),
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context()) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

func (a *app) demo(ctx context.Context) error {
	svc, err := demo(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	if a.interactive() && !a.cfg.JSON() {
		return a.showDemo(ctx, svc)
	}
	return a.list(ctx, svc, walk.Query{Selection: a.query()})
}

// demoHint is what the first screen of the samples says.
const demoHint = "samples, gone when you quit: enter opens a log, ? lists the keys, q goes back"

func (a *app) showDemo(ctx context.Context, svc *service) error {
	o, dir, err := a.screenOptions(svc)
	if err != nil {
		return err
	}
	o.Hint = demoHint
	return a.run(ctx, o, dir)
}
