package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const kind, other Kind = 1, 2

func sign(kind Kind, text string) *Signature {
	s := &Signature{}
	t := begin(kind)
	for _, r := range text {
		t.add(s, r)
	}
	return s
}

// TestWordIsNeverMissed wants each part of a text to pass, and few words that are not in it.
func TestWordIsNeverMissed(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	letters := []rune("abcdefgh ijklmnopéß天気😀\x00\uFFFD")
	passed := 0
	for range 300 {
		var text []rune
		for range 1 + r.IntN(600) {
			text = append(text, letters[r.IntN(len(letters))])
		}
		s := sign(kind, string(text))
		from := r.IntN(len(text))
		part := text[from:min(len(text), from+1+r.IntN(60))]
		if !s.Has(Word(kind, part)) {
			t.Fatalf("%q is missed in %q", string(part), string(text))
		}
		if s.Has(Word(kind, []rune("quokka"))) {
			passed++
		}
		if s.Has(Word(other, []rune("abcdefgh"))) {
			passed++
		}
	}
	if passed > 3 {
		t.Errorf("%d of 600 words passed that are in no text", passed)
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	for word, n := range map[string]int{"": 0, "a": 0, "ab": 0, "abc": 1, "abcd": 2, "aaaaaa": 1, "é": 0, "天気": 1, "a天": 1, "a天b": 3} {
		if got := Word(kind, []rune(word)); len(got) != n {
			t.Errorf("%q gives %d bits, want %d", word, len(got), n)
		}
	}
	long := []rune(strings.Repeat("abcdefghijklmnopqrstuvwxyz0123456789", 30))
	if got := Word(kind, long); len(got) > 40 || !sign(kind, string(long)).Has(got) {
		t.Errorf("a long word gives %d bits", len(got))
	}
}

// TestStored wants the bits to stay what they are: they are kept in files.
func TestStored(t *testing.T) {
	t.Parallel()
	got := append(Word(kind, []rune("TIDE")), Word(kind, []rune("天気"))...)
	got = append(got, bitOf(other, 7))
	if want := []Bit{2475, 3516, 2201, 3899}; !slices.Equal(got, want) {
		t.Errorf("bits %v, want %v", got, want)
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	b := NewBlock()
	texts := map[int]string{0: "the first", 7: "high tide", 8: "low tide", Span - 1: "the last"}
	for i, text := range texts {
		b.Add(i, sign(kind, text)[:])
	}
	b.Put(8, sign(kind, "ebb")[:])
	find := func(word string) (found []int64) {
		set := All(2)
		for _, bit := range Word(kind, []rune(word)) {
			set.Keep(1, b.Slice(bit))
		}
		return slices.Collect(set.Each(Span, 2*Span))
	}
	for word, want := range map[string][]int64{"tide": {Span + 7}, "ebb": {Span + 8}, "the ": {Span, 2*Span - 1}, "none": nil} {
		if got := find(word); !slices.Equal(got, want) {
			t.Errorf("%q is in %v, want %v", word, got, want)
		}
	}
	for i, text := range map[int]string{7: "high tide", 8: "ebb", 9: ""} {
		if got := b.Signature(i); !slices.Equal(got, sign(kind, text)[:]) {
			t.Errorf("the signature of text %d is not that of %q", i, text)
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	s := All(1)
	if s.Len() != Span || s.Cap() != Span || !s.Has(0) || s.Has(Span) || s.Has(-1) {
		t.Errorf("a block has %d of %d", s.Len(), s.Cap())
	}
	s.Cut(13)
	s.Put(5, false)
	s.Put(20, true)
	s.Put(-1, true)
	s.Put(1<<40, true)
	if got := slices.Collect(s.Each(3, 21)); !slices.Equal(got, []int64{3, 4, 6, 7, 8, 9, 10, 11, 12, 20}) {
		t.Errorf("the set is %v", got)
	}
	for range s.Each(0, s.Cap()) {
		break // it may be left early
	}
	s.Cut(0)
	if s.Len() != 0 {
		t.Errorf("%d are left of nothing", s.Len())
	}
}
