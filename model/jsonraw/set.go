package jsonraw

import (
	"bytes"
	"slices"
)

// Edit is one replacement for Set.
type Edit struct {
	Name string
	Val  []byte // one JSON value; it is not checked
}

// Set replaces the values of the named members of the object in doc and leaves every other byte
// alone. A name that occurs more than once has its last value replaced; one that does not occur is
// appended last, in the spacing of the members before it. doc is not modified. Of two edits with
// the same name the later counts.
func Set(doc []byte, edits []Edit) ([]byte, error) {
	list, err := Members(doc)
	if err != nil {
		return nil, err
	}
	return set(doc, list, edits)
}

// Replace is Set for a document whose members are known, and gives those of the new one. It takes
// doc over: one value is put in the place of another in the same memory, where that has room. The
// values of the edits have to be such as a strict reader reads.
func Replace(doc []byte, list []Member, edits []Edit) (out []byte, now []Member, err error) {
	switch swaps, added := plan(list, edits); {
	case len(swaps) == 1 && len(added) == 0:
		if out, ok := swapIn(doc, swaps[0]); ok {
			return out, moved(list, swaps[0], len(out)-len(doc)), nil
		}
	case len(swaps) == 0 && len(added) == 1:
		end, name := opening(doc, list, added[0].Name)
		put := swap{Span{end, end}, slices.Concat(name, added[0].Val)}
		if out, ok := swapIn(doc, put); ok {
			return out, append(slices.Clone(list), appended(added[0], name, end)), nil
		}
	}
	if out, err = set(doc, list, edits); err != nil {
		return nil, nil, err
	}
	now, err = Members(out)
	return out, now, err
}

// appended is the member that was put at a place behind all others; before is what opens it.
func appended(e Edit, before []byte, at int) Member {
	key := at + bytes.IndexByte(before, '"')
	val := at + len(before)
	return Member{
		Name: e.Name, Key: Span{key, key + len(Literal(e.Name))},
		Val: Span{val, val + len(e.Val)}, Kind: KindOf(e.Val),
	}
}

// swapIn swaps a value in the memory of a document, if that has room.
func swapIn(doc []byte, s swap) (out []byte, ok bool) {
	more := len(s.val) - (s.at.End - s.at.Start)
	if cap(doc)-len(doc) < more {
		return nil, false
	}
	out = doc[:max(len(doc), len(doc)+more)]
	copy(out[s.at.End+more:], doc[s.at.End:])
	copy(out[s.at.Start:], s.val)
	return out[:len(doc)+more], true
}

// moved are the members of a document in which one value was swapped for another, which is longer
// by so many bytes.
func moved(list []Member, s swap, more int) []Member {
	now := slices.Clone(list)
	for i := range now {
		m := &now[i]
		switch {
		case m.Val == s.at:
			m.Val.End, m.Kind, m.Err = m.Val.End+more, KindOf(s.val), nil
		case m.Val.Start >= s.at.End:
			m.Key, m.Val = m.Key.by(more), m.Val.by(more)
		}
	}
	return now
}

// by is the span so many bytes on.
func (s Span) by(n int) Span { return Span{s.Start + n, s.End + n} }

func set(doc []byte, list []Member, edits []Edit) ([]byte, error) {
	swaps, added := plan(list, edits)
	size := len(doc)
	for _, s := range swaps {
		size += len(s.val) - (s.at.End - s.at.Start)
	}
	for _, e := range added {
		size += len(e.Name) + len(e.Val) + 16
	}
	out, from := make([]byte, 0, size), 0
	for _, s := range swaps {
		out = append(append(out, doc[from:s.at.Start]...), s.val...)
		from = s.at.End
	}
	if len(added) > 0 {
		end, comma, colon := spacing(doc, list)
		out = append(out, doc[from:end]...)
		from = end
		for i, e := range added {
			key, err := Quote(e.Name)
			if err != nil {
				return nil, err
			}
			if i > 0 || len(list) > 0 {
				out = append(out, comma...)
			}
			out = append(append(append(out, key...), colon...), e.Val...)
		}
	}
	return append(out, doc[from:]...), nil
}

// Around splits the object in doc at the value of a member: head, name, a value and tail are
// together what Set makes of doc with that value. Only name is not a part of doc; it may be empty.
func Around(doc []byte, member string) (head, name, tail []byte, err error) {
	list, err := Members(doc)
	if err != nil {
		return nil, nil, nil, err
	}
	if m, ok := Find(list, member); ok {
		return doc[:m.Val.Start], nil, doc[m.Val.End:], nil
	}
	end, name := opening(doc, list, member)
	return doc[:end], name, doc[end:], nil
}

// opening is what stands between the members that are there and the value of a new one, and where
// it is put.
func opening(doc []byte, list []Member, name string) (end int, opening []byte) {
	end, comma, colon := spacing(doc, list)
	if len(list) > 0 {
		opening = append(opening, comma...)
	}
	return end, append(append(opening, Literal(name)...), colon...)
}

// End is where a new member of a document is put.
func End(doc []byte, list []Member) int {
	end, _, _ := spacing(doc, list)
	return end
}

// swap is a value to put in the place of another.
type swap struct {
	at  Span
	val []byte
}

// plan sorts the edits into replacements, in the order of the document, and additions.
func plan(list []Member, edits []Edit) (swaps []swap, added []Edit) {
	for i, e := range edits {
		if slices.ContainsFunc(edits[i+1:], func(later Edit) bool { return later.Name == e.Name }) {
			continue
		}
		if m, ok := Find(list, e.Name); ok {
			swaps = append(swaps, swap{m.Val, e.Val})
		} else {
			added = append(added, e)
		}
	}
	slices.SortFunc(swaps, func(a, b swap) int { return a.at.Start - b.at.Start })
	return swaps, added
}

// spacing tells where a new member goes and how the document writes a comma and a colon.
func spacing(doc []byte, list []Member) (end int, comma, colon []byte) {
	if len(list) == 0 {
		return bytes.IndexByte(doc, '{') + 1, []byte(","), []byte(":")
	}
	last := list[len(list)-1]
	colon = doc[last.Key.End:last.Val.Start]
	if len(list) > 1 {
		return last.Val.End, doc[list[len(list)-2].Val.End:last.Key.Start], colon
	}
	lead := doc[bytes.IndexByte(doc, '{')+1 : last.Key.Start]
	if len(lead) == 0 && len(colon) > 1 {
		lead = []byte(" ")
	}
	return last.Val.End, append([]byte(","), lead...), colon
}
