package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"errata/config"
	"errata/model"
	"errata/model/path"
	"errata/model/spell"
)

// editFlags are the flags with which set and diff take edits other than assignments.
type editFlags struct {
	transfers []transferArg // in the order of the command line
	removed   []string
}

// transferArg is FROM=TO of --copy or --move.
type transferArg struct {
	text string
	move bool
}

// transferFlag is --copy or --move: one list keeps the order of both.
type transferFlag struct {
	list *[]transferArg
	move bool
}

// Set takes a value of the flag.
func (f transferFlag) Set(text string) error {
	*f.list = append(*f.list, transferArg{text, f.move})
	return nil
}

// String is what the flag is by default.
func (f transferFlag) String() string { return "" }

// Type is the name of the value in the help.
func (f transferFlag) Type() string { return "FROM=TO" }

// add adds the flags to a command.
func (f *editFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.removed, "remove", nil, "take the member or the element at `PATH` out, after all else; may be repeated")
	cmd.Flags().Var(transferFlag{&f.transfers, true}, "move", "move a value, after the assignments: `FROM=TO`; may be repeated")
	cmd.Flags().Var(transferFlag{&f.transfers, false}, "copy", "copy a value, after the assignments: `FROM=TO`; may be repeated")
}

// args checks that a log is named, and something to do to it.
func (f *editFlags) args(cmd *cobra.Command, given []string) error {
	least := 2
	if len(f.removed)+len(f.transfers) > 0 {
		least = 1
	}
	return args(least, -1)(cmd, given)
}

// edits reads the arguments and flags of set, and the files that they name. An argument that is not
// an assignment, or names no field, is wrong use (exit code 2).
func (a *app) edits(ctx context.Context, args []string, flags *editFlags) (e model.Edits, err error) {
	if e.Assign, err = a.assignments(ctx, args); err != nil {
		return e, err
	}
	for _, arg := range flags.transfers {
		t := model.Transfer{Move: arg.move}
		if t.From, t.To, err = model.ParseTransfer(arg.text); err != nil {
			return e, wrongPath(arg.text, err)
		}
		e.Transfers = append(e.Transfers, t)
	}
	for _, arg := range flags.removed {
		t, err := model.ParseTarget(arg)
		if err != nil {
			return e, wrongPath(arg, err)
		}
		e.Remove = append(e.Remove, t)
	}
	return e, nil
}

// assignments reads the assignments among the arguments of set.
func (a *app) assignments(ctx context.Context, args []string) (list []model.Assignment, err error) {
	stdin := false
	for _, arg := range args {
		next, err := model.ParseAssignment(arg)
		if err != nil {
			return nil, wrongPath(arg, err)
		}
		if next.FromFile {
			if next.File == "-" && stdin {
				return nil, fail(exitUsage, "standard input can be used for one field only")
			}
			stdin = stdin || next.File == "-"
			next.Text, err = a.fileText(ctx, next)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", next.Target, err)
			}
		}
		list = append(list, next)
	}
	return list, nil
}

// wrongPath words the error of an argument that cannot be parsed, and suggests the field that was
// probably meant. An argument that is parsed, but whose value is refused, keeps its error.
func wrongPath(arg string, err error) error {
	var refused *model.ParseError
	var unknown *model.UnknownField
	var syntax *path.SyntaxError
	switch {
	case errors.As(err, &refused):
		return err
	case errors.As(err, &unknown):
		return unknownField(unknown.Name)
	case errors.As(err, &syntax):
		return fail(exitUsage, "%s: %w", spell.Begun(arg), err)
	}
	return fail(exitUsage, "%w", err)
}

// apart tells the arguments that name logs from those that say something of them, as FIELD=VALUE.
func apart(args []string) (names, said []string) {
	for _, arg := range args {
		if strings.Contains(arg, "=") {
			said = append(said, arg)
		} else {
			names = append(names, arg)
		}
	}
	return names, said
}

// fileText reads the file of an assignment.
func (a *console) fileText(ctx context.Context, parsed model.Assignment) (string, error) {
	raw, err := a.atName(ctx, parsed.File)
	if err != nil {
		return "", err
	}
	return parsed.Take(raw)
}

// atName reads the file that is behind =@. A leading ~ is expanded here: the shell does not do so
// there.
func (a *console) atName(ctx context.Context, file string) ([]byte, error) {
	name, err := config.Expand(file, a.env.Environ)
	if err != nil {
		return nil, err
	}
	return a.input(ctx, name)
}

// carried applies edits to a log. The error names every edit that is refused.
func carried(log *model.Log, e model.Edits) (*model.ChangeSet, error) {
	changes := model.NewChangeSet(log)
	return changes, changes.Carry(e)
}
