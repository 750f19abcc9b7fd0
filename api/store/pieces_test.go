package store_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// largeOutput is an output of some bytes, in lines that differ.
func largeOutput(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `high water %d at the northern pier — at nine. `, i)
	}
	return b.String()
}

// fileStore is a store in a file, and a view of the file for other programs.
func fileStore(t *testing.T) (*store.Store, *sql.DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "errata.db")
	st, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return st, db
}

// pieceSums are the places of the pieces of a log, each with its bytes.
func pieceSums(t *testing.T, db *sql.DB) map[int64]string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT place, bytes FROM pieces`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	all := map[int64]string{}
	for rows.Next() {
		var place int64
		var text string
		if err := rows.Scan(&place, &text); err != nil {
			t.Fatal(err)
		}
		all[place] = text
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAChangedWordInALargeLogWritesAFewPieces, whatever changes and wherever that is; the log is
// read as it was sent, by errata and by other programs, and what is sound is found sound.
func TestAChangedWordInALargeLogWritesAFewPieces(t *testing.T) {
	t.Parallel()
	st, db := fileStore(t)
	output, random := largeOutput(2<<20), rand.New(rand.NewPCG(1, 2))
	if _, err := st.Import(t.Context(), []byte(`{"id":"log_1","output":"`+output+`","prompt":{"id":"pr_1"},"prompt_tokens":1}`)); err != nil {
		t.Fatal(err)
	}
	for i := range 15 {
		at := random.IntN(len(output))
		for output[at] < 'a' || 'z' < output[at] {
			at = (at + 1) % len(output)
		}
		word := strings.Repeat("neap ", 1+random.IntN(3)*random.IntN(40))
		patch := fmt.Sprintf(`{"prompt_tokens":%d}`, i+2)
		if i%3 > 0 {
			output = output[:at] + word + output[min(len(output), at+i%3):]
			patch = `{"output":"` + strings.ToValidUTF8(output, "") + `"}`
			output = strings.ToValidUTF8(output, "")
		}
		before := pieceSums(t, db)
		doc, err := st.UpdateLog(t.Context(), "pr_1", "log_1", []byte(patch), "")
		if err != nil {
			t.Fatal(err)
		}
		written := 0
		for place, text := range pieceSums(t, db) {
			if before[place] != text {
				written += len(text)
			}
		}
		if written > 600<<10 {
			t.Fatalf("change %d at %d wrote %d bytes", i, at, written)
		}
		readsBack(t, st, db, doc)
	}
	if n := len(pieceSums(t, db)); n > 30 {
		t.Errorf("2 MB are in %d pieces", n)
	}
	report, err := st.Check(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("%v, %q", err, report.Problems)
	}
}

// readsBack wants the log as an answer showed it.
func readsBack(t *testing.T, st *store.Store, db *sql.DB, want api.Document) {
	t.Helper()
	got, err := st.Log(t.Context(), "log_1")
	if err != nil || !bytes.Equal(got.Raw, want.Parts().Join()) || got.ETag != want.ETag {
		t.Fatalf("read %d bytes instead of %d, %v", len(got.Raw), want.Parts().Len(), err)
	}
	var doc []byte
	if err := db.QueryRowContext(t.Context(), `SELECT doc FROM documents WHERE id = 'log_1'`).Scan(&doc); err != nil || !bytes.Equal(doc, want.Parts().Join()) {
		t.Fatalf("others read %d bytes instead of %d, %v", len(doc), want.Parts().Len(), err)
	}
}

// TestALogBecomesLargeAndSmallAgain: it is in pieces while it is large, and leaves none when it is
// deleted.
func TestALogBecomesLargeAndSmallAgain(t *testing.T) {
	t.Parallel()
	st, db := fileStore(t)
	if _, err := st.Import(t.Context(), []byte(`{"id":"log_1","output":"low","prompt":{"id":"pr_1"}}`)); err != nil {
		t.Fatal(err)
	}
	change := func(output string, pieces bool) {
		t.Helper()
		doc, err := st.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"`+output+`"}`), "")
		if err != nil {
			t.Fatal(err)
		}
		readsBack(t, st, db, doc)
		if n := len(pieceSums(t, db)); n > 0 != pieces {
			t.Errorf("%d bytes are in %d pieces", len(output), n)
		}
	}
	change(largeOutput(2<<20), true)
	change("ebb", false)
	change(largeOutput(5<<20), true)
	change(largeOutput(2<<20), true)
	again := []byte(`{"id":"log_1","output":"neap` + largeOutput(2<<20) + `","prompt":{"id":"pr_1"}}`)
	e, err := store.Prepare(again)
	if err != nil {
		t.Fatal(err)
	}
	if did, err := st.Replace(t.Context(), e, ""); err != nil || did != store.Replaced {
		t.Fatal(did, err)
	}
	if got, err := st.Log(t.Context(), "log_1"); err != nil || !bytes.Equal(got.Raw, again) {
		t.Errorf("imported again: %d bytes, %v", len(got.Raw), err)
	}
	if err := st.DeleteLogs(t.Context(), []string{"log_1"}); err != nil || len(pieceSums(t, db)) > 0 {
		t.Errorf("%d pieces are left, %v", len(pieceSums(t, db)), err)
	}
}
