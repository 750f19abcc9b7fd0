package chat

import (
	"bytes"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// errGone says that what a text was for is not there any more.
var errGone = errors.New("what this text belongs to is not there any more")

// edit opens what is under the cursor: a text in its place, a role or a call as a choice, anything
// else as JSON.
func (m edits) edit() tea.Cmd {
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
		return m.openJSON(p)
	case blank:
		if _, content := childAt(m.message(i), contentName); content != nil && content.Kind() == jsonraw.Array {
			m.Say(bars.Info, "the content is an empty list: + adds a text or an image to it")
			return nil
		}
		m.openMember(nil, contentName)
	default:
		if p.node.Kind() == jsonraw.String && len(p.path) > 0 {
			return m.openText(p)
		}
		return m.openJSON(p)
	}
	return nil
}

// openText edits the string of a part in its place. A large one is read away from the keys, which
// are kept until it is there.
func (m edits) openText(p *part) tea.Cmd {
	const address = 4 << 10
	rel := p.place()
	switch {
	case p.kind == thinking && p.edit == nil:
		m.Say(bars.Info, "redacted thinking has no words to edit; t edits the JSON")
		return nil
	case p.kind == image && p.node.Size() > address:
		m.Say(bars.Info, "it stands in the message itself: O saves or opens it, x deletes it, t edits the JSON")
		return nil
	}
	t := m.newTyping(m.path(m.at.message, rel), "").oneLine(false)
	switch p.kind {
	case text:
		t.splits = !m.single
	case image:
		t.oneLine(!bytes.Contains(p.node.Bytes(), []byte(`\n`))).label = "address: "
	}
	return m.Read(t, p.node)
}

// openMember edits a member of the object at rel in the message under the cursor, which need not be
// there yet.
func (m edits) openMember(rel tree.Path, name string) {
	i := m.at.message
	object, _ := m.message(i).At(rel)
	value := ""
	_, s := childAt(object, name)
	if s != nil && s.Kind() != jsonraw.Null {
		var ok bool
		if value, ok = s.Text(); !ok {
			m.Say(bars.Warning, "its "+name+" is "+s.Kind().Word()+": t edits the JSON")
			return
		}
	}
	t := m.newTyping(m.path(i, rel), name)
	if t.oneLine(name != contentName && !strings.Contains(value, "\n")); name != contentName {
		t.label = name + ": "
	}
	m.Type(t, []byte(value))
}

// editCall chooses what of a call to edit.
func (m edits) editCall(p *part) {
	rel := p.path
	k, function := childAt(p.node, "function")
	options := []option{
		{"f", "function name", func() { m.openMember(under(rel, k), nameName) }},
		{"i", "id", func() { m.openMember(rel, "id") }},
	}
	if _, a := childAt(function, argumentsName); a == nil || a.Kind() == jsonraw.Null {
		options = append(options, option{"a", "arguments", func() {
			i := m.at.message
			m.within(i, m.setMember(m.Root(), i, under(rel, k), argumentsName, jsonOf(`"{}"`)), rel)
			m.Tell("arguments added to " + m.partName(i, rel))
		}})
	}
	m.choose("edit", 0, options...)
}

// chooseRole opens the choice of a role for the message under the cursor.
func (m edits) chooseRole() {
	i := m.at.message
	if m.message(i).Kind() != jsonraw.Object {
		m.unshut(i)
		m.at.part = 1
		m.openJSON(m.part())
		return
	}
	m.at.part = 0
	var options []option
	on := 0
	for k, role := range roles {
		options = append(options, option{role[:1], role, func() { m.setRole(i, role) }})
		if role == word(m.message(i), roleName) {
			on = k
		}
	}
	m.choose("role", on, options...)
}

// put gives the value with the text of an editor in it. An optional member whose text was deleted
// goes.
func (m edits) put(t *typing, v *tree.Node) (*tree.Node, error) {
	at, ok := m.Root().At(t.path)
	if !ok {
		return nil, errGone
	}
	if t.member == "" {
		m.folds.pass(at, v)
		return m.Root().Replace(t.path, v), nil
	}
	rel := m.rel(t.path)
	if v.Size() <= len(`""`) && len(rel) == 0 && t.member != contentName {
		v = nil
	}
	return m.setMember(m.Root(), t.where.message, rel, t.member, v), nil
}
