package jsonraw

import (
	"iter"
	"slices"
	"sort"
	"unsafe"
)

// List is a well-formed array and where its elements are.
type List struct {
	Doc   Parts
	Items []Element
}

// ListOf reads a well-formed array through. What is not an array has no elements.
func ListOf(doc []byte) List { return List{Parts{doc}, slices.Collect(EachElement(doc))} }

// At is an element as it is written. It is copied only where it is in more than one part.
func (l List) At(i int) []byte { return l.Doc.Of(l.Items[i].Val) }

// Run is a run of elements that two lists share: the number of them, where it begins in the one
// (At), and where in the other (From).
type Run struct{ At, From, Len int }

// Remade builds an array from pieces of so many bytes in total, provided that Check finds no fault
// in it. It shares the memory of long runs of elements with l, in which Check must find no fault
// either, and does not read pieces that lie in that memory. Each element is in one part. ok is
// false if the array has to be read as a whole: it may have a fault, or shares little. pieces is
// called twice.
//
// The rest of it is read with a 0 in the place of each row. An array in which a 0 is an element is
// sound where the same array with some sound elements in the place of that 0 is so.
func (l List) Remade(size int, pieces iter.Seq[[]byte]) (made List, runs []Run, ok bool) {
	m := remaker{of: l, doc: l.Doc.Join(), least: shareFrom, most: size / 2}
	stands := 0
	for piece := range pieces {
		if _, ok := standsIn(m.doc, piece); ok {
			stands += len(piece)
		}
	}
	if 2*stands < max(size, len(m.doc)) || !m.take(pieces) || 2*m.shared < len(m.doc) {
		return made, nil, false
	}
	return m.made()
}

// remaker reads the pieces of an array that is made of a list.
type remaker struct {
	of     List
	doc    []byte // that list
	least  int    // bytes of a row that is shared
	most   int    // bytes of the text
	under  Span   // of the list: the pieces that were not taken yet
	text   []byte // what is read, with a 0 for each row of elements that is shared
	zeros  []int  // where those are
	runs   []Run  // and which they are
	shared int    // bytes
}

// take takes all pieces. It is false if too much has to be read.
func (m *remaker) take(pieces iter.Seq[[]byte]) bool {
	for piece := range pieces {
		if !m.add(piece) {
			return false
		}
	}
	m.flush()
	return len(m.text) <= m.most
}

// add takes a piece. It is false likewise.
func (m *remaker) add(piece []byte) bool {
	at, ok := standsIn(m.doc, piece)
	switch {
	case len(piece) == 0:
	case ok && at == m.under.End:
		m.under.End += len(piece)
	case ok:
		m.flush()
		m.under = Span{at, at + len(piece)}
	default:
		m.flush()
		m.text = append(m.text, piece...)
	}
	return len(m.text) <= m.most
}

// flush takes what is in the list: the elements that are there as a whole are not read, if they are
// large.
func (m *remaker) flush() {
	s, items := m.under, m.of.Items
	m.under = Span{}
	from := sort.Search(len(items), func(i int) bool { return items[i].Val.Start >= s.Start })
	to := sort.Search(len(items), func(i int) bool { return items[i].Val.End > s.End })
	if from >= to || items[to-1].Val.End-items[from].Val.Start < m.least {
		m.text = append(m.text, s.Of(m.doc)...)
		return
	}
	row := Span{items[from].Val.Start, items[to-1].Val.End}
	m.text = append(m.text, m.doc[s.Start:row.Start]...)
	m.zeros, m.runs = append(m.zeros, len(m.text)), append(m.runs, Run{From: from, Len: to - from})
	m.text = append(append(m.text, '0'), m.doc[row.End:s.End]...)
	m.shared += row.End - row.Start
}

// made is the array, if it is sound and each 0 an element of it.
func (m *remaker) made() (made List, runs []Run, ok bool) {
	q := quickly(m.text)
	defer q.done()
	list, ok := q.elements()
	if !ok || m.text[0] != '[' || m.text[len(m.text)-1] != ']' {
		return made, nil, false
	}
	done, by, k := 0, 0, 0 // bytes of the text that are in a part, how much is shared ahead, and how many rows
	for _, e := range list {
		if k == len(m.zeros) || e.Val.Start != m.zeros[k] {
			made.Items = append(made.Items, Element{e.Val.by(by), e.Kind})
			continue
		}
		if e.Val.End != m.zeros[k]+1 {
			return made, nil, false
		}
		run := &m.runs[k]
		row := m.of.Items[run.From : run.From+run.Len]
		from, to := row[0].Val.Start, row[run.Len-1].Val.End
		run.At = len(made.Items)
		for _, x := range row {
			made.Items = append(made.Items, Element{x.Val.by(e.Val.Start + by - from), x.Kind})
		}
		made.Doc = append(made.Doc, m.text[done:e.Val.Start:e.Val.Start], m.doc[from:to:to])
		done, by, k = e.Val.End, by+to-from-1, k+1
	}
	made.Doc = append(made.Doc, m.text[done:])
	return made, m.runs, k == len(m.zeros)
}

// standsIn reports whether a piece is in the memory of a text, and where.
func standsIn(text, piece []byte) (at int, ok bool) {
	at = int(uintptr(unsafe.Pointer(unsafe.SliceData(piece))) - uintptr(unsafe.Pointer(unsafe.SliceData(text))))
	return at, at >= 0 && at+len(piece) <= len(text)
}
