package outline

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// step is an edit that can be undone: the roots before and after, what it does to the rows, and
// where the cursor was.
type step struct {
	old, new      *tree.Node
	redo, undo    func(shape) shape
	before, after tree.Path
}

// same changes no rows.
func same(s shape) shape { return s }

// carry makes an edit: it becomes a step of undo, and the cursor goes to the node at after.
func (m *Model) carry(s step) {
	s.old, s.before = m.root, m.Path()
	m.done, m.undone = append(m.done, s), nil
	m.travel(s.new, s.redo, s.after)
}

// amend makes another root the result of the last step.
func (m *Model) amend(root *tree.Node) {
	m.root = root
	m.done[len(m.done)-1].new = root
}

// Undo takes the last edit back. It tells whether there was one; while something is being typed
// there is none.
func (m *Model) Undo() bool {
	n := len(m.done) - 1
	if n < 0 || m.inner != nil {
		return false
	}
	s := m.done[n]
	m.done, m.undone = m.done[:n], append(m.undone, s)
	m.travel(s.old, s.undo, s.before)
	return true
}

// Redo makes the last edit that was taken back again, as Undo.
func (m *Model) Redo() bool {
	n := len(m.undone) - 1
	if n < 0 || m.inner != nil {
		return false
	}
	s := m.undone[n]
	m.undone, m.done = m.undone[:n], append(m.done, s)
	m.travel(s.new, s.redo, s.after)
	return true
}

// travel goes to a root of before. Texts that come back unfolded may have been laid out for another
// width.
func (m *Model) travel(root *tree.Node, rows func(shape) shape, at tree.Path) {
	m.menu = false
	m.root, m.kids = root, rows(m.kids).rewrap(0, m.textRoom)
	m.row = m.rowOf(at)
	m.arrange()
}

// replace puts a value in the place of a node. Rows of a text stay unfolded.
func (m *Model) replace(path tree.Path, v *tree.Node) {
	o := m.openedAt(path)
	if o != nil && o.text != nil && v.Kind() == jsonraw.String {
		m.replaceAs(path, v, &opened{text: newPassage(v, o.text.width)})
		return
	}
	m.replaceAs(path, v, nil)
}

// replaceAs is replace with what is unfolded of the new value.
func (m *Model) replaceAs(path tree.Path, v *tree.Node, o *opened) {
	old := m.root
	root := old.Replace(path, v)
	if root.Same(old) {
		return
	}
	if len(path) == 0 {
		m.carry(step{
			new: root, redo: func(shape) shape { return show(root) }, undo: func(shape) shape { return show(old) },
		})
		return
	}
	was := m.openedAt(path)
	with := func(o *opened) func(shape) shape {
		return func(s shape) shape {
			return s.edited(path, func(kids shape, i int) shape { return kids.with(i, o) })
		}
	}
	m.carry(step{new: root, redo: with(o), undo: with(was), after: path})
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
func (m *Model) insert(path tree.Path, name string, v *tree.Node, o *opened) error {
	if m.root == nil {
		root, err := tree.Object(tree.Entry{Name: name, Node: v})
		if err != nil {
			return err
		}
		m.carry(step{
			new: root, after: path,
			redo: func(shape) shape { return show(root) }, undo: func(shape) shape { return shape{} },
		})
		return nil
	}
	if _, err := jsonraw.Quote(name); err != nil {
		return err
	}
	m.carry(step{new: m.root.Insert(path, name, v), redo: inserting(path, o), undo: removing(path), after: path})
	return nil
}

// target is the node under the cursor and its place, for an edit that needs it to be in a
// container; it says so when it is not.
func (m *Model) target() (s spot, path tree.Path, ok bool) {
	s, ok = m.spot(m.row)
	switch {
	case !ok:
		return s, nil, false
	case s.parent().self:
		m.say(bars.Warning, "this is the whole value: enter edits it, T makes it an object or a list")
		return s, nil, false
	}
	return s, s.path(), true
}

// remove deletes the node under the cursor.
func (m *Model) remove() {
	s, path, ok := m.target()
	if !ok {
		return
	}
	what := JSONPath(m.root, path)
	up, i := s.parent(), path[len(path)-1]
	after := path
	switch n := up.node.Len(); {
	case n == 1:
		after = path[:len(path)-1]
	case i == n-1:
		after = append(tree.Path(nil), path...)
		after[len(after)-1]--
	}
	m.carry(step{new: m.root.Remove(path), redo: removing(path), undo: inserting(path, s.open), after: after})
	m.say(bars.Info, "deleted "+what+", u brings it back")
}

// twin puts a copy behind the node under the cursor. A member's copy has a name of its own.
func (m *Model) twin() {
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
		m.say(bars.Bad, err.Error())
	}
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
func (m *Model) shift(by int) {
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
	moving := func(path tree.Path, to int) func(shape) shape {
		return func(s shape) shape {
			return s.edited(path, func(kids shape, i int) shape { return kids.remove(i).insert(to, kids.at(i)) })
		}
	}
	m.carry(step{new: m.root.Move(path, to), redo: moving(path, to), undo: moving(after, from), after: after})
}

// toggled turns a boolean the other way; false when there is none under the cursor.
func (m *Model) toggled(s spot) bool {
	if s.node == nil || m.o.ReadOnly {
		return false
	}
	switch s.node.Kind() {
	case jsonraw.True:
		m.replace(s.path(), tree.New([]byte("false")))
	case jsonraw.False:
		m.replace(s.path(), tree.New([]byte("true")))
	default:
		return false
	}
	return true
}
