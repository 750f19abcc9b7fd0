package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"errata/api/store"
)

// How many logs BenchmarkServerImport imports, and how often.
const (
	importedLogs  = 40_000
	importedTurns = 3 // of each row, one after the other
)

// BenchmarkServerImport compares an import into a store on PostgreSQL with COPY into a table of the
// ids, the hashes and the documents, of which the ids have an index, in turns.
//
//	go test ./api/store -run '^$' -bench ServerImport -benchtime 1x
func BenchmarkServerImport(b *testing.B) {
	p, err := findServer()
	if err != nil {
		b.Skip(err)
	}
	if p.own != nil {
		b.Cleanup(p.own.Remove)
	}
	c := newCorpus()
	var docs [][]byte
	for i := range importedLogs {
		docs = append(docs, c.log(i))
	}
	rates := map[string][]float64{}
	for b.Loop() {
		for range importedTurns {
			rates["COPY"] = append(rates["COPY"], importedLogs/copied(b, p.database(b), docs).Seconds())
			s, err := store.Open(b.Context(), p.database(b), store.Options{})
			if err != nil {
				b.Fatal(err)
			}
			took, ending := fill(b, s, importedLogs), time.Now()
			if err := s.Close(); err != nil { // all is in its index then
				b.Fatal(err)
			}
			rates["import"] = append(rates["import"], importedLogs/(took+time.Since(ending)).Seconds())
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nload %s", load)
	for _, row := range []string{"COPY", "import"} {
		slices.Sort(rates[row])
		fmt.Printf("%-8s %7.0f logs a second (%.0f)\n", row, rates[row][len(rates[row])/2], rates[row])
	}
	b.ReportMetric(0, "ns/op")
}

// copied has documents copied into a table, and says how long that took.
func copied(b *testing.B, address string, docs [][]byte) time.Duration {
	b.Helper()
	conn, err := pgconn.Connect(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(b.Context(), `CREATE TABLE bare (id BYTEA PRIMARY KEY, doc BYTEA)`).ReadAll(); err != nil {
		b.Fatal(err)
	}
	var rows bytes.Buffer
	for i, doc := range docs {
		fmt.Fprintf(&rows, "\\\\x%x\t\\\\x%x\n", scaleID(i), doc)
	}
	began := time.Now()
	if _, err := conn.CopyFrom(b.Context(), &rows, `COPY bare FROM STDIN`); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}
