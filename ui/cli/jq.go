package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"errata/api/jq"
	"errata/model/jsonraw"
)

// jqFlag is the flag -q of a command that prints JSON: a jq expression to apply to it.
type jqFlag struct {
	text   string
	expr   *jq.Expr // nil when the flag was not given
	narrow bool     // expr is over each element of the array, see perElement
}

// jqHelp says what -q does, for the help of a command.
const jqHelp = `-q prints what a jq expression makes of what --json prints: strings as their text (with --json as JSON), anything else as
JSON, a line each. A number that is handed through keeps its digits; one that is computed with is a whole number of any
size or a float64. Members of objects are put in the order of their names.`

// add adds the flag to a command.
func (f *jqFlag) add(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.text, "jq", "q", "", "print what the jq expression `EXPR` makes of the JSON")
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if before != nil {
			if err := before(cmd, args); err != nil {
				return err
			}
		}
		return f.compile(cmd.Flags().Changed("jq"))
	}
}

// compile parses the expression.
func (f *jqFlag) compile(given bool) (err error) {
	if !given {
		return nil
	}
	if f.expr, err = jq.Compile(f.text); err != nil {
		return fail(exitUsage, "-q: %w", err)
	}
	return nil
}

// given reports whether -q was given.
func (f *jqFlag) given() bool { return f.expr != nil }

// perElement makes the expression one over each element of what --json prints, where it means the
// same: then the array need not be held in memory.
func (f *jqFlag) perElement() {
	if !f.given() {
		return
	}
	if each, ok := f.expr.Each(); ok {
		f.expr, f.narrow = each, true
	}
}

// print prints what the expression makes of a document.
func (a *console) print(ctx context.Context, f *jqFlag, doc []byte) error {
	for v, err := range f.expr.Run(ctx, doc) {
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case err != nil:
			_ = a.out.Flush() // results before the error come first
			return fail(exitFailed, "-q: %w", err)
		}
		if s, ok := jsonraw.Text(v); ok && !a.cfg.JSON() {
			a.text(s)
			a.out.printf("\n")
			continue
		}
		a.literal(v)
	}
	return nil
}

// results prints an array of literals, or the results of the expression for it.
func (a *console) results(ctx context.Context, f *jqFlag, literals [][]byte) error {
	if f.given() {
		return a.print(ctx, f, array(literals))
	}
	a.value(array(literals))
	return nil
}
