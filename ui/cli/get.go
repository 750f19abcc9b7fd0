package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/model"
	"errata/model/path"
	"errata/model/tree"
)

func (a *app) getCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "get LOG_ID [PATH...]",
		Short: "Print a log as the server sent it, or what stands at a path in it",
		Long: `Print a log as the server sent it, byte for byte, or what stands at a path in it: a string as exactly its own text, the
rest as JSON with a line break at the end. Only at a terminal a line break follows a text as well, for the prompt of
the shell, and of several paths each value ends with one. With --json a string is printed as JSON, too, so that null
and "null" differ.

A path begins with a field, or with any other member of the log, and is written as in errata set: messages[-1].content,
'metadata["a.b"]'. Where nothing stands the exit code is 6.`,
		Example: `  errata get log_0123 > log.json
  errata get log_0123 output
  errata get log_0123 messages[-1].content metadata.score
  errata get log_0123 output | sed 's/teh/the/g' | errata set log_0123 output=@-`,
		Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := readPaths(args[1:])
			if err != nil {
				return err
			}
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			return a.get(cmd.Context(), svc, args[0], paths)
		},
		ValidArgsFunction: completeFields(1, ""),
	}
}

// readPaths reads paths that begin with any member of a log.
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

func (a *app) get(ctx context.Context, svc *service, id string, paths []path.Path) error {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		a.value(doc.Raw)
		return nil
	}
	log, err := parse(doc)
	if err != nil {
		return err
	}
	var missing []error
	for _, p := range paths {
		if err := a.getAt(log, p, len(paths) > 1); err != nil {
			missing = append(missing, err)
		}
	}
	if len(missing) == 1 {
		return missing[0]
	}
	return a.complainEach(errors.Join(missing...), exitNotFound)
}

// getAt prints what stands at a path; one of many values ends with a line break.
func (a *app) getAt(log *model.Log, p path.Path, many bool) error {
	n, err := a.at(log, p)
	if err != nil {
		return err
	}
	if s, ok := n.Text(); ok && !a.cfg.JSON() {
		a.text(s)
		if many || a.stdout { // the prompt of the shell stands on a line of its own
			a.out.printf("\n")
		}
		return nil
	}
	a.value(n.Bytes())
	return nil
}

// at is what stands at a path in a log. Where nothing does the exit code is 6.
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

// value prints JSON as it came, and a line break.
func (a *app) value(literal []byte) {
	a.raw(literal)
	a.out.printf("\n")
}

// parse indexes the document of a log.
func parse(doc api.Document) (*model.Log, error) {
	log, err := doc.Log()
	if err != nil {
		return nil, fail(exitFailed, "the server's log cannot be read: %w", err)
	}
	return log, nil
}
