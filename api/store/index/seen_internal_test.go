package index

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestALargeTextIsSignedAsASmallOneIs compares the signature of texts, read in large pieces, or as
// one of many, with that of their letters one by one.
func TestALargeTextIsSignedAsASmallOneIs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"Neap ", "tide", "ſ", `\u0001`, "–", `\u00e9`, `\n`, `\\`, `\"`, "水", "ab", "Z", `\ud83c\udf0a`, "7", "ß", " ", `\u0041`}
	for _, size := range []int{10, seenFrom, 3 * seenFrom} {
		for range 20 {
			var b strings.Builder
			for b.Len() < size {
				b.WriteString(pieces[random.IntN(len(pieces))])
			}
			value := []byte(`[{"content":"` + b.String() + `","role":"user"},"` + b.String() + `",12]`)
			for _, as := range []Reading{Whole, Shown} {
				want := Sign(Document{})
				tr := begin(Searched)
				eachText(value, as, func(r rune) { tr.add(&want, r) }, func() { tr = begin(Searched) })
				for _, known := range []*knownBits{nil, allKnown()} {
					g := signing{known: known}
					if got := g.sign(Document{Searched: []Text{{value, as}}}); got != want {
						t.Fatalf("%d bytes, reading %v, bits known: %v: another signature", size, as, known != nil)
					}
				}
			}
		}
	}
}

func TestASignatureThatIsFullIsNotReadOn(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	text := make([]byte, 4*seenFrom)
	for i := range text {
		text[i] = '#' + byte(random.IntN(50))
	}
	var s Signature
	tr := begin(Searched)
	tr.seen = new(seenTrigrams)
	tr.addLiteral(&s, text)
	if !s.full() || tr.count >= len(text) {
		t.Errorf("full: %v, %d letters of %d were read", s.full(), tr.count, len(text))
	}
}

func BenchmarkSignMany(b *testing.B) {
	text := []byte(`"` + strings.Repeat("High water at the northern pier – low water by the lock. ", 1<<5) + `"`)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sign(Document{Searched: []Text{{text, Whole}}})
	}
}

func BenchmarkSignLarge(b *testing.B) {
	text := []byte(`"` + strings.Repeat("High water at the northern pier – low water by the lock. ", 1<<17) + `"`)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sign(Document{Searched: []Text{{text, Whole}}})
	}
}
