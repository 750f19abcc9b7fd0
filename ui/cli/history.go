package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/ui/change"
	"errata/ui/sanitize"
)

func (a *app) historyCommand() *cobra.Command {
	var limit int
	var redact string
	var query jqFlag
	cmd := &cobra.Command{
		Use:   "history [LOG_ID|BATCH|ENTRY]",
		Short: "List what was sent, newest first",
		Long: `List every PATCH that errata sent, to any server, newest first: the entry's id, when, where, to which log, what became of
it, and old and new of each field. With a LOG_ID it lists those of that log. A change over many logs, a batch, is one line;
with its id all of its entries are listed, and --json lists every entry, with its batch. The id of an entry lists that one.

--redact ENTRY replaces the old and new values of an entry by their hashes, for text that had to go. Such an entry
cannot be undone any more. The same text may stand in other entries: the one that wrote it and the one that took it out.

` + jqHelp,
		Example: `  errata history
  errata history log_0123 --limit 0
  errata history -q '.[0].changes[] | .field'
  errata history --redact 1rkx3b7q0s9zm`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case limit < 0:
				return fail(exitUsage, "--limit wants a number of entries, not %d", limit)
			case !cmd.Flags().Changed("redact"):
				return a.history(cmd.Context(), strings.Join(args, ""), limit, &query)
			case len(args) > 0:
				return fail(exitUsage, "--redact wants the id of one entry, and no log beside it")
			}
			return a.redact(cmd.Context(), redact)
		},
		ValidArgsFunction: a.completeLogThen(cobra.NoFileCompletions),
	}
	query.add(cmd)
	cmd.Flags().IntVar(&limit, "limit", defaultLimit, "at most `N` entries; 0 for all")
	cmd.Flags().StringVar(&redact, "redact", "", "replace the values of `ENTRY` by their hashes")
	_ = cmd.RegisterFlagCompletionFunc("redact", a.completeEntries)
	return cmd
}

// history lists the entries of a log, or of all.
func (a *app) history(ctx context.Context, logID string, limit int, query *jqFlag) error {
	j, err := a.past(ctx)
	if err != nil {
		return err
	}
	var rows [][]string
	var objects [][]byte
	var unread error
	more, whole := false, a.cfg.JSON() || query.given()
	of := journal.Filter{LogID: logID, Together: logID == "" && !whole}
	if batch.Is(logID) {
		of = journal.Filter{Batch: logID}
	}
	add := func(e journal.Entry) {
		switch {
		case whole:
			objects = append(objects, entryJSON(e))
		case of.Together && e.Batch != "":
			rows = append(rows, a.batchRow(e))
		default:
			rows = append(rows, entryRow(e))
		}
	}
	for e, err := range j.Entries(of) {
		if more = err == nil && limit > 0 && len(rows)+len(objects) == limit; more {
			break
		}
		if err != nil {
			a.complain(err)
			unread = said(exitFailed)
			continue
		}
		add(e)
	}
	if logID != "" && len(rows)+len(objects) == 0 && unread == nil {
		switch e, ok, err := a.sole(j, logID); {
		case err != nil:
			return err
		case ok:
			add(e)
		}
	}
	switch {
	case whole:
		if err := a.results(ctx, query, objects); err != nil {
			return err
		}
	case len(rows) > 0:
		a.table([]column{{head: "ENTRY"}, {head: "TIME"}, {head: "SERVER", give: true}, {head: "LOG"}, {head: "OUTCOME"}, {head: "CHANGES"}}, rows)
	case unread == nil:
		a.sayNothingSent(logID)
	}
	if more {
		a.sayAfter("stopped after %s, and there are more: --limit 0 lists all", figure.Count(limit, "entry"))
	}
	return unread
}

// sayNothingSent says so of a log, of a batch, or of all where none is named.
func (a *app) sayNothingSent(id string) {
	switch {
	case batch.Is(id):
		a.say("batch %s has sent nothing", id)
	case id != "":
		a.say("nothing has been sent to log %s yet", id)
	default:
		a.say("nothing has been sent yet")
	}
}

// batchRow is the line of a whole batch, of which e is the last entry.
func (a *app) batchRow(e journal.Entry) []string {
	logs, outcome, words := "", "", "errata history "+e.Batch+" lists its entries"
	state, err := a.state()
	if err == nil {
		if s, err := batch.Peek(state, e.Batch); err == nil {
			logs, outcome, words = figure.Count(s.Counts.Match(), "log"), standing(s, nil), s.Words
		}
	}
	return []string{e.Batch, stamp(e.Time), e.Server, logs, outcome, words}
}

func entryRow(e journal.Entry) []string {
	outcome := string(e.Outcome)
	if len(e.NotKept) > 0 {
		outcome += ": " + model.Names(e.NotKept)
	}
	var changes []string
	for _, c := range e.Changes {
		what := "redacted"
		if !e.Redacted {
			what = change.Turn(c.Shown())
		}
		changes = append(changes, c.Field.Name+": "+what)
	}
	if e.Judgment != nil {
		changes = []string{judgedWords(e)}
	}
	return []string{e.ID, stamp(e.Time), e.Server, e.LogID, outcome, strings.Join(changes, "; ")}
}

// judgedWords is the judgment of an entry for reading.
func judgedWords(e journal.Entry) string {
	said := onOneLine(e.Judgment.Value)
	switch {
	case e.Redacted:
		said = "redacted"
	case e.Judgment.Remove:
		said += " → removed"
	}
	return "judged " + e.Judgment.Evaluator.Called() + ": " + said
}

// judgedJSON is the judgment of an entry as {"id", "evaluator", "judgment", "user", "removed"}.
func judgedJSON(e journal.Entry) []byte {
	var o object
	o.text("id", e.Judgment.ID)
	o.text("evaluator", e.Judgment.Evaluator.Path)
	o.add(judgment.Said, e.Judgment.Value.Bytes())
	o.text("user", e.Judgment.User)
	if e.Judgment.Remove {
		o.boolean("removed", true)
	}
	return o.bytes()
}

// entryJSON is an entry as {"id", "batch", "time", "server", "log_id", "prompt_id", "changes":
// [{"field", "old", "new"}], "outcome", "not_kept", "redacted"}. Values are the literals as they
// were sent; of redacted ones the hashes are in "old_digest" and "new_digest", and of large ones
// also the "splice" by which one came of the other. "batch", "judgment", "not_kept" and "redacted"
// are there when they say something.
func entryJSON(e journal.Entry) []byte {
	var changes, unkept [][]byte
	for _, c := range e.Changes {
		o := changed(c.Field.Name, c.Old, c.New)
		o.add("splice", spliceJSON(c.Splice))
		o.add("old_digest", digestJSON(c.OldSum))
		o.add("new_digest", digestJSON(c.NewSum))
		changes = append(changes, o.bytes())
	}
	for _, f := range e.NotKept {
		unkept = append(unkept, jsonraw.Literal(f.Name))
	}
	var o object
	o.text("id", e.ID)
	if e.Batch != "" {
		o.text("batch", e.Batch)
	}
	o.text("time", e.Time.UTC().Format(time.RFC3339Nano))
	o.text("server", e.Server)
	o.text("log_id", e.LogID)
	o.text("prompt_id", e.PromptID)
	o.add("changes", array(changes))
	if e.Judgment != nil {
		o.add("judgment", judgedJSON(e))
	}
	o.text("outcome", string(e.Outcome))
	if len(unkept) > 0 {
		o.add("not_kept", array(unkept))
	}
	if e.Redacted {
		o.boolean("redacted", true)
	}
	return o.bytes()
}

// spliceJSON is what was in a large value and what was sent in its place, and what is around it, as
// pieces of the literal: {"at", "before", "old", "new", "after"}.
func spliceJSON(s *journal.Splice) []byte {
	if s == nil {
		return nil
	}
	var o object
	o.number("at", s.At)
	o.text("before", string(s.Before))
	o.text("old", string(s.Old))
	o.text("new", string(s.New))
	o.text("after", string(s.After))
	return o.bytes()
}

func digestJSON(d *journal.Digest) []byte {
	if d == nil {
		return nil
	}
	var o object
	o.text("sha256", d.SHA256)
	o.number("length", d.Length)
	return o.bytes()
}

// redact takes the values out of an entry.
func (a *app) redact(ctx context.Context, id string) error {
	j, err := a.past(ctx)
	if err != nil {
		return err
	}
	e, err := a.entryNamed(j, id)
	if err != nil {
		return err
	}
	if a.asks() {
		a.showWords(strings.Join(entryRow(e), "  ") + "\n")
		if err := a.confirm(ctx, "take the values out of this entry for good?", "nothing was redacted"); err != nil {
			return err
		}
	}
	if err := j.Redact(ctx, id); err != nil {
		return err
	}
	a.say("redacted entry %s", id)
	return nil
}

// completeEntries completes the id of an entry.
func (a *app) completeEntries(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	j, err := a.journal(cmd.Context())
	if err != nil || len(args) > 0 {
		return nil, directive
	}
	var out []cobra.Completion
	for e, err := range j.Entries(journal.Filter{}) {
		if err == nil {
			out = append(out, completion(e.ID, e.LogID+" "+stamp(e.Time)))
		}
		if len(out) == defaultLimit {
			break
		}
	}
	return out, directive
}

// completion is a word and what it stands for, each on one line whatever it holds.
func completion(word, means string) cobra.Completion {
	return cobra.CompletionWithDesc(sanitize.Line(word, -1), sanitize.Line(means, 60))
}
