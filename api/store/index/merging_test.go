package index

import (
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
)

// twoPrograms are two connections to the tables of one file, the first with a block and some more
// documents, of which each holds "before" and its number.
func twoPrograms(t *testing.T) (a, b memory) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index.db")
	for _, m := range []*memory{&a, &b} {
		db, err := sql.Open("sqlite", path+"?_pragma=synchronous(0)&_pragma=journal_mode(wal)")
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		t.Cleanup(func() { _ = db.Close() })
		m.db = db
	}
	a.makeTables(t)
	a.fill(t)
	return a, b
}

// do runs f in a transaction, which is committed or undone.
func (m memory) do(t *testing.T, keep bool, f func() error) {
	t.Helper()
	end := "ROLLBACK"
	if keep {
		end = "COMMIT"
	}
	for _, do := range []func() error{
		func() error { return m.Exec(t.Context(), "BEGIN IMMEDIATE") }, f, func() error { return m.Exec(t.Context(), end) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
}

// pending is how many documents of finished blocks have a signature of their own.
func (m memory) pending(t *testing.T) (n int) {
	t.Helper()
	err := m.Row(t.Context(), `SELECT count(*) FROM signatures JOIN blocks ON block = seq / ?`, Span).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestMergingIsNotSeen changes documents while two programs merge in steps, of which some are
// undone or never gone on with. After each step every document is found by what it holds.
func TestMergingIsNotSeen(t *testing.T) {
	t.Parallel()
	a, b := twoPrograms(t)
	var of [2]Merging
	r := rand.New(rand.NewPCG(5, 5))
	holds := map[int64]string{}
	for round := range 1200 {
		who := 0
		if r.IntN(300) == 0 {
			who = 1
		}
		db, m := []memory{a, b}[who], &of[who]
		keep := r.IntN(400) > 0
		seq, word := 1+r.Int64N(200), fmt.Sprintf("zwieback %d", round)
		db.do(t, keep, func() error {
			if r.IntN(4) == 0 {
				err := new(Writer).Write(t.Context(), db, m, []Change{{seq, text("%s", word)}}, 0)
				if err != nil || !keep {
					return err
				}
				holds[seq] = word
			}
			_, err := m.step(t.Context(), db, 0)
			return err
		})
		if !keep || r.IntN(400) == 0 {
			m.Forget()
		}
		if round%6 == 0 && len(holds) > 0 {
			seqs := slices.Sorted(maps.Keys(holds))
			at := seqs[r.IntN(len(seqs))]
			if got := a.find(t, holds[at]); !slices.Contains(got, at) {
				t.Fatalf("round %d: document %d is not found by %q", round, at, holds[at])
			}
		}
	}
	m := new(Merging)
	for ended := false; !ended; {
		a.do(t, true, func() (err error) {
			ended, err = m.step(t.Context(), a, 0)
			return err
		})
	}
	if n := a.pending(t); n > 0 {
		t.Errorf("%d signatures are pending at the end", n)
	}
	v := NewVerifier(a, false)
	for seq, word := range holds {
		if ok, err := v.Has(t.Context(), seq, text("%s", word)); !ok || err != nil {
			t.Errorf("document %d has not all bits of %q: %v", seq, word, err)
		}
		if ok, _ := v.Has(t.Context(), seq, text("before %d", seq)); ok {
			t.Errorf("document %d has still all bits that it had", seq)
		}
	}
}

// TestStepsEndThoughOthersWrite has somebody else write between any two steps.
func TestStepsEndThoughOthersWrite(t *testing.T) {
	t.Parallel()
	a, b := twoPrograms(t)
	var m Merging
	steps := 0
	for ended := false; !ended; steps++ {
		b.do(t, true, func() error {
			return new(Writer).Write(t.Context(), b, nil, []Change{{5, text("high %d", steps)}}, 0)
		})
		a.do(t, true, func() (err error) {
			ended, err = m.step(t.Context(), a, 0)
			return err
		})
		if steps > 20 {
			t.Fatal("it has no end")
		}
	}
	if got := a.find(t, fmt.Sprint("high ", steps-1)); !slices.Contains(got, 5) {
		t.Errorf("the last change is not found: %v", got)
	}
}

// TestABlockFillsUpInSteps adds documents one by one beyond the end of a block: no transaction
// writes all of its slices, and it has them in the end. Finish does what is left.
func TestABlockFillsUpInSteps(t *testing.T) {
	t.Parallel()
	a, _ := twoPrograms(t)
	var m Merging
	w := new(Writer)
	w.countLater(0)
	add := func(from, to int64) {
		for seq := from; seq < to; seq += 100 {
			var changes []Change
			for i := seq; i < min(seq+100, to); i++ {
				changes = append(changes, Change{i, text("after %d", i)})
			}
			a.do(t, true, func() error { return w.Write(t.Context(), a, &m, changes, changes[len(changes)-1].Seq) })
		}
	}
	add(newest+1, 2*Span)
	if m.Begun() {
		t.Error("a block that is not full is finished")
	}
	a.do(t, true, func() error {
		return w.Write(t.Context(), a, &m, []Change{{2 * Span, text("after all")}, {2*Span + 1, text("after all")}}, 2*Span+1)
	})
	if n := a.pending(t); n > 0 || !m.Begun() {
		t.Errorf("%d are pending, steps are left: %v", n, m.Begun())
	}
	a.do(t, true, func() error { return w.Write(t.Context(), a, &m, []Change{{Span + 77, text("changed at last")}}, 0) })
	a.do(t, true, func() error { return w.Finish(t.Context(), a, &m) })
	if n := a.pending(t); n != 1 || m.Begun() {
		t.Errorf("%d are pending, want the changed one; steps are left: %v", n, m.Begun())
	}
	for word, seq := range map[string]int64{"changed at last": Span + 77, "after 12345": 12345, "before 4321": 4321, "before 8005": 8005} {
		if got := a.findBelow(t, 2*Span+2, word); !slices.Contains(got, seq) || len(got) > 100 {
			t.Errorf("%q is in %d, not in %d", word, len(got), seq)
		}
	}
}

// TestANewBlockAndOthers has another program write so much while the slices of a full block are
// written that it finishes the block itself, and a small change while the signatures are deleted.
// What the slices say is kept.
func TestANewBlockAndOthers(t *testing.T) {
	t.Parallel()
	for _, many := range []bool{false, true} {
		steps := Bits/slicesTogether + 20
		if many {
			steps = 3
		}
		t.Run(fmt.Sprint(steps), func(t *testing.T) {
			t.Parallel()
			a, b := twoPrograms(t)
			var m Merging
			w := new(Writer)
			w.countLater(0)
			var changes []Change
			for seq := int64(newest + 1); seq < 2*Span; seq++ {
				changes = append(changes, Change{seq, text("after %d", seq)})
			}
			a.do(t, true, func() error { return w.Write(t.Context(), a, &m, changes, 2*Span-1) })
			a.do(t, true, func() error {
				return w.Write(t.Context(), a, &m, []Change{{2 * Span, text("after all")}}, 2*Span)
			})
			for range steps {
				a.do(t, true, func() error { return w.steps(t.Context(), a, &m, 1) })
			}
			theirs, newestOfTheirs := []Change{{5, text("theirs")}}, int64(0)
			if many {
				for seq := int64(2*Span + 1); len(theirs) <= bulkFrom; seq++ {
					theirs, newestOfTheirs = append(theirs, Change{seq, text("theirs")}), seq
				}
			}
			b.do(t, true, func() error { return new(Writer).Write(t.Context(), b, nil, theirs, newestOfTheirs) })
			a.do(t, true, func() error { return w.Finish(t.Context(), a, &m) })
			v, lost := NewVerifier(a, false), 0
			for _, c := range changes {
				ok, err := v.Has(t.Context(), c.Seq, c.Signature)
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					lost++
				}
			}
			if lost > 0 || m.Begun() {
				t.Errorf("%d of %d documents are not found any more; steps are left: %v", lost, len(changes), m.Begun())
			}
		})
	}
}
