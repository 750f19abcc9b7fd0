package tree

import (
	"errata/model/jsonraw"
	"errata/model/sequence"
)

// large is the size in bytes from which containers inside one that is being read are listed in the
// same pass. What is smaller is read again when somebody looks into it, so that a value costs one
// pass and a bounded rest, however deep it is.
const large = 4 << 10

// place is where a child is in a text.
type place struct {
	from    int          // where the child before ends
	key     jsonraw.Span // of the name; empty in an array
	val, to int          // of the value
	body    *body
}

// level is a container that is being read.
type level struct {
	at     int  // of its bracket
	object bool // its children have names
	from   int  // where the next leaf begins
	places []place
	child  place // the child that is being read
	leaves []*sequence.List[*leaf]
}

// index reads a container through, and lists what it and each large container below hold.
func index(doc []byte) *body {
	r := &indexer{doc: doc}
	r.enter(0)
	for i := 1; ; {
		l := &r.open[r.depth-1]
		p, ok := next(doc, i, l.object)
		switch {
		case !ok:
			end := min(p.val+1, len(doc))
			b := r.leave(end)
			if r.depth == 0 {
				return b
			}
			i = end
			r.open[r.depth-1].close(doc, end, b)
		case len(doc) >= large && p.val < len(doc) && (doc[p.val] == '{' || doc[p.val] == '['):
			l.child = p
			r.enter(p.val)
			i = p.val + 1
		default:
			l.child = p
			i = jsonraw.ValueEnd(doc, p.val)
			l.close(doc, i, nil)
		}
	}
}

// indexer reads a text. The levels above depth are kept for their memory.
type indexer struct {
	doc   []byte
	open  []level
	depth int
}

// enter begins a container at its bracket.
func (r *indexer) enter(at int) {
	if r.depth == len(r.open) {
		r.open = append(r.open, level{})
	}
	l := &r.open[r.depth]
	r.depth++
	l.at, l.from, l.object = at, at+1, r.doc[at] == '{'
	l.places, l.leaves = l.places[:0], l.leaves[:0]
}

// leave ends the innermost container, and gives what it holds unless that is to be read again.
func (r *indexer) leave(end int) *body {
	r.depth--
	l := &r.open[r.depth]
	if r.depth > 0 && end-l.at < large {
		return nil
	}
	l.settle(r.doc)
	return &body{kids: seq{sequence.Balanced(l.leaves)}, tail: r.doc[l.from:end:end]}
}

// close ends the child that is being read.
func (l *level) close(doc []byte, end int, b *body) {
	l.child.to, l.child.body = end, b
	l.places = append(l.places, l.child)
	if len(l.places) == chunk || end-l.from >= large {
		l.settle(doc)
	}
}

// settle makes a leaf of what was read since the last one.
func (l *level) settle(doc []byte) {
	if len(l.places) == 0 {
		return
	}
	end := l.places[len(l.places)-1].to
	leaf := &leaf{count: len(l.places), raw: doc[l.from:end:end], object: l.object}
	if len(leaf.raw) >= large {
		list := items(doc, l.places)
		leaf.list.Store(&list)
	}
	l.leaves, l.places, l.from = append(l.leaves, sequence.Of(leaf)), l.places[:0], end
}

// parse lists the children in the text of a leaf.
func parse(raw []byte, object bool, count int) []item {
	places := make([]place, 0, count)
	for i := 0; len(places) < count; {
		p, _ := next(raw, i, object)
		i = jsonraw.ValueEnd(raw, p.val)
		p.to = i
		places = append(places, p)
	}
	return items(raw, places)
}

// items makes children of their places.
func items(doc []byte, places []place) []item {
	nodes, list := make([]Node, len(places)), make([]item, len(places))
	for i, p := range places {
		n := &nodes[i]
		n.raw = doc[p.val:p.to:p.to]
		n.kind = jsonraw.KindOf(n.raw)
		n.body.Store(p.body)
		list[i] = item{lead: doc[p.from:p.val:p.val], key: jsonraw.Span{Start: p.key.Start - p.from, End: p.key.End - p.from}, node: n}
	}
	return list
}

// next finds the child that begins after i; without one val is where the container closes.
func next(doc []byte, i int, object bool) (p place, ok bool) {
	p.from = i
	p.key, p.val, ok = jsonraw.NextItem(doc, i, object)
	return p, ok
}
