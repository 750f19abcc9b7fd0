package index

import (
	"sync"
	"sync/atomic"
)

// knownBits are the bits of all three letters of ASCII in a searched text. Where many signatures are
// made, to look a bit up takes half as long as to hash the letters; to make the table takes as long
// as some hundred signatures, and it has 4 MB.
type knownBits [seenThree + 1]Bit

// knownFrom is from how many signatures of the process on bits are looked up.
const knownFrom = 2048

var (
	signed   atomic.Int64 // how many signatures were made
	allKnown = sync.OnceValue(makeKnown)
)

// known is the table, nil as long as it is not worth while.
func known() *knownBits {
	if signed.Add(1) < knownFrom {
		return nil
	}
	return allKnown()
}

func makeKnown() *knownBits {
	var letters []uint64 // as they are folded
	for b := range uint64(ascii) {
		if uint64(foldRune(rune(b))) == b {
			letters = append(letters, b)
		}
	}
	made, t := new(knownBits), begin(Searched)
	for _, first := range letters {
		for _, second := range letters {
			for _, third := range letters {
				key := first<<(2*seenBits) | second<<seenBits | third
				made[key] = t.bit(spread(key))
			}
		}
	}
	return made
}

// addKnown is addASCII with the bits that are known.
func (t *trigrams) addKnown(s *Signature, text []byte) int {
	key, bits, plain := t.asciiKey(), t.known, plainLetters()
	for n, b := range text {
		b = plain[b]
		if b == plainEnd {
			text = text[:n]
			break
		}
		key = (key<<seenBits | uint64(b)) & seenThree
		s.Set(bits[key] % Bits)
	}
	t.last = spread(key) & two
	t.count += len(text)
	return len(text)
}
