package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/model/spell"
)

// unknownField is the error for a name that is not a field. It suggests the nearest name, or lists
// all.
func unknownField(name string) error {
	known := fieldNames()
	if meant := spell.Meant(name, known); meant != "" {
		return fail(exitUsage, "there is no field %q%s", name, meant)
	}
	return fail(exitUsage, "there is no field %q; the fields are %s", name, strings.Join(known, ", "))
}

func fieldNames() []string {
	var names []string
	for _, f := range model.Form() {
		names = append(names, f.Name)
	}
	return names
}

// completeFields completes names of fields, from the argument at index from on. suffix is added to
// each.
func completeFields(from int, suffix string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		directive := cobra.ShellCompDirectiveNoFileComp
		if len(args) < from {
			return nil, directive
		}
		if suffix != "" {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		var out []cobra.Completion
		for _, f := range model.Form() {
			if strings.HasPrefix(f.Name+suffix, begun) {
				out = append(out, cobra.CompletionWithDesc(f.Name+suffix, f.Help))
			}
		}
		return out, directive
	}
}
