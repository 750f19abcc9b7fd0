package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/batch"
	"errata/api/walk"
	"errata/model/figure"
	"errata/model/redact"
	"errata/ui/draft"
	"errata/ui/redaction"
)

// redactFlags are the flags of errata redact besides those that select.
type redactFlags struct {
	redaction.Options
	check, dryRun bool
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
				return readOnlyHere("nothing can be redacted")
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
	flags.StringSliceVar(&o.Kinds, "kinds", nil, "only these `KINDS`, with commas between: "+strings.Join(redact.Names(nil), ", "))
	_ = cmd.RegisterFlagCompletionFunc("kinds", a.completeKinds)
	flags.BoolVar(&o.check, "check", false, "change nothing, and end with exit code 4 where anything is found")
	flags.BoolVar(&o.dryRun, "dry-run", false, "show what would be masked, and change nothing")
	flags.BoolVar(&o.Numbered, "numbered", false, "number the masks: the same number for the same thing, [mail-1]")
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

// redacting is the redaction of many logs by a command.
type redacting struct {
	*bulk
	*redaction.Redaction
}

// maskLogs masks what is found in the logs that a query means.
func (a *app) maskLogs(ctx context.Context, q walk.Query, o redactFlags) error {
	looks := o.check || o.dryRun
	return a.redacting(ctx, o.Options, looks, func(r *redacting) error {
		if looks {
			return r.look(ctx, q, o.check)
		}
		return r.carry(ctx, q)
	})
}

// redacting makes a redaction for the server in use, and does something with it. One that only
// looks needs no journal.
func (a *app) redacting(ctx context.Context, o redaction.Options, looks bool, do func(*redacting) error) error {
	own, err := a.cfg.Redact()
	if err != nil {
		return err
	}
	made, err := redaction.New(o, own)
	if err != nil {
		return fail(exitUsage, "--kinds: %w", err)
	}
	return a.bulk(ctx, looks, func(b *bulk) error {
		b.change = made.Change()
		b.bar.doing = "redacting"
		if made.Reach, err = a.reach(b.svc); err != nil {
			return err
		}
		made.Journal = b.journal
		made.Say = func(words string) { a.say("%s", words) }
		return do(&redacting{b, made})
	})
}

// reach is what a redaction of logs of a server reaches.
func (a *app) reach(svc *service) (r redaction.Reach, err error) {
	r = redaction.Reach{Service: svc.Service, Server: svc.id, Name: svc.name}
	if svc.scanner != nil {
		r.Store = svc.scanner
		if file, ok := strings.CutPrefix(svc.id, fileServer); ok {
			r.File = file
		}
	}
	r.State, err = a.stateOf(svc)
	r.Drafts = draft.New(r.State, draft.Options{Now: a.env.Now, Former: a.formerNames()})
	for _, kept := range []string{trashFolder, rejectsFolder} {
		r.Copies = append(r.Copies, filepath.Join(r.State, kept, "*.jsonl"))
	}
	return r, err
}

// planned counts what was found in one log of a plan.
func (r *redacting) planned(e batch.Event) *redact.Report {
	r.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
	report := r.Planned(e)
	if e.Err != nil {
		r.failed(e)
	}
	return report
}

// run is that of the bulk.
func (r *redacting) run(report func(batch.Event)) batch.Run {
	run := r.bulk.run(report)
	run.Workers = r.Workers(run.Workers)
	return run
}

// look finds what there is and changes nothing. With check it tells of each log what it holds, and
// not the words.
func (r *redacting) look(ctx context.Context, q walk.Query, check bool) (err error) {
	dir, err := os.MkdirTemp("", "errata-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if r.batch, err = batch.New(dir, r.head(q)); err != nil {
		return err
	}
	defer r.close()
	if err := r.find(ctx, q, true); err != nil {
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
	masked, _ := r.Found.Hits()
	if check {
		r.say("%s in %s of %s", figure.Count(masked, "hit"), figure.Count(r.Logs, "log"), figure.Int(r.batch.Len()))
		if masked > 0 {
			return said(max(r.worst, exitRefused))
		}
	} else {
		r.sayLines(r.Lines(r.batch.Len(), true))
	}
	if r.worst != exitDone {
		return said(r.worst)
	}
	return nil
}

// sayLines says what was found.
func (r *redacting) sayLines(lines []string) {
	for _, line := range lines {
		r.say("%s", line)
	}
}

// carry begins the redaction, or continues with the one that the same command left.
func (r *redacting) carry(ctx context.Context, q walk.Query) error {
	head := r.Clean(r.head(q))
	traces, err := redaction.Find(r.State, head.Key)
	if err != nil {
		return err
	}
	if traces != nil {
		return r.goOn(ctx, traces.Batch)
	}
	r.remind(ctx)
	if r.batch, err = batch.New(r.State, head); err != nil {
		return err
	}
	defer r.close()
	if err := r.find(ctx, q, false); err != nil {
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
	if traces, err = r.TracesOf(r.batch); err != nil {
		return err
	}
	if done, err := r.review(ctx, traces); done || err != nil {
		return err
	}
	return r.finish(ctx, traces)
}

// review says what would be masked, and asks.
func (r *redacting) review(ctx context.Context, t *redaction.Traces) (done bool, err error) {
	past, err := r.Weigh(ctx, t)
	if err != nil {
		return false, err
	}
	r.sayLines(r.Lines(r.batch.Len(), r.asks()))
	if past != "" {
		r.say("%s", past)
	}
	if masked, _ := r.Found.Hits(); masked == 0 && past == "" {
		return true, r.onlyStore(ctx)
	}
	if !r.asks() {
		return false, nil
	}
	return false, r.confirm(ctx, "redact "+figure.Count(r.Logs, "log")+"? This cannot be undone", "nothing was redacted")
}

// onlyStore clears the file of the store where nothing is found: what was masked through a server
// of it, or by hand, may still be in what is free of it.
func (r *redacting) onlyStore(ctx context.Context) error {
	if err := r.Scrub(ctx); err != nil {
		return err
	}
	if r.File != "" {
		r.say("the file of the store was written anew, without what was there before")
	}
	return r.ended(nil)
}

// goOn continues with what was left of a redaction, or sends again what failed of it.
func (r *redacting) goOn(ctx context.Context, id string) (err error) {
	if r.batch, err = batch.Open(r.State, id); err != nil {
		return err
	}
	defer r.close()
	again, _, err := r.batch.Again()
	if err != nil {
		return err
	}
	if again == 0 && r.batch.Finished() {
		r.say("batch %s is finished, and nothing of it failed in a way that may end otherwise", id)
		return nil
	}
	traces, err := redaction.Find(r.State, r.batch.Key)
	if err == nil && traces == nil { // it was cleared, and some logs were not masked then
		traces, err = r.TracesOf(r.batch)
	}
	if err != nil {
		return err
	}
	r.say("going on with the redaction of %s that was begun %s", figure.Count(len(traces.IDs), "log"), stamp(traces.Began))
	return r.finish(ctx, traces)
}

// finish sends what is left to be sent, and takes the words out of everything that held them.
func (r *redacting) finish(ctx context.Context, t *redaction.Traces) error {
	if err := r.Begin(t); err != nil {
		return err
	}
	sent := r.batch.Send(ctx, r.bulk.run(r.sent))
	r.bar.clear()
	if left := r.batch.Counts().By[batch.Todo]; left > 0 {
		r.say("stopped with %s left to do; the same command goes on, and so does errata batch resume %s", figure.Count(left, "log"), r.batch.ID)
		return r.ended(sent)
	}
	if err := r.ended(sent); err != nil && err.Error() != "" {
		return err
	}
	left, err := r.Clear(ctx, t, r.batch)
	if err != nil {
		r.say("the redaction is not finished: the same command goes on, and so does errata batch resume %s", r.batch.ID)
		return err
	}
	if left > 0 {
		r.worst = max(r.worst, exitRefused)
	}
	if r.worst != exitDone {
		return said(r.worst)
	}
	return nil
}

// sent says what became of one log. It prints none of its values.
func (r *redacting) sent(e batch.Event) {
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
