package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/follow"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
)

func (a *app) followCommand() *cobra.Command {
	var s selected
	var out printed
	cmd := &cobra.Command{
		Use:   "follow",
		Short: "Print new logs as they arrive",
		Long: `Print logs as they arrive, each once: a row as errata list prints it, with --json a line of JSON. What is there already
is not printed, nor a log that is changed. Any time will do for a log that is new: what counts is that it came. Another
server than errata's own does not tell what came last. There the 100 newest logs of each prompt are compared with those
that were there before, and logs that come with a time before all of these are counted on stderr only.

While nothing comes errata asks less and less often, at last every 15 seconds, and the store of this machine every two. A
server that does not answer is asked again until it does. --limit N ends after so many logs, ctrl+c at any time.

` + selectionHelp + `

` + jqHelp + `
The expression gets each log as it comes; one for errata list that goes through its array, such as '.[].id', means the same.

` + asHelp + `
--columns names the paths, with commas between them; without --as they are the columns of the table.`,
		Example: `  errata follow
  errata follow --prompt tides/today --errors
  errata follow --where '.output_tokens > 500' -q .id
  errata follow --limit 1 --json`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := out.check(a.cfg.JSON()); err != nil {
				return err
			}
			q, err := a.chosen(cmd.Context(), &s, nil)
			if err == nil {
				err = follow.Check(q)
			}
			if err != nil {
				return fail(exitUsage, "%w", err)
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return a.follow(cmd.Context(), svc, q, a.followed(cmd.Context(), &out))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	a.selects(cmd, &s)
	out.add(cmd)
	return cmd
}

// follow prints logs as they arrive, until the limit or a signal.
func (a *app) follow(ctx context.Context, svc *service, q walk.Query, show func([]*model.Log) error) error {
	f := follow.New(a.source(svc), q)
	if err := f.Begin(ctx); err != nil {
		return err
	}
	if a.stderr && a.stdout {
		a.say("waiting for new logs of %s; ctrl+c ends", svc.name)
	}
	sleep := a.env.Sleep
	if sleep == nil {
		sleep = api.Wait
	}
	down, passed := false, 0
	for {
		logs, err := f.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return said(exitInterrupted)
		case errors.Is(err, io.EOF):
			return nil
		case api.CodeOf(err) == api.Unauthorized || api.CodeOf(err) == api.NotFound:
			return err
		case err != nil && !down:
			a.sayAfter("errata: %s; going on to ask", err.Error())
		case err == nil && down:
			a.sayAfter("the server answers again")
		}
		down = err != nil
		if err := a.showNew(logs, show); err != nil {
			return err
		}
		if n := f.Passed(); n > passed {
			a.sayAfter("%s came with a time before all that is watched, and cannot be told from what was there", figure.Count(n-passed, "log"))
			passed = n
		}
		if wait := f.Pause(); wait > 0 && !sleep(ctx.Done(), wait) {
			return said(exitInterrupted)
		}
	}
}

// showNew prints logs at once, so that who reads them need not wait for more.
func (a *app) showNew(logs []*model.Log, show func([]*model.Log) error) error {
	if len(logs) == 0 {
		return nil
	}
	if err := show(logs); err != nil {
		return err
	}
	return a.out.Flush()
}

// followed gives what prints logs in the form that was asked for.
func (a *app) followed(ctx context.Context, p *printed) func([]*model.Log) error {
	p.jq.perElement()
	switch {
	case p.jq.given():
		return eachNew(func(doc []byte) error { return a.print(ctx, &p.jq, doc) })
	case p.layout.given():
		return eachNew(func(doc []byte) error { return a.row(&p.layout, doc) })
	case a.cfg.JSON():
		return eachNew(func(doc []byte) error {
			a.value(jsonraw.Compact(doc))
			return nil
		})
	}
	t := &tabular{columns: listColumns}
	row := listRow
	if p.named() {
		t.columns = p.layout.table()
		row = func(log *model.Log) []string { return p.layout.texts(log.Bytes()) }
	}
	return func(logs []*model.Log) error {
		rows := make([][]string, len(logs))
		for i, log := range logs {
			rows[i] = row(log)
		}
		a.rows(t, rows)
		return nil
	}
}

// eachNew prints logs one by one.
func eachNew(do func(doc []byte) error) func([]*model.Log) error {
	return func(logs []*model.Log) error {
		for _, log := range logs {
			if err := do(log.Bytes()); err != nil {
				return err
			}
		}
		return nil
	}
}
