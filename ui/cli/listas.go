package cli

import (
	"context"

	"github.com/spf13/cobra"

	"errata/api/walk"
	"errata/model"
	"errata/model/spell"
)

// printed is how list prints logs, when not as its table.
type printed struct {
	jq      jqFlag
	layout  layout
	columns string      // as given
	named   func() bool // whether --columns was given, even if empty
}

// columnsFlag names the columns.
const columnsFlag = "columns"

// add adds the flags to a command.
func (p *printed) add(cmd *cobra.Command) {
	p.jq.add(cmd)
	p.layout.add(cmd)
	cmd.Flags().StringVar(&p.columns, columnsFlag, "", "the columns, as paths with commas between them: `PATHS`")
	p.named = func() bool { return cmd.Flags().Changed(columnsFlag) }
}

// given reports whether another form than the table was asked for.
func (p *printed) given() bool { return p.jq.given() || p.layout.given() || p.named() }

// check parses the columns. asJSON is whether --json was given.
func (p *printed) check(asJSON bool) error {
	switch {
	case p.jq.given() && (p.layout.given() || p.named()):
		return fail(exitUsage, "-q and columns do not go together: @tsv and @csv are functions of jq")
	case asJSON && !p.jq.given() && (p.named() && !p.layout.given() || p.layout.lines()):
		return fail(exitUsage, "--json and columns do not go together: --as jsonl prints columns as JSON")
	case !p.named():
		return p.layout.check(nil)
	}
	list, err := readColumns(p.columns)
	if err != nil {
		return err
	}
	return p.layout.check(list)
}

// listAs prints the results of a jq expression for the logs, or their columns.
func (a *app) listAs(ctx context.Context, svc *service, q walk.Query, p *printed) error {
	p.jq.perElement()
	var literals [][]byte
	var rows [][]string
	w, err := a.eachWhole(ctx, svc, q, func(doc []byte) error {
		switch {
		case p.jq.narrow:
			return a.print(ctx, &p.jq, doc)
		case p.jq.given():
			literals = append(literals, doc)
		case p.layout.given():
			return a.row(&p.layout, doc)
		default:
			rows = append(rows, p.layout.texts(doc))
		}
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case p.layout.given():
		if err := a.head(&p.layout); err != nil { // also when there are no logs
			return err
		}
	case p.jq.narrow:
	case p.jq.given():
		if err := a.results(ctx, &p.jq, literals); err != nil {
			return err
		}
	case len(rows) > 0:
		a.table(p.layout.table(), rows)
	default:
		a.sayNone(q)
	}
	if name := p.layout.unmet(); name != "" && p.layout.met != nil {
		a.say("no log that is listed has %q%s", name, spell.Meant(name, fieldNames()))
	}
	return a.sayListed(ctx, w, q)
}

// table are the columns as those of a table.
func (l *layout) table() []column {
	list := make([]column, len(l.columns))
	for i, name := range l.heads() {
		list[i] = column{head: name}
	}
	return list
}

// eachWhole calls do with the complete documents of the logs of a list. Long lists are asked for in
// a short form, and the logs that were cut are read one by one.
func (a *app) eachWhole(ctx context.Context, svc *service, q walk.Query, do func(doc []byte) error) (*walk.Walk, error) {
	q.Cut = shortForm
	return a.each(ctx, svc, q, func(log *model.Log) error {
		doc, err := whole(ctx, svc, log)
		if err != nil || doc == nil {
			return err
		}
		return do(doc)
	})
}
