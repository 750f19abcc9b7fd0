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
	key, err := Quote(member)
	if err != nil {
		return nil, nil, nil, err
	}
	end, comma, colon := spacing(doc, list)
	if len(list) > 0 {
		name = append(name, comma...)
	}
	return doc[:end], append(append(name, key...), colon...), doc[end:], nil
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
