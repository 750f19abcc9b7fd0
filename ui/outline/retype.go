package outline

import (
	"errors"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/rows"
	"errata/ui/term"
)

// kinds are the types to choose from.
var kinds = map[keys.Action]jsonraw.Kind{
	keys.TypeString: jsonraw.String, keys.TypeNumber: jsonraw.Number, keys.TypeBoolean: jsonraw.True,
	keys.TypeNull: jsonraw.Null, keys.TypeObject: object, keys.TypeArray: array,
}

// types is the choice of another type for the node under the cursor.
type types struct {
	rows.Question
	m *view
}

// Update takes a key, or a click on one of the types. Any key that is not for the choice closes it.
func (t *types) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	var chosen keys.Action
	switch msg := msg.(type) {
	case tea.KeyMsg:
		chosen = keys.OutlineType.Action(msg.String())
	case term.ClickMsg:
		if at, _ := t.m.gap(); msg.Y == at-t.m.top {
			_, chosen = painter{t.m}.drawMenu(msg.X)
		}
		if chosen == "" {
			return false, nil
		}
	default:
		return false, nil
	}
	t.m.Close()
	if kind, ok := kinds[chosen]; ok {
		edits{t.m}.retype(kind)
	}
	return true, nil
}

// choosing reports whether a type is being chosen.
func (m *view) choosing() bool {
	_, yes := m.Panel().(*types)
	return yes
}

// retype gives the node under the cursor another type and as much of its value as has a meaning
// there.
func (m edits) retype(kind jsonraw.Kind) {
	s, ok := m.spot(m.row)
	if !ok {
		return
	}
	v, err := retyped(s.node, kind)
	switch {
	case err != nil:
		m.Say(bars.Bad, err.Error())
		return
	case v == s.node:
		return
	case rows.Holds(v) && rows.Holds(s.node):
		m.replaceAs(s.path(), v, s.open)
	default:
		m.replaceAs(s.path(), v, nil)
	}
	m.Tell(rows.JSONPath(m.Root(), s.path()) + " is " + v.Kind().Word() + " now")
}

// retyped is n as another kind; n itself when it is of that kind. The error says why it has no
// meaning there.
func retyped(n *tree.Node, kind jsonraw.Kind) (*tree.Node, error) {
	was := n.Kind()
	if was == kind || kind == jsonraw.True && was == jsonraw.False {
		return n, nil
	}
	if zero, ok := zeros[kind]; ok && (was == jsonraw.Null || kind == jsonraw.Null) {
		return tree.New([]byte(zero)), nil
	}
	switch kind {
	case jsonraw.String:
		return tree.Text(string(n.Bytes()))
	case jsonraw.Number:
		return numberOf(n)
	case jsonraw.True:
		return booleanOf(n)
	case array:
		return listOf(n)
	}
	return objectOf(n)
}

// zeros is what null becomes.
var zeros = map[jsonraw.Kind]string{
	jsonraw.String: `""`, jsonraw.Number: "0", jsonraw.True: "false", jsonraw.Null: "null", object: "{}", array: "[]",
}

func numberOf(n *tree.Node) (*tree.Node, error) {
	switch n.Kind() {
	case jsonraw.True:
		return tree.New([]byte("1")), nil
	case jsonraw.False:
		return tree.New([]byte("0")), nil
	case jsonraw.String:
		text, _ := n.Text()
		digits := strings.TrimSpace(text)
		if digits == "" {
			return tree.New([]byte("0")), nil
		}
		if _, ok := jsonraw.ParseDecimal([]byte(digits)); ok {
			return tree.New([]byte(digits)), nil
		}
		return nil, errors.New(quoteShort(text) + " is not a number: edit it to be one first")
	}
	return nil, errors.New(n.Kind().Word() + " is not a number: delete it and add one")
}

func booleanOf(n *tree.Node) (*tree.Node, error) {
	word := string(n.Bytes())
	if text, ok := n.Text(); ok {
		word = strings.ToLower(strings.TrimSpace(text))
	}
	switch {
	case word == "true" || word == "1":
		return tree.New([]byte("true")), nil
	case word == "false" || word == "0" || word == "":
		return tree.New([]byte("false")), nil
	case rows.Holds(n):
		return nil, errors.New(n.Kind().Word() + " is neither true nor false: delete it and add one")
	}
	return nil, errors.New(quoteShort(word) + " is neither true nor false: edit it to be one first")
}

// listOf is the values of an object, the list in a text, or a list of just n.
func listOf(n *tree.Node) (*tree.Node, error) {
	if inside, ok := inText(n, array); ok {
		return inside, nil
	}
	if n.Kind() != object {
		return tree.List(n), nil
	}
	children := make([]*tree.Node, n.Len())
	for i := range children {
		children[i] = n.Child(i)
	}
	return tree.List(children...), nil
}

// objectOf is the elements of a list with their numbers as names, or the object in a text.
func objectOf(n *tree.Node) (*tree.Node, error) {
	if inside, ok := inText(n, object); ok {
		return inside, nil
	}
	if n.Kind() != array {
		return nil, errors.New(n.Kind().Word() + " has no names: make it a list first, or a text of JSON")
	}
	entries := make([]tree.Entry, n.Len())
	for i := range entries {
		entries[i] = tree.Entry{Name: strconv.Itoa(i), Node: n.Child(i)}
	}
	return tree.Object(entries...)
}

// inText is the container that stands as JSON in a string; nothing at all is an empty one.
func inText(n *tree.Node, kind jsonraw.Kind) (*tree.Node, bool) {
	if text, ok := n.Text(); ok && len(jsonraw.Trim([]byte(text))) == 0 {
		return tree.New([]byte(zeros[kind])), true
	}
	inner, ok := path.Inside(n)
	return inner, ok && inner.Kind() == kind
}
