package jsonraw

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
	"sync"
	"unicode/utf8"
)

// quick passes over JSON at several times the speed of jsontext, which a document of a hundred
// megabytes needs to be on the screen at once. It has no words for a fault: whatever it is not sure
// of, a name that stands twice and a byte that is not UTF-8 among it, it gives up (-1, false), and
// jsontext decides. What it lets through, a strict reader lets through.
type quick struct {
	doc   []byte
	open  []enclosure
	names []Span   // of the members of all open objects
	list  []Member // of the document, see members
}

// quicks are those whose memory is used again.
var quicks = sync.Pool{New: func() any { return new(quick) }}

// keptMost is how many members one that is used again has room for.
const keptMost = 1024

// quickly is a quick for a document; done gives it back.
func quickly(doc []byte) *quick {
	q := quicks.Get().(*quick)
	q.doc = doc
	return q
}

func (q *quick) done() {
	if max(cap(q.list), cap(q.names), cap(q.open)) > keptMost {
		return
	}
	clear(q.open[:cap(q.open)])
	q.doc, q.open, q.names, q.list = nil, q.open[:0], q.names[:0], q.list[:0]
	quicks.Put(q)
}

// enclosure is a container that is open.
type enclosure struct {
	closer byte
	from   int             // its first name in names
	seen   map[string]bool // its names, decoded, once they are many or one is escaped
}

// quickDepth is the nesting up to which it goes, below that of jsontext.
const quickDepth = maxDepth - 1

// compared is the number of names up to which all of an object are compared with a new one.
const compared = 64

// members lists the members of the object that is all of the document.
func (q *quick) members() (list []Member, ok bool) {
	q.list = q.list[:0]
	i := q.begin('{')
	for i >= 0 && q.doc[i] != '}' {
		key := Span{Start: i}
		if i, key.End = q.name(i); i < 0 {
			return nil, false
		}
		val := Span{i, q.value(i)}
		if val.End < 0 {
			return nil, false
		}
		q.list = append(q.list, Member{Key: key, Val: val, Kind: KindOf(val.Of(q.doc))})
		i = q.separator(val.End)
	}
	if i < 0 || !q.ends(i+1) {
		return nil, false
	}
	return q.named(), true
}

// named are the members with their names. The names that need no decoding share one string.
func (q *quick) named() []Member {
	if len(q.list) == 0 {
		return nil
	}
	list, size := make([]Member, len(q.list)), 0
	for i, m := range q.list {
		list[i] = m
		size += m.Key.End - m.Key.Start
	}
	var names strings.Builder
	names.Grow(size)
	for i := range list {
		if literal := list[i].Key.Of(q.doc); bytes.IndexByte(literal, '\\') >= 0 {
			list[i].Name = decode(literal)
		} else {
			from := names.Len()
			names.Write(literal[1 : len(literal)-1])
			list[i].Name = names.String()[from:]
		}
	}
	return list
}

// elements lists the elements of the array that is all of the document.
func (q *quick) elements() (list []Element, ok bool) {
	ok = q.each(func(e Element) bool {
		list = append(list, e)
		return true
	})
	return list, ok
}

// each hands out those elements until take wants no more. It is false when it gives up.
func (q *quick) each(take func(Element) bool) bool {
	i := q.begin('[')
	for i >= 0 && q.doc[i] != ']' {
		val := Span{i, q.value(i)}
		if val.End < 0 {
			return false
		}
		if !take(Element{Val: val, Kind: KindOf(val.Of(q.doc))}) {
			return true
		}
		i = q.separator(val.End)
	}
	return i >= 0 && q.ends(i+1)
}

// whole reports whether the document is one value.
func (q *quick) whole() bool {
	i := q.value(skipSpace(q.doc, 0))
	return i >= 0 && q.ends(i)
}

// ends reports whether nothing but white space stands from i on.
func (q *quick) ends(i int) bool { return skipSpace(q.doc, i) == len(q.doc) }

// begin opens the container that the document starts with, and returns where its first item or its
// end stands.
func (q *quick) begin(opener byte) int {
	i := skipSpace(q.doc, 0)
	if i == len(q.doc) || q.doc[i] != opener {
		return -1
	}
	return q.enter(i)
}

// enter opens the container at i and returns where its first item or its end stands.
func (q *quick) enter(i int) int {
	if len(q.open) >= quickDepth {
		return -1
	}
	q.open = append(q.open, enclosure{closer: q.doc[i] + 2, from: len(q.names)})
	return q.inside(skipSpace(q.doc, i+1))
}

// separator passes over the comma after a value that ends at i, to the next item, or goes to the
// end of the container.
func (q *quick) separator(i int) int {
	if i = q.inside(skipSpace(q.doc, i)); i < 0 || q.doc[i] != ',' {
		if i >= 0 && q.doc[i] != q.top().closer {
			return -1
		}
		return i
	}
	i = q.inside(skipSpace(q.doc, i+1))
	if i >= 0 && q.doc[i] == q.top().closer {
		return -1
	}
	return i
}

// inside is i, unless the document ends there.
func (q *quick) inside(i int) int {
	if i >= len(q.doc) {
		return -1
	}
	return i
}

func (q *quick) top() *enclosure { return &q.open[len(q.open)-1] }

// leave closes the innermost container, whose end is at i, and returns what follows it.
func (q *quick) leave(i int) int {
	q.names = q.names[:q.top().from]
	q.open = q.open[:len(q.open)-1]
	return i + 1
}

// value returns the end of the value at i.
func (q *quick) value(i int) int {
	base := len(q.open)
	for i >= 0 && i < len(q.doc) {
		if c := q.doc[i]; c != '{' && c != '[' {
			i = q.scalar(i)
		} else if i = q.enter(i); i >= 0 && q.doc[i] == q.top().closer {
			i = q.leave(i)
		} else {
			i = q.item(i)
			continue
		}
		for i >= 0 && len(q.open) > base {
			if i = q.separator(i); i >= 0 && q.doc[i] == q.top().closer {
				i = q.leave(i)
				continue
			}
			i = q.item(i)
			break
		}
		if i < 0 || len(q.open) == base {
			return i
		}
	}
	return -1
}

// item passes over the name and the colon before the value of a member; in an array it is i.
func (q *quick) item(i int) int {
	if i >= 0 && q.top().closer == '}' {
		i, _ = q.name(i)
	}
	return i
}

// name reads the name at i, and returns where its value and where the name ends.
func (q *quick) name(i int) (value, end int) {
	if q.doc[i] != '"' {
		return -1, -1
	}
	if end = q.text(i); end < 0 || !q.fresh(Span{i, end}) {
		return -1, -1
	}
	if i = q.inside(skipSpace(q.doc, end)); i < 0 || q.doc[i] != ':' {
		return -1, -1
	}
	return q.inside(skipSpace(q.doc, i+1)), end
}

// fresh notes a name of the innermost object and reports whether it is new there.
func (q *quick) fresh(name Span) bool {
	in, literal := q.top(), name.Of(q.doc)
	before := q.names[in.from:]
	q.names = append(q.names, name)
	if in.seen == nil && len(before) < compared && bytes.IndexByte(literal, '\\') < 0 {
		for _, b := range before {
			if b.End-b.Start == len(literal) && bytes.Equal(b.Of(q.doc), literal) {
				return false
			}
		}
		return true
	}
	if in.seen == nil {
		in.seen = make(map[string]bool, 2*compared)
		for _, b := range before {
			in.seen[decode(b.Of(q.doc))] = true
		}
	}
	text := decode(literal)
	if in.seen[text] {
		return false
	}
	in.seen[text] = true
	return true
}

// scalar returns the end of the string, number or word at i.
func (q *quick) scalar(i int) int {
	switch c := q.doc[i]; {
	case c == '"':
		return q.text(i)
	case c == '-', '0' <= c && c <= '9':
		return q.number(i)
	}
	for _, word := range [...]string{"null", "true", "false"} {
		if len(q.doc)-i >= len(word) && string(q.doc[i:i+len(word)]) == word {
			return i + len(word)
		}
	}
	return -1
}

// number returns the end of the number at i.
func (q *quick) number(i int) int {
	if q.doc[i] == '-' {
		i++
	}
	whole := i
	if i = q.digits(i); i < 0 || q.doc[whole] == '0' && i > whole+1 {
		return -1
	}
	if i < len(q.doc) && q.doc[i] == '.' {
		if i = q.digits(i + 1); i < 0 {
			return -1
		}
	}
	if i < len(q.doc) && q.doc[i]|0x20 == 'e' {
		if i++; i < len(q.doc) && (q.doc[i] == '+' || q.doc[i] == '-') {
			i++
		}
		return q.digits(i)
	}
	return i
}

// digits returns the end of the digits at i, of which there must be one.
func (q *quick) digits(i int) int {
	from := i
	for i < len(q.doc) && '0' <= q.doc[i] && q.doc[i] <= '9' {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

// text returns the end of the string at i.
func (q *quick) text(i int) int {
	for i++; ; {
		if i = plainRun(q.doc, i); i == len(q.doc) {
			return -1
		}
		switch c := q.doc[i]; {
		case c == '"':
			return i + 1
		case c == '\\':
			n := escapeLen(q.doc[i:])
			if n == 0 {
				return -1
			}
			i += n
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(q.doc[i:])
			if r == utf8.RuneError && n == 1 {
				return -1
			}
			i += n
		default:
			return -1
		}
	}
}

// escapeLen is the length of the escape that b starts with, 0 if it is none.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	}
	if _, ok := hex4(b); ok {
		return 6
	}
	return 0
}

// plainRun returns the first position from i on of a byte that is not printable ASCII, or a quote or
// a backslash; the end if there is none. It looks at 32 bytes at a time, then at eight.
func plainRun(b []byte, i int) int {
	for len(b)-i >= 32 {
		w := b[i : i+32 : i+32]
		if special(binary.LittleEndian.Uint64(w))|special(binary.LittleEndian.Uint64(w[8:]))|
			special(binary.LittleEndian.Uint64(w[16:]))|special(binary.LittleEndian.Uint64(w[24:])) != 0 {
			break
		}
		i += 32
	}
	for ; i+8 <= len(b); i += 8 {
		if found := special(binary.LittleEndian.Uint64(b[i:])); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(b) && b[i] >= ' ' && b[i] < utf8.RuneSelf && b[i] != '"' && b[i] != '\\' {
		i++
	}
	return i
}

// special sets the top bit of a byte of a word that is not ASCII, below a space, a quote or a
// backslash. Above the lowest such byte it may be set for others too.
func special(w uint64) uint64 {
	quote, slash := w^(ones*'"'), w^(ones*'\\')
	return (w | (w - ones*' ') | (quote-ones)&^quote | (slash-ones)&^slash) & tops
}
