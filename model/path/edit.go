package path

import (
	"fmt"
	"slices"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/tree"
)

// Get is the value at a path below root. The note says how a name with dots was read, where it
// could have been read otherwise. The error is an *Error.
func Get(root *tree.Node, p Path) (n *tree.Node, note string, err error) {
	s := walk(root, p)
	if len(s.left) > 0 {
		return nil, "", s.stop()
	}
	return s.node, s.note, nil
}

// Set puts a value at a path below root, an object whose members have names that are given, such as
// a log. Objects that are missing on the way, or null, are made; a value that means the same as the
// one that is there changes nothing. The note says how a name with dots was read. The error is an
// *Error.
func Set(root *tree.Node, p Path, v *tree.Node) (now *tree.Node, note string, err error) {
	s := walk(root, p)
	if len(s.left) == 0 {
		if jsonraw.Equal(s.node.Bytes(), v.Bytes()) {
			return root, s.note, nil
		}
		now, err = s.replace(v)
		return now, s.note, err
	}
	if s.note == "" {
		s.note = nested(p, len(s.done))
	}
	now, err = s.add(v)
	return now, s.note, err
}

// nested is the note of a name with dots of which the steps from a place on are made.
func nested(p Path, from int) string {
	from = max(from, 1) // the members of the root have names that are given
	to := from
	for to < len(p) && p[to].Plain {
		to++
	}
	if to-from < 2 {
		return ""
	}
	whole := slices.Concat(p[:from], Path{Member(joined(p[from:to]))}, p[to:])
	return fmt.Sprintf("%s is made as objects within one another; write %s for one member of that name", p, whole)
}

// add puts a value where the path does not lead yet.
func (s *spot) add(v *tree.Node) (*tree.Node, error) {
	step := s.left[0]
	kind := s.node.Kind()
	if step.Element || kind != jsonraw.Object && kind != jsonraw.Null {
		return nil, s.stop()
	}
	made, err := s.make(s.left[1:], v)
	if err != nil {
		return nil, err
	}
	if kind == jsonraw.Null {
		object, err := tree.Object(tree.Entry{Name: step.Name, Node: made})
		if err != nil {
			return nil, unwritable(err)
		}
		return s.replace(object)
	}
	if _, err := jsonraw.Quote(step.Name); err != nil {
		return nil, unwritable(err)
	}
	top := s.top()
	place := append(slices.Clip(top.at), s.node.Len())
	return s.rebuild(top.root.Insert(place, step.Name, made))
}

// make puts a value into objects that are made for steps.
func (s *spot) make(steps Path, v *tree.Node) (*tree.Node, error) {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Element {
			list := slices.Concat(s.done, s.left[:len(s.left)-len(steps)+i])
			return nil, &Error{true, fmt.Sprintf("%s is not there, so it has no element %s: %[1]s+= makes a list of one", list, steps[i])}
		}
		object, err := tree.Object(tree.Entry{Name: steps[i].Name, Node: v})
		if err != nil {
			return nil, unwritable(err)
		}
		v = object
	}
	return v, nil
}

// unwritable is the error of a name that JSON cannot hold.
func unwritable(err error) error { return &Error{Msg: "the name cannot be written: " + err.Error()} }

// Append puts a value at the end of the list at a path below root. If there is nothing, or null, a
// list is made. Note and error are those of Set.
func Append(root *tree.Node, p Path, v *tree.Node) (now *tree.Node, note string, err error) {
	s := walk(root, p)
	if len(s.left) > 0 || s.node.Kind() == jsonraw.Null {
		return Set(root, p, tree.List(v))
	}
	if err := s.enter(jsonraw.Array); err != nil {
		return nil, "", err
	}
	now, err = s.insert(s.node.Len(), "", v)
	return now, s.note, err
}

// enter goes into the list or object that a string at the end of the path holds.
func (s *spot) enter(kind jsonraw.Kind) error {
	if inner, ok := Inside(s.node); ok {
		s.layers = append(s.layers, layer{root: inner})
		s.node = inner
	}
	if s.node.Kind() != kind {
		return &Error{Msg: fmt.Sprintf("%s is %s, not %s", s.done, s.node.Kind().Word(), kind.Word())}
	}
	return nil
}

// top is the innermost layer.
func (s *spot) top() *layer { return &s.layers[len(s.layers)-1] }

// insert puts a child into the container where the path ends.
func (s *spot) insert(i int, name string, v *tree.Node) (*tree.Node, error) {
	top := s.top()
	return s.rebuild(top.root.Insert(append(slices.Clip(top.at), i), name, v))
}

// replace puts a value in the place where the path ends.
func (s *spot) replace(v *tree.Node) (*tree.Node, error) {
	top := s.top()
	return s.rebuild(top.root.Replace(top.at, v))
}

// rebuild gives the new root for a new value of the innermost layer: a string that held it keeps
// the spelling of all that did not change.
func (s *spot) rebuild(now *tree.Node) (*tree.Node, error) {
	for i := len(s.layers) - 1; i > 0; i-- {
		outer := s.layers[i-1]
		holder, _ := outer.root.At(outer.at)
		at, del, ins := now.Since(s.layers[i].root)
		literal, err := jsonraw.Splice(holder.Bytes(), at+lead(holder), del, ins)
		if err != nil {
			return nil, unwritable(err)
		}
		now = outer.root.Replace(outer.at, tree.New(literal))
	}
	return now, nil
}

// lead is how many bytes of white space the JSON that a string holds begins with.
func lead(holder *tree.Node) int {
	text, _ := holder.Text()
	return jsonraw.SkipSpace([]byte(text), 0)
}

// Copy puts the value at one path at another: an element is inserted so that it has the position
// that is named, a member replaces one that is there. Note and error are those of Set.
func Copy(root *tree.Node, from, to Path) (now *tree.Node, note string, err error) {
	v, note, err := Get(root, from)
	if err != nil {
		return nil, "", err
	}
	now, second, err := Insert(root, to, v)
	return now, either(note, second), err
}

// either is the first note that says something, or both.
func either(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// Insert is Set, but for an element, which is inserted so that it has the position that is named.
func Insert(root *tree.Node, p Path, v *tree.Node) (now *tree.Node, note string, err error) {
	last := p[len(p)-1]
	if !last.Element {
		return Set(root, p, v)
	}
	s := walk(root, p[:len(p)-1])
	if len(s.left) > 0 {
		return nil, "", s.stop()
	}
	if err := s.enter(jsonraw.Array); err != nil {
		return nil, "", err
	}
	i, n := last.Index, s.node.Len()
	if i < 0 {
		i += n + 1
	}
	if i < 0 || i > n {
		return nil, "", &Error{true, fmt.Sprintf("%s has %s: nothing can stand at %s", s.done, figure.Count(n, "element"), last)}
	}
	now, err = s.insert(i, "", v)
	return now, s.note, err
}
