package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"errata/api/walk"
)

func (a *app) demoCommand() *cobra.Command {
	var tour bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try errata on sample logs",
		Long: `Try errata on sample logs in a store of their own, which is gone afterwards. Nothing needs to be set up, and nothing
that you do there touches your logs. Without a terminal it prints the samples as errata list does.
With --tour a line at the foot of the screens leads through a correction, a judgment and an undo, in a minute.`,
		Args:              args(0, 0),
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), tour) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.Flags().BoolVar(&tour, "tour", false, "lead through a correction, a judgment and an undo")
	return cmd
}

func (a *app) demo(ctx context.Context, tour bool) error {
	shows := a.interactive() && !a.cfg.JSON()
	if tour && !shows {
		return fail(exitUsage, "the tour needs a terminal: errata demo --tour shows screens")
	}
	svc, err := demo(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	if shows {
		return a.showDemo(ctx, svc, tour)
	}
	return a.list(ctx, svc, walk.Query{Selection: a.query()})
}

// demoHint is what the first screen of the samples says.
const demoHint = "samples, gone when you quit: enter opens a log, ? lists the keys, q goes back"

// showDemo shows the samples, with drafts and a journal in a folder that is removed afterwards. If
// none can be made they are shown without.
func (a *app) showDemo(ctx context.Context, svc *service, tour bool) error {
	dir, err := os.MkdirTemp("", "errata-demo-")
	switch {
	case err == nil:
		defer func() { _ = os.RemoveAll(dir) }()
		svc.id, svc.state = demoName, dir
	case tour:
		return fail(exitFailed, "the tour needs a folder for drafts and journal: %w", err)
	}
	o, _, err := a.screenOptions(svc)
	if err != nil {
		return err
	}
	o.Hint, o.Tour = demoHint, tour
	if tour {
		o.Hint = ""
	}
	if err := a.run(ctx, o, ""); err != nil || !tour {
		return err
	}
	a.say("what the tour kept in memory and in %s is gone", dir)
	a.say("next: errata import PATH loads your logs; errata --base-url URL uses a server")
	a.say("errata help safety says what holds; errata help keyboard lists the keys")
	return nil
}
