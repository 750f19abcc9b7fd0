package index

// Bits is the size of a signature. A text of 1 KB sets about an eighth of them.
const Bits = 4096

// Signature is the bits of one text. The zero Signature is that of no text.
type Signature [Bits / 8]byte

// Kind keeps apart what comes from different places: a trigram of the metadata sets another bit
// than the same trigram of the output. Its numbers are stored, in the bits, and must never
// change.
type Kind uint64

// The kinds.
const (
	Searched Kind = iota + 1 // the text that a search reads
	Metadata                 // the text that a search of the metadata reads
	ID                       // the bytes of the id
	File                     // the number of the file, twice
	Trace                    // whether the log is part of a trace
)

// Bit is the number of a bit of a signature.
type Bit uint16

// Set sets one bit.
func (s *Signature) Set(b Bit) { s[b/8] |= 1 << (b % 8) }

// Has reports whether all bits are set.
func (s *Signature) Has(bits []Bit) bool { return has(s[:], bits) }

// has is Signature.Has on the bytes of a signature.
func has(signature []byte, bits []Bit) bool {
	for _, b := range bits {
		if signature[b/8]&(1<<(b%8)) == 0 {
			return false
		}
	}
	return true
}

// bitOf is the bit of something that is not a text, the number of a file for instance.
func bitOf(kind Kind, n uint64) Bit { return hash(uint64(kind)<<56 ^ n) }

// hash spreads x over the bits (the finaliser of SplitMix64). Signatures are stored, so it must
// never change.
func hash(x uint64) Bit {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return Bit((x ^ x>>31) % Bits)
}

// trigrams turns the letters of a text, one after the other, into bits.
type trigrams struct {
	kind  uint64
	last  uint64 // the last two letters, 21 bits each
	count int
	seen  *seenTrigrams // of a large text; else nil
	known *knownBits    // of another one where many are signed; else nil
}

// begin starts a text of a kind.
func begin(kind Kind) trigrams { return trigrams{kind: uint64(kind) << 56} }

const (
	letterBits = 21
	one        = 1<<letterBits - 1
	two        = 1<<(2*letterBits) - 1
	three      = 1<<(3*letterBits) - 1
	ascii      = 0x80
)

// add takes the next letter and sets the bits that it adds to a text: that of the trigram which
// it ends; and that of itself and the letter before where one of them is beyond ASCII, because a
// word may have two letters in scripts that have many.
func (t *trigrams) add(s *Signature, r rune) {
	letter := uint64(uint32(r)) & one
	before := t.last & one
	if t.count >= 2 {
		s.Set(t.bit(t.last<<letterBits&three | letter))
	}
	if t.count >= 1 && (letter >= ascii || before >= ascii) {
		s.Set(hash(^(t.kind ^ (before<<letterBits | letter))))
	}
	t.last = (t.last<<letterBits | letter) & two
	t.count++
}

// bit is the bit of three letters.
func (t *trigrams) bit(letters uint64) Bit { return hash(t.kind ^ letters + 1) }

// wordBits is how many bits a word asks for at most: those of a long word are spread over it.
const wordBits = 20

// Word lists the bits that a text of a kind must have to contain word, which is folded; none when
// the word is too short to tell.
func Word(kind Kind, word []rune) []Bit {
	var s Signature
	t := begin(kind)
	for _, r := range word {
		t.add(&s, r)
	}
	var all []Bit
	for b := range Bit(Bits) {
		if s[b/8]&(1<<(b%8)) != 0 {
			all = append(all, b)
		}
	}
	if len(all) <= wordBits {
		return all
	}
	some := make([]Bit, wordBits)
	for i := range some {
		some[i] = all[i*len(all)/wordBits]
	}
	return some
}
