package cli

import (
	"context"
	"runtime"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
	"errata/ui/browse"
)

const (
	defaultLimit = 30
	pageSize     = 100 // logs of one request
)

func (a *app) listCommand() *cobra.Command {
	var l selected
	var out printed
	l.Limit = defaultLimit
	cmd := &cobra.Command{
		Use:   "list [LOG_ID...]",
		Short: "Print logs as a table, newest first",
		Long: `Print logs as a table, newest first: one line a log, the id first and in full. Those that are named stand as they are
named.

` + selectionHelp + `

` + jqHelp + `
The expression gets all logs that are listed as one array. One that goes through them, such as '.[].id' or
'.[] | select(…)', is applied to each as it comes; for any other, such as length, all are held in memory.

` + asHelp + `
--columns names the paths, with commas between them; without --as they are the columns of the table.`,
		Example: `  errata list --errors --since 7d
  errata list --prompt tides/today --search refund --limit 100
  errata list --where '.metadata.dataset == "ovens" and .output_tokens > 500'
  errata list --sample 20 --corrected
  errata list --columns id,metadata.score,messages[-1].content --as csv --limit 0
  errata list -q '.[] | select(.output_tokens > 500) | .id'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(a.cfg.JSON()); err != nil {
				return err
			}
			q, err := a.chosen(cmd.Context(), &l, args)
			if err != nil {
				return err
			}
			if f := cmd.Flags().Lookup("limit"); !f.Changed && (len(q.IDs) > 0 || q.All || q.Sample > 0) {
				q.Limit = 0
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			if out.given() {
				return a.listAs(cmd.Context(), svc, q, &out)
			}
			return a.list(cmd.Context(), svc, q)
		},
		ValidArgsFunction: a.completeIDs,
	}
	a.selects(cmd, &l)
	out.add(cmd)
	return cmd
}

// selectionHelp says what the flags that select logs take.
const selectionHelp = `--search looks for plain words as one text. gas AND mark, gas OR wood, gas -oven and "gas mark" oven look for words, and
error:timeout in one field; parentheses put words together: (gas OR wood) oven. In quotes a sign is a text.

--prompt takes the id or the path of a prompt. --since and --until take a time (2025-07-01T12:00:00Z), a date, or how long
ago: 90m, 24h, 7d, 2w. A time without a zone is UTC, and a date given to --until includes that day. --where takes a jq
expression: the logs of which its first value is neither false nor null. - in place of an id reads ids from
standard input, one a line, or the id of JSON lines. --sample names its seed, and --seed draws the same logs again.`

func (a *app) list(ctx context.Context, svc *service, q walk.Query) error {
	if a.cfg.JSON() {
		return a.listJSON(ctx, svc, q)
	}
	q.Cut = api.PreviewCut
	var rows [][]string
	w, err := a.each(ctx, svc, q, func(log *model.Log) error {
		rows = append(rows, listRow(log))
		return nil
	})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		a.sayNone(q)
	} else {
		a.table(listColumns, rows)
	}
	return a.sayListed(ctx, w, q)
}

// listColumns are the columns of a table of logs.
var listColumns = []column{
	{head: "ID"}, {head: "TIME"}, {head: "STATUS"}, {head: "MODEL"}, {head: "TOKENS", right: true}, {head: "COST", right: true}, {head: "LATENCY", right: true}, {head: "OUTPUT"},
}

// listRow is a log as a row of it.
func listRow(log *model.Log) []string {
	s := log.Summarize()
	return []string{s.ID, s.Created, s.Status, s.Model, s.Tokens, s.Cost, s.Latency, s.Output}
}

// sayListed prints where a list was searched, and what its limit left out.
func (a *app) sayListed(ctx context.Context, w *walk.Walk, q walk.Query) error {
	a.saySearched(w, q)
	if err := a.sayLeft(ctx, w, q); err != nil {
		return err
	}
	return a.saySelected(w)
}

// saySearched prints where a search looked, when that is not everywhere, as people would expect.
func (a *app) saySearched(w *walk.Walk, q walk.Query) {
	if q.Search != "" && !w.SearchedEverywhere() {
		a.sayAfter("this server searched in %s only, for the text as it stands", browse.Searched)
	}
}

// sayLeft prints that a list stopped at its limit.
func (a *app) sayLeft(ctx context.Context, w *walk.Walk, q walk.Query) error {
	if q.Limit == 0 {
		return nil
	}
	left, err := w.Rest(ctx)
	if err != nil || left == walk.Nothing {
		return err
	}
	are := "there are more"
	if left == walk.Maybe {
		are = "there may be more"
	}
	a.sayAfter("stopped after %s, and %s: errata list --limit 0 lists all", figure.Count(q.Limit, "log"), are)
	return nil
}

// sayAfter prints a line on stderr, after everything that was printed so far.
func (a *console) sayAfter(format string, args ...any) {
	_ = a.out.Flush() // the writer keeps its error until the end
	a.say(format, args...)
}

func (a *app) sayNone(q walk.Query) {
	if q.Narrows() || len(q.IDs) > 0 {
		a.say("no log fits")
		return
	}
	a.say("no logs yet: one of these comes next")
	for _, step := range browse.FirstSteps {
		a.say("  %s", step)
	}
}

// listJSON prints the documents as one array, as the server sent them.
func (a *app) listJSON(ctx context.Context, svc *service, q walk.Query) error {
	separator := "["
	w, err := a.eachWhole(ctx, svc, q, func(doc []byte) error {
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
	return a.sayListed(ctx, w, q)
}

// shortForm is the number of bytes to which a server cuts each member of a log in a list; logs that
// were cut are then read one by one.
const shortForm = 64 << 10

// whole is the complete document of a log from a list. When the list has only a part of it, it is
// read again; nil when it was deleted meanwhile.
func whole(ctx context.Context, svc api.Service, log *model.Log) ([]byte, error) {
	if log.Whole() {
		return log.Bytes(), nil
	}
	runtime.GC() // the memory of the large log before this one is needed
	doc, err := svc.Log(ctx, log.Head().ID)
	if api.CodeOf(err) == api.NotFound {
		return nil, nil
	}
	return doc.Raw, err
}
