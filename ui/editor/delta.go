package editor

import "bytes"

// Since tells the one replacement that makes old into t: del bytes at byte at became ins. What the two share is passed over without
// being read, so that after a key it costs about as much as the key did.
func (t Text) Since(old Text) (at, del int, ins []byte) {
	if t.Same(old) {
		return 0, 0, nil
	}
	most := min(old.Len(), t.Len())
	at = shared(old.root, t.root, most, false)
	tail := shared(old.root, t.root, most-at, true)
	end := t.Len() - tail
	return at, old.Len() - tail - at, t.root.appendTo(make([]byte, 0, end-at), at, end)
}

// shared is how many bytes two ropes both begin with, or end with where back, at most limit.
func shared(a, b *node, limit int, back bool) (n int) {
	x, y := &side{stack: []*node{a}, back: back}, &side{stack: []*node{b}, back: back}
	for n < limit {
		if len(x.part) == 0 && len(y.part) == 0 {
			p, q := x.top(), y.top()
			switch {
			case p == q:
				n += x.pop().size
				y.pop()
				continue
			case p.height > 0 && (p.size >= q.size || q.height == 0):
				x.open()
				continue
			case q.height > 0:
				y.open()
				continue
			}
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
	return min(n, limit)
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

// side walks a rope from one of its ends. There must be something left when it is asked.
type side struct {
	stack []*node // what is left, the next on top
	part  []byte  // what is left of a leaf, before all that
	back  bool
}

func (s *side) top() *node { return s.stack[len(s.stack)-1] }

func (s *side) pop() *node {
	n := s.top()
	s.stack = s.stack[:len(s.stack)-1]
	return n
}

// open puts the halves of the next node in its place.
func (s *side) open() {
	n := s.pop()
	if s.back {
		s.stack = append(s.stack, n.left, n.right)
	} else {
		s.stack = append(s.stack, n.right, n.left)
	}
}

// bytes is the next piece.
func (s *side) bytes() []byte {
	if len(s.part) == 0 {
		for s.top().height > 0 {
			s.open()
		}
		s.part = s.pop().bytes
	}
	return s.part
}

// head is the next k bytes of the piece.
func (s *side) head(k int) []byte {
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
