package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
)

// unknownField is the error for a name that is no field, with the nearest name or all of them.
func unknownField(name string) error {
	if near := nearest(name); near != "" {
		return fail(exitUsage, "there is no field %q; did you mean %s", name, near)
	}
	return fail(exitUsage, "there is no field %q; the fields are %s", name, strings.Join(fieldNames(), ", "))
}

func fieldNames() []string {
	var names []string
	for _, f := range model.Form() {
		names = append(names, f.Name)
	}
	return names
}

// nearest is the field whose name is likest to a mistyped one, "" when none is like it.
func nearest(name string) string {
	best, least := "", len(name)/3+1
	for _, known := range fieldNames() {
		if d := distance(strings.ToLower(name), known); d <= least && d < len(known) {
			best, least = known, d-1
		}
	}
	return best
}

// distance is the number of letters to change, add or remove to make b of a.
func distance(a, b string) int {
	if len(a) > 2*len(b) {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// completeFields completes names of fields from the argument at position from on, each with suffix behind it.
func completeFields(from int, suffix string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		directive := cobra.ShellCompDirectiveNoFileComp
		if len(args) < from || suffix == "" && len(args) > from {
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
