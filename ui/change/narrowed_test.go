package change

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// narrowedInFull is narrowed, element by element.
func narrowedInFull(before, after []byte) ends {
	was, _ := jsonraw.Elements(before)
	is, _ := jsonraw.Elements(after)
	e := ends{was: jsonraw.List{Doc: jsonraw.Parts{before}, Items: was}, is: jsonraw.List{Doc: jsonraw.Parts{after}, Items: is}}
	for e.head < min(len(was), len(is)) && e.equal(e.head, e.head) {
		e.head++
	}
	for e.tail < min(len(was), len(is))-e.head && e.equal(len(was)-1-e.tail, len(is)-1-e.tail) {
		e.tail++
	}
	return e
}

// Whatever was put in, taken out, changed or moved: what two lists share is found without a
// comparison of all of their elements, and is the same as with one.
func TestNarrowedIsThatOfTheFullComparison(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	words := []string{`1`, `1.0`, `12`, `"a"`, `"\u0061"`, `"a,\"b"`, `"],["`, `{"role":"user","content":"x"}`, `{"content":"x","role":"user"}`, `[1,[2]]`, `[ 1, [2] ]`, `null`, `true`, `{}`}
	some := func(n int) (list []string) {
		for range r.IntN(n) {
			list = append(list, words[r.IntN(len(words))])
		}
		return list
	}
	join := func(list []string) []byte {
		return []byte("[" + strings.Join(list, []string{",", ", ", ",\n"}[r.IntN(3)]) + "]")
	}
	for range 20_000 {
		was := some(12)
		is := slices.Clone(was)
		for range r.IntN(4) {
			at := r.IntN(len(is) + 1)
			switch r.IntN(3) {
			case 0:
				is = slices.Insert(is, at, some(3)...)
			case 1:
				is = slices.Delete(is, at, min(at+r.IntN(3), len(is)))
			default:
				r.Shuffle(min(len(is), 2), func(i, k int) { is[i], is[k] = is[k], is[i] })
			}
		}
		before, after := join(was), join(is)
		want := narrowedInFull(before, after)
		got, ok := narrowed(before, after)
		if !ok || got.head != want.head || got.tail != want.tail || !slices.Equal(got.was.Items, want.was.Items) || !slices.Equal(got.is.Items, want.is.Items) {
			t.Fatalf("%s → %s: %d and %d the same, want %d and %d", before, after, got.head, got.tail, want.head, want.tail)
		}
	}
}
