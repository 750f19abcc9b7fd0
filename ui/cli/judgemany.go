package cli

import (
	"context"

	"errata/api/batch"
)

// judgeAny judges the log that is named alone, or those that are selected.
func (a *app) judgeAny(ctx context.Context, l *selected, args []string, f judgeFlags) error {
	names, said := apart(args)
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
	acts, err := a.words(ctx, said, f).Acts(r.list)
	return batch.Judge(acts), err
}
