package store

import (
	"bytes"
	"slices"

	"errata/model/jsonraw"
	"errata/model/judgment"
)

// nestedList is the list of judgments in the document of a log, and what is to become of it.
type nestedList struct {
	doc   []byte
	at    jsonraw.Span // of the list, or what stands in its place; empty for none
	kept  []jsonraw.Element
	whole bool     // nothing was left out
	added [][]byte // documents
}

// nestedIn finds the list. What stands there and is no list counts as an empty one.
func nestedIn(doc []byte) *nestedList {
	n := &nestedList{doc: doc, whole: true}
	members, err := jsonraw.Members(doc)
	if err != nil {
		return n
	}
	m, ok := jsonraw.Find(members, judgment.Nested)
	if !ok {
		return n
	}
	n.at = m.Val
	if m.Kind == jsonraw.Array {
		n.kept, _ = jsonraw.Elements(n.literal())
	}
	return n
}

func (n *nestedList) literal() []byte { return n.at.Of(n.doc) }

// idOf is the id of a judgment in the list, empty for none.
func (n *nestedList) idOf(e jsonraw.Element) string {
	if e.Kind != jsonraw.Object {
		return ""
	}
	return membersOf(e.Val.Of(n.literal())).Text("id")
}

// leaveOut leaves those judgments out whose ids are listed, and gives the ids of those that stay.
func (n *nestedList) leaveOut(gone map[string]bool) (held map[string]bool) {
	held = make(map[string]bool, len(n.kept))
	n.kept = slices.DeleteFunc(n.kept, func(e jsonraw.Element) bool {
		id := n.idOf(e)
		if gone[id] {
			n.whole = false
			return true
		}
		held[id] = true
		return false
	})
	return held
}

// find is the judgment in the list that has an id, nil for none.
func (n *nestedList) find(id string) []byte {
	for _, e := range n.kept {
		if n.idOf(e) == id {
			return e.Val.Of(n.literal())
		}
	}
	return nil
}

// written is the document with the list as it has become, and whether that is another one. Where
// nothing was left out, every byte of the list stays.
func (n *nestedList) written() (doc []byte, changed bool) {
	if n.whole && len(n.added) == 0 {
		return n.doc, false
	}
	return n.rewritten(), true
}

func (n *nestedList) rewritten() []byte {
	if n.at.End == 0 {
		doc, err := jsonraw.Set(n.doc, []jsonraw.Edit{{Name: judgment.Nested, Val: slices.Concat([]byte{'['}, n.joined(), []byte{']'})}})
		if err != nil {
			return n.doc
		}
		return doc
	}
	head, tail := n.doc[:n.at.Start], n.doc[n.at.End:]
	if !n.whole || len(n.kept) == 0 {
		return slices.Concat(head, []byte{'['}, n.joined(), []byte{']'}, tail)
	}
	end := n.at.Start + n.kept[len(n.kept)-1].Val.End
	return slices.Concat(n.doc[:end], []byte{','}, bytes.Join(n.added, []byte{','}), n.doc[end:])
}

// joined are all judgments of the list, with commas between.
func (n *nestedList) joined() []byte {
	var all [][]byte
	for _, e := range n.kept {
		all = append(all, e.Val.Of(n.literal()))
	}
	return bytes.Join(append(all, n.added...), []byte{','})
}
