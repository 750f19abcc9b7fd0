package cli

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/model"
	"errata/model/figure"
	"errata/ui/browse"
)

const (
	defaultLimit = 30
	pageSize     = 100 // logs asked for at once
)

// listing is what errata list was asked for.
type listing struct {
	query        api.LogQuery
	since, until string // as typed
	errors       bool
	limit        int // 0 for all
}

func (a *app) listCommand() *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Print logs as a table, newest first",
		Long: `Print logs as a table, newest first: one line a log, the id first and in full.

--since and --until take a time (2025-07-01T12:00:00Z), a date, or how long ago: 90m, 24h, 7d, 2w.
A time without a zone is UTC, and a date given to --until includes that day.`,
		Example: `  errata list --errors --since 7d
  errata list --prompt pr_0123 --search refund --limit 100
  errata list --json | jq -r '.[].id'`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.window(&l); err != nil {
				return err
			}
			l.query.FileID = a.cfg.Prompt()
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return unknownPrompt(cmd.Context(), svc, l.query.FileID, a.list(cmd.Context(), svc, l))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	flags := cmd.Flags()
	flags.StringVar(&l.query.Search, "search", "", "only logs with `TEXT` in their inputs or output")
	flags.StringVar(&l.query.MetadataSearch, "metadata", "", "only logs with `TEXT` in their metadata")
	flags.StringVar(&l.since, "since", "", "only logs from `TIME` on")
	flags.StringVar(&l.until, "until", "", "only logs up to `TIME`")
	flags.BoolVar(&l.errors, "errors", false, "only logs of calls that failed")
	flags.IntVar(&l.limit, "limit", defaultLimit, "at most `N` logs; 0 for all")
	return cmd
}

// window settles the times and the limit of a listing.
func (a *app) window(l *listing) (err error) {
	if l.limit < 0 {
		return fail(exitUsage, "--limit wants a number of logs, not %d", l.limit)
	}
	now := a.env.Now()
	if l.query.StartDate, err = bound(l.since, now, false); err != nil {
		return fail(exitUsage, "--since: %w", err)
	}
	if l.query.EndDate, err = bound(l.until, now, true); err != nil {
		return fail(exitUsage, "--until: %w", err)
	}
	return nil
}

func (a *app) list(ctx context.Context, svc *service, l listing) error {
	if a.cfg.JSON() {
		return a.listJSON(ctx, svc, l)
	}
	l.query.Cut = api.PreviewCut
	var rows [][]string
	left, err := each(ctx, svc, l, func(log *model.Log) error {
		s := log.Summarize()
		rows = append(rows, []string{s.ID, s.Created, s.Status, s.Model, s.Tokens, s.Cost, s.Latency, s.Output})
		return nil
	})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		a.sayNone(l)
		a.saySearched(l)
		return nil
	}
	a.table([]column{
		{head: "ID"}, {head: "TIME"}, {head: "STATUS"}, {head: "MODEL"}, {head: "TOKENS", right: true}, {head: "COST", right: true}, {head: "LATENCY", right: true}, {head: "OUTPUT"},
	}, rows)
	a.saySearched(l)
	a.sayLeft(l, left)
	return nil
}

// saySearched says where a search looked: people expect it to look everywhere.
func (a *app) saySearched(l listing) {
	if l.query.Search != "" {
		a.sayAfter("searched in %s, not in messages and ids", browse.Searched)
	}
}

// rest is what a listing left out because of its limit.
type rest int

const (
	nothing rest = iota // left
	maybe               // some: those that were passed over are not counted
	some
)

// sayLeft says that a listing stopped at its limit.
func (a *app) sayLeft(l listing, left rest) {
	if left == nothing {
		return
	}
	are := "there are more"
	if left == maybe {
		are = "there may be more"
	}
	a.sayAfter("stopped after %s, and %s: errata list --limit 0 lists all", figure.Count(l.limit, "log"), are)
}

// sayAfter says a line after what was printed.
func (a *app) sayAfter(format string, args ...any) {
	_ = a.out.Flush() // an error sticks and is told at the end
	a.say(format, args...)
}

func (a *app) sayNone(l listing) {
	if l.query.FileID+l.query.Search+l.query.MetadataSearch+l.since+l.until != "" || l.errors {
		a.say("no log fits")
		return
	}
	a.say("no logs yet: errata import PATH loads some, errata demo shows samples")
}

// listJSON prints an array of the documents as the server sent them, one after the other: a list of
// large logs is asked for in a short form, and then each of those by itself.
func (a *app) listJSON(ctx context.Context, svc *service, l listing) error {
	separator := "["
	l.query.Cut = shortForm
	left, err := each(ctx, svc, l, func(log *model.Log) error {
		doc, err := whole(ctx, svc, log)
		if err != nil || doc == nil {
			return err
		}
		a.out.printf("%s", separator)
		a.raw(doc)
		separator = ",\n"
		return nil
	})
	if err != nil {
		return err
	}
	if separator == "[" {
		a.out.printf("[")
	}
	a.out.printf("]\n")
	a.saySearched(l)
	a.sayLeft(l, left)
	return nil
}

// shortForm is about how many bytes each member of a log has in the list that tells which logs are
// to be read by themselves.
const shortForm = 64 << 10

// whole is the document of a log of a list, read again when the list has only a part of it; nil
// when it was deleted meanwhile.
func whole(ctx context.Context, svc api.Service, log *model.Log) ([]byte, error) {
	if log.Whole() {
		return log.Bytes(), nil
	}
	runtime.GC() // the large log before this one makes room for it
	doc, err := svc.Log(ctx, log.Head().ID)
	if api.CodeOf(err) == api.NotFound {
		return nil, nil
	}
	return doc.Raw, err
}

// each hands out the logs of a listing, page by page, and tells what is left at its limit.
func each(ctx context.Context, svc api.Service, l listing, do func(*model.Log) error) (rest, error) {
	lister := api.NewLister(svc, l.query)
	left := l.limit
	for l.limit == 0 || left > 0 {
		size := pageSize
		if l.limit > 0 && !l.errors {
			size = min(left, pageSize)
		}
		logs, err := lister.Next(ctx, size)
		if errors.Is(err, io.EOF) {
			return nothing, nil
		}
		if err != nil {
			return nothing, err
		}
		for _, log := range logs {
			switch {
			case !l.wants(log):
				continue
			case l.limit > 0 && left == 0:
				return some, nil
			}
			if err := do(log); err != nil {
				return nothing, err
			}
			left--
		}
	}
	return l.beyond(ctx, lister), nil
}

// wants tells whether a log that the server selected is one of the listing.
func (l listing) wants(log *model.Log) bool { return !l.errors || log.Summarize().Status == "error" }

// beyond looks at the next log behind the limit.
func (l listing) beyond(ctx context.Context, lister api.Lister) rest {
	logs, err := lister.Next(ctx, 1)
	switch {
	case errors.Is(err, io.EOF):
		return nothing
	case err != nil || !l.wants(logs[0]):
		return maybe
	}
	return some
}
