package editor

import (
	"bytes"

	"errata/model/sequence"
)

// Since is the one replacement that turns old into t: del bytes at byte at became ins. What the two
// share is passed over without being read, so that after a key it costs about as much as the key
// did.
func (t Text) Since(old Text) (at, del int, ins []byte) {
	if t.Same(old) {
		return 0, 0, nil
	}
	head, tail := t.Ends(old)
	return head, old.Len() - tail - head, t.Slice(head, t.Len()-tail)
}

// Ends is how many bytes two texts both begin with, and how many of the others they both end with.
// What they share is not read.
func (t Text) Ends(old Text) (head, tail int) {
	if t.Same(old) {
		return t.Len(), 0
	}
	most := min(old.Len(), t.Len())
	head = shared(old.root, t.root, most, false)
	return head, shared(old.root, t.root, most-head, true)
}

// shared is how many bytes two ropes both begin with, or end with where back, at most limit.
func shared(a, b rope, limit int, back bool) (n int) {
	x, y := side{Cursor: a.From(back), back: back}, side{Cursor: b.From(back), back: back}
	for n < limit {
		if len(x.part) == 0 && len(y.part) == 0 {
			n += sequence.Shared(x.Cursor, y.Cursor, limit-n)[size]
		}
		u, v := x.bytes(), y.bytes()
		k := min(len(u), len(v), limit-n)
		if m := alike(x.head(k), y.head(k), back); m < k {
			return n + m
		}
		x.skip(k)
		y.skip(k)
		n += k
	}
	return n
}

// alike is how many bytes of two of the same length are equal, from the start or from the end.
func alike(u, v []byte, back bool) (n int) {
	if len(u) == 0 || &u[0] == &v[0] || bytes.Equal(u, v) {
		return len(u)
	}
	if back {
		for u[len(u)-1-n] == v[len(v)-1-n] {
			n++
		}
		return n
	}
	for u[n] == v[n] {
		n++
	}
	return n
}

// side walks a rope from one of its ends.
type side struct {
	*sequence.Cursor[piece]
	part piece // what is left of a piece, before all that is ahead
	back bool
}

// bytes is the next piece, empty at the end.
func (s *side) bytes() piece {
	if len(s.part) == 0 {
		s.part, _ = s.Next()
	}
	return s.part
}

// head is the next k bytes of the piece.
func (s *side) head(k int) piece {
	if s.back {
		return s.part[len(s.part)-k:]
	}
	return s.part[:k]
}

func (s *side) skip(k int) {
	if s.back {
		s.part = s.part[:len(s.part)-k]
	} else {
		s.part = s.part[k:]
	}
}
