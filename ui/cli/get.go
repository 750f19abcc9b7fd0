package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/model"
	"errata/model/judgment"
	"errata/model/path"
	"errata/model/tree"
)

func (a *app) getCommand() *cobra.Command {
	var g getting
	cmd := &cobra.Command{
		Use:   "get LOG_ID [PATH...]",
		Short: "Print a log as the server sent it, or the values at paths in it",
		Long: `Print a log as the server sent it, byte for byte, or what stands at a path in it: a string as exactly its own text, the
rest as JSON with a line break at the end. Of several paths each value ends with a line break. With --json a string
is printed as JSON, too, so that null and "null" differ.

At a terminal JSON is laid out for reading, in colours and with long values folded, unless --json is given, and a line
break follows a text as well, for the prompt of the shell.

A path begins with a field, or with any other member of the log, and is written as in errata set: messages[-1].content,
'metadata["a.b"]'. Where nothing stands the exit code is 6.

` + jqHelp + `

` + asHelp,
		Example: `  errata get log_0123 > log.json
  errata get log_0123 messages[-1].content metadata.score
  errata get log_0123 -q '.messages | map(.role)'
  errata get log_0123 id output metadata.score --as csv
  errata get log_0123 output | sed 's/teh/the/g' | errata set log_0123 output=@-`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err = g.check(args[1:]); err != nil {
				return err
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return a.get(cmd.Context(), svc, args[0], &g)
		},
		ValidArgsFunction: a.completeLogThen(a.completePaths("")),
	}
	g.jq.add(cmd)
	g.layout.add(cmd)
	cmd.Flags().BoolVar(&g.judgments, "judgments", false, "what people and programs said of the log, the newest of each first")
	return cmd
}

// getting is a call of errata get: its arguments and flags.
type getting struct {
	paths  []path.Path
	jq     jqFlag
	layout layout

	judgments bool // print the judgments of the log instead of the log
}

// check reads the paths.
func (g *getting) check(args []string) (err error) {
	if g.paths, err = readPaths(args); err != nil {
		return err
	}
	if g.judgments && (len(args) > 0 || g.layout.given() || g.jq.given()) {
		return fail(exitUsage, "--judgments stands alone: they are the member evaluator_logs, of which paths and -q take parts")
	}
	if g.layout.given() && g.jq.given() {
		return fail(exitUsage, "-q and --as do not go together: @tsv and @csv are functions of jq")
	}
	return g.layout.check(g.paths)
}

// judgedBy prints the judgments of a log: a line each, or with --json as they are in the log.
func (a *judging) judgedBy(log *model.Log) error {
	list := judgment.Standings(judgment.Of(log))
	switch {
	case a.cfg.JSON():
		a.value(log.Member(judgment.Nested).Bytes())
		return nil
	case len(list) == 0:
		a.say("nobody has judged this log yet")
		return nil
	}
	var rows [][]string
	for _, s := range list {
		for i, j := range append([]judgment.Judgment{s.Newest}, s.Older...) {
			stands := "now"
			if i > 0 || s.Withdrawn() {
				stands = "before"
			}
			rows = append(rows, []string{j.ID, j.Evaluator.Called(), j.User, j.CreatedAt, stands, onOneLine(j.Value)})
		}
	}
	a.table([]column{{head: "JUDGMENT"}, {head: "EVALUATOR", give: true}, {head: "USER"}, {head: "TIME"}, {head: "STANDS"}, {head: "SAYS"}}, rows)
	return nil
}

// readPaths parses paths, which may begin with any member of a log.
func readPaths(args []string) ([]path.Path, error) {
	list := make([]path.Path, len(args))
	for i, arg := range args {
		p, err := path.Parse(arg)
		if err != nil {
			return nil, wrongPath(arg, err)
		}
		list[i] = p
	}
	return list, nil
}

func (a *app) get(ctx context.Context, svc *service, id string, g *getting) error {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case g.judgments:
		log, err := parse(doc)
		if err != nil {
			return err
		}
		return a.judgedBy(log)
	case g.layout.given():
		return a.getRow(doc.Raw, &g.layout)
	case len(g.paths) > 0:
		return a.getPaths(ctx, doc, g)
	case g.jq.given():
		return a.print(ctx, &g.jq, doc.Raw)
	}
	a.literal(doc.Raw)
	return nil
}

// getRow prints a log as columns.
func (a *app) getRow(doc []byte, l *layout) error {
	l.cells(doc)
	if name := l.unmet(); name != "" {
		return unknownField(name)
	}
	return a.row(l, doc)
}

// getPaths prints the values at the paths in a log, and names on stderr the paths that lead
// nowhere.
func (a *app) getPaths(ctx context.Context, doc api.Document, g *getting) error {
	log, err := parse(doc)
	if err != nil {
		return err
	}
	var missing []error
	for _, p := range g.paths {
		n, err := a.at(log, p)
		switch {
		case err != nil:
			missing = append(missing, err)
		case g.jq.given():
			if err := a.print(ctx, &g.jq, n.Bytes()); err != nil {
				return err
			}
		default:
			a.found(n, len(g.paths) > 1)
		}
	}
	if len(missing) == 1 {
		return missing[0]
	}
	return a.complainEach(errors.Join(missing...), exitNotFound)
}

// found prints a value. When there are several, each is followed by a line break.
func (a *app) found(n *tree.Node, many bool) {
	s, ok := n.Text()
	if !ok || a.cfg.JSON() {
		a.literal(n.Bytes())
		return
	}
	a.text(s)
	if many || a.stdout { // the prompt of the shell needs a line of its own
		a.out.printf("\n")
	}
}

// at is the value at a path in a log. When there is none, the error has exit code 6.
func (a *app) at(log *model.Log, p path.Path) (*tree.Node, error) {
	if log.Member(p[0].Name).IsAbsent() {
		if _, ok := model.Lookup(p[0].Name); !ok {
			return nil, unknownField(p[:1].String())
		}
		return nil, fail(exitNotFound, "%s is absent in this log", p[:1])
	}
	n, note, err := path.Get(tree.New(log.Bytes()), p)
	if err != nil {
		return nil, fail(exitNotFound, "%w", err)
	}
	if note != "" {
		a.say("%s", note)
	}
	return n, nil
}

// value prints JSON as it came, followed by a line break.
func (a *console) value(literal []byte) {
	a.raw(literal)
	a.out.printf("\n")
}

// log reads a log.
func (svc *service) log(ctx context.Context, id string) (*model.Log, error) {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return nil, err
	}
	return parse(doc)
}

// parse indexes the document of a log.
func parse(doc api.Document) (*model.Log, error) {
	log, err := doc.Log()
	if err != nil {
		return nil, fail(exitFailed, "the server's log cannot be read: %w", err)
	}
	return log, nil
}
