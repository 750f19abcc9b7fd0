package jsonraw

import "hash/maphash"

// Merge merges two objects that were both made from base, member by member and through the objects
// they hold: a member that one side alone has added, changed or removed is taken from that side,
// and the same change on both sides once. A base that is missing or null counts as an empty object
// where both sides hold one. ok is false when both sides changed a value that is not an object to
// different things, and when one of the three is not an object that Check lets through.
//
// The literals are those of the sides, compacted; the members are in the order of theirs, with
// those that mine added after them.
func Merge(base, mine, theirs []byte) (merged []byte, ok bool) {
	var values [3]value
	m := merger{grafter{maphash.MakeSeed()}}
	for i, doc := range [][]byte{base, mine, theirs} {
		v, ok := read(doc)
		if !ok || v.kind() != Object || Check(doc) != nil {
			return nil, false
		}
		v.in.unique = true
		v.in.note(m.seed)
		values[i] = v
	}
	return m.objects(make([]byte, 0, max(len(mine), len(theirs))), values[0], values[1], values[2])
}

// Sum is a hash of what a value means: values that are Equal have the same sum under the same seed.
func Sum(seed maphash.Seed, doc []byte) uint64 {
	v, ok := read(doc)
	if !ok {
		return maphash.Bytes(seed, doc)
	}
	sum, _ := v.in.digest(seed, 0, false)
	return sum
}

// merger compares as a grafter does: equal values are not looked into again, which keeps a merge
// linear at any depth.
type merger struct{ grafter }

// same reports whether two values mean the same, or are both not there.
func (m *merger) same(v, w value) bool {
	if !v.there() || !w.there() {
		return v.there() == w.there()
	}
	return m.means(v, w)
}

// objects appends the merge of two objects; base is an object, null or not there.
func (m *merger) objects(dst []byte, base, mine, theirs value) ([]byte, bool) {
	_, inBase := membersOf(base)
	my, inMine := membersOf(mine)
	their, inTheirs := membersOf(theirs)
	dst = append(dst, '{')
	var ok bool
	for _, v := range their {
		if dst, ok = m.member(dst, inBase(v.name), inMine(v.name), v); !ok {
			return nil, false
		}
	}
	for _, v := range my {
		if inTheirs(v.name).there() {
			continue
		}
		if dst, ok = m.member(dst, inBase(v.name), v, value{}); !ok {
			return nil, false
		}
	}
	return append(dst, '}'), true
}

// member appends the merge of one member, nothing when it was removed.
func (m *merger) member(dst []byte, base, mine, theirs value) ([]byte, bool) {
	winner := theirs
	switch {
	case m.same(mine, theirs), m.same(mine, base):
	case m.same(theirs, base):
		winner = mine
	case mine.kind() == Object && theirs.kind() == Object && (!base.there() || base.kind() == Object || base.kind() == Null):
		return m.objects(theirs.appendKey(dst), base, mine, theirs)
	default:
		return nil, false
	}
	if !winner.there() {
		return dst, true
	}
	return winner.appendCompact(winner.appendKey(dst)), true
}

// membersOf lists the members of an object, and finds one by its name; there are none in any other
// value.
func membersOf(v value) (list []value, find func(name string) value) {
	if v.kind() != Object {
		return nil, func(string) value { return value{} }
	}
	list, _ = v.items()
	index := finder(list)
	return list, func(name string) value {
		if i := index(name); i >= 0 {
			return list[i]
		}
		return value{}
	}
}

// appendKey appends the member's name and what is around it.
func (v value) appendKey(dst []byte) []byte {
	if dst[len(dst)-1] != byte(Object) { // no value ends so
		dst = append(dst, ',')
	}
	return append(append(dst, v.key.Of(v.in.doc)...), ':')
}
