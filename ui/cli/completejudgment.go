package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/model/judgment"
)

// completeJudgments completes the id of a judgment with those of the newest logs.
func (a *judging) completeJudgments(cmd *cobra.Command, _ []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	a.newest(cmd, nil, func(log *model.Log) {
		for _, j := range judgment.Of(log) {
			if strings.HasPrefix(j.ID, begun) && shellWord(j.ID) {
				out = append(out, completion(j.ID, log.Head().ID+"  "+j.Evaluator.Title()+": "+judgment.Words(j.Value)))
			}
		}
	})
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeEvaluators completes the name of an evaluator.
func (a *judging) completeEvaluators(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp
	if len(args) > 0 {
		return nil, directive
	}
	return a.evaluatorWords(cmd, begun, ""), directive
}

// completeJudged completes an evaluator and, behind it, what it can say.
func (a *access) completeJudged(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return a.evaluatorWords(cmd, begun, ""), cobra.ShellCompDirectiveNoFileComp
}

// completeJudge completes the ids of logs, and judgments: an evaluator and, behind it, what can be
// said with it.
func (a *judging) completeJudge(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return a.completeIDs(cmd, args, begun)
	}
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	list := a.evaluatorWords(cmd, begun, "=")
	if strings.Contains(begun, "=") {
		return list, directive
	}
	return list, directive | cobra.ShellCompDirectiveNoSpace
}

// evaluatorWords are the evaluators that begin so, each followed by end; behind = the values that
// one of them has to choose from.
func (a *access) evaluatorWords(cmd *cobra.Command, begun, end string) (list []cobra.Completion) {
	add := func(word, means string) {
		if strings.HasPrefix(word, begun) && shellWord(word) {
			list = append(list, completion(word, means))
		}
	}
	a.offer(cmd, func(ctx context.Context, svc *service) error {
		r, err := svc.rubric(ctx)
		if err != nil {
			return err
		}
		for _, e := range r.list {
			if name, _, behind := strings.Cut(begun, "="); !behind {
				add(e.Path+end, e.Spec.Wanted())
			} else if name == e.Path {
				for _, value := range chosenFrom(e.Spec) {
					add(name+"="+value, "")
				}
			}
		}
		return nil
	})
	return list
}

// chosenFrom are the values of an evaluator, as people say them; none if they are typed.
func chosenFrom(s judgment.Spec) (values []string) {
	switch s.Returns {
	case judgment.Boolean:
		return []string{"yes", "no"}
	case judgment.Select, judgment.MultiSelect:
		for _, o := range s.Options {
			values = append(values, o.Name)
		}
	case judgment.Number, judgment.Text: // are typed
	}
	return values
}
