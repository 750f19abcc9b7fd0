package outline

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/rows"
)

// edits are what the keys change of the value, from the node under the cursor on.
type edits struct{ *view }

// same changes no rows.
func same(s shape) shape { return s }

// carry makes an edit, a step of undo, of which redo and undo are what it does to the rows. The
// cursor goes to the node at after.
func (m edits) carry(root *tree.Node, redo, undo func(shape) shape, after tree.Path) {
	m.Change(rows.Step{New: root, Redo: m.showing(redo, after), Undo: m.showing(undo, m.At())})
}

// showing changes the rows, and puts the cursor on a node. Texts that come back unfolded may have
// been laid out for another width.
func (m edits) showing(change func(shape) shape, at tree.Path) func() {
	return func() {
		m.kids = change(m.kids).rewrap(0, m.textRoom)
		m.row = m.rowOf(at)
	}
}

// Replace puts a value in the place of a node. Rows of a text stay unfolded.
func (m *view) Replace(path tree.Path, v *tree.Node) {
	o := m.openedAt(path)
	if o != nil && o.text != nil && v.Kind() == jsonraw.String {
		edits{m}.replaceAs(path, v, &opened{text: newPassage(v, o.text.width)})
		return
	}
	edits{m}.replaceAs(path, v, nil)
}

// replaceAs is Replace with what is unfolded of the new value.
func (m edits) replaceAs(path tree.Path, v *tree.Node, o *opened) {
	old := m.Root()
	root := old.Replace(path, v)
	if root.Same(old) {
		return
	}
	if len(path) == 0 {
		m.carry(root, func(shape) shape { return show(root) }, func(shape) shape { return show(old) }, nil)
		return
	}
	was := m.openedAt(path)
	with := func(o *opened) func(shape) shape {
		return func(s shape) shape {
			return s.edited(path, func(kids shape, i int) shape { return kids.with(i, o) })
		}
	}
	m.carry(root, with(o), with(was), path)
}

// inserting and removing are what an edit does to the rows of a container.
func inserting(path tree.Path, o *opened) func(shape) shape {
	return func(s shape) shape {
		return s.edited(path, func(kids shape, i int) shape { return kids.insert(i, o) })
	}
}

func removing(path tree.Path) func(shape) shape {
	return func(s shape) shape {
		return s.edited(path, func(kids shape, i int) shape { return kids.remove(i) })
	}
}

// insert puts something new at a place. What was null or absent becomes an object.
func (m edits) insert(path tree.Path, name string, v *tree.Node, o *opened) error {
	if m.Root() == nil {
		root, err := tree.Object(tree.Entry{Name: name, Node: v})
		if err != nil {
			return err
		}
		m.carry(root, func(shape) shape { return show(root) }, func(shape) shape { return shape{} }, path)
		return nil
	}
	if _, err := jsonraw.Quote(name); err != nil {
		return err
	}
	m.carry(m.Root().Insert(path, name, v), inserting(path, o), removing(path), path)
	return nil
}

// target is the node under the cursor and its place, for an edit that needs it to be in a
// container; it says so when it is not.
func (m edits) target() (s spot, path tree.Path, ok bool) {
	s, ok = m.spot(m.row)
	switch {
	case !ok:
		return s, nil, false
	case s.parent().self:
		m.Say(bars.Warning, "this is the whole value: enter edits it, T makes it an object or a list")
		return s, nil, false
	}
	return s, s.path(), true
}

// remove deletes the node under the cursor.
func (m edits) remove() {
	s, path, ok := m.target()
	if !ok {
		return
	}
	what := rows.JSONPath(m.Root(), path)
	up, i := s.parent(), path[len(path)-1]
	after := path
	switch n := up.node.Len(); {
	case n == 1:
		after = path[:len(path)-1]
	case i == n-1:
		after = append(tree.Path(nil), path...)
		after[len(after)-1]--
	}
	m.carry(m.Root().Remove(path), removing(path), inserting(path, s.open), after)
	m.Tell(what + " deleted")
}

// twin puts a copy behind the node under the cursor. A member's copy has a name of its own.
func (m edits) twin() {
	s, path, ok := m.target()
	if !ok {
		return
	}
	name := ""
	if up := s.parent().node; up.Kind() == object {
		name = freeName(up, up.Name(s.parent().at))
	}
	next := nextTo(path)
	if err := m.insert(next, name, s.node, s.open); err != nil {
		m.Say(bars.Bad, err.Error())
		return
	}
	m.Tell(rows.JSONPath(m.Root(), path) + " duplicated")
}

// nextTo is the place behind the node at path.
func nextTo(path tree.Path) tree.Path {
	next := append(tree.Path(nil), path...)
	next[len(next)-1]++
	return next
}

// freeName is name with the first number behind it that makes it one of its own; a number that it
// ends in is counted up.
func freeName(in *tree.Node, name string) string {
	first := 2
	if i := strings.LastIndexByte(name, '_'); i > 0 {
		if n, err := strconv.Atoi(name[i+1:]); err == nil && n > 1 && n < 1_000_000 {
			name, first = name[:i], n+1
		}
	}
	for i := first; ; i++ {
		free := name + "_" + strconv.Itoa(i)
		if _, taken := in.Find(free); !taken {
			return free
		}
	}
}

// shift moves the node under the cursor up or down among its neighbours.
func (m edits) shift(by int) {
	s, path, ok := m.target()
	if !ok {
		return
	}
	from := path[len(path)-1]
	to := from + by
	if to < 0 || to >= s.parent().node.Len() {
		return
	}
	after := append(tree.Path(nil), path...)
	after[len(after)-1] = to
	what := rows.JSONPath(m.Root(), path)
	moving := func(path tree.Path, to int) func(shape) shape {
		return func(s shape) shape {
			return s.edited(path, func(kids shape, i int) shape { return kids.remove(i).insert(to, kids.at(i)) })
		}
	}
	m.carry(m.Root().Move(path, to), moving(path, to), moving(after, from), after)
	if by < 0 {
		m.Tell(what + " moved up")
	} else {
		m.Tell(what + " moved down")
	}
}

// toggled turns a boolean the other way; false when there is none under the cursor.
func (m edits) toggled(s spot) bool {
	if s.node == nil || m.Options().ReadOnly {
		return false
	}
	switch s.node.Kind() {
	case jsonraw.True:
		m.Replace(s.path(), tree.New([]byte("false")))
	case jsonraw.False:
		m.Replace(s.path(), tree.New([]byte("true")))
	default:
		return false
	}
	now, _ := m.Node(s.path())
	m.Tell(rows.JSONPath(m.Root(), s.path()) + " is " + string(now.Bytes()))
	return true
}
