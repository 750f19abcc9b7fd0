package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/journal"
	"errata/model"
)

func (a *app) undoCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "undo ENTRY",
		Short: "Take back what was sent",
		Long: `Give the fields that an entry of errata history changed their old values again, on the log as it is now. It is a
change like one of errata set: shown and confirmed on a terminal, sent as one PATCH, read back, and an entry of the
journal itself, so that it can be undone as well. A field that the log did not have becomes null. Of a log that
errata import --replace or migrate-store --replace put in the place of another the fields come back, and no more:
its prompt, its judgments and whatever else it holds stay as they came in.

If such a field is no longer as the entry left it, nothing is sent and the exit code is 3. With --on-conflict mine it
gets its old value all the same, with theirs it is left as it is there.`,
		Example: `  errata undo 1rkx3b7q0s9zm
  errata undo 1rkx3b7q0s9zm --dry-run
  errata undo "$(errata history log_0123 --json | jq -r '.[0].id')"`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !dryRun {
				return fail(exitFailed, "nothing can be undone: errata is read-only here (--read-only, or read_only in the profile)")
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
	j, err := a.past(ctx)
	if err != nil {
		return err
	}
	e, err := j.Get(id)
	if err != nil {
		return err
	}
	if err := a.sentHere(e); err != nil {
		return err
	}
	if e.Judgment != nil {
		return a.undoJudgment(ctx, e, dryRun)
	}
	c := &correction{app: a, journal: j, id: e.LogID, derive: func(log *model.Log) (*model.ChangeSet, error) { return a.inverse(e, log) }}
	return c.carry(ctx, dryRun)
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
	if ok || isPostgres(server) {
		return "--db " + path
	}
	return "--base-url " + server
}

// inverse is what takes an entry back on a reading of its log. What is in conflict is settled as
// --on-conflict says.
func (a *app) inverse(e journal.Entry, now *model.Log) (*model.ChangeSet, error) {
	switch e.Outcome {
	case journal.Pending:
		return nil, fail(exitFailed, "entry %s is still under way; undo it when errata history tells its outcome", e.ID)
	case journal.Refused, journal.NotSaved:
		a.say("entry %s was %s: it changed nothing", e.ID, e.Outcome)
		return model.NewChangeSet(now), nil
	}
	c, moved, err := journal.Inverse(e, now)
	if err != nil || len(moved) == 0 {
		return c, err
	}
	switch a.cfg.OnConflict() {
	case "mine":
		return c, nil
	case "theirs":
		for _, f := range moved {
			c.Revert(f)
		}
		a.say("left as they are on the server: %s", names(moved))
		return c, nil
	}
	return nil, fail(exitConflict, "changed on the server since entry %s: %s; nothing was sent, and --on-conflict mine or theirs goes on", e.ID, names(moved))
}
