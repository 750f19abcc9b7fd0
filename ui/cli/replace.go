package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"errata/api/batch"
	"errata/model"
	"errata/model/figure"
	"errata/model/pattern"
	"errata/model/replace"
)

func (a *app) replaceCommand() *cobra.Command {
	var r replacement
	cmd := &cobra.Command{
		Use:   "replace OLD NEW [LOG_ID...]",
		Short: "Find and replace in the texts of logs",
		Long: `Replace OLD by NEW in the texts of the fields, or with --in only in what stands at paths. How often it was found is told by
log and path; then it is sent as errata set sends it: shown and confirmed on a terminal, one PATCH a log, read back,
written to the journal, and taken back by one errata undo.

Texts are found by what they mean, whichever way their letters are escaped, within strings that hold JSON as well, such as
the arguments of a tool call, which stay JSON. Every other byte stays as it is. Names of members, numbers, pictures in
base64 and signatures are no texts, and times are replaced only where --in names them.

With --regexp OLD is an expression of Go (RE2), and NEW may refer to its groups as $1 or ${name}; $$ is a dollar. (?m) lets ^
and $ stand for the ends of lines.

` + selectionHelp,
		Example: `  errata replace colour color --prompt tides/today --dry-run
  errata replace --whole gull tern log_0123 log_0456
  errata replace --regexp '(\d+) degrees' '${1}°' --in output --in messages[-1] --all
  errata list --where '.error != null' --json | errata replace timeout 'time limit' -`,
		Args: args(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Old, r.New = args[0], args[1]
			return a.replace(cmd.Context(), &r, args[2:])
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) < 2 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.completeIDs(cmd, args, begun)
		},
	}
	a.selects(cmd, &r.selected)
	cmd.Flags().StringArrayVar(&r.in, "in", nil, "only in the value at `PATH`; may be repeated")
	cmd.Flags().BoolVar(&r.Regexp, "regexp", false, "OLD is a regular expression")
	cmd.Flags().BoolVar(&r.Whole, "whole", false, "only whole words")
	cmd.Flags().BoolVar(&r.IgnoreCase, "ignore-case", false, "capital and small letters are the same")
	cmd.Flags().BoolVar(&r.dryRun, "dry-run", false, "show what would be sent, and send nothing")
	_ = cmd.RegisterFlagCompletionFunc("in", a.completePaths(""))
	return cmd
}

// replacement is what errata replace was asked for.
type replacement struct {
	selected
	replace.Rule
	in     []string
	dryRun bool
}

// replace replaces in one log or many.
func (a *app) replace(ctx context.Context, r *replacement, names []string) error {
	if a.cfg.ReadOnly() && !r.dryRun {
		return readOnlyHere("nothing can be replaced")
	}
	change, err := r.change()
	if err != nil {
		return err
	}
	q, err := a.changing(ctx, &r.selected, names)
	if err != nil {
		return err
	}
	return a.changeEach(ctx, q, r.dryRun, change)
}

// change is the change that was asked for.
func (r *replacement) change() (batch.Change, error) {
	var in []model.Target
	for _, path := range r.in {
		t, err := model.ParseTarget(path)
		if err != nil {
			return batch.Change{}, wrongPath("--in "+path, err)
		}
		in = append(in, t)
	}
	change, err := batch.Replace(r.Rule, in)
	if err != nil {
		return change, fail(exitUsage, "%w", err)
	}
	return change, nil
}

// findings count what was found in the logs that a change looked through.
type findings struct {
	hits, logs int
	by         map[string]int // by path, whatever the numbers of its elements
}

// add counts what was found in one log.
func (t *findings) add(found map[string]int) {
	if len(found) == 0 {
		return
	}
	if t.by == nil {
		t.by = map[string]int{}
	}
	t.logs++
	for path, n := range found {
		t.hits += n
		t.by[element().ReplaceAllString(path, "[]")] += n
	}
}

// element is the number of an element in a path.
var element = pattern.Of(`\[-?\d+\]`)

// words are the counts in one line, the most frequent paths first.
func (t *findings) words() string {
	return fmt.Sprintf("%s in %s: %s", figure.Count(t.hits, "hit"), figure.Count(t.logs, "log"), hits(t.by, " · "))
}

// hits lists how often something was found by path, the most frequent first.
func hits(by map[string]int, between string) string {
	const most = 8
	paths := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		if by[a] != by[b] {
			return by[b] - by[a]
		}
		return strings.Compare(a, b)
	})
	var words []string
	for i, path := range paths {
		if i == most {
			words = append(words, fmt.Sprintf("%s more", figure.Count(len(paths)-most, "path")))
			break
		}
		words = append(words, path+" "+figure.Int(by[path]))
	}
	return strings.Join(words, between)
}
