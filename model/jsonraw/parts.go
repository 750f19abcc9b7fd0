package jsonraw

import "slices"

// Parts are the bytes of a document, which are in several places of memory: one that was made of
// another shares with it what is large.
type Parts [][]byte

// Len is the number of bytes.
func (p Parts) Len() (n int) {
	for _, part := range p {
		n += len(part)
	}
	return n
}

// Of returns the bytes that the span covers. They are copied only where they are in more than one
// part.
func (p Parts) Of(s Span) []byte {
	at := s
	for _, part := range p {
		if at.Start < len(part) {
			if 0 <= at.Start && at.Start < at.End && at.End <= len(part) {
				return at.Of(part)
			}
			break
		}
		at = at.by(-len(part))
	}
	return p.within(s).Join()
}

// Join is the document in one piece, which is copied unless it is one.
func (p Parts) Join() []byte {
	if len(p) == 1 {
		return p[0]
	}
	return slices.Concat(p...)
}

// within are the parts of a span.
func (p Parts) within(s Span) (list Parts) {
	for _, part := range p {
		if from, to := max(s.Start, 0), min(s.End, len(part)); from < to {
			list = append(list, part[from:to:to])
		}
		s = s.by(-len(part))
	}
	return list
}

// shareFrom is the size of what is shared with another document and not copied, in bytes.
const shareFrom = 1 << 20

// shared are the parts of a span, for another document. What is small is copied, and so is what is
// less than half of a part: all of that would stay in memory.
func (p Parts) shared(s Span) (list []segment) {
	for _, part := range p {
		if from, to := max(s.Start, 0), min(s.End, len(part)); from < to {
			list = append(list, segment{part[from:to:to], to-from >= shareFrom && 2*(to-from) >= len(part)})
		}
		s = s.by(-len(part))
	}
	return list
}

// segment is a part of a new document that is made of others.
type segment struct {
	bytes  []byte
	shares bool
}

// composed puts a document together: what is not shared and is side by side is one part. None is
// empty: the first byte says of which kind a value is.
func composed(list []segment) (out Parts) {
	for len(list) > 0 {
		if list[0].shares {
			out, list = append(out, list[0].bytes), list[1:]
			continue
		}
		var run Parts
		for len(list) > 0 && !list[0].shares {
			run, list = append(run, list[0].bytes), list[1:]
		}
		if part := slices.Concat(run...); len(part) > 0 {
			out = append(out, part)
		}
	}
	return out
}
