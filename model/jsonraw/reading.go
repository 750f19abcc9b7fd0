package jsonraw

import (
	"bytes"
	"errors"
	"hash/maphash"
	"io"
	"sort"
	"unsafe"
)

// reading is a document that is well formed, in which values are found by where they are. It is not
// a tree: what a container holds is listed when somebody asks for it, and again when asked again.
type reading struct {
	doc    []byte
	unique bool // no name stands twice in an object
	// Bytes that may still be read to find the ends of values. Then those of all containers are
	// noted, so that a value costs no more than a few passes however deep it is.
	left   int
	notes  []note  // of all containers, in their order; nil until they were needed
	listed []value // what was listed and is still looked at, the latest last
}

// note is a container of a document.
type note struct {
	at, end int
	sum     uint64 // of its meaning
}

// value is a value of a document; the zero value is one that is not there.
type value struct {
	in   *reading
	name string // of a member, decoded
	key  Span   // of a member
	at   Span
}

// passes is how often a document is read before the ends of its containers are noted.
const passes = 8

// read is the value of a document. ok is false when it does not hold one well-formed value.
func read(doc []byte) (v value, ok bool) {
	doc = Trim(doc)
	unique, ok := wellFormed(doc)
	r := &reading{doc: doc, unique: unique, left: passes * len(doc)}
	return value{in: r, at: Span{0, len(doc)}}, ok
}

// wellFormed reports whether a text is one value, and whether a strict reader would take it. Names
// that stand twice and bad bytes are let through.
func wellFormed(text []byte) (strict, ok bool) {
	if (&quick{doc: text}).whole() {
		return true, true
	}
	dec := newDecoder(text, lax)
	if dec.SkipValue() != nil {
		return false, false
	}
	_, err := dec.ReadToken()
	return false, errors.Is(err, io.EOF)
}

func (v value) there() bool { return v.in != nil }

// literal is the value as written.
func (v value) literal() []byte { return v.at.Of(v.in.doc) }

// kind is the kind of the value, None of one that is not there.
func (v value) kind() Kind {
	if !v.there() {
		return None
	}
	if c := v.in.doc[v.at.Start]; c != '-' && (c < '0' || c > '9') {
		return Kind(c)
	}
	return Number
}

// items lists what a container holds, until forget. repeated says that a name stands twice.
func (v value) items() (list []value, repeated bool) {
	r, object, before := v.in, v.kind() == Object, len(v.in.listed)
	for i := v.at.Start + 1; ; {
		key, at, ok := NextItem(r.doc, i, object)
		if !ok {
			list = r.listed[before:len(r.listed):len(r.listed)]
			return list, object && !r.unique && repeats(list)
		}
		i = r.end(at)
		item := value{in: r, at: Span{at, i}}
		if object {
			item.key, item.name = key, shared(key.Of(r.doc))
		}
		r.listed = append(r.listed, item)
	}
}

// forget gives the memory of the latest list back.
func (v value) forget(list []value) { v.in.listed = v.in.listed[:len(v.in.listed)-len(list)] }

// shared is the text of a literal, in the memory of the literal where that spells it out.
func shared(literal []byte) string {
	if bytes.IndexByte(literal, '\\') >= 0 || len(literal) < 2 {
		return decode(literal)
	}
	body := literal[1 : len(literal)-1]
	return unsafe.String(unsafe.SliceData(body), len(body))
}

// end is the position after the value at i.
func (r *reading) end(i int) int {
	if c := r.doc[i]; c == '{' || c == '[' {
		if r.left < 0 && r.notes == nil {
			r.note(maphash.MakeSeed())
		}
		if n := r.noted(i); n != nil {
			return n.end
		}
	}
	end := ValueEnd(r.doc, i)
	r.left -= end - i
	return end
}

// noted is the note on the container at i, nil when nothing was noted.
func (r *reading) noted(i int) *note {
	if r.notes == nil {
		return nil
	}
	return &r.notes[sort.Search(len(r.notes), func(k int) bool { return r.notes[k].at >= i })]
}

// note notes where all containers end and what they mean: those that mean the same have the same
// sum.
func (r *reading) note(seed maphash.Seed) {
	r.notes = make([]note, 0, min(bytes.Count(r.doc, []byte("{"))+bytes.Count(r.doc, []byte("[")), len(r.doc)/few))
	r.digest(seed, 0, true)
}

// digest sums up the value at i, which ends at end.
func (r *reading) digest(seed maphash.Seed, i int, note bool) (sum uint64, end int) {
	if c := Kind(r.doc[i]); c == Object || c == Array {
		return r.digestItems(seed, i, note)
	}
	end = ValueEnd(r.doc, i)
	return digestScalar(seed, r.doc[i:end]), end
}

// digestItems sums up a container: a list in its order, an object in any.
func (r *reading) digestItems(seed maphash.Seed, i int, noting bool) (sum uint64, end int) {
	object, mine := r.doc[i] == '{', len(r.notes)
	if noting {
		r.notes = append(r.notes, note{at: i})
	}
	total, count := uint64(0), 0
	for end = i + 1; ; count++ {
		key, at, ok := NextItem(r.doc, end, object)
		if !ok {
			end = at + 1
			break
		}
		const odd = 0x9E3779B97F4A7C15
		if sum, end = r.digest(seed, at, noting); object {
			total += (maphash.String(seed, shared(key.Of(r.doc))) ^ sum) * odd
		} else {
			total = (total ^ sum) * odd
		}
	}
	sum = maphash.Comparable(seed, container{object, count, total})
	if noting {
		r.notes[mine].end, r.notes[mine].sum = end, sum
	}
	return sum, end
}

// What is summed up of a container, and of a number.
type (
	container struct {
		object bool
		count  int
		total  uint64
	}
	figures struct {
		negative    bool
		digits, far string
		exponent    int64
	}
)

// digestScalar sums up a string, a number or a word.
func digestScalar(seed maphash.Seed, literal []byte) uint64 {
	switch kind := KindOf(literal); kind {
	case String:
		return maphash.String(seed, shared(literal))
	case Number:
		d := decimal(literal)
		f := figures{negative: d.negative, digits: d.digits, exponent: d.exponent}
		if d.far != nil {
			f.far = d.far.String()
		}
		return maphash.Comparable(seed, f)
	default:
		return maphash.Comparable(seed, kind)
	}
}

// appendCompact appends the value without the white space between its parts.
func (v value) appendCompact(dst []byte) []byte { return appendCompact(dst, v.literal()) }

// appendCompact appends a well-formed text without the white space between its parts.
func appendCompact(dst, text []byte) []byte {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			end := StringEnd(text, i)
			dst = append(dst, text[i:end]...)
			i = end
		case isSpace(c):
			i++
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

// few is the number of members up to which comparing all pairs beats a map.
const few = 8

func repeats(list []value) bool {
	find := finder(list)
	for i := range list {
		if find(list[i].name) != i {
			return true
		}
	}
	return false
}

// finder returns a function that finds a member by its name, -1 when there is none; the last one of
// those with the same name.
func finder(list []value) func(name string) int {
	if len(list) <= few {
		return func(name string) int {
			for i := len(list) - 1; i >= 0; i-- {
				if list[i].name == name {
					return i
				}
			}
			return -1
		}
	}
	index := make(map[string]int, len(list))
	for i := range list {
		index[list[i].name] = i
	}
	return func(name string) int {
		if i, ok := index[name]; ok {
			return i
		}
		return -1
	}
}
