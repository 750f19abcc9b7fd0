package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"errata/api/batch"
	"errata/api/journal"
	"errata/model/figure"
	"errata/ui/redaction"
)

func (a *app) batchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "batch",
		Short: "List, show, resume or discard changes of many logs",
		Long: `A change over many logs is a batch. It has an id, and what came of each log is kept beside the journal, so that one which
was stopped or killed goes on where it was: by the same command, or by errata batch resume. errata undo BATCH takes it back.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listBatches(cmd.Context()) },
	}
	for _, sub := range []struct {
		use, short string
		do         func(ctx context.Context, id string) error
	}{
		{"show BATCH", "Show what came of each log of a batch", a.showBatch},
		{"resume BATCH", "Go on with a batch, or try again what failed", a.resumeBatch},
		{"discard BATCH", "Give up what is left of a batch; what was sent stays", a.discardBatch},
	} {
		cmd.AddCommand(&cobra.Command{Use: sub.use, Short: sub.short, Args: args(1, 1),
			RunE:              func(cmd *cobra.Command, args []string) error { return sub.do(cmd.Context(), args[0]) },
			ValidArgsFunction: a.completeBatches})
	}
	cmd.AddCommand(&cobra.Command{Use: "list", Short: "List the batches, newest first", Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listBatches(cmd.Context()) }})
	return cmd
}

// listBatches lists the batches of all servers.
func (a *app) listBatches(context.Context) error {
	state, err := a.state()
	if err != nil {
		return err
	}
	list, unread := batch.List(state)
	var rows [][]string
	var objects [][]byte
	for _, s := range list {
		rows = append(rows, []string{s.ID, stamp(s.Began), s.Server, s.Words, figure.Int(s.Counts.Match()), standing(s, list)})
		objects = append(objects, batchJSON(s, list))
	}
	switch {
	case a.cfg.JSON():
		a.value(array(objects))
	case len(rows) > 0:
		a.table([]column{{head: "BATCH"}, {head: "TIME"}, {head: "SERVER", give: true}, {head: "CHANGE"}, {head: "LOGS"}, {head: "STATE"}}, rows)
	case len(unread) == 0:
		a.say("no change over many logs was made yet")
	}
	for _, err := range unread {
		a.complain(err)
	}
	if len(unread) > 0 {
		return said(exitFailed)
	}
	return nil
}

// standing is how a batch stands, in words.
func standing(s batch.Summary, all []batch.Summary) string {
	words := figure.Int(s.Counts.By[batch.Saved]) + " changed" + unchanged(s.Counts, 0)
	switch left := s.Counts.By[batch.Todo]; {
	case s.Busy:
		words += ", under way"
	case left > 0 && s.Finished:
		words += ", " + figure.Int(left) + " given up"
	case left > 0:
		words += ", " + figure.Int(left) + " left to do"
	case !s.Finished:
		words += ", " + s.Left()
	}
	for _, by := range batch.UndoneBy(s.ID, all) {
		words += "; undone by " + by.ID
	}
	return words
}

// batchJSON is a batch as {"id", "time", "server", "kind", "change", "logs", "counts": {OUTCOME:
// N}, "finished", "undoes", "undone_by"}.
func batchJSON(s batch.Summary, all []batch.Summary) []byte {
	var o, counts object
	o.text("id", s.ID)
	o.text("time", s.Began.UTC().Format(time.RFC3339Nano))
	o.text("server", s.Server)
	o.text("kind", s.Kind)
	o.text("change", s.Words)
	o.number("logs", s.Counts.Match())
	for outcome, n := range s.Counts.By {
		if n > 0 {
			//nolint:gosec // there are few
			counts.number(batch.Outcome(outcome).String(), n)
		}
	}
	if n := s.Counts.Left; n > 0 {
		counts.number("left out", n)
	}
	o.add("counts", counts.bytes())
	o.boolean("finished", s.Finished)
	if s.Undoes != "" {
		o.text("undoes", s.Undoes)
	}
	for _, by := range batch.UndoneBy(s.ID, all) {
		o.text("undone_by", by.ID)
		break
	}
	return o.bytes()
}

// showBatch prints what became of each log.
func (a *app) showBatch(_ context.Context, id string) error {
	state, err := a.state()
	if err != nil {
		return err
	}
	s, err := batch.Peek(state, id)
	if err != nil {
		return err
	}
	if !a.cfg.JSON() {
		a.say("batch %s of %s on %s: %s", s.ID, stamp(s.Began), s.Server, s.Words)
		a.say("%s: %s", figure.Count(s.Counts.Match(), "log"), standing(s, nil))
	}
	var rows [][]string
	err = batch.Rows(state, id, func(r batch.Row) error {
		outcome := r.Outcome.String()
		if r.Out {
			outcome = "left out"
		}
		if a.cfg.JSON() {
			var o object
			o.text("id", r.LogID)
			o.text("outcome", outcome)
			if r.Entry != "" {
				o.text("entry", r.Entry)
			}
			if r.Why != "" {
				o.text("why", r.Why)
			}
			a.value(o.bytes())
			return nil
		}
		rows = append(rows, []string{r.LogID, outcome, r.Entry, r.Why})
		return nil
	})
	if len(rows) > 0 {
		a.table([]column{{head: "LOG"}, {head: "OUTCOME"}, {head: "ENTRY"}, {head: "WHY"}}, rows)
	}
	return err
}

// resumeBatch continues with a batch, or sends again what failed.
func (a *app) resumeBatch(ctx context.Context, id string) error {
	if a.cfg.ReadOnly() {
		return readOnlyHere("nothing can be sent")
	}
	state, err := a.state()
	if err != nil {
		return err
	}
	s, err := batch.Peek(state, id)
	if err != nil {
		return err
	}
	if server, err := a.serverID(); err == nil && s.Server != server {
		return fail(exitUsage, "batch %s goes to %s, which is not the server in use; errata batch resume %[1]s %[3]s goes on there", id, s.Server, reaching(s.Server))
	}
	if s.Kind == redaction.Kind {
		err = a.resumeRedaction(ctx, s)
	} else {
		err = a.bulk(ctx, false, func(b *bulk) (err error) {
			past := func() (*journal.Journal, error) { return b.journal, nil }
			if b.change, err = s.Recipe.Change(batch.Means{Prices: b.prices, Journal: past, Policy: b.policy()}); err != nil {
				return err
			}
			err = b.goOn(ctx, state, id)
			if errors.Is(err, errTakenBack) {
				b.say("batch %s is finished", id)
				return nil
			}
			return err
		})
	}
	if errors.Is(err, batch.ErrOwnCommand) {
		return fail(exitUsage, "%w", err)
	}
	return err
}

// resumeRedaction continues with the batch of a redaction. The user's own words and patterns are
// those of now.
func (a *app) resumeRedaction(ctx context.Context, s batch.Summary) error {
	o, err := redaction.ReadOptions(s.Recipe)
	if err != nil {
		return err
	}
	return a.redacting(ctx, o, false, func(r *redacting) error { return r.goOn(ctx, s.ID) })
}

// remind says on one line what earlier commands left unfinished on the server in use.
func (a *access) remind(ctx context.Context) {
	state, server := a.cfg.Paths().State, ""
	if id, err := a.serverID(); err == nil {
		server = id
	}
	if state == "" || server == "" || ctx.Err() != nil {
		return
	}
	left := batch.Unfinished(state, server, "")
	if len(left) == 0 {
		return
	}
	s, more := left[0], ""
	if n := len(left) - 1; n > 0 {
		more = "; " + figure.Int(n) + " more in errata batch list"
	}
	a.say("left unfinished: batch %s, %s: %s; errata batch resume %s goes on%s", s.ID, s.Words, s.Left(), s.ID, more)
}

// discardBatch gives up what is left of a batch.
func (a *app) discardBatch(ctx context.Context, id string) error {
	state, err := a.state()
	if err != nil {
		return err
	}
	b, err := batch.Open(state, id)
	if err != nil {
		return err
	}
	defer func() { _ = b.Close() }()
	left := b.Counts().By[batch.Todo]
	if left == 0 || b.Finished() {
		a.say("nothing is left to do of batch %s", id)
		return nil
	}
	if a.asks() {
		if err := a.confirm(ctx, fmt.Sprintf("leave %s of batch %s as they are?", figure.Count(left, "log"), id), "nothing was discarded"); err != nil {
			return err
		}
	}
	if err := b.GiveUp(); err != nil {
		return err
	}
	a.say("%s of batch %s stay as they are", figure.Count(left, "log"), id)
	return nil
}

// completeBatches completes the id of a batch.
func (a *app) completeBatches(_ *cobra.Command, args []string, _ string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	state, err := a.state()
	if err != nil || len(args) > 0 {
		return nil, directive
	}
	list, _ := batch.List(state)
	for _, s := range list {
		out = append(out, completion(s.ID, s.Words+" "+stamp(s.Began)))
	}
	return out, directive
}
