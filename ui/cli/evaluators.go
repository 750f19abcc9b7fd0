package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/judge"
	"errata/model/judgment"
)

func (a *judging) evaluatorsCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "evaluators",
		Short: "List, show and make the evaluators that logs are judged with",
		Long: `An evaluator says what may be said of a log: one of some options, a number, yes or no, a text. People judge with those
of the type human; others are run by programs, and people can judge with them as well.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listEvaluators(cmd.Context()) },
	}, a.listEvaluatorsCommand(), a.showEvaluatorCommand(), a.addEvaluatorCommand())
}

func (a *judging) listEvaluatorsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the evaluators", Args: args(0, 0),
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.listEvaluators(cmd.Context()) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

func (a *judging) showEvaluatorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NAME", Short: "Show what an evaluator allows, and its instructions", Args: args(1, 1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.showEvaluator(cmd.Context(), args[0]) },
		ValidArgsFunction: a.completeEvaluators,
	}
}

// rubric is the evaluators of a server.
type rubric struct {
	svc  api.Backend
	list []judgment.Evaluator
	docs [][]byte // of each
}

// rubric reads the evaluators of a server.
func (svc *service) rubric(ctx context.Context) (*rubric, error) {
	back, ok := svc.Service.(api.Backend)
	if !ok {
		return nil, fail(exitFailed, "%w", api.ErrNoJudgments)
	}
	list, docs, err := judge.Evaluators(ctx, back)
	if err != nil {
		return nil, err
	}
	return &rubric{back, list, docs}, nil
}

func (a *judging) listEvaluators(ctx context.Context) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	r, err := svc.rubric(ctx)
	switch {
	case err != nil:
		return err
	case a.cfg.JSON():
		a.value(array(r.docs))
		return nil
	case len(r.list) == 0:
		a.say("no evaluator yet: errata evaluators add rating --options good:+,bad:- makes one")
		return nil
	}
	var rows [][]string
	for _, e := range r.list {
		rows = append(rows, []string{e.Path, e.Spec.Type, e.ID, e.Spec.Wanted()})
	}
	a.table([]column{{head: "EVALUATOR", give: true}, {head: "TYPE"}, {head: "ID"}, {head: "WANTS"}}, rows)
	return nil
}

func (a *judging) showEvaluator(ctx context.Context, name string) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	r, err := svc.rubric(ctx)
	if err != nil {
		return err
	}
	i, err := judge.Find(r.list, name)
	switch {
	case err != nil:
		return err
	case a.cfg.JSON():
		a.value(r.docs[i])
		return nil
	}
	a.describe(r.list[i])
	return nil
}

// describe prints an evaluator for reading.
func (a *judging) describe(e judgment.Evaluator) {
	line := func(label, text string) {
		if text != "" {
			a.text(label + strings.Repeat(" ", max(14-len(label), 1)) + oneLine(text) + "\n")
		}
	}
	line("path", e.Path)
	line("id", e.ID)
	line("version", e.VersionID)
	line("type", e.Spec.Type)
	line("wants", e.Spec.Wanted())
	for _, o := range e.Spec.Options {
		line("  "+oneLine(o.Name), string(o.Valence))
	}
	line("step", e.Spec.Step)
	line("higher is", string(e.Spec.Valence))
	if e.Spec.Instructions != "" {
		a.text("\n" + strings.TrimRight(e.Spec.Instructions, "\n") + "\n")
	}
}
