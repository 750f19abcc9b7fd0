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
	whole bool       // nothing was left out
	added [][][]byte // documents, each in pieces
}

// nestedIn finds the list in the document of a log that is stored, and so well formed. What stands
// there and is no list counts as an empty one.
func nestedIn(doc []byte) *nestedList {
	n := &nestedList{doc: doc, whole: true}
	for i := jsonraw.SkipSpace(doc, 0) + 1; ; {
		key, val, ok := jsonraw.NextItem(doc, i, true)
		if !ok {
			break
		}
		i = jsonraw.ValueEnd(doc, val)
		if named(key.Of(doc), judgment.Nested) { // of several the last counts
			n.at = jsonraw.Span{Start: val, End: i}
		}
	}
	if jsonraw.KindOf(n.literal()) == jsonraw.Array {
		n.kept, _ = jsonraw.Elements(n.literal())
	}
	return n
}

// named tells whether a name, as it is written, is a word.
func named(literal []byte, word string) bool {
	if bytes.IndexByte(literal, '\\') < 0 {
		return len(literal) == len(word)+2 && string(literal[1:len(literal)-1]) == word
	}
	name, _ := jsonraw.Text(literal)
	return name == word
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

// written is the document with the list as it has become, in pieces, so that nothing of it is
// copied. Where nothing was left out, every byte of the list stays.
func (n *nestedList) written() (pieces [][]byte) {
	switch {
	case n.unchanged():
		return [][]byte{n.doc}
	case n.at.End == 0:
		head, name, tail, err := jsonraw.Around(n.doc, judgment.Nested)
		if err != nil {
			return [][]byte{n.doc}
		}
		return slices.Concat([][]byte{head, name, {'['}}, n.items(), [][]byte{{']'}, tail})
	case !n.whole || len(n.kept) == 0:
		return slices.Concat([][]byte{n.doc[:n.at.Start], {'['}}, n.items(), [][]byte{{']'}, n.doc[n.at.End:]})
	}
	end := n.at.Start + n.kept[len(n.kept)-1].Val.End
	n.kept = nil
	return slices.Concat([][]byte{n.doc[:end], {','}}, n.items(), [][]byte{n.doc[end:]})
}

func (n *nestedList) unchanged() bool { return n.whole && len(n.added) == 0 }

// items are all judgments of the list, with commas between.
func (n *nestedList) items() (pieces [][]byte) {
	next := func(item ...[]byte) {
		if len(pieces) > 0 {
			pieces = append(pieces, []byte{','})
		}
		pieces = append(pieces, item...)
	}
	for _, e := range n.kept {
		next(e.Val.Of(n.literal()))
	}
	for _, doc := range n.added {
		next(doc...)
	}
	return pieces
}
