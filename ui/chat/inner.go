package chat

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// errGone says that what a text was for is not there any more.
var errGone = errors.New("what this text belongs to is not there any more")

// editable tells whether anything may be changed, and says so when not.
func (m *Model) editable() bool {
	if m.o.ReadOnly {
		m.say(bars.Warning, "nothing can be changed here")
	}
	return !m.o.ReadOnly
}

// edit opens what is under the cursor: a text in its place, a role or a call as a choice, anything
// else as JSON.
func (m *Model) edit() tea.Cmd {
	i, p := m.at.message, m.part()
	switch p.kind {
	case heading:
		m.chooseRole()
	case text, thinking, image:
		return m.openText(p)
	case call:
		m.editCall(p)
	case arguments:
		if _, ok := inside(p.node); !ok && p.node.Kind() == jsonraw.String {
			return m.openText(p)
		}
		m.openJSON(p)
	case blank:
		if _, content := childAt(m.message(i), contentName); content != nil && content.Kind() == jsonraw.Array {
			m.say(bars.Info, "the content is an empty list: + adds a text or an image to it")
			return nil
		}
		m.openMember(nil, contentName)
	default:
		if p.node.Kind() == jsonraw.String && len(p.path) > 0 {
			return m.openText(p)
		}
		m.openJSON(p)
	}
	return nil
}

// openText edits the string of a part in its place. A large one is read away from the keys, which
// are kept until it is there.
func (m *Model) openText(p *part) tea.Cmd {
	const address = 4 << 10
	rel := p.place()
	switch {
	case p.kind == thinking && p.edit == nil:
		m.say(bars.Info, "redacted thinking has no words to edit; t edits the JSON")
		return nil
	case p.kind == image && p.node.Size() > address:
		m.say(bars.Info, "it stands in the message itself: O saves or opens it, x deletes it, t edits the JSON")
		return nil
	}
	t := &typing{where: m.at, path: m.path(m.at.message, rel)}
	switch p.kind {
	case text:
		t.splits = !m.single
	case image:
		t.single, t.label = !bytes.Contains(p.node.Bytes(), []byte(`\n`)), "address: "
	}
	seek := m.find.Seek(m.root, t.path)
	if p.node.Size() > slowBytes {
		return m.wait(t, p.node, seek)
	}
	if value, ok := p.node.Text(); ok {
		m.open(t, value, seek.In([]byte(value)))
	} else {
		m.say(bars.Warning, unreadable)
	}
	return nil
}

const unreadable = "this text has bytes that are no UTF-8: t edits the JSON"

// openMember edits a member of the object at rel in the message under the cursor, which need not be
// there yet.
func (m *Model) openMember(rel tree.Path, name string) {
	i := m.at.message
	object, _ := m.message(i).At(rel)
	value := ""
	k, s := childAt(object, name)
	if s != nil && s.Kind() != jsonraw.Null {
		var ok bool
		if value, ok = s.Text(); !ok {
			m.say(bars.Warning, "its "+name+" is "+s.Kind().Word()+": t edits the JSON")
			return
		}
	}
	t := &typing{where: m.at, path: m.path(i, rel), member: name, label: name + ": "}
	t.single = !strings.Contains(value, "\n")
	if name == contentName {
		t.single, t.label, t.splits = false, "", false
	}
	m.open(t, value, m.find.Seek(m.root, m.path(i, under(rel, k))).In([]byte(value)))
}

// editCall chooses what of a call to edit.
func (m *Model) editCall(p *part) {
	rel := p.path
	k, function := childAt(p.node, "function")
	c := &choice{where: m.at, title: "edit", options: []option{
		{"f", "function name", func() { m.openMember(under(rel, k), nameName) }},
		{"i", "id", func() { m.openMember(rel, "id") }},
	}}
	if _, a := childAt(function, "arguments"); a == nil || a.Kind() == jsonraw.Null {
		c.options = append(c.options, option{"a", "arguments", func() {
			i := m.at.message
			m.within(i, m.setMember(m.root, i, under(rel, k), "arguments", stringOf("{}")), rel)
		}})
	}
	m.panel = c
}

// chooseRole opens the choice of a role for the message under the cursor.
func (m *Model) chooseRole() {
	i := m.at.message
	if m.message(i).Kind() != jsonraw.Object {
		m.unshut(i)
		m.at.part = 1
		m.openJSON(m.part())
		return
	}
	m.at.part = 0
	c := &choice{where: m.at, title: "role"}
	for k, role := range roles {
		c.options = append(c.options, option{role[:1], role, func() { m.setRole(i, role) }})
		if role == word(m.message(i), roleName) {
			c.on = k
		}
	}
	m.panel = c
}

// Commit keeps what is open: an inner text becomes a part of the value. The error says why it
// cannot; then it stays open.
func (m *Model) Commit() error {
	defer m.settled()
	m.find.Close()
	if w, ok := m.panel.(*waiting); ok {
		w.finish(m, w.read())
	}
	switch p := m.panel.(type) {
	case *choice:
		m.closePanel()
	case *typing:
		return m.keep(p)
	case *nested:
		return p.close(m)
	}
	return nil
}

// keep makes the text of an editor a part of the value. A text that came back as it was changes
// nothing.
func (m *Model) keep(t *typing) error {
	if t.ed.Text().Equal(t.was) {
		m.closePanel()
		return nil
	}
	v, err := tree.Text(string(t.ed.Text().Bytes()))
	if err != nil {
		return errors.New("this text cannot be kept: " + err.Error())
	}
	root, err := m.put(t, v)
	m.panel = nil
	if err != nil || root == m.root {
		m.closePanel()
		return err
	}
	i := t.where.message
	m.change(root, i, 1, 1, t.where)
	m.land(t.where)
	return nil
}

// put gives the value with the text of an editor in it. An optional member whose text was deleted
// goes.
func (m *Model) put(t *typing, v *tree.Node) (*tree.Node, error) {
	at, ok := m.root.At(t.path)
	if !ok {
		return nil, errGone
	}
	if t.member == "" {
		m.folds.pass(at, v)
		return m.root.Replace(t.path, v), nil
	}
	rel := t.path
	if !m.single {
		rel = rel[1:]
	}
	if v.Size() <= len(`""`) && len(rel) == 0 && t.member != contentName {
		v = nil
	}
	return m.setMember(m.root, t.where.message, rel, t.member, v), nil
}

// Inner is the text that is being edited.
func (m *Model) Inner() (in Inner, ok bool) {
	switch p := m.panel.(type) {
	case *typing:
		return Inner{Place: placeOf(p.path, "#"+p.member), Text: p.ed.Text()}, true
	case *nested:
		if in, ok = p.out.Inner(); ok {
			in.Place = placeOf(p.path, "~"+string(in.Place))
		}
		return in, ok
	}
	return Inner{}, false
}

func placeOf(path tree.Path, rest string) Place {
	var b strings.Builder
	for _, i := range path {
		b.WriteString("/" + strconv.Itoa(i))
	}
	return Place(b.String() + rest)
}

// Restore opens the inner editor at a place, on a text. A place that is not there is ignored.
func (m *Model) Restore(in Place, text []byte) {
	i := strings.IndexAny(string(in), "#~")
	if i < 0 || m.count() == 0 || m.o.ReadOnly {
		return
	}
	steps, rest := string(in[:i]), string(in[i+1:])
	path, ok := parsePath(steps)
	if !ok || !m.single && len(path) == 0 {
		return
	}
	n, ok := m.root.At(path)
	if !ok {
		return
	}
	defer m.settled()
	m.closePanel()
	m.GoTo(path)
	rel := path
	if !m.single {
		rel = path[1:]
	}
	switch p := m.part(); {
	case in[i] == '~':
		m.openJSON(&part{kind: p.kind, path: rel, edit: rel, node: n})
		if o, ok := m.panel.(*nested); ok {
			o.out.Restore(Place(rest), text)
			o.follow(m)
		}
		return
	case rest == "" && n.Kind() == jsonraw.String:
		m.openText(&part{kind: p.kind, path: p.path, edit: rel, node: n})
	case rest != "" && n.Kind() == jsonraw.Object:
		m.openMember(rel, rest)
	}
	if w, ok := m.panel.(*waiting); ok {
		w.finish(m, w.read())
	}
	if t, ok := m.panel.(*typing); ok {
		t.ed.SetText(text)
	}
}

func parsePath(steps string) (path tree.Path, ok bool) {
	for _, s := range strings.Split(steps, "/")[1:] {
		i, err := strconv.Atoi(s)
		if err != nil || i < 0 {
			return nil, false
		}
		path = append(path, i)
	}
	return path, true
}
