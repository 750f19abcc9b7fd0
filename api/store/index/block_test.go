package index_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"errata/api/store/index"
)

// TestAddIsPut adds signatures in any order, with gaps, and wants each slice to be the one that
// putting them gives.
func TestAddIsPut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	put, added := index.NewBlock(), index.NewBlock()
	texts := r.Perm(index.Span)[:900]
	for i := range 200 { // and some in a row
		texts = append(texts, i)
	}
	signatures := map[int]index.Signature{}
	for _, i := range texts {
		if _, known := signatures[i]; known {
			continue
		}
		var s index.Signature
		for range 300 {
			s.Set(index.Bit(r.IntN(index.Bits)))
		}
		signatures[i] = s
		put.Put(i, s[:])
		added.Add(i, s[:])
	}
	for bit := range index.Bit(index.Bits) {
		if !bytes.Equal(put.Slice(bit), added.Slice(bit)) {
			t.Fatalf("slice %d differs", bit)
		}
	}
	for i, s := range signatures {
		if !bytes.Equal(added.Signature(i), s[:]) {
			t.Errorf("the signature of text %d differs", i)
		}
	}
}
