package cli

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// flagError puts the error of a wrong flag into one sentence of errata's own, instead of that of
// the library for flags.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	var shape *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return fail(exitUsage, "%s", a.unknownFlag(cmd, unknown))
	case errors.As(err, &empty):
		f := empty.GetFlag()
		arg, _ := pflag.UnquoteUsage(f)
		return fail(exitUsage, "--%s wants a value: --%[1]s %s", f.Name, arg)
	case errors.As(err, &wrong):
		return fail(exitUsage, "%s", wrongValue(wrong.GetFlag(), wrong.GetValue(), wrong.Unwrap()))
	case errors.As(err, &shape):
		return fail(exitUsage, "%s is not a flag; see %s --help", shape.GetSpecifiedFlag(), cmd.CommandPath())
	}
	return fail(exitUsage, "%w; see %s --help", err, cmd.CommandPath())
}

// unknownFlag suggests the flag that was probably meant, or says where all flags are listed.
func (a *app) unknownFlag(cmd *cobra.Command, err *pflag.NotExistError) string {
	name := err.GetSpecifiedName()
	if group := err.GetSpecifiedShortnames(); group != "" {
		return fmt.Sprintf("there is no flag -%s; see %s --help", group, cmd.CommandPath())
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, f.Name)
		}
	})
	if isCommand(name, a.commands()) {
		return fmt.Sprintf("there is no flag --%s; the command is %s %[1]s", name, cmd.Root().Name())
	}
	if near := spell.Nearest(name, known); near != "" {
		return fmt.Sprintf("there is no flag --%s; did you mean --%s", name, near)
	}
	return fmt.Sprintf("there is no flag --%s; see %s --help", name, cmd.CommandPath())
}

// wrongValue says which values a flag takes, by the type of its value or by the error of the flag.
func wrongValue(f *pflag.Flag, text string, cause error) string {
	switch f.Value.Type() {
	case "int":
		_, err := strconv.Atoi(text)
		switch {
		case errors.Is(err, strconv.ErrRange):
			return fmt.Sprintf("--%s is too large: %s", f.Name, text)
		case err == nil:
			return fmt.Sprintf("--%s: %v", f.Name, cause)
		}
		return fmt.Sprintf("--%s wants a whole number, not %q%s", f.Name, text, jsonraw.Misspelled(text))
	case "bool":
		return fmt.Sprintf("--%s stands alone, or with =true or =false, not with %q", f.Name, text)
	}
	if _, own := f.Value.(*selectionFlag); own {
		return fmt.Sprintf("--%s: %v", f.Name, cause)
	}
	return fmt.Sprintf("--%s cannot be %q", f.Name, text)
}
