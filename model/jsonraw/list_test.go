package jsonraw

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// listBits are what arrays are made of, and what none is made of, also where two of them meet: a
// number goes on in the next one, a quote closes what another has opened.
var listBits = []string{
	"[", "]", ",", ",", " ", "\n", "{", "}", `{"a":`, `{"a":1,"a":`, `"a":`, "1", "-", "0", ".5", "e7", `"`, `"x`, `\`, `\u00`, `\ud83d`,
	`"é"`, "\xc3", "\xa9", "\xff", "null", "nul", "l", "true", `{"role":"user","content":"ebb"}`, `[[1],{"b":[2,3]}]`, `""`,
}

// soundList is a random array without fault.
func soundList(r *rand.Rand) []byte {
	values := []string{`1`, `-0.5e7`, `0`, `null`, `"a"`, `"],[\""`, `"é\ud83d"`, `{"a":1,"b":[2,{"c":3}]}`, `[]`, `{}`, `[1, [2]]`, `"漢字漢字"`}
	doc := []byte{'['}
	for n := r.IntN(9); n > 0; n-- {
		doc = append(doc, []string{"", " ", "\n\t"}[r.IntN(3)]...)
		doc = append(doc, values[r.IntN(len(values))]...)
		if n > 1 {
			doc = append(doc, []string{",", " ,"}[r.IntN(2)]...)
		}
	}
	return append(doc, []string{"]", " ]"}[r.IntN(2)]...)
}

// rowOf is a piece of an array: some elements in a row, with a comma ahead of them and what is
// around them, or any bytes.
func rowOf(r *rand.Rand, l List) []byte {
	doc := l.Doc[0]
	from := r.IntN(len(doc) + 1)
	to := from + r.IntN(len(doc)-from+1)
	if n := len(l.Items); n > 0 && r.IntN(4) > 0 {
		i := r.IntN(n)
		k := i + r.IntN(n-i)
		from, to = l.Items[i].Val.Start, l.Items[k].Val.End
		if i > 0 && r.IntN(2) == 0 {
			from = l.Items[i-1].Val.End
		}
	}
	return doc[from:to:to]
}

// remadeIs compares what is told of an array that is made of another with what reading all of it
// tells.
func remadeIs(t *testing.T, l List, pieces [][]byte) (ok bool) {
	t.Helper()
	m := remaker{of: l, doc: l.Doc[0], least: 1, most: math.MaxInt}
	if !m.take(slices.Values(pieces)) {
		t.Fatal("it is too much")
	}
	if len(m.zeros) == 0 {
		return false
	}
	made, runs, ok := m.made()
	if !ok {
		return false
	}
	now := bytes.Join(pieces, nil)
	if err := Check(now); err != nil {
		t.Fatalf("%q of %q is sound, but %v", now, l.Doc[0], err)
	}
	items, err := Elements(now)
	if err != nil || !slices.Equal(items, made.Items) || !bytes.Equal(made.Doc.Join(), now) {
		t.Fatalf("%q of %q has the elements %v, want %v, %v", made.Doc, l.Doc[0], made.Items, items, err)
	}
	for i, e := range items {
		if got := made.At(i); !bytes.Equal(got, e.Val.Of(now)) {
			t.Fatalf("element %d of %q is %q", i, made.Doc, got)
		}
	}
	for _, run := range runs {
		for k := range run.Len {
			if a, b := made.At(run.At+k), l.At(run.From+k); &a[0] != &b[0] || len(a) != len(b) {
				t.Fatalf("element %d of %q is not shared", run.At+k, made.Doc)
			}
		}
	}
	return true
}

// TestAnArrayMadeOfAnotherIsSoundWhereAllOfItIs: whatever stands around the rows of elements that
// it shares, also where those are no elements of it.
func TestAnArrayMadeOfAnotherIsSoundWhereAllOfItIs(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	told := 0
	for range 50_000 {
		l := ListOf(soundList(r))
		var pieces [][]byte
		if r.IntN(2) == 0 { // mostly an array
			pieces = append(pieces, []byte{'['})
			for n := r.IntN(4); n > 0; n-- {
				if pieces = append(pieces, rowOf(r, l)); r.IntN(3) > 0 {
					pieces = append(pieces, []byte{','}, soundList(r), []byte{','})
				}
			}
			pieces = append(pieces, rowOf(r, l), []byte{']'})
		}
		for n := r.IntN(3); n > 0; n-- {
			piece := rowOf(r, l)
			if r.IntN(2) == 0 {
				piece = []byte(listBits[r.IntN(len(listBits))])
			}
			pieces = slices.Insert(pieces, r.IntN(len(pieces)+1), piece)
		}
		if remadeIs(t, l, pieces) {
			told++
		}
	}
	if told < 1_500 {
		t.Errorf("%d arrays of 50000 were found to be sound", told)
	}
}

// TestARowWithinAnElementIsRead: elements that stand deeper than in the array that they come from
// are elements of something else.
func TestARowWithinAnElementIsRead(t *testing.T) {
	t.Parallel()
	l := ListOf([]byte(`[1,2,3]`))
	row := l.Doc[0][1:6]
	for _, around := range [][2]string{{`[{"a":`, `}]`}, {`[[`, `]]`}, {`[-`, `]`}, {`[`, `4]`}, {`[4`, `]`}, {` [`, `]`}, {`[`, `] `}, {`["`, `"]`}, {`{"a":`, `}`}, {``, ``}} {
		if remadeIs(t, l, [][]byte{[]byte(around[0]), row, []byte(around[1])}) {
			t.Errorf("%s1,2,3%s is told", around[0], around[1])
		}
	}
	if !remadeIs(t, l, [][]byte{{'['}, row, []byte(`,4]`)}) {
		t.Error("an array with one element more is not told")
	}
}

// FuzzRemade: whatever stands around two rows of the elements of a sound array.
func FuzzRemade(f *testing.F) {
	f.Add([]byte(`[1,{"a":2},"é"]`), 1, 4, 3, 14, []byte(`[`), []byte(`,`), []byte(`]`))
	f.Add([]byte(`[[1],[2]]`), 0, 4, 4, 9, []byte(``), []byte(`,{"a":1,"a":2}`), []byte(``))
	f.Fuzz(func(t *testing.T, old []byte, a, b, c, d int, x, y, z []byte) {
		if Check(old) != nil || KindOf(Trim(old)) != Array {
			return
		}
		old = Trim(old)
		row := func(from, to int) []byte {
			from = min(max(from, 0), len(old))
			to = min(max(to, from), len(old))
			return old[from:to:to]
		}
		remadeIs(t, ListOf(old), [][]byte{x, row(a, b), y, row(c, d), z})
	})
}
