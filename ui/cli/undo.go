package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/config"
	"errata/model"
	"errata/model/figure"
)

func (a *app) undoCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "undo ENTRY|BATCH",
		Short: "Take back what was sent",
		Long: `Give the fields that an entry of errata history changed their old values again, on the log as it is now. It is a
change like one of errata set: shown and confirmed on a terminal, sent as one PATCH, read back, and an entry of the
journal itself, so that it can be undone as well. A field that the log did not have becomes null. Of a log that
errata import --replace or migrate-store --replace put in the place of another the fields come back, and no more:
its prompt, its judgments and whatever else it holds stay as they came in.

If such a field is no longer as the entry left it, nothing is sent and the exit code is 3. With --on-conflict mine what
the entry changed in it is taken back all the same, with theirs the field is left as it is there. What was changed since
in other places of it stays: in other members, messages and lines, or other words of a line. Where the same place was
changed, it gets what stood there before the entry.

Of a batch (errata batch list) all entries are taken back, each log as one alone would be, after one review. A log that was
changed since is left as it is and named, and the exit code is 3. What takes a batch back is a batch itself: it goes on
where it was stopped, and can be taken back. Of a batch that is not finished what is left is given up.`,
		Example: `  errata undo 1rkx3b7q0s9zm
  errata undo 1rkx3b7q0s9zm --dry-run
  errata undo b_1rkx3b7q0s9zm --yes
  errata undo "$(errata history log_0123 --json | jq -r '.[0].id')"`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !dryRun {
				return readOnlyHere("nothing can be undone")
			}
			return a.undo(cmd.Context(), args[0], dryRun)
		},
		ValidArgsFunction: a.completeEntries,
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, and send nothing")
	return cmd
}

// undo sends the inverse of an entry.
func (a *app) undo(ctx context.Context, id string, dryRun bool) error {
	if batch.Is(id) {
		return a.undoBatch(ctx, id, dryRun)
	}
	j, err := a.past(ctx)
	if err != nil {
		return err
	}
	e, err := a.entryNamed(j, id)
	if err != nil {
		return err
	}
	if err := a.sentHere(e); err != nil {
		return err
	}
	if !dryRun {
		a.remind(ctx)
	}
	if e.Judgment != nil {
		return a.undoJudgment(ctx, e, dryRun)
	}
	c := &correction{app: a, journal: j, id: e.LogID, derive: func(log *model.Log) (*model.ChangeSet, error) { return a.inverse(ctx, j, e, log) }}
	return c.carry(ctx, dryRun)
}

// undoBatch takes all of a batch back.
func (a *app) undoBatch(ctx context.Context, id string, dryRun bool) error {
	return a.bulk(ctx, dryRun, func(b *bulk) error {
		var err error
		if b.journal == nil {
			if b.journal, err = a.journal(ctx); err != nil {
				return err
			}
		}
		of, err := b.takesBack(id, dryRun)
		if err != nil {
			return err
		}
		state, err := b.state()
		if err != nil {
			return err
		}
		var logs batch.Source
		if b.change, logs, err = batch.Undo(state, b.journal, of, b.policy()); err != nil {
			return fail(exitRefused, "%w", err)
		}
		b.begins = batch.Head{Recipe: b.change.Recipe, Undoes: id, Key: batch.KeyOf(b.svc.id, b.change.Recipe)}
		b.none = "batch " + id + " has sent nothing"
		return b.carry(ctx, dryRun, func() error { return b.batch.Gather(logs) })
	})
}

// takesBack makes sure that a batch can be taken back here, and gives up what is left of it.
func (b *bulk) takesBack(id string, dryRun bool) (batch.Head, error) {
	state, err := b.state()
	if err != nil {
		return batch.Head{}, err
	}
	s, err := batch.Peek(state, id)
	switch {
	case api.CodeOf(err) == api.NotFound:
		return batch.Head{ID: id}, b.sentFrom(id, err) // it may be too old to be remembered
	case err != nil:
		return s.Head, err
	case s.Server != b.svc.id:
		return s.Head, fail(exitUsage, "batch %s was sent to %s, which is not the server in use; errata undo %[1]s %[3]s takes it back there", id, s.Server, reaching(s.Server))
	case s.Finished || dryRun || s.Irreversible:
		return s.Head, nil
	}
	left, err := batch.Open(state, id)
	if err != nil {
		return s.Head, err
	}
	b.say("batch %s was not finished: %s left to do, which stay as they are", id, figure.Count(s.Counts.By[batch.Todo], "log"))
	return s.Head, errors.Join(left.GiveUp(), left.Close())
}

// sentFrom makes sure that the journal knows a batch which is remembered no more, and that it was
// sent to the server in use; else the error is unknown.
func (b *bulk) sentFrom(id string, unknown error) error {
	for e, err := range b.journal.Entries(journal.Filter{Batch: id}) {
		if err == nil {
			return b.sentHere(e)
		}
	}
	return unknown
}

// undoJudgment takes a judgment back: it is deleted, or made again as it was.
func (a *judging) undoJudgment(ctx context.Context, e journal.Entry, dryRun bool) error {
	act, err := journal.TakeBack(e)
	if err != nil {
		return err
	}
	if e.Outcome == journal.Refused || e.Outcome == journal.NotSaved {
		a.say("entry %s was %s: it changed nothing", e.ID, e.Outcome)
		a.say("nothing to change")
		return nil
	}
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	return a.sendVerdicts(ctx, svc, []verdict{{act, model.Absent}}, dryRun)
}

// sentHere refuses an entry of another server than that of the settings.
func (a *app) sentHere(e journal.Entry) error {
	here, err := a.serverID()
	if err != nil || e.Server == here {
		return err
	}
	return fail(exitUsage, "entry %s was sent to %s, which is not the server in use; errata undo %[1]s %[3]s takes it back there", e.ID, e.Server, reaching(e.Server))
}

// reaching is the flag with which a server of the journal is in use.
func reaching(server string) string {
	path, ok := strings.CutPrefix(server, fileServer)
	if ok || config.IsDatabaseURL(server) {
		return "--db " + path
	}
	return "--base-url " + server
}

// inverse is what takes an entry back on a reading of its log. What is in conflict is settled as
// --on-conflict says.
func (a *app) inverse(ctx context.Context, j *journal.Journal, e journal.Entry, now *model.Log) (*model.ChangeSet, error) {
	if e.Outcome == journal.Pending {
		settled, ok, err := j.SettleLost(ctx, now, e)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fail(exitFailed, "entry %s is still under way; undo it once errata history shows its outcome", e.ID)
		}
		e = settled
	}
	v, err := api.Await(ctx, "", func() (journal.Inversion, error) { return j.Inverse(e, now) })
	if err != nil {
		return nil, err
	}
	if nothing := len(v.Changes.Changed()) == 0; nothing && (e.Outcome == journal.Refused || e.Outcome == journal.NotSaved) {
		a.say("entry %s was %s: it changed nothing", e.ID, e.Outcome)
	}
	if len(v.Moved) > 0 {
		switch a.cfg.OnConflict() {
		case "mine":
		case "theirs":
			for _, f := range v.Moved {
				v.Changes.Revert(f)
			}
			a.say("left as they are on the server: %s", model.Names(v.Moved))
		default:
			return nil, fail(exitConflict, "changed on the server since entry %s: %s; nothing was sent, and --on-conflict mine or theirs goes on", e.ID, model.Names(v.Moved))
		}
	}
	for _, note := range v.Notes() {
		a.once(note)
	}
	return v.Changes, nil
}
