package tree

import "errata/model/jsonraw"

// Entry is a member of an object to be made.
type Entry struct {
	Name string
	Node *Node
}

// Text makes a string; see jsonraw.Quote for the text that cannot be one.
func Text(s string) (*Node, error) {
	raw, err := jsonraw.Quote(s)
	if err != nil {
		return nil, err
	}
	return New(raw), nil
}

// List makes an array, without white space.
func List(children ...*Node) *Node {
	list := make([]item, len(children))
	for i, n := range children {
		list[i] = item{lead: comma(i), node: n}
	}
	return made(jsonraw.Array, body{seqOf(list), []byte{']'}})
}

// Object makes an object, without white space; see jsonraw.Quote for the names that cannot be.
func Object(entries ...Entry) (*Node, error) {
	list := make([]item, len(entries))
	for i, e := range entries {
		key, err := jsonraw.Quote(e.Name)
		if err != nil {
			return nil, err
		}
		list[i] = keyed(comma(i), key, colon, e.Node)
	}
	return made(jsonraw.Object, body{seqOf(list), []byte{'}'}}), nil
}

var colon = []byte{':'}

// comma is what is ahead of child i.
func comma(i int) []byte {
	if i == 0 {
		return nil
	}
	return []byte{','}
}

// made is a container of what it holds.
func made(kind jsonraw.Kind, b body) *Node {
	n := &Node{kind: kind}
	n.body.Store(&b)
	return n
}
