package outline

import (
	"slices"
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// Place is where an inner text belongs: the positions from the root down, and what of the node
// there is being typed, as in "/3/1#value", "/3#name" or "/2#entry". It outlives the program, in a
// draft.
type Place string

var purposes = map[purpose]string{value: "value", naming: "name", entering: "entry"}

func placeOf(path tree.Path, what purpose) Place {
	var b strings.Builder
	for _, i := range path {
		b.WriteString("/" + strconv.Itoa(i))
	}
	return Place(b.String() + "#" + purposes[what])
}

// parse reads a place; ok is false when it is none.
func (p Place) parse() (path tree.Path, what purpose, ok bool) {
	steps, word, _ := strings.Cut(string(p), "#")
	for w, name := range purposes {
		if name == word {
			what, ok = w, true
		}
	}
	if !ok || steps == "" {
		return nil, what, ok
	}
	for i, step := range strings.Split(steps, "/") {
		if i == 0 {
			if step != "" {
				return nil, what, false
			}
			continue
		}
		n, err := strconv.Atoi(step)
		if err != nil || n < 0 {
			return nil, what, false
		}
		path = append(path, n)
	}
	return path, what, true
}

// Node is the path of the node whose text is typed; name tells that it is the name of the node. ok
// is false when the text belongs to no node: something new is being typed.
func (p Place) Node() (path tree.Path, name, ok bool) {
	path, what, ok := p.parse()
	return path, what == naming, ok && what != entering
}

// Restore opens the inner editor of a place on a text that was typed before, the node's own text
// beneath it for undo. A place that is not there, or that holds something else now, is ignored.
func (m *Model) Restore(at Place, text []byte) {
	path, what, ok := at.parse()
	if !ok || m.o.ReadOnly {
		return
	}
	if what == entering {
		m.restoreEntry(path, text)
	} else {
		m.restoreNode(path, what, text)
	}
	m.arrange()
}

func (m *Model) restoreEntry(path tree.Path, text []byte) {
	switch up, ok := m.at(path[:max(len(path)-1, 0)]); {
	case len(path) == 0:
		return
	case m.root == nil && len(path) == 1:
		path = tree.Path{0}
	case !ok || !container(up) || path[len(path)-1] > up.Len():
		return
	}
	m.GoTo(path)
	m.ask(path)
	m.inner.ed.SetText(text)
	m.inner.ed.GoToOffset(len(text))
}

func (m *Model) restoreNode(path tree.Path, what purpose, text []byte) {
	n, ok := m.at(path)
	if !ok || container(n) && what == value {
		return
	}
	up, _ := m.at(path[:max(len(path)-1, 0)])
	if what == naming && (len(path) == 0 || up.Kind() != object) {
		return
	}
	m.GoTo(path)
	if what == naming {
		m.rename()
	} else {
		own, ok := textOf(n)
		if !ok {
			return
		}
		m.openValue(path, n, []byte(own))
	}
	m.inner.ed.SetText(text)
	m.inner.ed.GoToOffset(len(text))
	if m.inner.what == value {
		m.inner.measure(m, text)
	}
}

// at is the node at a path; ok is false when there is none.
func (m *Model) at(path tree.Path) (*tree.Node, bool) {
	if m.root == nil {
		return nil, false
	}
	return m.root.At(path)
}

// textOf is the text in which a scalar is edited: a string's own, nothing for null, anything else
// as its literal. ok is false for a string of which some bytes are no text.
func textOf(n *tree.Node) (text string, ok bool) {
	switch n.Kind() {
	case jsonraw.String:
		return n.Text()
	case jsonraw.Null:
		return "", true
	}
	return string(n.Bytes()), true
}

func samePath(a, b tree.Path) bool { return slices.Equal(a, b) }

// JSONPath writes a path as jq takes it: .a["b c"][3]. It goes as far as the path leads.
func JSONPath(root *tree.Node, path tree.Path) string {
	var b strings.Builder
	b.WriteByte('.')
	for k, i := range path {
		if !container(root) || i < 0 || i >= root.Len() {
			break
		}
		if root.Kind() == array {
			b.WriteString("[" + strconv.Itoa(i) + "]")
		} else {
			writeName(&b, root.Name(i), k == 0)
		}
		root = root.Child(i)
	}
	return b.String()
}

// writeName writes a member's name behind a path; at its very beginning the dot stands there
// already.
func writeName(b *strings.Builder, name string, first bool) {
	if identifier(name) {
		if !first {
			b.WriteByte('.')
		}
		b.WriteString(name)
		return
	}
	quoted, err := jsonraw.Quote(name)
	if err != nil {
		quoted, _ = jsonraw.Quote(strings.ToValidUTF8(name, "\uFFFD"))
	}
	b.WriteString("[" + string(quoted) + "]")
}

// identifier tells whether jq takes a name without quotes.
func identifier(name string) bool {
	for i, r := range name {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
