package cli

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"errata/api"
	"errata/config"
	"errata/model/spell"
)

// root makes the root command with all others below it.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "errata [LOG_ID]",
		Short: "Correct prompt logs: see every field, change some, send only those",
		Long: `errata is an editor for prompt logs. It fetches a log from a v5 server or from its own
embedded store, shows its fields, and sends only what you changed.

Without a command it browses the logs, or opens the one that you name.`,
		Example: `  errata demo                                     try it on sample logs
  errata import exports/                          load an official export
  errata                                          browse
  errata log_0123                                 open one log
  errata set log_0123 output=Hello prompt_tokens:=12`,
		Args:              a.rootArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.openNamed(cmd, args) },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.settle(cmd.Context(), cmd.Flags()) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(a.flagError)
	addFlags(root.PersistentFlags(), false)
	all := a.commands()
	for _, c := range all {
		if a.needs(c.name, all) {
			root.AddCommand(c.of())
		}
	}
	root.SetHelpCommand(a.helpCommand())
	if a.completing() {
		a.completeFlags(root)
	}
	return root
}

// rootArgs takes one id. An argument that is nearly the name of a command is refused with a
// suggestion; errata open takes any id.
func (a *app) rootArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && cmd.ArgsLenAtDash() < 0 && likeCommand(args[0]) {
		if near := meantCommand(args[0], cmd.Commands()); near != "" {
			return fail(exitUsage, "unknown command %s; did you mean %s? (errata open %[1]s opens a log of that id)", args[0], near)
		}
	}
	if len(args) > 1 {
		return fail(exitUsage, "%q is no command, and only one log can be opened at a time; errata help lists the commands", args[0])
	}
	return nil
}

// wordsOfOthers are names that other programs have for commands of errata.
var wordsOfOthers = map[string]string{
	"ls": "list", "logs": "list", "search": "list", "find": "list", "tail": "follow", "watch": "follow", "show": "open", "view": "open", "edit": "open", "cat": "get",
	"update": "set", "patch": "set", "journal": "history", "revert": "undo", "load": "import", "dump": "export", "settings": "config",
}

// meantCommand is the command in a list that was probably meant by a word, "" for none.
func meantCommand(typed string, list []*cobra.Command) string {
	known := commandNames(list)
	if word := wordsOfOthers[strings.ToLower(typed)]; slices.Contains(known, word) {
		return word
	}
	return spell.Nearest(typed, known)
}

// likeCommand reports whether a word may be a mistyped command: ids of logs have other characters
// than letters and hyphens.
func likeCommand(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
}

// openNamed opens a log, and suggests a command when there is no log of that id.
func (a *app) openNamed(cmd *cobra.Command, args []string) error {
	err := a.open(cmd.Context(), args)
	if len(args) == 1 && cmd.ArgsLenAtDash() < 0 && likeCommand(args[0]) && api.CodeOf(err) == api.NotFound {
		return fail(exitNotFound, "%w, and there is no command of that name; errata help lists them", err)
	}
	return err
}

// commandNames are the names of commands that can be typed.
func commandNames(list []*cobra.Command) (words []string) {
	for _, c := range list {
		if c.IsAvailableCommand() {
			words = append(words, c.Name())
		}
	}
	return words
}

// noCommand is the error for an argument of a command that only has commands below it.
func noCommand(cmd *cobra.Command, typed string) error {
	known := commandNames(cmd.Commands())
	return fail(exitUsage, "%s %s is no command; want %s%s", cmd.CommandPath(), typed, spell.Either(known), spell.Meant(typed, known))
}

// group makes a command with others below it. Without a RunE of its own it needs one of them.
func group(cmd *cobra.Command, below ...*cobra.Command) *cobra.Command {
	alone := cmd.RunE != nil
	if !alone {
		cmd.RunE = func(*cobra.Command, []string) error { return nil }
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return noCommand(cmd, args[0])
		case alone:
			return nil
		}
		var lines []string
		for _, c := range below {
			lines = append(lines, usage(c))
		}
		return fail(exitUsage, "usage: %s", spell.Either(lines))
	}
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	cmd.AddCommand(below...)
	return cmd
}

// usage is how a command is typed.
func usage(cmd *cobra.Command) string { return strings.TrimSuffix(cmd.UseLine(), " [flags]") }

// addFlags adds the flags of the table of options: those of single commands (local), or those of
// all.
func addFlags(flags *pflag.FlagSet, local bool) {
	for _, o := range config.Options() {
		if !o.HasFlag() || o.Local != local {
			continue
		}
		usage := o.Help
		if o.Kind == config.Bool {
			flags.Bool(o.Name, false, usage)
			continue
		}
		flags.Var(&typed{arg: o.Arg}, o.Name, usage)
	}
}

// typed is a flag that keeps its value as it was typed; the table of options checks it later.
type typed struct{ text, arg string }

// String is the value as it was typed.
func (t *typed) String() string { return t.text }

// Set keeps the value as it was typed.
func (t *typed) Set(s string) error { t.text = s; return nil }

// Type is the name of the value in the help.
func (t *typed) Type() string { return t.arg }

// settle reads the settings, from flags that were given, the environment and the file.
func (a *console) settle(ctx context.Context, flags *pflag.FlagSet) error {
	cfg, err := api.Await(ctx, "", func() (*config.Config, error) { return config.Load(givenFlags(flags), a.env.Environ) })
	if err != nil {
		return err
	}
	a.cfg = cfg
	return a.checkTheme()
}

// givenFlags are the flags of the table of options that were given.
func givenFlags(flags *pflag.FlagSet) config.Flags {
	given := config.Flags{}
	flags.Visit(func(f *pflag.Flag) {
		if o, ok := config.Lookup(f.Name); ok && o.HasFlag() {
			given[f.Name] = f.Value.String()
		}
	})
	return given
}

// args checks the number of arguments; a negative most means no limit.
func args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return fail(exitUsage, "usage: %s; see errata help %s",
				usage(cmd), strings.TrimPrefix(cmd.CommandPath(), "errata "))
		}
		return nil
	}
}

func (a *app) openCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "open LOG_ID",
		Short: "Open one log, also one whose id looks like a command",
		Args:  args(1, 1),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.open(cmd.Context(), args) },

		ValidArgsFunction: a.completeLogThen(cobra.NoFileCompletions),
	}
}
