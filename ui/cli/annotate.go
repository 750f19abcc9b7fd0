package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/judge"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
	"errata/model/judgment"
	"errata/ui/annotate"
)

// annotating is what errata annotate was asked for.
type annotating struct {
	selected
	each, resume, anew, report bool
}

func (a *app) annotateCommand() *cobra.Command {
	var n annotating
	cmd := &cobra.Command{
		Use:   "annotate [LOG_ID...]",
		Short: "Judge and tag logs one after the other, with a key each",
		Long: `Go through logs one after the other and say what you think of each: digits stand for the options of the evaluators
and for tags, ctrl+n sends what was said and changed and shows the next log. It is read ahead, so that nobody waits.

Which evaluators stand on the digits, and quick tags, is told by [[annotate]] in config.toml; without it all evaluators
for people do:

  [[annotate]]
  evaluator = "team/helpfulness"       # its options take the next free digits
  [[annotate]]
  key = "9"
  set = ["metadata.reviewed:=true"]    # any assignment, as errata set takes it

Logs on which each of these evaluators has a completed judgment by anybody are left out; with --each only those that
you have judged yourself. The queue, its order and place are kept: --resume goes on with the latest one, and where the
same selection has a queue that is not finished errata asks. --report says what was done with it; with --json a line a
log: id, state, judgments.

` + selectionHelp,
		Example: `  errata annotate --prompt kitchen/bread-helper --since 7d
  errata annotate --resume
  errata annotate --report`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.annotate(cmd.Context(), &n, args) },

		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &n.selected)
	cmd.Flags().BoolVar(&n.each, "each", false, "leave out only what you have judged yourself, for agreement between people")
	cmd.Flags().BoolVar(&n.resume, "resume", false, "go on with the latest queue of this server that is not finished")
	cmd.Flags().BoolVar(&n.anew, "anew", false, "begin anew where the same selection has a queue already")
	cmd.Flags().BoolVar(&n.report, "report", false, "say what was done with the latest queue, and show nothing")
	cmd.MarkFlagsMutuallyExclusive("resume", "anew", "report")
	return cmd
}

// annotate works through the logs that are selected, on the screen.
func (a *app) annotate(ctx context.Context, n *annotating, names []string) error {
	chooses := len(names) > 0 || n.given()
	if (n.resume || n.report) && chooses {
		return fail(exitUsage, "--resume and --report take the latest queue: they go with no logs and no selection")
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	if n.report {
		return a.annotated(svc)
	}
	if !a.interactive() || a.cfg.JSON() {
		return fail(exitUsage, "logs are annotated at a terminal; errata judge does it in a script, errata annotate --report says what was done")
	}
	q, err := a.queue(ctx, svc, n, names)
	if err != nil {
		return err
	}
	o, dir, err := a.screenOptions(svc)
	if err != nil {
		return errors.Join(err, q.Close())
	}
	o.Queue = q
	err = a.run(ctx, o, dir)
	a.sayReport(q.Report())
	return errors.Join(err, q.Close())
}

// queue is the queue to work on: the one that is there already, or a new one.
func (a *app) queue(ctx context.Context, svc *service, n *annotating, names []string) (*annotate.Queue, error) {
	dir, err := a.queueDir(svc)
	if err != nil {
		return nil, err
	}
	if n.resume {
		return a.latest(dir, svc)
	}
	query, err := a.chosen(ctx, &n.selected, names)
	if err != nil {
		return nil, err
	}
	head := annotate.Head{Began: a.env.Now(), Server: svc.id, User: a.author(), Query: query.Selection.String()}
	head.Key = queueKey(head, query.IDs, n.each)
	before, err := annotate.Unfinished(dir, svc.id, head.Key)
	if err != nil {
		return nil, err
	}
	if before != nil && !n.anew {
		again, err := a.goOn(ctx, before)
		if err != nil {
			return nil, err
		}
		if again {
			return a.reopen(dir, before.ID)
		}
	}
	ids, err := a.toAnnotate(ctx, svc, query, n.each)
	if err != nil {
		return nil, err
	}
	return annotate.New(dir, head, ids)
}

// queueDir is where queues are kept, "" for a store that is thrown away.
func (a *app) queueDir(svc *service) (string, error) {
	if svc.id == "" {
		return "", nil
	}
	return a.state()
}

// queueKey is the same for the same selection of the same server.
func queueKey(h annotate.Head, ids []string, each bool) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %v %v", h.Server, h.User, h.Query, ids, each))
	return hex.EncodeToString(sum[:8])
}

// latest is the latest queue of a server that is not finished.
func (a *app) latest(dir string, svc *service) (*annotate.Queue, error) {
	q, err := annotate.Unfinished(dir, svc.id, "")
	switch {
	case err != nil:
		return nil, err
	case q == nil:
		return nil, fail(exitNotFound, "there is no queue to go on with: errata annotate [SELECTION] begins one")
	}
	return a.reopen(dir, q.ID)
}

// reopen opens a queue that was started before.
func (a *app) reopen(dir, id string) (*annotate.Queue, error) {
	q, err := annotate.Open(dir, id)
	switch {
	case errors.Is(err, annotate.ErrHeld):
		return nil, fail(exitFailed, "%w; end that one first", err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(exitNotFound, "the queue is not there any more")
	}
	return q, err
}

// goOn asks whether to continue with a queue that is not finished.
func (a *app) goOn(ctx context.Context, q *annotate.Queue) (bool, error) {
	r := q.Report()
	a.say("a queue of the same logs was begun %s: %s of %s done", r.Began.Format(time.DateOnly), figure.Int(r.Done), figure.Count(r.Logs, "log"))
	answer, err := a.answer(ctx, "[g]o on, or begin [a]new? ")
	if errors.Is(err, io.EOF) {
		return false, fail(exitFailed, "nothing was begun")
	}
	if err != nil {
		return false, err
	}
	switch answer {
	case "", "g", "go on":
		return true, nil
	case "a", "anew":
		return false, nil
	}
	return false, fail(exitUsage, "want g or a, not %s; nothing was begun", answer)
}

// toAnnotate are the ids of the logs that are selected and not judged yet.
func (a *app) toAnnotate(ctx context.Context, svc *service, q walk.Query, each bool) (ids []string, err error) {
	rubric, err := a.annotationRubric(ctx, svc)
	if err != nil {
		return nil, err
	}
	var user *string
	if each {
		name := a.author()
		user = &name
	}
	q.Cut = api.PreviewCut
	left := 0
	w, err := a.each(ctx, svc, q, func(log *model.Log) error {
		id := log.Head().ID
		if len(rubric) > 0 && !judgment.Whole(log) {
			if log, err = svc.log(ctx, id); err != nil {
				return err
			}
		}
		if annotate.Complete(log, rubric, user) {
			left++
			return nil
		}
		ids = append(ids, id)
		return nil
	})
	if err == nil {
		err = a.saySelected(w)
	}
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0 && left > 0 && each:
		return nil, fail(exitDone, "nothing to annotate: you have judged all %s already", figure.Count(left, "log"))
	case len(ids) == 0 && left > 0:
		return nil, fail(exitDone, "nothing to annotate: all %s are judged already; --each leaves out only your own", figure.Count(left, "log"))
	case len(ids) == 0:
		return nil, fail(exitNotFound, "no log fits")
	case left > 0:
		a.say("%s left out, judged already", figure.Count(left, "log"))
	}
	return ids, nil
}

// annotationRubric are the evaluators that are on the digits; none if the server takes no
// judgments.
func (a *app) annotationRubric(ctx context.Context, svc *service) ([]judgment.Evaluator, error) {
	lister, ok := svc.Service.(judge.Lister)
	if !ok {
		return nil, nil
	}
	list, _, err := judge.Evaluators(ctx, lister)
	if errors.Is(err, api.ErrNoJudgments) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	slots, err := annotate.Slots(a.annotations(), judgment.ForPeople(list))
	if err != nil {
		return nil, fail(exitUsage, "[[annotate]] in config.toml: %w", err)
	}
	return annotate.Judging(slots), nil
}

// annotations are the entries of the configuration as the queue has them.
func (a *app) annotations() (list []annotate.Entry) {
	for _, e := range a.cfg.Annotations() {
		list = append(list, annotate.Entry{Evaluator: e.Evaluator, Key: e.Key, Set: e.Set})
	}
	return list
}

// annotated prints what was done with the latest queue.
func (a *app) annotated(svc *service) error {
	dir, err := a.queueDir(svc)
	if err != nil {
		return err
	}
	list, err := annotate.List(dir)
	if err != nil {
		return err
	}
	for _, q := range list {
		if q.Server != svc.id {
			continue
		}
		if a.cfg.JSON() {
			for _, it := range q.Items() {
				var o object
				o.text("id", it.ID)
				o.text("state", string(it.State))
				o.number("judgments", it.Judgments)
				a.value(o.bytes())
			}
			return nil
		}
		a.text(reported(q.Report()))
		return nil
	}
	return fail(exitNotFound, "nothing was annotated on this server yet")
}

// sayReport says what was done, once the screen is left.
func (a *app) sayReport(r annotate.Report) {
	a.say("%s", strings.TrimSuffix(reported(r), "\n"))
	if r.Done+r.Skipped < r.Logs && r.Server != "" {
		a.say("errata annotate --resume goes on")
	}
}

// reported is what was done with a queue, in a line.
func reported(r annotate.Report) string {
	parts := []string{figure.Int(r.Done) + " of " + figure.Count(r.Logs, "log") + " done, " + figure.Count(r.Judgments, "judgment")}
	for _, one := range []struct {
		n    int
		what string
	}{{r.Skipped, "skipped"}, {r.Failed, "failed"}, {r.Left, "left"}} {
		if one.n > 0 {
			parts = append(parts, figure.Int(one.n)+" "+one.what)
		}
	}
	if !r.Last.IsZero() {
		parts = append(parts, "in "+r.Last.Sub(r.Began).Round(time.Second).String())
	}
	return strings.Join(parts, " · ") + "\n"
}
