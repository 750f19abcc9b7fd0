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

// Rewrite is Set for a document whose members are known, and gives those of the new one. Both
// documents, and the edits, share what is large: none of them may be changed afterwards. The values
// of the edits have to be such as a strict reader reads.
func Rewrite(doc Parts, list []Member, edits []Edit) (out Parts, now []Member, err error) {
	swaps, added := plan(list, edits)
	var made []segment
	from := 0
	for _, s := range swaps {
		made = append(append(made, doc.shared(Span{from, s.at.Start})...), whole(s.val))
		from = s.at.End
	}
	now = slices.Clone(list)
	grown := 0
	for _, s := range slices.Backward(swaps) { // those before it stand where they stood
		move(now, s)
		grown += s.grows()
	}
	if len(added) > 0 {
		end, comma, colon := spacing(doc, list)
		made = append(made, doc.shared(Span{from, end})...)
		from = end
		for _, e := range added {
			key, err := Quote(e.Name)
			if err != nil {
				return nil, nil, err
			}
			var before []byte
			if len(now) > 0 {
				before = comma
			}
			m := appended(e, len(before), len(key), len(colon), end+grown)
			grown, now = m.Val.End-end, append(now, m)
			made = append(made, segment{bytes: slices.Concat(before, key, colon)}, whole(e.Val))
		}
	}
	return composed(append(made, doc.shared(Span{from, doc.Len()})...)), now, nil
}

// whole is a value as a part of a document.
func whole(val []byte) segment { return segment{val, len(val) >= shareFrom} }

// appended is the member that was put at a place behind all others, with what is before its value
// in so many bytes each.
func appended(e Edit, comma, key, colon, at int) Member {
	at += comma
	val := at + key + colon
	return Member{Name: e.Name, Key: Span{at, at + key}, Val: Span{val, val + len(e.Val)}, Kind: KindOf(e.Val)}
}

// move gives members the places that they have once one value was swapped for another.
func move(list []Member, s swap) {
	for i := range list {
		m := &list[i]
		switch {
		case m.Val == s.at:
			m.Val.End, m.Kind, m.Err = m.Val.End+s.grows(), KindOf(s.val), nil
		case m.Val.Start >= s.at.End:
			m.Key, m.Val = m.Key.by(s.grows()), m.Val.by(s.grows())
		}
	}
}

// by is the span so many bytes on.
func (s Span) by(n int) Span { return Span{s.Start + n, s.End + n} }

func set(doc []byte, list []Member, edits []Edit) ([]byte, error) {
	swaps, added := plan(list, edits)
	size := len(doc)
	for _, s := range swaps {
		size += s.grows()
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
		end, comma, colon := spacing(Parts{doc}, list)
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

// opening is what is between the members that are there and the value of a new one, and where it is
// put.
func opening(doc []byte, list []Member, name string) (end int, opening []byte) {
	end, comma, colon := spacing(Parts{doc}, list)
	if len(list) > 0 {
		opening = append(opening, comma...)
	}
	return end, append(append(opening, Literal(name)...), colon...)
}

// End is where a new member of a document is put.
func End(doc Parts, list []Member) int {
	end, _, _ := spacing(doc, list)
	return end
}

// swap is a value to put in the place of another.
type swap struct {
	at  Span
	val []byte
}

// grows is how many bytes longer it makes a document.
func (s swap) grows() int { return len(s.val) - (s.at.End - s.at.Start) }

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

// spacing says where a new member goes and how the document writes a comma and a colon.
func spacing(doc Parts, list []Member) (end int, comma, colon []byte) {
	if len(list) == 0 {
		return opened(doc, doc.Len()), []byte(","), []byte(":")
	}
	last := list[len(list)-1]
	colon = doc.Of(Span{last.Key.End, last.Val.Start})
	if len(list) > 1 {
		return last.Val.End, doc.Of(Span{list[len(list)-2].Val.End, last.Key.Start}), colon
	}
	lead := doc.Of(Span{opened(doc, last.Key.Start), last.Key.Start})
	if len(lead) == 0 && len(colon) > 1 {
		lead = []byte(" ")
	}
	return last.Val.End, append([]byte(","), lead...), colon
}

// opened is where the brace is passed that opens a document, somewhere in its first bytes.
func opened(doc Parts, in int) int { return bytes.IndexByte(doc.Of(Span{0, in}), '{') + 1 }
