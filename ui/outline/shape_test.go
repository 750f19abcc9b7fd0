package outline

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// plain is what a shape stands for: the rows below each child, -1 for a folded one.
type plain []int

func (p plain) find(row int) (i, inside int) {
	for i, below := range p {
		size := 1 + max(below, 0)
		if row < size {
			return i, row
		}
		row -= size
	}
	return len(p), row
}

func (p plain) above(i int) (rows int) {
	for _, below := range p[:i] {
		rows += 1 + max(below, 0)
	}
	return rows
}

// below is what is unfolded of a child with n rows.
func below(n int) *opened {
	if n < 0 {
		return nil
	}
	return &opened{kids: folded(n)}
}

func sameShape(t *testing.T, s shape, p plain) {
	t.Helper()
	if s.Len() != len(p) || s.size() != p.above(len(p)) {
		t.Fatalf("%d children in %d rows, want %d in %d", s.Len(), s.size(), len(p), p.above(len(p)))
	}
	for i, n := range p {
		o := s.at(i)
		if (o == nil) != (n < 0) || o.rows() != max(n, 0) {
			t.Fatalf("child %d has %d rows below it, want %d", i, o.rows(), n)
		}
		if got := s.above(i); got != p.above(i) {
			t.Fatalf("%d rows above child %d, want %d", got, i, p.above(i))
		}
	}
	for row := range s.size() {
		i, inside := s.find(row)
		if wi, win := p.find(row); i != wi || inside != win {
			t.Fatalf("row %d is %d of child %d, want %d of %d", row, inside, i, win, wi)
		}
	}
	if s.Height() > 3*bits.Len(uint(len(p)+1)) {
		t.Fatalf("a height of %d for %d children", s.Height(), len(p))
	}
}

// FuzzShape edits a shape and a plain list alike.
func FuzzShape(f *testing.F) {
	f.Add(uint64(1), 0)
	f.Add(uint64(2), 7)
	f.Add(uint64(3), 200)
	f.Fuzz(func(t *testing.T, seed uint64, n int) {
		r := rand.New(rand.NewPCG(seed, 0))
		n = min(max(n, 0), 300)
		s, p := folded(n), plain(slices.Repeat([]int{-1}, n))
		type past struct {
			s shape
			p plain
		}
		var kept []past
		for range 120 {
			rows := r.IntN(6) - 2
			switch op := r.IntN(4); {
			case op == 0 || len(p) == 0:
				i := r.IntN(len(p) + 1)
				s, p = s.insert(i, below(max(rows, -1))), slices.Insert(slices.Clone(p), i, max(rows, -1))
			case op == 1:
				i := r.IntN(len(p))
				s, p = s.remove(i), slices.Delete(slices.Clone(p), i, i+1)
			default:
				i := r.IntN(len(p))
				s, p = s.with(i, below(max(rows, -1))), slices.Clone(p)
				p[i] = max(rows, -1)
			}
			kept = append(kept, past{s, p})
		}
		for _, k := range kept { // the old ones stay as they were
			sameShape(t, k.s, k.p)
		}
	})
}

func TestShapeOfShapes(t *testing.T) {
	t.Parallel()
	s := folded(10)
	open := func(n int) func(shape, int) shape {
		return func(kids shape, i int) shape { return kids.with(i, below(n)) }
	}
	s = s.edited([]int{4}, open(3)).edited([]int{4, 1}, open(2))
	if s.size() != 15 || s.above(5) != 10 {
		t.Errorf("%d rows, %d above child 5", s.size(), s.above(5))
	}
	if hidden := s.edited([]int{2, 0}, open(9)); hidden.size() != 15 {
		t.Errorf("what is inside of a folded child takes %d rows", hidden.size()-15)
	}
}

func TestFoldingLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s := folded(1000)
	for i := range 1000 {
		s = s.with((i*7)%1000, below(3))
	}
	for i := range 1000 {
		s = s.with(i, nil)
	}
	if s.size() != 1000 {
		t.Errorf("%d rows", s.size())
	}
	if n := leaves(s); n > 300 {
		t.Errorf("%d runs of folded children where one would do", n)
	}
}

func leaves(s shape) (n int) {
	s.Range(0, s.Len(), func(run, int, int) bool { n++; return true })
	return n
}
