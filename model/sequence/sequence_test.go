package sequence

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// letters is a leaf of text: its sums are letters, and how many of them are a and b.
type letters string

func (l letters) Sums() Sums {
	sums := Sums{len(l)}
	for _, c := range l {
		switch c {
		case 'a':
			sums[1]++
		case 'b':
			sums[2]++
		}
	}
	return sums
}

func (l letters) Split(at int) (letters, letters) { return l[:at], l[at:] }

func (l letters) Join(next letters) (letters, bool) { return l + next, len(l)+len(next) <= 5 }

func listOf(text string) *List[letters] {
	var leaves []*List[letters]
	for len(text) > 0 {
		n := min(len(text), 4)
		leaves = append(leaves, Of(letters(text[:n])))
		text = text[n:]
	}
	return Balanced(leaves)
}

func text(l *List[letters]) (all string) {
	l.Range(0, l.Len(), func(leaf letters, from, to int) bool {
		all += string(leaf[from:to])
		return true
	})
	return all
}

// check compares a list with the text that it should hold, and looks at its sums and its balance.
func check(t *testing.T, l *List[letters], want string) {
	t.Helper()
	if got := text(l); got != want || l.Len() != len(want) || l.Sums() != letters(want).Sums() {
		t.Fatalf("%q of %v, want %q of %v", got, l.Sums(), want, letters(want).Sums())
	}
	leaves := sound(t, l)
	if limit := 1.45*math.Log2(float64(leaves+1)) + 1; float64(l.Height()) > limit {
		t.Fatalf("%d leaves stand %d high, more than %.1f", leaves, l.Height(), limit)
	}
}

// sound checks every branch and counts the leaves.
func sound(t *testing.T, l *List[letters]) (leaves int) {
	t.Helper()
	switch {
	case l == nil:
		return 0
	case l.height == 0:
		if l.leaf == "" || l.sums != l.leaf.Sums() || l.left != nil || l.right != nil {
			t.Fatalf("a leaf %q with sums %v", l.leaf, l.sums)
		}
		return 1
	}
	sums := l.left.sums
	sums.add(&l.right.sums)
	if d := l.left.height - l.right.height; d < -1 || d > 1 || l.height != max(l.left.height, l.right.height)+1 || l.sums != sums {
		t.Fatalf("heights %d and %d below %d, sums %v", l.left.height, l.right.height, l.height, l.sums)
	}
	return sound(t, l.left) + sound(t, l.right)
}

func randomText(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "abc"[r.IntN(3)]
	}
	return string(b)
}

// FuzzList edits a list and a plain text alike; what it was before must stay.
func FuzzList(f *testing.F) {
	f.Add(uint64(1), 0)
	f.Add(uint64(2), 9)
	f.Add(uint64(3), 700)
	f.Fuzz(func(t *testing.T, seed uint64, n int) {
		r := rand.New(rand.NewPCG(seed, 0))
		want := randomText(r, min(max(n, 0), 1000))
		l := listOf(want)
		for range 60 {
			was, before := l, want
			from := r.IntN(len(want) + 1)
			to := from + r.IntN(len(want)-from+1)
			if r.IntN(2) == 0 {
				to = min(from+r.IntN(9), len(want))
			}
			put := randomText(r, r.IntN(30))
			if r.IntN(3) > 0 || l == nil {
				l, want = Splice(l, from, to, listOf(put)), want[:from]+put+want[to:]
			} else {
				l = l.Edit(from, func(leaf letters, at int) *List[letters] {
					return listOf(string(leaf[:at]) + put + string(leaf[at:]))
				})
				want = want[:from] + put + want[from:]
			}
			check(t, l, want)
			check(t, was, before)
			places(t, l, want)
			common(t, l, was, want, before)
			back(t, l, want)
		}
	})
}

// places looks for every letter, and for every a and b, by its number.
func places(t *testing.T, l *List[letters], want string) {
	t.Helper()
	counts := Sums{}
	for i, c := range want {
		if leaf, at := l.At(i); rune(leaf[at]) != c {
			t.Fatalf("place %d is %d of %q, want %q", i, at, leaf, c)
		}
		for which, counted := range []bool{true, c == 'a', c == 'b'} {
			if !counted {
				continue
			}
			leaf, before := l.Seek(which, counts[which])
			at := i - before[0]
			if at < 0 || at >= len(leaf) || rune(leaf[at]) != c || before != letters(want[:before[0]]).Sums() {
				t.Fatalf("%d of the sums %d is in %q behind %v, want place %d of %q", counts[which], which, leaf, before, i, want)
			}
			counts[which]++
		}
	}
}

// common checks that what two lists share is in both texts.
func common(t *testing.T, l, m *List[letters], a, b string) {
	t.Helper()
	limit := min(len(a), len(b))
	for _, most := range []int{limit, limit / 2} {
		n := Shared(l.From(false), m.From(false), most)[0]
		k := Shared(l.From(true), m.From(true), most)[0]
		if n > most || k > most || a[:n] != b[:n] || a[len(a)-k:] != b[len(b)-k:] {
			t.Fatalf("%q and %q share %d at the start and %d at the end", a, b, n, k)
		}
	}
	if n := Shared(l.From(false), l.From(true), 0); n != (Sums{}) {
		t.Fatalf("%v is no more than nothing", n)
	}
}

// back reads the leaves from the last to the first, in both ways.
func back(t *testing.T, l *List[letters], want string) {
	t.Helper()
	var yielded, walked []letters
	for leaf := range l.Backward() {
		yielded = append(yielded, leaf)
	}
	c := l.From(true)
	for leaf, ok := c.Next(); ok; leaf, ok = c.Next() {
		walked = append(walked, leaf)
	}
	all := ""
	for _, leaf := range slices.Backward(yielded) {
		all += string(leaf)
	}
	if all != want || !slices.Equal(yielded, walked) {
		t.Fatalf("backward %q and %q, want %q", yielded, walked, want)
	}
}

func TestMapKeepsWhatDoesNotAsk(t *testing.T) {
	t.Parallel()
	l := listOf("aaaaccccbbbbcccc")
	upper := l.Map(func(s Sums) bool { return s[2] > 0 }, func(letters) letters { return "cccc" })
	if got := text(upper); got != "aaaacccccccccccc" || upper.left != l.left {
		t.Errorf("%q, and the left half is another one: %t", got, upper.left != l.left)
	}
	check(t, upper, "aaaacccccccccccc")
	check(t, l, "aaaaccccbbbbcccc")
}

func TestShortListsStayShared(t *testing.T) {
	t.Parallel()
	l := listOf(randomText(rand.New(rand.NewPCG(1, 1)), 4000))
	m := Splice(l, 2000, 2000, listOf("x"))
	if n := Shared(l.From(false), m.From(false), 4000)[0]; n < 1990 {
		t.Errorf("%d letters are shared at the start", n)
	}
	if n := Shared(l.From(true), m.From(true), 4000)[0]; n < 1990 {
		t.Errorf("%d letters are shared at the end", n)
	}
	if _, ok := l.Only(); ok {
		t.Error("a long list is one leaf")
	}
	if leaf, ok := listOf("ab").Only(); !ok || leaf != "ab" {
		t.Errorf("%q, %t", leaf, ok)
	}
}
