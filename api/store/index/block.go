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
type Block struct {
	slices []byte
	added  *added // what Add has yet to put into them, nil for nothing
}

// NewBlock is a block of empty texts.
func NewBlock() *Block { return &Block{slices: make([]byte, Bits*SliceBytes)} }

// Slice is one slice; a caller that fills it must not keep it.
func (b *Block) Slice(bit Bit) []byte {
	b.turnAdded()
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

// Put makes signature that of text i instead of the one that it had.
func (b *Block) Put(i int, signature []byte) {
	b.turnAdded()
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

// square is how many signatures are turned on their side together: as many as a word has bits. One
// by one, each of their bits would be somewhere else in memory.
const square = 64

// added are signatures of texts in a row that are turned together.
type added struct {
	from  int // the first of them, a multiple of square
	words [square][Bits / square]uint64
}

// Add is Put for a text that has no signature yet.
func (b *Block) Add(i int, signature []byte) {
	from := i / square * square
	if b.added == nil || b.added.from != from {
		b.turnAdded()
		b.added = &added{from: from}
	}
	row := &b.added.words[i-from]
	for n := range row {
		row[n] |= binary.LittleEndian.Uint64(signature[n*8:])
	}
}

// turnAdded puts what was added into the slices.
func (b *Block) turnAdded() {
	if b.added == nil {
		return
	}
	a := b.added
	b.added = nil
	for n := range Bits / square {
		var bits [square]uint64
		for i := range bits {
			bits[i] = a.words[i][n]
		}
		turn(&bits)
		for i, texts := range bits {
			if texts != 0 {
				at := b.slices[(n*square+i)*SliceBytes+a.from/8:]
				binary.LittleEndian.PutUint64(at, binary.LittleEndian.Uint64(at)|texts)
			}
		}
	}
}

// turn exchanges rows and columns of bits: of ever smaller squares, the one above the diagonal for
// the one below.
func turn(rows *[square]uint64) {
	mask := uint64(1)<<(square/2) - 1
	for side := square / 2; side > 0; side, mask = side/2, mask^mask<<(side/2) {
		for i := 0; i < square; i = (i + side + 1) &^ side {
			swapped := (rows[i]>>side ^ rows[i+side]) & mask
			rows[i] ^= swapped << side
			rows[i+side] ^= swapped
		}
	}
}

// Signature is what the slices say of text i.
func (b *Block) Signature(i int) []byte {
	b.turnAdded()
	var s Signature
	at, mask := i/8, byte(1)<<(i%8)
	for bit := range Bits {
		if b.slices[bit*SliceBytes+at]&mask != 0 {
			s.Set(Bit(bit))
		}
	}
	return s[:]
}
