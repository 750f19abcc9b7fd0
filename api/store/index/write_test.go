package index

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"

	_ "modernc.org/sqlite" // the database of the tests
)

// memory is the tables of the index in a database in memory.
type memory struct{ db *sql.DB }

func newMemory(t *testing.T) memory {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	m := memory{db}
	m.makeTables(t)
	return m
}

func (m memory) makeTables(t *testing.T) {
	t.Helper()
	for _, table := range []string{"signatures (seq INTEGER PRIMARY KEY, bits BLOB)", "slices (seq INTEGER PRIMARY KEY, bits BLOB)", "blocks (block INTEGER PRIMARY KEY)"} {
		if err := m.Exec(t.Context(), "CREATE TABLE "+table); err != nil {
			t.Fatal(err)
		}
	}
}

func (m memory) Row(ctx context.Context, query string, args ...any) Row {
	return m.db.QueryRowContext(ctx, query, args...)
}

func (m memory) Exec(ctx context.Context, query string, args ...any) error {
	_, err := m.db.ExecContext(ctx, query, args...)
	return err
}

func (m memory) Bits(ctx context.Context, take func(seq int64, bits []byte), query string, args ...any) error {
	return eachRow(ctx, m, query, take, args...)
}

func (m memory) Collect(ctx context.Context, scan func(Row) error, query string, args ...any) error {
	rows, err := m.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// newest is the number of the last document that the tests write: a block is finished, and some
// more documents follow.
const newest = Span + 10

func text(format string, args ...any) *Signature {
	s := Sign(Document{Searched: []Text{{Value: fmt.Appendf(nil, "%q", fmt.Sprintf(format, args...))}}})
	return &s
}

// filled is an index in which document n holds "before n".
func filled(t *testing.T) memory {
	t.Helper()
	m := newMemory(t)
	m.fill(t)
	return m
}

func (m memory) fill(t *testing.T) {
	t.Helper()
	var w Writer
	w.Stagger()
	var changes []Change
	for seq := int64(1); seq <= newest; seq++ {
		changes = append(changes, Change{seq, text("before %d", seq)})
	}
	if err := w.Write(t.Context(), m, nil, changes, newest); err != nil {
		t.Fatal(err)
	}
}

func (m memory) find(t *testing.T, word string) []int64 {
	t.Helper()
	return m.findBelow(t, newest+1, word)
}

func (m memory) findBelow(t *testing.T, end int64, word string) []int64 {
	t.Helper()
	set, err := Candidates(t.Context(), m, end, [][]Bit{Word(Searched, Fold(word))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(set.Each(1, set.Cap()))
}

// TestChangesAreFound changes and deletes documents of a finished block and of the newest one,
// and has the block take the changes up: what is found is the same before and after.
func TestChangesAreFound(t *testing.T) {
	t.Parallel()
	m, w := filled(t), Writer{}
	changes := []Change{{100, text("zwieback")}, {200, text("zwieback")}, {Span + 5, text("zwieback")}, {Span + 6, nil}}
	if err := w.Write(t.Context(), m, nil, changes, 0); err != nil {
		t.Fatal(err)
	}
	for _, enough := range []int64{2, 1} { // two documents of the finished block are pending
		left, err := merge(t.Context(), m, enough)
		if want := map[int64]int64{2: 2, 1: 0}[enough]; err != nil || left != want {
			t.Errorf("%d pending signatures are left of 2 when %d are enough, want %d; %v", left, enough, want, err)
		}
		// What was deleted stays a candidate as long as it is of the newest block.
		if got := m.find(t, "ZWIE"); !slices.Equal(got, []int64{100, 200, Span + 5, Span + 6}) {
			t.Errorf("the new word is in %v", got)
		}
		for _, seq := range []int64{100, Span + 5} {
			if got := m.find(t, fmt.Sprintf("before %d", seq)); slices.Contains(got, seq) {
				t.Errorf("document %d is found by what it held before", seq)
			}
		}
		if got := m.find(t, "before 4321"); !slices.Contains(got, 4321) || len(got) > 100 {
			t.Errorf("%d documents are candidates for one, %v", len(got), got)
		}
	}
}

// TestVerifier misses what the index has not.
func TestVerifier(t *testing.T) {
	t.Parallel()
	m := filled(t)
	v := NewVerifier(m, false)
	for _, c := range []struct {
		seq  int64
		text string
		want bool
	}{
		{1, "before 1", true}, {77, "before 77", true}, {77, "another text", false}, {Span + 1, fmt.Sprint("before ", Span+1), true}, {Span + 1, "another text", false},
		{newest + 1, "never written", false},
	} {
		if got, err := v.Has(t.Context(), c.seq, text("%s", c.text)); got != c.want || err != nil {
			t.Errorf("document %d with %q: %v, want %v; %v", c.seq, c.text, got, c.want, err)
		}
	}
}

// TestNothingIsFoundInNothing searches an empty index, which has no block.
func TestNothingIsFoundInNothing(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	set, err := Candidates(t.Context(), m, 1, [][]Bit{Word(Searched, Fold("tide"))}, nil)
	if err != nil || len(slices.Collect(set.Each(1, set.Cap()))) > 0 {
		t.Errorf("%v, %v", set, err)
	}
}
