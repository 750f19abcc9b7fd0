package model

import (
	"hash/maphash"
	"slices"

	"errata/model/jsonraw"
)

// Merge merges two values of f that were both made from base. What only one side changed is taken
// from that side, and the same change on both sides is taken once. If both changed the value, texts
// are merged by lines, maps by their members through the objects in them, and lists of messages by
// whole messages. ok is false if both changed the same place, and for values of any other kind.
// Unless the values are large, a side that has all changes of the other one is the merge of both.
//
// A value that is taken whole keeps its bytes; in a merge of both the literals are those of the
// sides. Apart from the spelling and from the order of a map's members, mine and theirs may be
// exchanged.
func (f *Field) Merge(base, mine, theirs Value) (merged Value, ok bool) {
	switch {
	case mine.Equal(theirs), mine.Equal(base):
		return theirs, true
	case theirs.Equal(base):
		return mine, true
	}
	switch f.Kind {
	case Line, Text:
		merged, ok = mergeStrings(base, mine, theirs)
	case Map:
		merged, ok = mergeMaps(base, mine, theirs)
	case Messages:
		merged, ok = mergeLists(base, mine, theirs)
	}
	if !ok {
		return f.containing(base, mine, theirs)
	}
	return merged, true
}

func mergeMaps(base, mine, theirs Value) (Value, bool) {
	if !base.IsSet() {
		base = Value{raw: []byte("{}")}
	}
	raw, ok := jsonraw.Merge(base.Bytes(), mine.Bytes(), theirs.Bytes())
	return Value{raw: raw}, ok
}

// mergeStrings merges texts. What the server has is spelled as it is there.
func mergeStrings(base, mine, theirs Value) (Value, bool) {
	var texts [3]string
	for i, v := range []Value{base, mine, theirs} {
		text, ok := v.Text()
		if !ok {
			return Absent, false
		}
		texts[i] = text
	}
	text, ok := mergeTexts(texts[0], texts[1], texts[2]).join()
	if !ok {
		return Absent, false
	}
	raw, err := respelled(theirs.Bytes(), texts[2], text)
	return Raw(raw), err == nil
}

// respelled is the literal of a text with another text in its place. What both begin and end with
// stays spelled as it is.
func respelled(literal []byte, is, text string) ([]byte, error) {
	head, tail := jsonraw.Shared([]byte(is), []byte(text))
	return jsonraw.Splice(literal, head, len(is)-tail-head, []byte(text[head:len(text)-tail]))
}

func mergeLists(base, mine, theirs Value) (Value, bool) {
	n := newNumbering()
	var lists [3][]Value
	var ids [3][]int
	for i, v := range []Value{base, mine, theirs} {
		elements, err := jsonraw.Elements(v.Bytes())
		if err != nil || jsonraw.Check(v.Bytes()) != nil {
			return Absent, false
		}
		for _, e := range elements {
			element := Value{raw: e.Val.Of(v.Bytes())}
			lists[i] = append(lists[i], element)
			ids[i] = append(ids[i], n.of(element))
		}
	}
	raw := []byte{'['}
	for _, r := range merge3(ids[0], ids[1], ids[2]) {
		take := cut(lists[2], r.theirs)
		switch r.from {
		case conflict:
			return Absent, false
		case fromMine:
			take = cut(lists[1], r.mine)
		}
		for _, element := range take {
			if len(raw) > 1 {
				raw = append(raw, ',')
			}
			raw = append(raw, jsonraw.Compact(element.Bytes())...)
		}
	}
	return Value{raw: append(raw, ']')}, true
}

// numbering gives values that mean the same the same number.
type numbering struct {
	seed   maphash.Seed
	bySum  map[uint64][]int
	values []Value
}

func newNumbering() *numbering {
	return &numbering{seed: maphash.MakeSeed(), bySum: map[uint64][]int{}}
}

func (n *numbering) of(v Value) int {
	sum := jsonraw.Sum(n.seed, v.Bytes())
	known := n.bySum[sum]
	if i := slices.IndexFunc(known, func(id int) bool { return n.values[id].Equal(v) }); i >= 0 {
		return known[i]
	}
	id := len(n.values)
	n.values = append(n.values, v)
	n.bySum[sum] = append(known, id)
	return id
}
