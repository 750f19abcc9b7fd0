package path

import (
	"fmt"
	"slices"
	"strings"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/tree"
)

// Error says why a path leads to nothing that could be read or changed.
type Error struct {
	// nothing is there; otherwise something is on the way that no step leads through
	Missing bool
	Msg     string // without a full stop
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Msg }

// layer is a value, and the place in it that a path leads to: at first the value that the path
// begins at, then what a string holds that it led into.
type layer struct {
	root *tree.Node
	at   tree.Path
}

// spot is how far a path leads.
type spot struct {
	layers []layer // one at least
	node   *tree.Node
	done   Path   // the steps that were taken, elements counted from the start
	left   Path   // the steps that lead nowhere
	note   string // how a name with dots was read, where it could be read otherwise
}

// walk follows a path as far as it leads.
func walk(root *tree.Node, p Path) *spot {
	p, note := reading(root, p)
	s := follow(root, p)
	s.note = note
	return s
}

// reading decides how a name with dots is taken: as steps where they lead somewhere, else as the
// member of the whole name, where there is one. The note says what was taken when both could be
// meant.
func reading(root *tree.Node, p Path) (meant Path, note string) {
	whole := member(root, p)
	switch {
	case whole == nil:
		return p, ""
	case len(follow(root, p).left) > 0:
		return whole, fmt.Sprintf("%s is the member called %s; write %s for a member within another", p, whole[dotted(p, whole)], forced(p, whole))
	}
	return p, fmt.Sprintf("%s is a member within another; write %s for the one called %s", p, whole, whole[dotted(p, whole)])
}

// follow takes the steps of a path one by one.
func follow(root *tree.Node, p Path) *spot {
	s := &spot{layers: []layer{{root: root}}, node: root}
	for k, step := range p {
		if inner, ok := Inside(s.node); ok {
			s.layers = append(s.layers, layer{root: inner})
			s.node = inner
		}
		i, ok := child(s.node, step)
		if !ok {
			s.left = p[k:]
			return s
		}
		if step.Element {
			step.Index = i
		}
		s.done = append(s.done, step)
		s.node = s.node.Child(i)
		top := &s.layers[len(s.layers)-1]
		top.at = append(top.at, i)
	}
	return s
}

// child is the position of the child that a step leads to.
func child(n *tree.Node, s Step) (i int, ok bool) {
	switch {
	case !s.Element:
		return n.Find(s.Name)
	case n.Kind() != jsonraw.Array:
		return 0, false
	case s.Index < 0:
		i = n.Len() + s.Index
	default:
		i = s.Index
	}
	return i, 0 <= i && i < n.Len()
}

// member is the path that takes names with dots between them as one name, nil if no object has a
// member of such a name.
func member(root *tree.Node, p Path) Path {
	for from := 0; from < len(p); from++ {
		to := from
		for to < len(p) && p[to].Plain {
			to++
		}
		if to-from < 2 {
			continue
		}
		object := follow(root, p[:from])
		if len(object.left) > 0 {
			return nil
		}
		name := joined(p[from:to])
		if n, ok := Inside(object.node); ok {
			object.node = n
		}
		if _, ok := object.node.Find(name); ok {
			return append(append(p[:from:from], Member(name)), p[to:]...)
		}
	}
	return nil
}

// joined is plain names with dots between them.
func joined(p Path) string {
	names := make([]string, len(p))
	for i, s := range p {
		names[i] = s.Name
	}
	return strings.Join(names, ".")
}

// dotted is the step of whole that stands for several of p.
func dotted(p, whole Path) int {
	i := 0
	for i < len(whole) && p[i] == whole[i] {
		i++
	}
	return i
}

// forced writes p so that it means steps, although whole is there as well: its name in brackets.
func forced(p, whole Path) string {
	i := dotted(p, whole)
	var b strings.Builder
	b.WriteString(p[:i].String())
	b.WriteString("[" + string(jsonraw.Literal(p[i].Name)) + "]")
	for _, s := range p[i+1:] {
		s.write(&b)
	}
	return b.String()
}

// stop says why the path does not lead further.
func (s *spot) stop() *Error {
	step, where := s.left[0], s.done.String()
	if where == "" {
		where = "the value"
	}
	kind := s.node.Kind()
	switch {
	case step.Element && kind == jsonraw.Array:
		return &Error{true, fmt.Sprintf("%s has %s, and none at %s", where, figure.Count(s.node.Len(), "element"), step)}
	case !step.Element && kind == jsonraw.Object:
		return &Error{true, fmt.Sprintf("%s has no member %s", where, step)}
	case kind == jsonraw.Null:
		return &Error{true, fmt.Sprintf("%s is null: nothing stands at %s in it", where, step)}
	case kind == jsonraw.Array:
		return &Error{false, fmt.Sprintf("%s is a list, and has no member %s: an element is written %s[0]", where, step, s.done)}
	case kind == jsonraw.Object:
		return &Error{false, fmt.Sprintf("%s is an object, and has no element %s: a member is written %s", where, step, slices.Concat(s.done, Path{Member("name")}))}
	}
	return &Error{false, fmt.Sprintf("%s is %s, and nothing stands at %s in it", where, kind.Word(), step)}
}
