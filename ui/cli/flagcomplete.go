package cli

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"errata/config"
	"errata/model/selection"
	"errata/ui/theme"
)

// completeFlags sets how a shell completes the values of the flags of a command and of the commands
// below it: with the words of a choice, what the settings or the server know, or files where a file
// is wanted; other values are not completed.
func (a *access) completeFlags(cmd *cobra.Command) {
	complete := func(f *pflag.Flag) {
		if _, done := cmd.GetFlagCompletionFunc(f.Name); done || f.Value.Type() == "bool" {
			return
		}
		if with := a.completionOf(f); with != nil {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, with) // the flag exists
		}
	}
	cmd.PersistentFlags().VisitAll(complete)
	cmd.LocalNonPersistentFlags().VisitAll(complete)
	for _, below := range cmd.Commands() {
		a.completeFlags(below)
	}
}

// fileArguments are the words for values in the help that stand for files.
var fileArguments = []string{"FILE", "DIR", "PATH"}

// completionOf returns how the value of a flag is completed, nil for files.
func (a *access) completionOf(f *pflag.Flag) cobra.CompletionFunc {
	o, known := config.Lookup(f.Name)
	switch arg, _ := pflag.UnquoteUsage(f); {
	case known && o.HasFlag() && o.Kind == config.Choice:
		return cobra.FixedCompletions(o.Words, cobra.ShellCompDirectiveNoFileComp)
	case known && o.Name == config.Profile:
		return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return config.Profiles(a.env.Environ), cobra.ShellCompDirectiveNoFileComp
		}
	case known && o.Name == config.Theme:
		return a.completeThemes
	case f.Name == config.Prompt:
		return a.completePrompts
	case f.Name == viewFlag:
		return a.completeViews
	case f.Name == columnsFlag:
		return a.completeColumns
	case f.Name == selection.ModelFlag:
		return a.completeModels
	case f.Name == selection.JudgedFlag:
		return a.completeJudged
	case slices.Contains(fileArguments, arg):
		return nil
	}
	return cobra.NoFileCompletions
}

// completeThemes completes the name of a theme.
func (a *access) completeThemes(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return append(config.ThemeFiles(a.env.Environ), theme.Names()...), cobra.ShellCompDirectiveNoFileComp
}
