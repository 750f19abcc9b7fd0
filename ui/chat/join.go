package chat

import (
	"bytes"
	"errors"
	"slices"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
)

// between two texts that are joined stands an empty line.
const gap = `\n\n`

// joinNext joins the message under the cursor with the next one.
func (m edits) joinNext() {
	i := m.at.message
	if m.single || i+1 >= m.count() {
		m.Say(bars.Info, "there is no next message to join with")
		return
	}
	a, b := m.message(i), m.message(i+1)
	joined, err := joinMessages(a, b)
	if err != nil {
		m.Say(bars.Warning, "not joined: "+err.Error())
		return
	}
	root := m.Root().Replace(tree.Path{i}, joined).Remove(tree.Path{i + 1})
	m.folds.pass(a, joined)
	m.change(root, run{i, 2, 1}, stop{i, 0})
	told := m.name(i) + " joined with the next one"
	if was, is := word(b, roleName), word(a, roleName); was != is {
		told += ": what the " + was + " said is the " + is + "'s now"
	}
	m.Tell(told)
}

// joinMessages is a with what b has: the texts one below the other, or the parts in a row, then
// calls, thinking, and members that a does not have. The error says what cannot stand twice.
func joinMessages(a, b *tree.Node) (*tree.Node, error) {
	if a.Kind() != jsonraw.Object || b.Kind() != jsonraw.Object {
		return nil, errors.New("one of the two is not an object")
	}
	if word(b, callIDName) != "" && word(a, roleName) != toolRole {
		return nil, errors.New("the next message answers a call")
	}
	for i := range b.Len() {
		name, from := b.Name(i), b.Child(i)
		k, to := childAt(a, name)
		switch {
		case from.Kind() == jsonraw.Null || name == roleName && to != nil:
			continue
		case to == nil:
			a = a.Insert(tree.Path{a.Len()}, name, from)
			continue
		case to.Kind() == jsonraw.Null:
			a = a.Replace(tree.Path{k}, from)
			continue
		}
		joined, err := joinMembers(name, to, from)
		if err != nil {
			return nil, err
		}
		a = a.Replace(tree.Path{k}, joined)
	}
	return a, nil
}

func joinMembers(name string, a, b *tree.Node) (*tree.Node, error) {
	lists := a.Kind() == jsonraw.Array && b.Kind() == jsonraw.Array
	switch {
	case name == contentName:
		return joinContents(a, b)
	case lists && (name == callsName || name == thinkingName):
		return appended(a, b), nil
	case jsonraw.Equal(a.Bytes(), b.Bytes()):
		return a, nil
	}
	return nil, errors.New("both have their own " + name + ": delete one first")
}

// joinContents joins two strings literal by literal, so that both keep their bytes; with a list of
// parts, a string becomes one.
func joinContents(a, b *tree.Node) (*tree.Node, error) {
	isString := func(n *tree.Node) bool { return n.Kind() == jsonraw.String }
	isList := func(n *tree.Node) bool { return n.Kind() == jsonraw.Array }
	switch {
	case !isString(a) && !isList(a) || !isString(b) && !isList(b):
		return nil, errors.New("one of the contents is neither text nor a list")
	case isString(a) && isString(b):
		x, y := a.Bytes(), b.Bytes()
		switch {
		case len(x) <= len(`""`):
			return b, nil
		case len(y) <= len(`""`):
			return a, nil
		}
		return tree.New(slices.Concat(x[:len(x)-1], []byte(gap), y[1:])), nil
	case isString(a) && a.Size() <= len(`""`):
		return b, nil
	case isString(a):
		return b.Insert(tree.Path{0}, "", textPart(a)), nil
	case isString(b) && b.Size() <= len(`""`):
		return a, nil
	case isString(b):
		return a.Insert(tree.Path{a.Len()}, "", textPart(b)), nil
	}
	return appended(a, b), nil
}

func appended(a, b *tree.Node) *tree.Node {
	for i := range b.Len() {
		a = a.Insert(tree.Path{a.Len()}, "", b.Child(i))
	}
	return a
}

// split makes the part under the cursor, and those behind it, a message of their own.
func (m edits) split() {
	p := m.part()
	i := m.at.message
	list, isItem := m.itemOf(p)
	switch {
	case m.single:
		m.Say(bars.Info, "this value is one message: it cannot be split")
		return
	case !isItem || list == contentName && p.path[1] == 0:
		m.Say(bars.Info, "there is nothing before this part to split from; in a text: enter, then alt+s")
		return
	}
	first := m.message(i)
	second, first := m.detach(first, p.path, list)
	m.putSplit(i, first, second)
}

// itemOf tells in which list of the message a part is an element.
func (m edits) itemOf(p *part) (list string, ok bool) {
	if len(p.path) != 2 {
		return "", false
	}
	n := m.message(m.at.message)
	list = n.Name(p.path[0])
	return list, n.Child(p.path[0]).Kind() == jsonraw.Array && (list == contentName || list == callsName)
}

// detach takes the elements from path on out of a message, and all calls when they are content;
// second is a new message with them.
func (m edits) detach(n *tree.Node, path tree.Path, list string) (second, first *tree.Node) {
	items := n.Child(path[0])
	var taken []*tree.Node
	for k := items.Len() - 1; k >= path[1]; k-- {
		taken = append(taken, items.Child(k))
		n = n.Remove(tree.Path{path[0], k})
	}
	slices.Reverse(taken)
	content, calls := null(), tree.List(taken...)
	if list == contentName {
		content = tree.List(taken...)
		n, calls = withoutCalls(n)
	} else if path[1] == 0 {
		n = n.Remove(path[:1])
	}
	return m.sibling(n, content, calls), n
}

// withoutCalls takes the calls out of a message; nil for none.
func withoutCalls(n *tree.Node) (rest, calls *tree.Node) {
	k, calls := childAt(n, callsName)
	if calls == nil || calls.Kind() == jsonraw.Null {
		return n, nil
	}
	return n.Remove(tree.Path{k}), calls
}

// sibling is a message like n, with another content and calls.
func (m edits) sibling(n, content, calls *tree.Node) *tree.Node {
	like := jsonOf(`{}`)
	add := func(name string, v *tree.Node) { like = like.Insert(tree.Path{like.Len()}, name, v) }
	for _, name := range []string{roleName, nameName, callIDName} {
		if _, v := childAt(n, name); v != nil && v.Kind() != jsonraw.Null {
			add(name, v)
		}
	}
	if add(contentName, content); calls != nil {
		add(callsName, calls)
	}
	return like
}

func (m edits) putSplit(i int, first, second *tree.Node) {
	m.folds.by[first], m.folds.by[second] = open, open
	root := m.Root().Replace(tree.Path{i}, first).Insert(tree.Path{i + 1}, "", second)
	m.change(root, run{i, 1, 2}, stop{i + 1, 0})
	m.Tell(m.name(i) + " split in two")
}

// splitText makes what is behind the cursor in a text, and the parts behind that, a message of
// their own. Line breaks at the cut go. Text and split are one step of undo.
func (m edits) splitText(t *typing) {
	if !t.splits {
		m.Say(bars.Info, "this text cannot be split into two messages")
		return
	}
	all, at := t.Ed.Text().Bytes(), t.Ed.Offset()
	const breaks = "\r\n"
	left, err := tree.Text(string(bytes.TrimRight(all[:at], breaks)))
	right, err2 := tree.Text(string(bytes.TrimLeft(all[at:], breaks)))
	if err = errors.Join(err, err2); err != nil {
		m.Say(bars.Bad, "this text cannot be kept: "+string(bytes.ReplaceAll([]byte(err.Error()), []byte("\n"), []byte("; "))))
		return
	}
	i, rel := t.where.message, t.path[1:]
	n := m.message(i).Replace(rel, left)
	if len(rel) == 1 { // the content is a string
		first, calls := withoutCalls(n)
		m.close()
		m.putSplit(i, first, m.sibling(first, right, calls))
		return
	}
	n = n.Insert(tree.Path{rel[0], rel[1] + 1}, "", textPart(right))
	second, first := m.detach(n, tree.Path{rel[0], rel[1] + 1}, contentName)
	m.close()
	m.putSplit(i, first, second)
}
