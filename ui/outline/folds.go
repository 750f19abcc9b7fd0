package outline

import (
	"slices"

	"errata/model/path"
	"errata/model/tree"
	"errata/ui/rows"
)

// foldsMost is how many unfolded containers are remembered for another value.
const foldsMost = 100

// Folds is the unfolded containers of the value, as paths: those that hold others come first.
func (m *view) Folds() any {
	var list []path.Path
	m.unfoldedIn(m.kids, nil, func(at tree.Path) bool {
		list = append(list, path.Of(m.Root(), at))
		return len(list) < foldsMost
	})
	return list
}

// unfoldedIn calls do with the unfolded containers of a shape, until it is false.
func (m *view) unfoldedIn(s shape, above tree.Path, do func(tree.Path) bool) bool {
	at := 0
	return s.Range(0, s.Len(), func(r run, _, _ int) bool {
		here := slices.Concat(above, tree.Path{at})
		at += r.count
		return r.open == nil || r.open.text != nil || do(here) && m.unfoldedIn(r.open.kids, here, do)
	})
}

// Fold unfolds what Folds gave of another value, as far as this one has it.
func (m *view) Fold(folds any) {
	list, _ := folds.([]path.Path)
	for _, p := range list {
		if at, n := placeOf(m.Root(), p); rows.Holds(n) && n.Size() < rows.Large && n.Len() > 0 && (len(at) == 1 || m.openedAt(at[:len(at)-1]) != nil) {
			m.unfoldNow(at, n)
		}
	}
}

// placeOf is where a path leads in a value, nil when it leads nowhere.
func placeOf(n *tree.Node, p path.Path) (at tree.Path, to *tree.Node) {
	for _, step := range p {
		i, ok := step.Index, rows.Holds(n)
		if ok && !step.Element {
			i, ok = n.Find(step.Name)
		}
		if !ok || i < 0 || i >= n.Len() || step.Element != (n.Kind() == array) {
			return nil, nil
		}
		at, n = append(at, i), n.Child(i)
	}
	return at, n
}
