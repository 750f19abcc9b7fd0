package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
)

func (a *app) deleteCommand() *cobra.Command {
	var l selected
	var noTrash, dryRun bool
	cmd := &cobra.Command{
		Use:   "delete [LOG_ID...]",
		Short: "Delete logs, after writing them to a file",
		Long: `Delete logs, with the judgments of them. Before a log is deleted it is written to a file in the trash folder, from which
errata import brings it back as it was; --no-trash leaves that out. Of one to three logs the ids have to be typed back,
of more their number, unless --yes is given; where nobody can be asked nothing is deleted without it.

Which logs they are is settled first. A run that was stopped or killed goes on when the same command is given again: a
log is in the trash before it goes, and counted once. An id that no log has is named, the others are deleted, and the
exit code is 6. After each step the server is asked whether the logs are gone; one that is still there is named, and
the exit code is 7. The file of an embedded store keeps its size, and what is free in it is written over first.

` + selectionHelp,
		Example: `  errata delete log_0123
  errata delete --prompt tides/today --until 2024-12-31 --dry-run
  errata list --where '.metadata.test' --json | errata delete - --yes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !dryRun {
				return readOnlyHere("nothing can be deleted")
			}
			q, err := a.changing(cmd.Context(), &l, args)
			if err != nil {
				return err
			}
			if dryRun {
				return a.wouldDelete(cmd.Context(), q)
			}
			return a.delete(cmd.Context(), q, !noTrash)
		},
		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &l)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be deleted, and delete nothing")
	cmd.Flags().BoolVar(&noTrash, "no-trash", false, "keep no copy of what is deleted")
	return cmd
}

// delete deletes the logs that a query means.
func (a *app) delete(ctx context.Context, q walk.Query, keep bool) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	back, ok := svc.Service.(deleter)
	switch {
	case svc.readOnly:
		return fail(exitFailed, "nothing was deleted: the store can only be read where it is")
	case !ok:
		return fail(exitFailed, "nothing was deleted: this server deletes no logs")
	}
	d := &deletion{app: a, svc: back, bar: a.newProgress("deleting"), keep: keep}
	defer d.close()
	resumed, err := d.begin(svc.id, q)
	if err != nil {
		return err
	}
	if !resumed {
		a.remind(ctx)
		if err := a.choose(ctx, svc, q, d, a.asks()); err != nil || len(d.IDs)+len(d.absent) == 0 {
			return err
		}
	}
	if len(d.IDs) > 0 {
		if err := d.agree(ctx); err != nil {
			return err
		}
	}
	err = d.ended(d.run(ctx))
	if spare := spareOf(ctx, svc.scanner); spare != "" && d.gone > 0 {
		a.say("the file of the store keeps its size: %s", spare)
	}
	return err
}

// wouldDelete shows which logs a query means.
func (a *app) wouldDelete(ctx context.Context, q walk.Query) error {
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	d := &deletion{app: a}
	if err := a.choose(ctx, svc, q, d, true); err != nil || len(d.IDs)+len(d.absent) == 0 {
		return err
	}
	a.say("%s would be deleted", figure.Count(len(d.IDs), "log"))
	if d.worst != exitDone {
		return said(d.worst)
	}
	return nil
}

// deleter is what deleting needs of a service.
type deleter interface {
	Log(ctx context.Context, id string) (api.Document, error)
	DeleteLogs(ctx context.Context, ids []string) error
}

// choose settles which logs are deleted, and shows them where that is wanted.
func (a *app) choose(ctx context.Context, svc *service, q walk.Query, d *deletion, show bool) error {
	q.Cut = api.PreviewCut
	w, err := a.each(ctx, svc, q, func(log *model.Log) error {
		s := log.Summarize()
		d.IDs = append(d.IDs, s.ID)
		if show && len(d.IDs) <= shownMost {
			a.say("%s", strings.Join([]string{s.ID, s.Created, s.Model, s.Output}, "  "))
		}
		return nil
	})
	if err == nil && !show {
		err = a.undoubted(w)
	}
	if err != nil {
		return err
	}
	if more := len(d.IDs) - shownMost; more > 0 && show {
		a.say("… and %s more", figure.Int(more))
	}
	if err := a.saySelected(w); err != nil {
		d.absent, d.worst = w.Missing(), codeOf(err)
	}
	if len(d.IDs) == 0 {
		if len(d.absent) > 0 {
			return said(d.worst)
		}
		a.say("no log fits")
	}
	return nil
}

// typedMost is how many ids have to be typed back one by one.
const typedMost = 3

// agree has the ids, or the number of the logs, typed back.
func (d *deletion) agree(ctx context.Context) error {
	n := len(d.IDs)
	what := figure.Count(n, "log")
	switch {
	case d.cfg.Yes():
		return nil
	case d.answerer() == nil:
		return fail(exitUsage, "nothing was deleted: %s would be, and nobody can be asked here; --yes deletes them", what)
	}
	where := "no copy is kept"
	if d.keep {
		where = "a copy goes to the trash folder"
	}
	want, question := figure.Int(n), "type the number of logs"
	if n <= typedMost {
		want, question = strings.Join(d.IDs, " "), "type the id"
		if n > 1 {
			question = "type the ids, with spaces between them,"
		}
	}
	answer, err := d.answer(ctx, what+" will be deleted; "+where+". To go on, "+question+": ")
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	typed := strings.Join(strings.Fields(answer), " ")
	if err != nil || typed != strings.ToLower(want) && strings.ReplaceAll(typed, ",", "") != strings.ReplaceAll(want, ",", "") {
		return fail(exitFailed, "nothing was deleted")
	}
	return nil
}
