package cli

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"errata/api/batch"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
	"errata/model/redact"
)

// redactFlags are the flags of errata redact besides those that select.
type redactFlags struct {
	kinds                   []string
	check, dryRun, numbered bool
}

func (a *app) redactCommand() *cobra.Command {
	var l selected
	var o redactFlags
	cmd := &cobra.Command{
		Use:   "redact [LOG_ID...]",
		Short: "Mask mail addresses, phone numbers, card numbers, keys and your own words",
		Long: `Find what names people or opens doors in the values of logs, and put a mask in its place: [mail], [phone], [iban],
[card], [ip], [key], [jwt], [private-key] and [word]. It is found in texts, in the names of members and in strings that
hold JSON, which stay JSON; a card number that is a JSON number becomes a string. Ids, created_at and what else no
PATCH reaches stay; where they hold hits they are named, and so are the judgments of a log.

[redact] in config.toml has your own words (words = ["Falkenberg", "Mond*"], words_file = "names.txt") and regular
expressions (patterns). A word is found in any case and as a whole; a * stands for the rest of a longer one.

The review counts hits by kind and by place, and shows samples of hits and of near misses: what looked like one and
was not. A redaction cannot be undone. It also reaches the journal, the drafts of these logs, the batches whose words
hold a hit (what is left of them to do is given up), and the file of the store, which is written anew; what it does not
reach is named at the end. A run that was stopped or killed goes on with the same command, and only its end says that
nothing is left.

--check changes nothing and prints a line for each log that holds a hit, without the hit; the exit code is 4 then.

` + selectionHelp,
		Example: `  errata redact log_0123
  errata redact --prompt tides/today --since 7d --dry-run
  errata redact --all --kinds mail,phone --numbered --yes
  errata redact --all --check`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !o.dryRun && !o.check {
				return fail(exitFailed, "nothing can be redacted: errata is read-only here (--read-only, or read_only in the profile)")
			}
			q, err := a.changing(cmd.Context(), &l, args)
			if err != nil {
				return err
			}
			return a.maskLogs(cmd.Context(), q, o)
		},
		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &l)
	flags := cmd.Flags()
	flags.StringSliceVar(&o.kinds, "kinds", nil, "only these `KINDS`, with commas between: "+strings.Join(redact.Names(nil), ", "))
	_ = cmd.RegisterFlagCompletionFunc("kinds", a.completeKinds)
	flags.BoolVar(&o.check, "check", false, "change nothing, and end with exit code 4 where anything is found")
	flags.BoolVar(&o.dryRun, "dry-run", false, "show what would be masked, and change nothing")
	flags.BoolVar(&o.numbered, "numbered", false, "number the masks: the same number for the same thing, [mail-1]")
	return cmd
}

// completeKinds completes the last one of a list of kinds.
func (a *access) completeKinds(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var patterns []redact.Pattern
	if a.settle(cmd.Context(), cmd.Flags()) == nil {
		patterns = a.cfg.Patterns()
	}
	before := typed[:strings.LastIndexByte(typed, ',')+1]
	var list []cobra.Completion
	for _, name := range redact.Names(patterns) {
		if !slices.Contains(strings.Split(before, ","), name) {
			list = append(list, before+name)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// redaction is the masking of many logs, as a batch that cannot be taken back.
type redaction struct {
	*bulk
	redact.Redactor
	numbers *redact.Numbers // nil for masks without numbers

	mu      sync.Mutex
	reports map[int]*redact.Report // of the logs of a plan, until they are counted
	found   *redact.Report
	logs    int // that hold hits
}

// maskLogs masks what is found in the logs that a query means.
func (a *app) maskLogs(ctx context.Context, q walk.Query, o redactFlags) error {
	options, err := a.cfg.Redact()
	if err != nil {
		return err
	}
	options.Kinds = o.kinds
	finder, err := redact.New(options)
	if err != nil {
		return fail(exitUsage, "--kinds: %w", err)
	}
	r := &redaction{Redactor: redact.Redactor{Finder: finder}, found: redact.NewReport(), reports: map[int]*redact.Report{}}
	if o.numbered {
		r.number(nil)
	}
	r.bulk = &bulk{app: a, bar: a.newProgress("redacting"), change: r.change(o)}
	if !o.check && !o.dryRun {
		if r.journal, err = a.past(ctx); err != nil {
			return err
		}
	}
	if r.svc, err = a.connect(ctx); err != nil {
		return err
	}
	defer r.svc.close()
	switch {
	case o.check || o.dryRun:
		return r.look(ctx, q, o.check)
	case r.svc.readOnly:
		return fail(exitFailed, "nothing was changed: the store can only be read where it is")
	}
	return r.carry(ctx, q)
}

// number has the masks numbered, from numbers that were given before.
func (r *redaction) number(saved *redact.Saved) {
	r.numbers = redact.NewNumbers(saved)
	r.Number = r.numbers.Of
}

// change is what is done to each log.
func (r *redaction) change(o redactFlags) batch.Change {
	words := "redact"
	if len(o.kinds) > 0 {
		words += " " + strings.Join(slices.Sorted(slices.Values(o.kinds)), ", ")
	}
	if o.numbered {
		words += " with numbers"
	}
	return batch.Change{Recipe: batch.Recipe{Kind: "redact", Words: words, Irreversible: true}, Make: func(_ context.Context, log *model.Log, of batch.Item) (batch.Edit, error) {
		changes, report, err := r.Log(log)
		if err != nil {
			return batch.Edit{}, err
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.reports != nil {
			r.reports[of.N] = report
		}
		return batch.Edit{Changes: changes}, nil
	}}
}

// planned counts what was found in one log of a plan.
func (r *redaction) planned(e batch.Event) *redact.Report {
	r.mu.Lock()
	report := r.reports[e.N]
	delete(r.reports, e.N)
	r.mu.Unlock()
	r.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
	if report == nil {
		report = redact.NewReport()
	}
	r.found.Merge(report)
	if masked, _ := report.Hits(); masked > 0 {
		r.logs++
	}
	if e.Err != nil {
		r.failed(e)
	}
	return report
}

// run is that of the bulk. Numbers are given in the order of the logs, so a plan of them makes one
// log after the other.
func (r *redaction) run(report func(batch.Event)) batch.Run {
	run := r.bulk.run(report)
	if r.numbers != nil {
		run.Workers = 1
	}
	return run
}

// look finds what there is and changes nothing. With check it tells of each log what it holds, and
// not the words.
func (r *redaction) look(ctx context.Context, q walk.Query, check bool) (err error) {
	dir, err := os.MkdirTemp("", "errata-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if r.batch, err = batch.New(dir, r.head(q)); err != nil {
		return err
	}
	defer r.close()
	if err := r.find(ctx, q); err != nil {
		return err
	}
	err = r.batch.Plan(ctx, r.run(func(e batch.Event) {
		if report := r.planned(e); check || r.cfg.JSON() {
			r.tell(e.LogID, report)
		}
	}))
	r.bar.clear()
	if err != nil {
		return err
	}
	masked, _ := r.found.Hits()
	if check {
		r.say("%s in %s of %s", figure.Count(masked, "hit"), figure.Count(r.logs, "log"), figure.Int(r.batch.Len()))
		if masked > 0 {
			return said(max(r.worst, exitRefused))
		}
	} else {
		r.sayFound(true)
	}
	if r.worst != exitDone {
		return said(r.worst)
	}
	return nil
}

// carry begins the redaction, or goes on with the one that the same command left.
func (r *redaction) carry(ctx context.Context, q walk.Query) error {
	state, err := r.state()
	if err != nil {
		return err
	}
	head := r.head(q)
	if len(r.Finder.Find(head.Query, "").Hits) > 0 {
		head.Query = "" // what is searched for has to go as well
	}
	traces, err := findTraces(state, head.Key)
	if err != nil {
		return err
	}
	if traces != nil {
		return r.goOn(ctx, state, traces)
	}
	if r.batch, err = batch.New(state, head); err != nil {
		return err
	}
	defer r.close()
	if err := r.find(ctx, q); err != nil {
		return err
	}
	if r.batch.Len() == 0 {
		r.say("no log fits")
		return r.ended(nil)
	}
	if err := r.batch.Plan(ctx, r.run(func(e batch.Event) { r.planned(e) })); err != nil {
		return err
	}
	r.bar.clear()
	if traces, err = r.traces(state); err != nil {
		return err
	}
	if done, err := r.review(ctx, traces); done || err != nil {
		return err
	}
	return r.finish(ctx, traces)
}

// review tells what would be masked, and asks.
func (r *redaction) review(ctx context.Context, t *traces) (done bool, err error) {
	past, err := r.oldHits(ctx, t)
	if err != nil {
		return false, err
	}
	r.sayFound(r.asks())
	if past != "" {
		r.say("%s", past)
	}
	if masked, _ := r.found.Hits(); masked == 0 && past == "" {
		return true, r.onlyStore(ctx)
	}
	if !r.asks() {
		return false, nil
	}
	return false, r.confirm(ctx, "redact "+figure.Count(r.logs, "log")+"? This cannot be undone", "nothing was redacted")
}

// onlyStore clears the file of the store where nothing is found: what was masked through a server
// of it, or by hand, may still be in what is free of it.
func (r *redaction) onlyStore(ctx context.Context) error {
	if err := r.scrub(ctx); err != nil {
		return err
	}
	if words := r.andStore(); words != "" {
		r.say("the file of the store was written anew, without what was there before")
	}
	return r.ended(nil)
}

// goOn goes on with what the same command left.
func (r *redaction) goOn(ctx context.Context, state string, t *traces) (err error) {
	if r.numbers != nil {
		r.number(t.Numbers)
	}
	r.say("going on with the redaction of %s that was begun %s", figure.Count(len(t.IDs), "log"), stamp(t.Began))
	if r.batch, err = batch.Open(state, t.Batch); err != nil {
		return err
	}
	defer r.close()
	return r.finish(ctx, t)
}

// finish sends what is left to be sent, and takes the words out of everything that held them.
func (r *redaction) finish(ctx context.Context, t *traces) error {
	r.reports = nil
	if err := t.remember(); err != nil {
		return err
	}
	sent := r.batch.Send(ctx, r.bulk.run(r.sent))
	r.bar.clear()
	if left := r.batch.Counts().By[batch.Todo]; left > 0 {
		r.say("stopped with %s left to do; the same command goes on", figure.Count(left, "log"))
		return r.ended(sent)
	}
	if err := r.ended(sent); err != nil && err.Error() != "" {
		return err
	}
	if err := r.clear(ctx, t); err != nil {
		r.say("the redaction is not finished: the same command goes on")
		return err
	}
	if r.worst != exitDone {
		return said(r.worst)
	}
	return nil
}

// sent tells what came of one log. No value of it is told.
func (r *redaction) sent(e batch.Event) {
	r.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
	switch {
	case e.Err != nil:
		r.failed(e)
	case r.cfg.JSON():
		var o object
		o.text("id", e.LogID)
		o.text("outcome", e.Outcome.String())
		r.value(o.bytes())
	}
}
