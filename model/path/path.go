// Package path names places within JSON, in the syntax of jq, and edits what is there.
//
// A path such as messages[2].content or metadata["a.b"] leads from a value down, a member by its
// name and an element by its position, and into a string that holds a JSON object or list as if it
// were that object or list. Every byte outside the place that is edited stays as it is, also within
// such a string.
//
// The package knows JSON alone. It must not know logs, their fields, or screens.
package path

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// Step leads from a value to one that it holds: a member by its name, or an element.
type Step struct {
	Name    string // of a member
	Index   int    // of an element; from the end, when below 0
	Element bool   // an element rather than a member
	Plain   bool   // written without brackets, so that a member called "a.b" may be meant by a.b
}

// Path leads from a value down. The empty Path is the value itself.
type Path []Step

// Member is the step to a member.
func Member(name string) Step { return Step{Name: name} }

// Element is the step to an element.
func Element(i int) Step { return Step{Index: i, Element: true} }

// Of is the path to a node, as far as it leads to one: at is the positions of children from root
// down.
func Of(root *tree.Node, at tree.Path) Path {
	p := make(Path, 0, len(at))
	for _, i := range at {
		if i < 0 || i >= root.Len() {
			break
		}
		if root.Kind() == jsonraw.Array {
			p = append(p, Element(i))
		} else {
			p = append(p, Member(root.Name(i)))
		}
		root = root.Child(i)
	}
	return p
}

// String writes the path as it is read: messages[2]["a b"].
func (p Path) String() string {
	var b strings.Builder
	for _, s := range p {
		s.write(&b)
	}
	return b.String()
}

// String writes a step as it is in a path of its own.
func (s Step) String() string { return Path{s}.String() }

// Behind writes a step behind a path that is written out already.
func (s Step) Behind(p string) string {
	var b strings.Builder
	b.WriteString(p)
	s.write(&b)
	return b.String()
}

// write writes a step behind others.
func (s Step) write(b *strings.Builder) {
	switch {
	case s.Element:
		b.WriteString("[" + strconv.Itoa(s.Index) + "]")
	case isIdentifier(s.Name):
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.Name)
	default:
		b.WriteString("[" + string(jsonraw.Literal(s.Name)) + "]")
	}
}

// isIdentifier reports whether jq takes a name without quotes.
func isIdentifier(name string) bool {
	for i, c := range []byte(name) {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// Inside is the JSON object or list that a string holds; ok is false when n is not such a string.
func Inside(n *tree.Node) (inner *tree.Node, ok bool) {
	if n.Kind() != jsonraw.String {
		return nil, false
	}
	switch head, _ := n.TextPrefix(64); jsonraw.KindOf([]byte(head)) {
	case jsonraw.Object, jsonraw.Array, jsonraw.None: // nothing yet, where it begins with space
	default:
		return nil, false
	}
	text, ok := n.Text()
	if !ok {
		return nil, false
	}
	raw := []byte(text)
	if k := jsonraw.KindOf(raw); k != jsonraw.Object && k != jsonraw.Array || jsonraw.Check(raw) != nil {
		return nil, false
	}
	return tree.New(raw), true
}
