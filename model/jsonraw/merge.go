package jsonraw

import "hash/maphash"

// Merge merges two objects that were both made from base, member by member and through the objects
// they hold: a member that one side alone has added, changed or removed is taken from that side,
// and the same change on both sides once. A base that is missing or null counts as an empty object
// where both sides hold one. ok is false when both sides changed a value that is no object to
// different things, and when one of the three is no object that Check lets through.
//
// The literals are those of the sides, compacted; the members stand in the order of theirs, with
// those that mine added after them.
func Merge(base, mine, theirs []byte) (merged []byte, ok bool) {
	seed := maphash.MakeSeed()
	var trees [3]tree
	for i, doc := range [][]byte{base, mine, theirs} {
		root, ok := parse(doc)
		if !ok || root.kind != Object || Check(doc) != nil {
			return nil, false
		}
		digest(seed, doc, &root)
		trees[i] = tree{doc, &root}
	}
	return mergeObjects(make([]byte, 0, max(len(mine), len(theirs))), trees[0], trees[1], trees[2])
}

// Sum is a hash of what a value means: values that are Equal have the same sum under the same seed.
func Sum(seed maphash.Seed, value []byte) uint64 {
	root, ok := parse(value)
	if !ok {
		return maphash.Bytes(seed, value)
	}
	return digest(seed, value, &root)
}

// tree is a value with its sums, in its document; without a node it is a member that is not there.
type tree struct {
	doc []byte
	*node
}

func (t tree) there() bool { return t.node != nil }

// means compares the sums first, so that values which differ cost nothing. Equal ones are not
// looked into again, which keeps a merge linear at any depth.
func (t tree) means(u tree) bool {
	if !t.there() || !u.there() {
		return t.there() == u.there()
	}
	return t.sum == u.sum && (&comparer{a: t.doc, b: u.doc}).equal(t.node, u.node)
}

// is tells whether t is there and of a kind.
func (t tree) is(kind Kind) bool { return t.there() && t.kind == kind }

// mergeObjects appends the merge of two objects; base is an object, null or not there.
func mergeObjects(dst []byte, base, mine, theirs tree) ([]byte, bool) {
	inBase, inMine, inTheirs := base.finder(), mine.finder(), theirs.finder()
	dst = append(dst, '{')
	var ok bool
	for i := range theirs.kids {
		their := tree{theirs.doc, &theirs.kids[i]}
		if dst, ok = mergeMember(dst, inBase(their.name), inMine(their.name), their); !ok {
			return nil, false
		}
	}
	for i := range mine.kids {
		my := tree{mine.doc, &mine.kids[i]}
		if inTheirs(my.name).there() {
			continue
		}
		if dst, ok = mergeMember(dst, inBase(my.name), my, tree{}); !ok {
			return nil, false
		}
	}
	return append(dst, '}'), true
}

// mergeMember appends the merge of one member, nothing when it was removed.
func mergeMember(dst []byte, base, mine, theirs tree) ([]byte, bool) {
	winner := theirs
	switch {
	case mine.means(theirs), mine.means(base):
	case theirs.means(base):
		winner = mine
	case mine.is(Object) && theirs.is(Object) && (!base.there() || base.is(Object) || base.is(Null)):
		return mergeObjects(theirs.appendKey(dst), base, mine, theirs)
	default:
		return nil, false
	}
	if !winner.there() {
		return dst, true
	}
	return winner.appendCompact(winner.appendKey(dst), winner.doc), true
}

// finder returns a function that finds a member by its name.
func (t tree) finder() func(name string) tree {
	if !t.is(Object) {
		return func(string) tree { return tree{} }
	}
	find := finder(t.kids)
	return func(name string) tree {
		if i := find(name); i >= 0 {
			return tree{t.doc, &t.kids[i]}
		}
		return tree{}
	}
}

// appendKey appends the member's name and what stands around it.
func (t tree) appendKey(dst []byte) []byte {
	if dst[len(dst)-1] != byte(Object) { // no value ends so
		dst = append(dst, ',')
	}
	return append(append(dst, t.key.Of(t.doc)...), ':')
}
