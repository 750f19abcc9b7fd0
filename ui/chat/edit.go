package chat

import (
	"strconv"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/rows"
)

// toolRole is the role of a message that answers a call.
const toolRole = "tool"

// roles are those that a message may have, in the order of the choice.
var roles = []string{"system", "user", "assistant", toolRole, "developer"}

// run is some messages from at on that others took the place of.
type run struct{ at, del, ins int }

// back is the run the other way.
func (r run) back() run { return run{r.at, r.ins, r.del} }

// edits are what the keys change of the messages, from the part under the cursor on.
type edits struct{ *view }

// change makes root the value, of which a run of messages is new, with the cursor on to.
func (m edits) change(root *tree.Node, r run, to stop) {
	was := m.Root()
	if root == was {
		return
	}
	m.carry(was, root, r)
	from, end := m.at, &to
	m.landing = landing{root, end}
	m.Change(rows.Step{New: root, Redo: func() { m.renewed(r, *end) }, Undo: func() { m.renewed(r.back(), from) }})
}

// landing is where the last edit leaves the cursor.
type landing struct {
	root *tree.Node
	at   *stop
}

// renewed shows the value, of which a run of messages is new.
func (m *view) renewed(r run, to stop) {
	if m.links != nil {
		m.links.splice(r.at, r.del, m.between(r.at, r.at+r.ins))
	}
	m.forget()
	m.at, m.over = to, nil
	m.reveal()
}

// land puts the cursor where the last edit leaves it.
func (m edits) land(at stop) {
	if m.at = at; m.landing.root == m.Root() && m.landing.at != nil {
		*m.landing.at = at
	}
	m.reveal()
}

// Replace puts another node in the place of one.
func (m *view) Replace(path tree.Path, n *tree.Node) {
	if m.single || len(path) > 0 {
		i := 0
		if !m.single {
			i = path[0]
		}
		edits{m}.within(i, m.Root().Replace(path, n), m.rel(path))
	}
}

// within changes something inside of message i; near is where in it the cursor goes.
func (m edits) within(i int, root *tree.Node, near tree.Path) {
	m.change(root, run{i, 1, 1}, m.at)
	m.unshut(i)
	m.land(stop{i, m.card(i).nearest(near)})
}

// name is what a message is called.
func (m edits) name(i int) string {
	if m.single {
		return "the message"
	}
	return "message [" + strconv.Itoa(i) + "]"
}

// partName is what a part of a message is called, by where it is.
func (m edits) partName(i int, rel tree.Path) string {
	return rows.JSONPath(m.message(i), rel) + " of " + m.name(i)
}

// setMember gives a member of the object at rel in message i a value, appended where there is none;
// nil removes it.
func (m edits) setMember(root *tree.Node, i int, rel tree.Path, name string, v *tree.Node) *tree.Node {
	at := m.path(i, rel)
	object, _ := root.At(at)
	k, ok := object.Find(name)
	switch {
	case ok && v == nil:
		return root.Remove(under(at, k))
	case ok:
		return root.Replace(under(at, k), v)
	case v == nil:
		return root
	}
	return root.Insert(under(at, object.Len()), name, v)
}

// delete removes the part under the cursor; the message when it is the heading.
func (m edits) delete() {
	i, p := m.at.message, m.part()
	gone := m.partName(i, p.path) + " deleted"
	empty := p.kind == text && p.name == "" && p.node.Size() <= len(`""`)
	switch {
	case p.kind == heading || len(p.path) == 0 && p.kind != blank:
		m.deleteMessage(i)
	case p.kind == blank:
		m.Say(bars.Info, "there is nothing here to delete; on the heading x deletes the message")
	case len(p.path) == 1 && p.name == roleName:
		m.Say(bars.Warning, "a message needs a role: R chooses one")
	case empty:
		m.without(i, m.Root().Replace(m.path(i, p.path), null()), gone)
	case p.kind == text && p.name == "":
		m.without(i, m.Root().Replace(m.path(i, p.path), tree.New([]byte(`""`))), gone)
	default:
		m.without(i, m.withoutItem(i, p.path), gone)
	}
}

// without takes something out of message i. That never puts the cursor on the heading, where
// another x would delete the message. It says what is gone.
func (m edits) without(i int, root *tree.Node, gone string) {
	part := m.at.part
	m.change(root, run{i, 1, 1}, m.at)
	m.land(stop{i, min(part, len(m.card(i).parts)-1)})
	m.Tell(gone)
}

func null() *tree.Node { return jsonOf("null") }

// withoutItem removes what is at rel in message i, and a list of calls or thinking with its last
// element.
func (m edits) withoutItem(i int, rel tree.Path) *tree.Node {
	list := rel[:len(rel)-1]
	parent, _ := m.Root().At(m.path(i, list))
	last := parent.Kind() == jsonraw.Array && parent.Len() == 1 && len(list) == 1
	if last && m.message(i).Name(list[0]) != contentName {
		rel = list
	}
	return m.Root().Remove(m.path(i, rel))
}

func (m edits) deleteMessage(i int) {
	defer m.Tell(m.name(i) + " deleted")
	if m.single {
		m.change(null(), run{0, 1, 0}, stop{})
		return
	}
	to := stop{i, 0}
	if i == m.count()-1 {
		to.message = max(i-1, 0)
	}
	m.change(m.Root().Remove(tree.Path{i}), run{i, 1, 0}, to)
}

// duplicate puts a copy of the message behind it.
func (m edits) duplicate() {
	if m.single {
		m.Say(bars.Info, "this value is one message")
		return
	}
	i := m.at.message
	copied := m.message(i)
	const small = 1 << 20
	if copied.Size() < small { // so that the two fold apart
		copied = tree.New(copied.Bytes())
		m.folds.pass(m.message(i), copied)
	}
	m.change(m.Root().Insert(tree.Path{i + 1}, "", copied), run{i + 1, 0, 1}, stop{i + 1, 0})
	m.Tell(m.name(i) + " duplicated")
}

// move moves what is under the cursor: an element of a list with others beside it, else the
// message.
func (m edits) move(by int) {
	i, p := m.at.message, m.part()
	if len(p.path) > 1 {
		list := p.path[:len(p.path)-1]
		parent, _ := m.message(i).At(list)
		if parent.Kind() == jsonraw.Array && parent.Len() > 1 {
			m.moveItem(i, p.path, by, parent.Len())
			return
		}
	}
	to := i + by
	if m.single || to < 0 || to >= m.count() {
		m.Say(bars.Info, "there is no message to change places with")
		return
	}
	m.change(m.Root().Move(tree.Path{i}, to), run{min(i, to), 2, 2}, stop{to, m.at.part})
	m.Tell(m.name(i) + moved(by))
}

// moved is the words for it.
func moved(by int) string {
	if by < 0 {
		return " moved up"
	}
	return " moved down"
}

func (m edits) moveItem(i int, rel tree.Path, by, count int) {
	to := rel[len(rel)-1] + by
	if to < 0 || to >= count {
		m.Say(bars.Info, "it stands at the end of its list; on the heading the message moves")
		return
	}
	near, name := append(under(rel[:len(rel)-1]), to), m.partName(i, rel)
	m.within(i, m.Root().Move(m.path(i, rel), to), near)
	m.Tell(name + moved(by))
}

// setRole gives a message a role.
func (m edits) setRole(i int, role string) {
	n := m.message(i)
	if word(n, roleName) == role {
		return
	}
	v, err := tree.Text(role)
	if err != nil || n.Kind() != jsonraw.Object {
		return
	}
	root := m.Root()
	if k, ok := n.Find(roleName); ok {
		root = root.Replace(m.path(i, tree.Path{k}), v)
	} else {
		root = root.Insert(m.path(i, tree.Path{0}), roleName, v)
	}
	m.change(root, run{i, 1, 1}, stop{i, 0})
	m.Tell("the role of " + m.name(i) + " is " + role)
}
