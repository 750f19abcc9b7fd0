package jsonraw

// node is a value and what it holds, as spans of its document.
type node struct {
	kind  Kind
	name  string // of a member, decoded
	key   Span   // of a member
	val   Span
	kids  []node
	twice bool   // an object that holds a name twice
	sum   uint64 // of its meaning, once Graft has computed it
}

// parse reads the value in doc. ok is false when doc does not hold one well-formed value.
func parse(doc []byte) (root node, ok bool) {
	g := grower{scanner: newScanner(doc)}
	t, err := g.next()
	if err != nil {
		return node{}, false
	}
	root, err = g.build(t)
	return root, err == nil && skipSpace(doc, root.val.End) == len(doc)
}

// grower builds a tree. The nodes of containers that are still open lie on one stack, those of
// closed ones in a few large blocks: a tree of a million small values costs a handful of
// allocations.
type grower struct {
	*scanner
	open  []node
	block []node
}

// build reads the rest of the value that starts with t. The recursion ends at maxDepth.
func (g *grower) build(t token) (node, error) {
	n := node{kind: t.kind, val: t.Span}
	if !t.opens() {
		return n, nil
	}
	base := len(g.open)
	for {
		t, err := g.next()
		if err != nil {
			return n, err
		}
		if t.closes() {
			n.val.End = t.End
			break
		}
		var name token
		if t.name {
			name = t
			if t, err = g.next(); err != nil {
				return n, err
			}
		}
		kid, err := g.build(t)
		if err != nil {
			return n, err
		}
		if name.name {
			kid.key, kid.name = name.Span, decode(name.Of(g.doc))
		}
		g.open = append(g.open, kid)
	}
	n.kids = g.settle(base)
	n.twice = n.kind == Object && repeats(n.kids)
	return n, nil
}

// settle moves what lies on the stack from base on into a block.
func (g *grower) settle(base int) []node {
	count := len(g.open) - base
	if cap(g.block)-len(g.block) < count {
		g.block = make([]node, 0, max(count, min(len(g.doc)/8, 4096)))
	}
	from := len(g.block)
	g.block = append(g.block, g.open[base:]...)
	g.open = g.open[:base]
	return g.block[from:len(g.block):len(g.block)]
}

// appendCompact appends the literals of n without the white space between them.
func (n *node) appendCompact(dst, doc []byte) []byte {
	if n.kind != Object && n.kind != Array {
		return append(dst, n.val.Of(doc)...)
	}
	dst = append(dst, byte(n.kind))
	for i := range n.kids {
		if i > 0 {
			dst = append(dst, ',')
		}
		kid := &n.kids[i]
		if n.kind == Object {
			dst = append(append(dst, kid.key.Of(doc)...), ':')
		}
		dst = kid.appendCompact(dst, doc)
	}
	return append(dst, n.kind.closer())
}

// few is the number of members up to which comparing all pairs beats a map.
const few = 8

func repeats(kids []node) bool {
	if len(kids) <= few {
		for i := range kids {
			for j := range i {
				if kids[i].name == kids[j].name {
					return true
				}
			}
		}
		return false
	}
	seen := make(map[string]bool, len(kids))
	for i := range kids {
		if seen[kids[i].name] {
			return true
		}
		seen[kids[i].name] = true
	}
	return false
}

// finder returns a function that finds a member by its name, -1 when there is none.
func finder(kids []node) func(name string) int {
	if len(kids) <= few {
		return func(name string) int {
			for i := range kids {
				if kids[i].name == name {
					return i
				}
			}
			return -1
		}
	}
	index := make(map[string]int, len(kids))
	for i := range kids {
		index[kids[i].name] = i
	}
	return func(name string) int {
		if i, ok := index[name]; ok {
			return i
		}
		return -1
	}
}
