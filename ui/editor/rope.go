package editor

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"errata/model/sequence"
)

// Sizes of a rope's leaves in bytes.
const (
	leafMax = 4096 // a text that comes in whole is cut into slices of this size
	// neighbours up to this size together are copied into one: what was typed, mostly
	mergeMax = 1024
)

// rope is a text, cut into pieces. The zero rope is the empty text.
type rope struct{ *sequence.List[piece] }

// piece is some bytes of a text, shared with whoever handed them in.
type piece []byte

// What is counted of a text: code points are the bytes that are not UTF-8 continuation.
const (
	size = iota
	breaks
	points
)

// Sums counts bytes, LF and code points.
func (p piece) Sums() sequence.Sums {
	return sequence.Sums{size: len(p), breaks: bytes.Count(p, lf), points: countPoints(p)}
}

// Split shares the bytes.
func (p piece) Split(at int) (piece, piece) { return p[:at:at], p[at:] }

// Join copies small neighbours together.
func (p piece) Join(next piece) (piece, bool) {
	if len(p)+len(next) > mergeMax {
		return nil, false
	}
	return append(append(make(piece, 0, len(p)+len(next)), p...), next...), true
}

// build makes a rope over b without copying it.
func build(b []byte) rope {
	leaves := make([]*sequence.List[piece], 0, (len(b)+leafMax-1)/leafMax)
	for part := range slices.Chunk(piece(b), leafMax) {
		leaves = append(leaves, sequence.Of(part))
	}
	return rope{sequence.Balanced(leaves)}
}

var lf = []byte{'\n'}

// countPoints counts the bytes that begin a code point. Unlike utf8.RuneCount it gives the same in
// sum wherever b is cut.
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

// splice is n with the bytes from up to to replaced by b, which is kept and must not change
// afterwards.
func splice(n rope, from, to int, b []byte) rope {
	return rope{sequence.Splice(n.List, from, to, build(b).List)}
}
