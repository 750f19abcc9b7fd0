package index

import (
	"encoding/binary"
	"math/bits"
)

// Span is how many texts a block holds.
const Span = 8000

// SliceBytes is the size of a slice.
const SliceBytes = Span / 8

// Block is the signatures of Span texts turned on their side: slice b holds bit b of each text.
// To look for a word, only the slices of its bits are read.
type Block struct{ slices []byte }

// NewBlock is a block of empty texts.
func NewBlock() *Block { return &Block{make([]byte, Bits*SliceBytes)} }

// Slice is one slice; a caller that fills it must not keep it.
func (b *Block) Slice(bit Bit) []byte {
	return b.slices[int(bit)*SliceBytes : int(bit+1)*SliceBytes]
}

// count is how many texts a slice has.
func count(slice []byte) int {
	n := 0
	for _, octet := range slice {
		n += bits.OnesCount8(octet)
	}
	return n
}

// Put makes signature that of text i in place of the one that it had.
func (b *Block) Put(i int, signature []byte) {
	at, mask := i/8, byte(1)<<(i%8)
	for n, octet := range signature {
		for bit := range 8 {
			if octet&(1<<bit) != 0 {
				b.slices[(n*8+bit)*SliceBytes+at] |= mask
			} else {
				b.slices[(n*8+bit)*SliceBytes+at] &^= mask
			}
		}
	}
}

// Add is Put for a text that has no signature yet.
func (b *Block) Add(i int, signature []byte) {
	at, mask := i/8, byte(1)<<(i%8)
	for n := 0; n+8 <= len(signature); n += 8 {
		for word := binary.LittleEndian.Uint64(signature[n:]); word != 0; word &= word - 1 {
			bit := n*8 + bits.TrailingZeros64(word)
			b.slices[bit*SliceBytes+at] |= mask
		}
	}
}

// Signature is what the slices say of text i.
func (b *Block) Signature(i int) []byte {
	var s Signature
	at, mask := i/8, byte(1)<<(i%8)
	for bit := range Bits {
		if b.slices[bit*SliceBytes+at]&mask != 0 {
			s.Set(Bit(bit))
		}
	}
	return s[:]
}
