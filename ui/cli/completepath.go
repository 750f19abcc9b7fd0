package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/change"
	"errata/ui/sanitize"
)

// offeredPaths is how many places within one value a shell is offered.
const offeredPaths = 200

// completePaths completes paths in the log that is named first: the fields and, behind a dot or a
// bracket, what is there. suffix follows what can be assigned as it is.
func (a *access) completePaths(suffix string) cobra.CompletionFunc {
	fields := completeFields(1, suffix)
	return func(cmd *cobra.Command, args []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
		stem, ok := stemOf(begun)
		if !ok || len(args) == 0 {
			return fields(cmd, args, begun)
		}
		a.offer(cmd, func(ctx context.Context, svc *service) error {
			doc, err := svc.Log(ctx, args[0])
			if err != nil {
				return err
			}
			log, err := doc.Log()
			if err == nil {
				out = below(log, stem, begun, suffix)
			}
			return err
		})
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
	}
}

// completeTargets completes the paths of --remove, --copy and --move.
func (a *app) completeTargets(cmd *cobra.Command) {
	for name, suffix := range map[string]string{"remove": "", "copy": "=", "move": "="} {
		_ = cmd.RegisterFlagCompletionFunc(name, a.completePaths(suffix)) // the flag is there
	}
}

// stemOf is the path in front of the last dot or bracket of what is being typed; ok is false when
// there is none yet.
func stemOf(begun string) (stem path.Path, ok bool) {
	for i := len(begun) - 1; i > 0; i-- {
		if begun[i] != '.' && begun[i] != '[' {
			continue
		}
		if p, err := path.Parse(begun[:i]); err == nil {
			return p, true
		}
	}
	return nil, false
}

// below are the paths one step behind a stem that begin as what is being typed.
func below(log *model.Log, stem path.Path, begun, suffix string) (out []cobra.Completion) {
	n, _, err := path.Get(tree.New(log.Bytes()), stem)
	if err != nil {
		return nil
	}
	if inner, ok := path.Inside(n); ok {
		n = inner
	}
	for i := range min(n.Len(), offeredPaths) {
		word := append(slices.Clip(stem), path.Of(n, tree.Path{i})...).String()
		child := n.Child(i)
		if !strings.HasPrefix(word, begun) || !shellWord(word) {
			continue
		}
		if kind := child.Kind(); kind != jsonraw.Object && kind != jsonraw.Array {
			word += suffix
		}
		out = append(out, cobra.CompletionWithDesc(word, glimpse(child)))
	}
	return out
}

// completeColumns completes the last of the paths of --columns: with what is in the newest logs, or
// in those that are named.
func (a *access) completeColumns(cmd *cobra.Command, args []string, begun string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
	head := ""
	for from := 0; from < len(begun); {
		from += len(untilComma(begun[from:])) + 1
		if from <= len(begun) {
			head = begun[:from]
		}
	}
	last := begun[len(head):]
	stem, _ := stemOf(last)
	met := map[string]bool{}
	a.newest(cmd, args, func(log *model.Log) {
		for _, word := range below(log, stem, last, "") {
			if path, _, _ := strings.Cut(word, "\t"); !met[path] && len(out) < offeredPaths {
				met[path] = true
				out = append(out, head+word)
			}
		}
	})
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
}

// glimpse is a value beside its path.
func glimpse(n *tree.Node) string {
	const most = 4 << 10
	if n.Size() > most {
		return n.Kind().Word() + " of " + figure.Size(n.Size())
	}
	return sanitize.Line(change.OneLine(model.Raw(n.Bytes())), 60)
}
