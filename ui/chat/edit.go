package chat

import (
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// toolRole is the role of a message that answers a call.
const toolRole = "tool"

// roles are those that a message may have, in the order of the choice.
var roles = []string{"system", "user", "assistant", toolRole, "developer"}

// edit is a step of undo: a run of messages that another took the place of.
type edit struct {
	before, after *tree.Node
	at, del, ins  int
	from, to      stop
}

// history is what undo and redo go back to, the latest last.
type history struct{ done, undone []edit }

// change makes root the value, in which ins messages stand from at on where del stood, with the
// cursor on to.
func (m *Model) change(root *tree.Node, at, del, ins int, to stop) {
	if root == m.root {
		return
	}
	e := edit{before: m.root, after: root, at: at, del: del, ins: ins, from: m.at, to: to}
	m.past.done, m.past.undone = append(m.past.done, e), nil
	m.carry(e)
	m.replace(root, at, del, ins, to)
}

// replace shows another root, of which a run of messages is new.
func (m *Model) replace(root *tree.Node, at, del, ins int, to stop) {
	m.root = root
	if m.links != nil {
		m.links.splice(at, del, m.messages(at, at+ins))
	}
	m.forget()
	m.at = to
	m.reveal()
}

// Undo takes the last edit back; false when there is none. While a part is edited as JSON it undoes
// there.
func (m *Model) Undo() bool { return m.travel(true) }

// Redo makes the edit again that was taken back last.
func (m *Model) Redo() bool { return m.travel(false) }

func (m *Model) travel(back bool) bool {
	if n, ok := m.panel.(*nested); ok {
		defer m.settled()
		if back {
			return n.out.Undo()
		}
		return n.out.Redo()
	}
	from, to := &m.past.done, &m.past.undone
	if !back {
		from, to = to, from
	}
	if len(*from) == 0 {
		return false
	}
	m.panel = nil
	e := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, e)
	if back {
		m.replace(e.before, e.at, e.ins, e.del, e.from)
	} else {
		m.replace(e.after, e.at, e.del, e.ins, e.to)
	}
	m.settled()
	return true
}

// within changes something inside of message i; near is where in it the cursor goes.
func (m *Model) within(i int, root *tree.Node, near tree.Path) {
	m.change(root, i, 1, 1, m.at)
	m.unshut(i)
	m.land(stop{i, m.card(i).nearest(near)})
}

// land puts the cursor where the last edit leaves it.
func (m *Model) land(at stop) {
	m.at = at
	if n := len(m.past.done); n > 0 && m.past.done[n-1].after == m.root {
		m.past.done[n-1].to = m.at
	}
	m.reveal()
}

// setMember gives a member of the object at rel in message i a value, appended where there is none;
// nil removes it.
func (m *Model) setMember(root *tree.Node, i int, rel tree.Path, name string, v *tree.Node) *tree.Node {
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
func (m *Model) delete() {
	i, p := m.at.message, m.part()
	empty := p.kind == text && p.name == "" && p.node.Size() <= len(`""`)
	switch {
	case p.kind == heading || len(p.path) == 0 && p.kind != blank:
		m.deleteMessage(i)
	case p.kind == blank:
		m.say(bars.Info, "there is nothing here to delete; on the heading x deletes the message")
	case len(p.path) == 1 && p.name == roleName:
		m.say(bars.Warning, "a message needs a role: R chooses one")
	case empty:
		m.without(i, m.root.Replace(m.path(i, p.path), null()))
	case p.kind == text && p.name == "":
		m.without(i, m.root.Replace(m.path(i, p.path), tree.New([]byte(`""`))))
	default:
		m.without(i, m.withoutItem(i, p.path))
	}
}

// without takes something out of message i. The cursor never comes to stand on the heading by that:
// another x would delete the message.
func (m *Model) without(i int, root *tree.Node) {
	part := m.at.part
	m.change(root, i, 1, 1, m.at)
	m.land(stop{i, min(part, len(m.card(i).parts)-1)})
}

func null() *tree.Node { return tree.New([]byte("null")) }

// withoutItem removes what stands at rel in message i, and a list of calls or thinking with its
// last element.
func (m *Model) withoutItem(i int, rel tree.Path) *tree.Node {
	list := rel[:len(rel)-1]
	parent, _ := m.root.At(m.path(i, list))
	last := parent.Kind() == jsonraw.Array && parent.Len() == 1 && len(list) == 1
	if last && m.message(i).Name(list[0]) != contentName {
		rel = list
	}
	return m.root.Remove(m.path(i, rel))
}

func (m *Model) deleteMessage(i int) {
	if m.single {
		m.change(null(), 0, 1, 0, stop{})
		return
	}
	to := stop{i, 0}
	if i == m.count()-1 {
		to.message = max(i-1, 0)
	}
	m.change(m.root.Remove(tree.Path{i}), i, 1, 0, to)
}

// duplicate puts a copy of the message behind it.
func (m *Model) duplicate() {
	i := m.at.message
	copied := m.message(i)
	const small = 1 << 20
	if copied.Size() < small { // so that the two fold apart
		copied = tree.New(copied.Bytes())
		m.folds.pass(m.message(i), copied)
	}
	m.change(m.root.Insert(tree.Path{i + 1}, "", copied), i+1, 0, 1, stop{i + 1, 0})
}

// move moves what is under the cursor: an element of a list with others beside it, else the
// message.
func (m *Model) move(by int) {
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
		m.say(bars.Info, "there is no message to change places with")
		return
	}
	m.change(m.root.Move(tree.Path{i}, to), min(i, to), 2, 2, stop{to, m.at.part})
}

func (m *Model) moveItem(i int, rel tree.Path, by, count int) {
	to := rel[len(rel)-1] + by
	if to < 0 || to >= count {
		m.say(bars.Info, "it stands at the end of its list; on the heading the message moves")
		return
	}
	near := append(under(rel[:len(rel)-1]), to)
	m.within(i, m.root.Move(m.path(i, rel), to), near)
}

// setRole gives a message a role.
func (m *Model) setRole(i int, role string) {
	n := m.message(i)
	if word(n, roleName) == role {
		return
	}
	v, err := tree.Text(role)
	if err != nil || n.Kind() != jsonraw.Object {
		return
	}
	root := m.root
	if k, ok := n.Find(roleName); ok {
		root = root.Replace(m.path(i, tree.Path{k}), v)
	} else {
		root = root.Insert(m.path(i, tree.Path{0}), roleName, v)
	}
	m.change(root, i, 1, 1, stop{i, 0})
}
