package find

import (
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/stringlines"
)

// scan goes through a literal, which is well formed, from value to value, and looks closer only
// where its probe finds something.
type scan struct {
	*walker
	raw    []byte
	places *Places // nil when any text may match
	near   int     // the next place
	within *text   // the text that the literal is in, nil for none
	asked  int     // values and KiB since somebody asked whether to go on
}

// shallow is down to which depth a container in which nothing is to be found is passed in one go.
// Those below are not, or a value that is nested deep would be read again for each level.
const shallow = 2

// may reports whether a match can be between two places. Calls go forward.
func (s *scan) may(from, to int) bool {
	return s.next(from) < to
}

// next is the first place from a byte on at which a match can be.
func (s *scan) next(from int) int {
	if s.places == nil {
		return from
	}
	if s.near < from {
		if s.near = s.places.Next(from); s.near < 0 {
			s.near = len(s.raw)
		}
	}
	return s.near
}

// over reports whether the rest need not be looked at.
func (s *scan) over(i int) bool {
	if s.asked++; s.asked >= 1024 {
		s.asked = 0
		s.done(s.passed + i)
	}
	return s.ended || i >= len(s.raw) || s.next(i) >= len(s.raw)
}

// value searches the value at i, which is the member name of an object, and returns where it ends.
// When nothing more is to be found that is the end of the literal.
func (s *scan) value(i int, name string) (end int) {
	switch s.raw[i] {
	case '{':
		return s.container(i, true, name)
	case '[':
		return s.container(i, false, name)
	case '"':
		end = jsonraw.StringEnd(s.raw, i)
		if s.may(i, end) && !held(name, s.raw[i:end]) {
			s.text(i, end, name)
		}
		return end
	}
	end = jsonraw.ValueEnd(s.raw, i)
	if s.may(i, end) {
		s.matches(s.counted(), 0, piece{of: string(s.raw[i:end]), raw: s.raw[i:end], at: i})
	}
	return end
}

// held reports whether a string is a picture, a sound or a file, of whose letters nobody sees any.
func held(name string, literal []byte) bool {
	_, ok := media.Of(name, literal)
	return ok
}

// counted is what the hits of a value are counted in.
func (s *scan) counted() *text {
	if s.within != nil {
		return s.within
	}
	return &text{}
}

// container searches the members of an object, or the elements of a list.
func (s *scan) container(i int, object bool, called string) (end int) {
	if depth := len(s.path); s.places != nil && 0 < depth && depth <= shallow && s.within == nil {
		if end = jsonraw.ValueEnd(s.raw, i); !s.may(i, end) {
			s.asked += (end - i) >> 10
			return end
		}
	}
	was := s.enter(called)
	s.inOrder(object && s.within == nil, func() { end = s.items(i+1, object) })
	s.in = was
	return end
}

// items searches what is in a container from a byte on, and returns where that ends.
func (s *scan) items(i int, object bool) (end int) {
	for k := 0; !s.over(i); k++ {
		key, value, ok := jsonraw.NextItem(s.raw, i, object)
		if i = value; !ok {
			break
		}
		if s.within == nil {
			s.path = append(s.path, k)
		}
		name, hidden := s.member(key, value, object)
		if hidden {
			i = jsonraw.ValueEnd(s.raw, value)
		} else {
			i = s.value(value, name)
		}
		if s.within == nil {
			s.path = s.path[:len(s.path)-1]
		}
	}
	return min(i+1, len(s.raw))
}

// member searches the name of a member and returns it, decoded where anybody asks for it.
func (s *scan) member(key jsonraw.Span, value int, object bool) (name string, hidden bool) {
	found := s.may(key.Start, key.End)
	if !object || s.o.Hides == nil && s.o.Packed == nil && s.o.Rank == nil && !found {
		return "", false
	}
	l := stringlines.Text(key.Of(s.raw))
	name = l.Decode(l.First(), l.End())
	if s.within == nil {
		s.rank(name)
	}
	switch {
	case s.within != nil && found:
		s.matches(s.within, 0, piece{of: name, raw: stringlines.Inside(l), at: key.Start + 1})
	case s.within != nil:
	case found:
		hidden = s.name(name, s.raw[value:], l, key.Start)
	case s.o.Hides != nil:
		_, hidden = s.o.Hides(s.in, name, s.raw[value:])
	}
	return name, hidden
}

// text searches the text of a string, or the JSON that it holds.
func (s *scan) text(i, end int, name string) {
	raw := stringlines.Text(s.raw[i:end])
	if s.within == nil && s.o.Packed != nil && end-i <= packedBytes && s.o.Packed(name) {
		inner := []byte(raw.Decode(raw.First(), raw.End()))
		if k := jsonraw.KindOf(inner); (k == jsonraw.Object || k == jsonraw.Array) && jsonraw.Check(inner) == nil {
			packed := stringlines.Cursor{Inside: stringlines.Inside(raw)}
			s.literal(jsonraw.Trim(inner), "", &text{packed: &packed, at: i + 1, lead: jsonraw.SkipSpace(inner, 0)})
			return
		}
	}
	s.lines(s.counted(), stringlines.Parts{Text: raw, Whole: media.Within(raw)}, i, func(from int) int { return s.next(i+from) - i })
}
