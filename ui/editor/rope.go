package editor

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Sizes of a rope's leaves in bytes.
const (
	leafMax  = 4096 // a text that comes in whole is cut into slices of this size
	mergeMax = 1024 // neighbours up to this size together are copied into one: what was typed, mostly
)

// node is an immutable rope: a leaf of bytes, or a fork whose sides differ in height by one at most. The
// empty rope is nil. Nodes are shared between versions of a text and never change.
type node struct {
	left, right *node  // nil in a leaf
	bytes       []byte // of a leaf; shared with whoever handed it in
	size        int    // bytes below
	breaks      int    // LF below
	points      int    // code points below: bytes that are no UTF-8 continuation
	height      int    // 0 of a leaf
}

// build makes a rope over b without copying it.
func build(b []byte) *node {
	if len(b) <= leafMax {
		return leaf(b)
	}
	leaves := (len(b) + leafMax - 1) / leafMax
	half := leaves / 2 * leafMax
	return fork(build(b[:half]), build(b[half:]))
}

func leaf(b []byte) *node {
	if len(b) == 0 {
		return nil
	}
	return &node{bytes: b[:len(b):len(b)], size: len(b), breaks: bytes.Count(b, lf), points: countPoints(b)}
}

var lf = []byte{'\n'}

// countPoints counts the bytes that begin a code point. Unlike utf8.RuneCount it gives the same in sum wherever b is cut.
func countPoints(b []byte) int {
	n := len(b)
	for ; len(b) >= 8; b = b[8:] {
		const top = 0x8080808080808080 // a continuation has its top bit set and the next one clear
		x := binary.LittleEndian.Uint64(b)
		n -= bits.OnesCount64(x & (^x << 1) & top)
	}
	for _, c := range b {
		if c&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

func fork(l, r *node) *node {
	return &node{
		left: l, right: r,
		size: l.size + r.size, breaks: l.breaks + r.breaks, points: l.points + r.points,
		height: max(l.height, r.height) + 1,
	}
}

// join is l followed by r. It costs the difference of their heights.
func join(l, r *node) *node {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.height == 0 && r.height == 0 && l.size+r.size <= mergeMax:
		return leaf(append(append(make([]byte, 0, l.size+r.size), l.bytes...), r.bytes...))
	case l.height > r.height+1:
		return balance(l.left, join(l.right, r))
	case r.height > l.height+1:
		return balance(join(l, r.left), r.right)
	case l.height > 0 && r.height == 0 && l.right.height == 0 && l.right.size+r.size <= mergeMax:
		return fork(l.left, join(l.right, r))
	case r.height > 0 && l.height == 0 && r.left.height == 0 && l.size+r.left.size <= mergeMax:
		return fork(join(l, r.left), r.right)
	}
	return fork(l, r)
}

// balance forks two ropes whose heights differ by two at most.
func balance(l, r *node) *node {
	switch {
	case l.height > r.height+1 && l.left.height >= l.right.height:
		return fork(l.left, fork(l.right, r))
	case l.height > r.height+1:
		return fork(fork(l.left, l.right.left), fork(l.right.right, r))
	case r.height > l.height+1 && r.right.height >= r.left.height:
		return fork(fork(l, r.left), r.right)
	case r.height > l.height+1:
		return fork(fork(l, r.left.left), fork(r.left.right, r.right))
	}
	return fork(l, r)
}

// split cuts n before byte at.
func split(n *node, at int) (l, r *node) {
	switch {
	case n == nil || at <= 0:
		return nil, n
	case at >= n.size:
		return n, nil
	case n.height == 0:
		return leaf(n.bytes[:at]), leaf(n.bytes[at:])
	case at < n.left.size:
		l, r = split(n.left, at)
		return l, join(r, n.right)
	}
	l, r = split(n.right, at-n.left.size)
	return join(n.left, l), r
}

// splice is n with the bytes from up to to replaced by b, which is kept and must not change afterwards.
func splice(n *node, from, to int, b []byte) *node {
	l, rest := split(n, from)
	_, r := split(rest, to-from)
	return join(join(l, build(b)), r)
}
