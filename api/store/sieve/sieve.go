// Package sieve tells which of many texts cannot contain a word, without reading them: each text leaves a signature of 4096 bits, one
// for each three letters in a row, and a word is looked for only where all bits of its own letters are set. It errs to one side: a text that
// contains the word always passes.
//
// It knows bits and letters. It must not know SQL, documents or how letters are folded.
package sieve

// Bits is the size of a signature. A text of 1 KB sets about an eighth of them.
const Bits = 4096

// Signature is the bits of one text. The zero Signature is that of no text.
type Signature [Bits / 8]byte

// Kind keeps letters apart that come from different places.
type Kind uint64

// Bit is the number of a bit of a signature.
type Bit uint16

// Set sets one bit.
func (s *Signature) Set(b Bit) { s[b/8] |= 1 << (b % 8) }

// Has tells whether all bits are set.
func (s *Signature) Has(bits []Bit) bool { return Has(s[:], bits) }

// Has is Signature.Has on the bytes of a signature.
func Has(signature []byte, bits []Bit) bool {
	for _, b := range bits {
		if signature[b/8]&(1<<(b%8)) == 0 {
			return false
		}
	}
	return true
}

// Of is the bit of something that is no text, a number of a file for instance.
func Of(kind Kind, n uint64) Bit { return hash(uint64(kind)<<56 ^ n) }

// hash spreads x over the bits (the finaliser of SplitMix64). Signatures are stored, so it must never change.
func hash(x uint64) Bit {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return Bit((x ^ x>>31) % Bits)
}

// Letters turns the letters of a text, one after the other, into bits.
type Letters struct {
	kind  uint64
	last  uint64 // the last two letters, 21 bits each
	count int
}

// Begin starts a text of a kind.
func Begin(kind Kind) Letters { return Letters{kind: uint64(kind) << 56} }

const (
	letterBits = 21
	one        = 1<<letterBits - 1
	two        = 1<<(2*letterBits) - 1
	three      = 1<<(3*letterBits) - 1
	ascii      = 0x80
)

// Mark takes a letter and sets the bits that it adds to a text: that of itself and the two before; and that of itself and the one before where
// one of them is beyond ASCII, because a word may have two letters in scripts that have many.
func (l *Letters) Mark(s *Signature, r rune) {
	letter := uint64(uint32(r)) & one
	before := l.last & one
	if l.count >= 2 {
		s.Set(hash(l.kind ^ (l.last<<letterBits&three | letter) + 1))
	}
	if l.count >= 1 && (letter >= ascii || before >= ascii) {
		s.Set(hash(^(l.kind ^ (before<<letterBits | letter))))
	}
	l.last = (l.last<<letterBits | letter) & two
	l.count++
}

// most is how many bits are asked for at most: those of a long word are spread over it.
const most = 20

// Word lists the bits that a text of a kind must have to contain word; none when the word is too short to tell.
func Word(kind Kind, word []rune) []Bit {
	var s Signature
	letters := Begin(kind)
	for _, r := range word {
		letters.Mark(&s, r)
	}
	var all []Bit
	for b := range Bit(Bits) {
		if s[b/8]&(1<<(b%8)) != 0 {
			all = append(all, b)
		}
	}
	if len(all) <= most {
		return all
	}
	some := make([]Bit, most)
	for i := range some {
		some[i] = all[i*len(all)/most]
	}
	return some
}
