package index

import (
	"iter"
	"slices"
)

// Set is a set of numbers of texts, from 0. Those beyond what it was made for are not in it.
type Set struct{ octets []byte }

// All is the set of all texts of some blocks.
func All(blocks int) *Set {
	s := &Set{make([]byte, blocks*SliceBytes)}
	for i := range s.octets {
		s.octets[i] = 0xFF
	}
	return s
}

// Empty is the set of none of the texts before end.
func Empty(end int64) *Set { return &Set{make([]byte, (end+7)/8)} }

// clone is the same set, to be changed by itself.
func (s *Set) clone() *Set { return &Set{slices.Clone(s.octets)} }

// fill adds all texts of a block, as far as the set can hold them.
func (s *Set) fill(block int64) {
	for i := block * SliceBytes; i < min((block+1)*SliceBytes, int64(len(s.octets))); i++ {
		s.octets[i] = 0xFF
	}
}

// Keep leaves of a block only those that are in slice.
func (s *Set) Keep(block int, slice []byte) {
	size := len(s.octets) // the set may end within the block, or before it
	of := s.octets[min(block*SliceBytes, size):min((block+1)*SliceBytes, size)]
	for i := range min(len(of), len(slice)) {
		of[i] &= slice[i]
	}
}

// Join adds the texts of another set, which was made for as many blocks.
func (s *Set) Join(other *Set) {
	for i := range min(len(s.octets), len(other.octets)) {
		s.octets[i] |= other.octets[i]
	}
}

// Widen makes the set one for texts before end, too.
func (s *Set) Widen(end int64) {
	if more := (end+7)/8 - int64(len(s.octets)); more > 0 {
		s.octets = append(s.octets, make([]byte, more)...)
	}
}

// Put says whether a text is in the set.
func (s *Set) Put(i int64, in bool) {
	switch {
	case i < 0 || i/8 >= int64(len(s.octets)):
	case in:
		s.octets[i/8] |= 1 << (i % 8)
	default:
		s.octets[i/8] &^= 1 << (i % 8)
	}
}

// Has reports whether a text is in the set.
func (s *Set) Has(i int64) bool {
	return i >= 0 && i/8 < int64(len(s.octets)) && s.octets[i/8]&(1<<(i%8)) != 0
}

// Cut leaves only the texts before end.
func (s *Set) Cut(end int64) {
	for i := end; i < int64(len(s.octets))*8 && i%8 != 0; i++ {
		s.Put(i, false)
	}
	if from := (end + 7) / 8; from < int64(len(s.octets)) {
		clear(s.octets[max(from, 0):])
	}
}

// Len is how many texts are in the set.
func (s *Set) Len() int {
	return count(s.octets)
}

// Each lists the texts from one number up to another, in order, the end excluded.
func (s *Set) Each(from, end int64) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		end := min(end, int64(len(s.octets))*8)
		for i := max(from, 0); i < end; {
			if i%8 == 0 && s.octets[i/8] == 0 {
				i += 8
				continue
			}
			if s.Has(i) && !yield(i) {
				return
			}
			i++
		}
	}
}

// Cap is the number after the largest that the set can hold.
func (s *Set) Cap() int64 { return int64(len(s.octets)) * 8 }
