package jsonraw

import (
	"slices"
	"unicode/utf8"
)

// Swap puts another stretch in the place of Del bytes of a text.
type Swap struct {
	At, Del int
	Ins     []byte
}

// Splice is Splices of one stretch.
func Splice(raw []byte, at, del int, ins []byte) ([]byte, error) {
	return Splices(raw, []Swap{{at, del, ins}})
}

// Splices changes the text of a string literal: stretches of it, in order and without overlap, are
// swapped for others. Everything between them keeps its spelling. raw must be a literal that Text
// decodes, and the stretches must lie in its text; a character that a stretch cuts in two is
// written again. The error is that of Quote.
func Splices(raw []byte, swaps []Swap) ([]byte, error) {
	parts, err := SplicedParts(raw, swaps)
	if err != nil {
		return nil, err
	}
	return slices.Concat(parts...), nil
}

// SplicedParts is Splices in parts, alternately one of raw and a new one; the first and the last
// are of raw. Apart from the swaps it costs no memory.
func SplicedParts(raw []byte, swaps []Swap) (out Parts, err error) {
	raw = Trim(raw)
	copied, at := 0, 0 // up to which byte of the literal, and of its text
	for i := 1; len(swaps) > 0; {
		start, from := seek(raw, i, swaps[0].At-at, false)
		from += at
		end, to, n := start, from, 0
		for n < len(swaps) && (n == 0 || swaps[n].At < to) {
			next, size := seek(raw, end, swaps[n].At+swaps[n].Del-to, true)
			end, to, n = next, to+size, n+1
		}
		quoted, err := Quote(string(swapped(raw[start:end], swaps[:n], from, to)))
		if err != nil {
			return nil, err
		}
		out = append(out, raw[copied:start:start], quoted[1:len(quoted)-1])
		copied, i, at, swaps = end, end, to, swaps[n:]
	}
	return append(out, raw[copied:]), nil
}

// swapped is the text of a part of a literal, which stands for the bytes from one to another of all
// of the text, after some swaps.
func swapped(part []byte, swaps []Swap, from, to int) []byte {
	if s := swaps[0]; len(swaps) == 1 && s.At == from && s.At+s.Del == to {
		return s.Ins // what was there may be long, and nobody asks for it
	}
	return Swapped(decodeBytes(slices.Concat([]byte{'"'}, part, []byte{'"'})), swaps, from)
}

// Swapped is a text in which stretches were swapped, which are in order and do not overlap. from is
// the position of its first byte, as the swaps count.
func Swapped(text []byte, swaps []Swap, from int) []byte {
	size := len(text)
	for _, s := range swaps {
		size += len(s.Ins) - s.Del
	}
	out, done := make([]byte, 0, max(size, 0)), 0
	for _, s := range swaps {
		out = append(append(out, text[done:s.At-from]...), s.Ins...)
		done = s.At - from + s.Del
	}
	return append(out, text[done:]...)
}

// seek finds where in a literal, from byte i on, the character begins that holds a byte of the
// text; with up the first character that begins there or later. from is the byte of the text at
// which that character begins.
func seek(raw []byte, i, at int, up bool) (found, from int) {
	var room [utf8.UTFMax]byte
	for end := len(raw) - 1; i < end && from < at; {
		if raw[i] == '\\' {
			text, next := appendEscape(room[:0], raw[:end], i)
			if from+len(text) > at && !up {
				break
			}
			i, from = next, from+len(text)
			continue
		}
		// what is spelled out is passed over at once, up to the place and no further
		stop := Special(raw[:min(end, i+at-from)], i)
		for stop > i && stop < end && !utf8.RuneStart(raw[stop]) {
			if up {
				stop++
			} else {
				stop--
			}
		}
		if stop == i {
			break
		}
		i, from = stop, from+stop-i
	}
	return i, from
}
