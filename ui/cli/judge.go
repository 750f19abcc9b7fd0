package cli

import (
	"context"
	"os/user"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/journal"
	"errata/api/judge"
	"errata/model"
	"errata/model/judgment"
)

// judgeFlags are the flags of errata judge, as typed.
type judgeFlags struct {
	note, remove      string
	completed, dryRun bool
}

func (a *app) judgeCommand() *cobra.Command {
	var f judgeFlags
	var l selected
	cmd := &cobra.Command{
		Use:   "judge [LOG_ID...] EVALUATOR=VALUE...",
		Short: "Judge a log, without changing it",
		Long: `Judge a log with evaluators of the server (errata evaluators). A judgment is a record of its own beside the log: what is
said again by the same person takes the place of what was said before, which stays readable. VALUE is written as people
say it: an option, several with commas between, a number, yes or no, a text; EVALUATOR:=JSON gives JSON, and
EVALUATOR:=null takes back what you said. --note TEXT is a judgment with the evaluator called note, or the only one that
wants a text.

Judgments are checked by the limits of the evaluator, shown and confirmed on a terminal, sent one by one, read back,
and entries of the journal: errata undo takes one back. --remove deletes a judgment by its id (errata get LOG_ID
--judgments lists them). Who judges is --author.

An argument with = is a judgment, every other one the id of a log. Several ids, or flags that select logs, say the same of
many, as one batch that goes on where it was stopped and is taken back as one. What stands so already is not said again.

` + selectionHelp,
		Example: `  errata judge log_0123 rating=good --note "names its source"
  errata judge log_0123 team/faults="too long,wrong tone" team/score=4.5
  errata judge log_0123 rating:=null
  errata judge --prompt tides/today --errors rating=bad
  errata judge --remove log_4567`,
		Args: func(cmd *cobra.Command, given []string) error {
			if f.remove != "" {
				return args(0, 0)(cmd, given)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !f.dryRun {
				return readOnlyHere("nothing can be judged")
			}
			return a.judgeAny(cmd.Context(), &l, args, f)
		},
		ValidArgsFunction: a.completeJudge,
	}
	a.selects(cmd, &l)
	flags := cmd.Flags()
	flags.StringVar(&f.note, "note", "", "say this `TEXT` with the evaluator called note, or the only one that wants a text")
	flags.StringVar(&f.remove, "remove", "", "delete the judgment of this `ID`")
	flags.BoolVar(&f.completed, "completed", false, "mark the judgments as completed")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what would be sent, and send nothing")
	_ = cmd.RegisterFlagCompletionFunc("remove", a.completeJudgments)
	return cmd
}

// verdict is a judgment that is about to be sent, and the value that stands now.
type verdict struct {
	act judge.Act
	now model.Value // absent when the same person has not judged yet
}

// says describes the judgment for reading: "rating: good → bad".
func (v verdict) says() string {
	title := v.act.Evaluator.Called()
	switch {
	case v.act.Remove:
		return title + ": " + onOneLine(v.act.Value) + " → removed"
	case v.now.IsAbsent():
		return title + ": nothing → " + onOneLine(v.act.Value)
	}
	return title + ": " + onOneLine(v.now) + " → " + onOneLine(v.act.Value)
}

// onOneLine is a value for reading, on one line.
func onOneLine(v model.Value) string { return oneLine(judgment.Words(v)) }

func (a *judging) judge(ctx context.Context, args []string, f judgeFlags) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	var list []verdict
	if f.remove != "" {
		list, err = a.removal(ctx, svc, f.remove)
	} else {
		list, err = a.verdicts(ctx, svc, args, f)
	}
	if err != nil {
		return err
	}
	if len(list) == 0 {
		a.say("nothing to change")
		return nil
	}
	return a.sendVerdicts(ctx, svc, list, f.dryRun)
}

// removal is the deletion of a judgment.
func (a *judging) removal(ctx context.Context, svc *service, id string) ([]verdict, error) {
	log, err := svc.log(ctx, id)
	if api.CodeOf(err) == api.NotFound {
		return nil, fail(exitNotFound, "there is no judgment %s on this server; errata get LOG_ID --judgments lists those of a log", id)
	}
	if err != nil {
		return nil, err
	}
	j := judgment.Read(log)
	if j.Evaluator.ID == "" || j.ParentID == "" {
		return nil, fail(exitRefused, "%s is not a judgment of a log; errata get LOG_ID --judgments lists those", id)
	}
	return []verdict{{judge.Remove(j, a.fileOf(ctx, svc, j.ParentID)), j.Value}}, nil
}

// fileOf is the id of the prompt of a log, "" when the log cannot be read.
func (a *judging) fileOf(ctx context.Context, svc *service, id string) string {
	log, err := svc.log(ctx, id)
	if err != nil {
		return ""
	}
	return log.Head().PromptID
}

// verdicts reads the arguments of errata judge. Judgments that stand already are reported and left
// out.
func (a *judging) verdicts(ctx context.Context, svc *service, args []string, f judgeFlags) ([]verdict, error) {
	log, err := svc.log(ctx, args[0])
	if err != nil {
		return nil, err
	}
	r, err := svc.rubric(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.offerRubric(ctx, r, f.dryRun); err != nil {
		return nil, err
	}
	acts, err := a.words(ctx, args[1:], f).Acts(r.list)
	if err != nil {
		return nil, err
	}
	standings := judgment.Standings(judgment.Of(log))
	var list []verdict
	for _, act := range acts {
		act.ID, act.LogID, act.FileID = judge.NewID(), log.Head().ID, log.Head().PromptID
		v := verdict{act, act.Now(standings)}
		if judgment.Same(v.now, act.Value) && !act.Completed {
			a.say("%s is %s already", act.Evaluator.Called(), onOneLine(act.Value))
			continue
		}
		list = append(list, v)
	}
	return list, nil
}

// words are the judgments that the arguments ask for.
func (a *judging) words(ctx context.Context, said []string, f judgeFlags) judge.Words {
	return judge.Words{Said: said, Note: f.note, User: a.author(), Completed: f.completed,
		File: func(name string) ([]byte, error) { return a.atName(ctx, name) }}
}

// author is the name of the person who judges.
func (a *judging) author() string {
	if name := a.cfg.Author(); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// offerRubric offers to create a first set of evaluators on a server that has none for people. It
// creates them after a yes.
func (a *judging) offerRubric(ctx context.Context, r *rubric, dryRun bool) error {
	if len(judgment.ForPeople(r.list)) > 0 {
		return nil
	}
	if !a.asks() || dryRun {
		return nil // the evaluators that are missing are reported later
	}
	a.say("no evaluator for people is on this server yet")
	if err := a.confirm(ctx, "make rating (good, bad) and note (text)?", "no evaluator was made; errata evaluators add makes one"); err != nil {
		return err
	}
	for _, made := range []struct {
		name  string
		flags evaluatorFlags
	}{{"rating", evaluatorFlags{options: "good:+,bad:-"}}, {"note", evaluatorFlags{text: true}}} {
		spec, err := a.spec(ctx, made.flags)
		if err != nil {
			return err
		}
		if err := a.makeEvaluator(ctx, r, made.name, spec); err != nil {
			return err
		}
	}
	return nil
}

// sendVerdicts shows the judgments, asks where somebody can answer, and sends them one by one. The
// exit code is the highest of theirs.
func (a *judging) sendVerdicts(ctx context.Context, svc *service, list []verdict, dryRun bool) error {
	for _, v := range list {
		a.showWords(v.says() + "\n")
	}
	if dryRun {
		return nil
	}
	a.remind(ctx)
	if a.asks() {
		if err := a.confirm(ctx, "send?", "nothing was sent"); err != nil {
			return err
		}
	}
	j, err := a.journal(ctx)
	if err != nil {
		return err
	}
	var worst error
	for _, v := range list {
		if err := a.sendVerdict(ctx, svc, j, v); err != nil && codeOf(err) >= codeOf(worst) {
			if worst != nil {
				a.complain(worst)
			}
			worst = err
		}
	}
	return worst
}

// sendVerdict sends one judgment and prints what became of it.
func (a *judging) sendVerdict(ctx context.Context, svc *service, j *journal.Journal, v verdict) error {
	back, ok := svc.Service.(api.Judge)
	if !ok {
		return fail(exitFailed, "%w", api.ErrNoJudgments)
	}
	r := judge.Do(ctx, back, v.act, judge.Options{Journal: j.Recorder(svc.id)})
	if r.EntryErr != nil {
		a.say("warning: the journal does not hold the outcome yet: %v; errata history checks it on the server", r.EntryErr)
	}
	return a.tell(v, r)
}
