package store

import (
	"bytes"
	"slices"

	"errata/model/jsonraw"
	"errata/model/judgment"
)

// nestedList is the list of judgments in the document of a log, and the changes to it.
type nestedList struct {
	doc   []byte
	at    jsonraw.Span // of the list, or of another value in its place; empty for none
	kept  []jsonraw.Element
	whole bool       // whether nothing was left out
	added [][][]byte // documents to append, each in pieces
}

// nestedIn finds the list in a stored document, which is valid JSON. Another value in its place
// counts as an empty list.
func nestedIn(doc []byte) *nestedList {
	n := &nestedList{doc: doc, whole: true}
	for i := jsonraw.SkipSpace(doc, 0) + 1; ; {
		key, val, ok := jsonraw.NextItem(doc, i, true)
		if !ok {
			break
		}
		i = jsonraw.ValueEnd(doc, val)
		if named(key.Of(doc), judgment.Nested) { // of several the last one counts
			n.at = jsonraw.Span{Start: val, End: i}
		}
	}
	if jsonraw.KindOf(n.literal()) == jsonraw.Array {
		n.kept, _ = jsonraw.Elements(n.literal())
	}
	return n
}

// named reports whether the literal of a name is a word.
func named(literal []byte, word string) bool {
	if bytes.IndexByte(literal, '\\') < 0 {
		return len(literal) == len(word)+2 && string(literal[1:len(literal)-1]) == word
	}
	name, _ := jsonraw.Text(literal)
	return name == word
}

func (n *nestedList) literal() []byte { return n.at.Of(n.doc) }

// idOf is the id of a judgment in the list, "" for none.
func (n *nestedList) idOf(e jsonraw.Element) string {
	if e.Kind != jsonraw.Object {
		return ""
	}
	return membersOf(e.Val.Of(n.literal())).Text("id")
}

// leaveOut leaves out the judgments with these ids, and returns the ids of the others.
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

// find is the judgment in the list with an id, nil for none.
func (n *nestedList) find(id string) []byte {
	for _, e := range n.kept {
		if n.idOf(e) == id {
			return e.Val.Of(n.literal())
		}
	}
	return nil
}

// written is the document with the changed list, in pieces, so that nothing is copied. When nothing
// was left out, every byte of the list is kept.
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

// items are the judgments of the list, separated by commas.
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
