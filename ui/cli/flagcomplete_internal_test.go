package cli

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// typedFlags are the flags whose values nobody knows but who types them: a shell completes nothing.
var typedFlags = []string{
	"author", "base-url", "db-replica", "expires", "from", "instructions", "jq", "limit", "listen", "max-body", "max-connections", "max-memory",
	"metadata", "note", "number", "options", "sample", "search", "seed", "since", "timeout", "to", "trusted-proxy", "until", "where",
}

// Every flag that takes a value is completed, takes a file, or is one that nobody can complete.
func TestEveryFlagIsCompletedOrTyped(t *testing.T) {
	t.Parallel()
	root := newApp(Env{Args: []string{cobra.ShellCompRequestCmd, ""}}).root()
	nothing := reflect.ValueOf(cobra.NoFileCompletions).Pointer()
	met := map[string]bool{}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			arg, _ := pflag.UnquoteUsage(f)
			with, completed := cmd.GetFlagCompletionFunc(f.Name)
			typed := completed && reflect.ValueOf(with).Pointer() == nothing
			switch known := slices.Contains(typedFlags, f.Name); {
			case f.Value.Type() == "bool":
			case arg != strings.ToUpper(arg):
				t.Errorf("%s --%s: the help does not name the value", cmd.CommandPath(), f.Name)
			case !completed && !slices.Contains(fileArguments, arg):
				t.Errorf("%s --%s %s offers files", cmd.CommandPath(), f.Name, arg)
			case typed && !known:
				t.Errorf("%s --%s %s is not completed", cmd.CommandPath(), f.Name, arg)
			case typed:
				met[f.Name] = true
			}
		})
		for _, below := range cmd.Commands() {
			walk(below)
		}
	}
	walk(root)
	for _, name := range typedFlags {
		if !met[name] {
			t.Errorf("--%s is completed, or is not there", name)
		}
	}
}
