package index

import (
	"sync"
	"unicode/utf8"
)

// seenFrom is the size of a text, in bytes, from which on its trigrams are remembered: most of them
// come again and again. So many bytes are also read at once, until it is looked whether the
// signature is full.
const seenFrom = 64 << 10

// seenBits are the bits of a letter of ASCII, and seenThree those of three of them.
const (
	seenBits  = 7
	seenThree = 1<<(3*seenBits) - 1
	asciiPair = (ascii-1)<<letterBits | (ascii - 1)
)

// seenTrigrams has a bit for every three letters of ASCII whose bit of the signature is set
// already.
type seenTrigrams [(seenThree + 1) / 64]uint64

// addLiteral adds the letters of a string literal without its quotes, as add does one by one. What
// is behind the letters that fill the signature is not read.
func (t *trigrams) addLiteral(s *Signature, literal []byte) {
	for len(literal) > 0 {
		if n := t.addASCII(s, literal[:min(len(literal), seenFrom)]); n > 0 {
			if literal = literal[n:]; n == seenFrom && s.full() {
				return
			}
			continue
		}
		r, width := decode(literal)
		t.add(s, foldRune(r))
		literal = literal[width:]
	}
}

// plainLetters are the letters of ASCII as they are in a literal, folded; plainEnd for any other
// byte and for the backslash.
var plainLetters = sync.OnceValue(func() *[256]byte {
	folded := new([256]byte)
	for b := range folded {
		folded[b] = plainEnd
		if b < utf8.RuneSelf && b != '\\' {
			folded[b] = byte(foldRune(rune(b)))
		}
	}
	return folded
})

const plainEnd = 0xff

// addASCII adds the letters of ASCII that a piece of a literal begins with, and says how many; none
// if it is not two of them that came before.
func (t *trigrams) addASCII(s *Signature, text []byte) (n int) {
	switch {
	case t.count < 2 || t.last&^asciiPair != 0:
		return 0
	case t.known != nil:
		return t.addKnown(s, text)
	case t.seen == nil:
		return t.addShort(s, text)
	}
	key, plain := t.asciiKey(), plainLetters()
	for n < len(text) {
		b := plain[text[n]]
		if b == plainEnd {
			break
		}
		key = (key<<seenBits | uint64(b)) & seenThree
		if t.seen[key/64]&(1<<(key%64)) == 0 {
			t.seen[key/64] |= 1 << (key % 64)
			s.Set(t.bit(spread(key)))
		}
		n++
	}
	t.last = spread(key) & two
	t.count += n
	return n
}

// addShort is addASCII for a text of which nothing is remembered: to set a bit again takes less
// time than to look whether it is set.
func (t *trigrams) addShort(s *Signature, text []byte) int {
	last, plain := t.last, plainLetters()
	for n, b := range text {
		b = plain[b]
		if b == plainEnd {
			text = text[:n]
			break
		}
		last = last<<letterBits&three | uint64(b)
		s.Set(t.bit(last))
	}
	t.last = last & two
	t.count += len(text)
	return len(text)
}

// asciiKey is the last two letters, of ASCII both, in seenBits each.
func (t *trigrams) asciiKey() uint64 { return t.last>>letterBits<<seenBits | t.last&(ascii-1) }

// spread is three letters of ASCII as trigrams have them.
func spread(key uint64) uint64 {
	const letter = ascii - 1
	return key>>(2*seenBits)<<(2*letterBits) | key>>seenBits&letter<<letterBits | key&letter
}

// full reports whether all bits are set.
func (s *Signature) full() bool {
	for _, b := range s {
		if b != 0xff {
			return false
		}
	}
	return true
}
