package cli

import (
	"context"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/model"
)

func (a *app) getCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "get LOG_ID [FIELD]",
		Short: "Print a log as the server sent it, or one field",
		Long: `Print a log as the server sent it, byte for byte, or one field: a string as exactly its own text, the rest as JSON
with a line break at the end. Only at a terminal a line break follows a text as well, for the prompt of the shell.
With --json a string is printed as JSON, too, so that null, absent and "null" differ.

FIELD is one of the fields that errata set knows, or any other member of the log.`,
		Example: `  errata get log_0123 > log.json
  errata get log_0123 output
  errata get log_0123 output | sed 's/teh/the/g' | errata set log_0123 output=@-
  errata get log_0123 metadata | jq .score`,
		Args: args(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			svc, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer svc.close()
			field := ""
			if len(args) == 2 {
				field = args[1]
			}
			return a.get(cmd.Context(), svc, args[0], field)
		},
		ValidArgsFunction: completeFields(1, ""),
	}
}

func (a *app) get(ctx context.Context, svc *service, id, name string) error {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return err
	}
	if name == "" {
		a.value(doc.Raw)
		return nil
	}
	log, err := parse(doc)
	if err != nil {
		return err
	}
	v := log.Member(name)
	if v.IsAbsent() {
		if _, ok := model.Lookup(name); !ok {
			return unknownField(name)
		}
		a.say("%s is absent in this log", name)
		return nil
	}
	if s, ok := v.Text(); ok && !a.cfg.JSON() {
		a.text(s)
		if a.stdout {
			a.out.printf("\n") // the prompt of the shell stands on a line of its own
		}
		return nil
	}
	a.value(v.Bytes())
	return nil
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
