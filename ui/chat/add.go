package chat

import (
	"strconv"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// jsonOf is a node of JSON that errata writes.
func jsonOf(literal string) *tree.Node { return tree.New([]byte(literal)) }

// newMessage is an empty message.
func newMessage(role, answers string) *tree.Node {
	m := jsonOf(`{"role":"` + role + `","content":""}`)
	if id, err := tree.Text(answers); err == nil && role == toolRole {
		m = m.Insert(tree.Path{1}, callIDName, id)
	}
	return m
}

// nextRole guesses who speaks behind message i, and which call is answered: a call that waits for
// it, else the assistant behind a user or a tool, else a user.
func (m edits) nextRole(i int) (role, answers string) {
	if i < 0 {
		return "user", ""
	}
	if id, ok := m.links.open(i); ok {
		return toolRole, id
	}
	switch m.links.list[i].role {
	case "user", toolRole:
		return "assistant", ""
	}
	return "user", ""
}

// add puts a new message behind the one under the cursor, or before it, and opens its text.
func (m edits) add(behind bool) {
	switch {
	case m.odd() != "":
		m.Say(bars.Warning, m.odd())
		return
	case m.single && m.count() > 0:
		m.Say(bars.Info, "this value is one message; + adds to it")
		return
	case m.single:
		fresh := newMessage("assistant", "")
		m.folds.by[fresh] = open
		m.change(fresh, run{0, 0, 1}, stop{0, 1})
	case m.Root() == nil || m.Root().Kind() == jsonraw.Null:
		fresh := newMessage("user", "")
		m.folds.by[fresh] = open
		m.change(tree.List(fresh), run{0, 0, 1}, stop{0, 1})
	default:
		at := min(m.at.message, m.count())
		if behind && m.count() > 0 {
			at++
		}
		role, id := m.nextRole(at - 1)
		fresh := newMessage(role, id)
		m.folds.by[fresh] = open
		m.change(m.Root().Insert(tree.Path{at}, "", fresh), run{at, 0, 1}, stop{at, 1})
	}
	m.openText(m.part())
	m.adding(m.name(m.at.message) + " added")
}

// adding says that what is typed was added just now. Left as it is, it says so: esc keeps it.
func (m edits) adding(what string) {
	if t, ok := m.Panel().(*typing); ok {
		t.added = what
	}
}

// addMenu is what can be added to a message.
func (m edits) addMenu() {
	if m.message(m.at.message).Kind() != jsonraw.Object {
		m.Say(bars.Warning, "this message is not an object: enter edits it as JSON")
		return
	}
	m.unshut(m.at.message)
	m.at.part = 0
	adding := func(what string, add func()) func() {
		return func() {
			add()
			m.adding(what + " added to " + m.name(m.at.message))
		}
	}
	m.choose("add", 0,
		option{"n", "name", func() { m.openMember(nil, nameName) }},
		option{"c", "call id", func() { m.openMember(nil, callIDName) }},
		option{"t", "text", adding("a text", m.addText)},
		option{"i", "image", adding("an image", m.addImage)},
		option{"f", "function call", adding("a call", m.addCall)},
		option{"h", "thinking", adding("thinking", m.addThinking)},
	)
}

// listOf is the path of a list of the message, and how long it is; the root with one made for it
// where there is none. ok is false if something else is.
func (m edits) listOf(name string) (root *tree.Node, at tree.Path, n int, ok bool) {
	i := m.at.message
	k, list := childAt(m.message(i), name)
	switch {
	case list != nil && list.Kind() == jsonraw.Array:
		return m.Root(), tree.Path{k}, list.Len(), true
	case list != nil && list.Kind() != jsonraw.Null:
		m.Say(bars.Warning, "its "+name+" is "+list.Kind().Word()+": nothing can be added")
		return nil, nil, 0, false
	case list == nil:
		k = m.message(i).Len()
	}
	return m.setMember(m.Root(), i, nil, name, tree.List()), tree.Path{k}, 0, true
}

// addItem appends an element to a list of the message, puts the cursor on it and reports whether it
// could.
func (m edits) addItem(name string, item *tree.Node) (tree.Path, bool) {
	root, at, n, ok := m.listOf(name)
	if !ok {
		return nil, false
	}
	i := m.at.message
	at = under(at, n)
	m.within(i, root.Insert(m.path(i, at), "", item), at)
	return at, true
}

// addText adds text: the content where there is none, else a text part.
func (m edits) addText() {
	i := m.at.message
	k, content := childAt(m.message(i), contentName)
	if content == nil || content.Kind() == jsonraw.Null {
		if content == nil {
			k = m.message(i).Len()
		}
		m.within(i, m.setMember(m.Root(), i, nil, contentName, jsonOf(`""`)), tree.Path{k})
		m.openText(m.part())
		return
	}
	if m.addPart(textPart(jsonOf(`""`))) {
		m.openText(m.part())
	}
}

// textPart is a part of a content that holds a text.
func textPart(s *tree.Node) *tree.Node {
	return jsonOf(`{"type":"text","text":""}`).Replace(tree.Path{1}, s)
}

func (m edits) addImage() {
	if m.addPart(jsonOf(`{"type":"image_url","image_url":{"url":""}}`)) {
		m.openText(m.part())
	}
}

// addPart adds an element to the content. A content that is a string becomes the first element:
// only here, where somebody asked for a second one.
func (m edits) addPart(item *tree.Node) bool {
	i := m.at.message
	k, content := childAt(m.message(i), contentName)
	if content == nil || content.Kind() != jsonraw.String {
		_, ok := m.addItem(contentName, item)
		return ok
	}
	list := tree.List(item)
	at := tree.Path{k, 0}
	if content.Size() > len(`""`) {
		list, at = tree.List(textPart(content), item), tree.Path{k, 1}
	}
	m.within(i, m.Root().Replace(m.path(i, tree.Path{k}), list), at)
	m.Say(bars.Info, "the content is a list of parts now")
	return true
}

// addCall adds a tool call with an id that nobody uses yet.
func (m edits) addCall() {
	item := jsonOf(`{"id":"` + m.freeID() + `","type":"function","function":{"name":"","arguments":"{}"}}`)
	if at, ok := m.addItem(callsName, item); ok {
		m.openMember(under(at, 2), nameName)
	}
}

// freeID is an id for a call that no other has.
func (m edits) freeID() string {
	used := func(id string) bool {
		if m.links != nil {
			return m.links.made[id] > 0
		}
		for _, c := range readLink(m.Root()).calls {
			if c.id == id {
				return true
			}
		}
		return false
	}
	n := 1
	for used("call_" + strconv.Itoa(n)) {
		n++
	}
	return "call_" + strconv.Itoa(n)
}

func (m edits) addThinking() {
	item := jsonOf(`{"type":"thinking","thinking":"","signature":""}`)
	if _, ok := m.addItem(thinkingName, item); ok {
		m.openText(m.part())
	}
}
