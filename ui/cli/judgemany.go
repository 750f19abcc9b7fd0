package cli

import (
	"context"
	"strings"

	"errata/api/batch"
	"errata/api/judge"
	"errata/model"
	"errata/model/judgment"
)

// judgeAny judges the log that is named alone, or those that are selected.
func (a *app) judgeAny(ctx context.Context, l *selected, args []string, f judgeFlags) error {
	var names, said []string
	for _, arg := range args {
		if strings.Contains(arg, "=") {
			said = append(said, arg)
		} else {
			names = append(names, arg)
		}
	}
	switch one := len(names) == 1 && names[0] != "-" && !l.given(); {
	case f.remove != "":
		return a.judge(ctx, nil, f)
	case len(said) == 0 && f.note == "" && len(names) > 1 && !l.given():
		return a.judge(ctx, args, f) // one of them was meant to be a judgment, and it says so
	case len(said) == 0 && f.note == "":
		return fail(exitUsage, "usage: errata judge LOG_ID EVALUATOR=VALUE...; see errata help judge")
	case one:
		return a.judge(ctx, append(names, said...), f)
	}
	q, err := a.changing(ctx, l, names)
	if err != nil {
		return err
	}
	change, err := a.judgeEach(ctx, said, f)
	if err != nil {
		return err
	}
	return a.changeEach(ctx, q, f.dryRun, change)
}

// judgeEach is the change that says the same of each log.
func (a *app) judgeEach(ctx context.Context, said []string, f judgeFlags) (batch.Change, error) {
	svc, err := a.connect(ctx)
	if err != nil {
		return batch.Change{}, err
	}
	defer svc.close()
	r, err := svc.rubric(ctx)
	if err != nil {
		return batch.Change{}, err
	}
	if err := a.offerRubric(ctx, r, f.dryRun); err != nil {
		return batch.Change{}, err
	}
	acts, err := a.acts(ctx, r, said, f)
	if err != nil {
		return batch.Change{}, err
	}
	words := []string{"judge"}
	for _, act := range acts {
		words = append(words, pathOf(act.Evaluator)+"="+begun(onOneLine(act.Value)))
	}
	// who judges, and with which version of an evaluator, is not in its words: it has no spec, and
	// the same command alone goes on with it
	recipe := batch.Recipe{Kind: "judge", Words: strings.Join(words, " ")}
	return batch.Change{Recipe: recipe, Make: func(_ context.Context, log *model.Log, of batch.Item) (batch.Edit, error) {
		return batch.Edit{Acts: judgedAnew(acts, log, of)}, nil
	}}, nil
}

// judgedAnew is what of some judgments does not stand in a log already.
func judgedAnew(acts []judge.Act, log *model.Log, of batch.Item) (list []judge.Act) {
	standings := judgment.Standings(judgment.Of(log))
	for _, act := range acts {
		act.ID = of.NewID("log_", act.Evaluator.ID)
		act.LogID, act.FileID = log.Head().ID, log.Head().PromptID
		if v := stands(act, standings); !judgment.Same(v.now, act.Value) || act.Completed {
			list = append(list, act)
		}
	}
	return list
}
