package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
)

// How many logs one statement adds to a file, and how large each of them may be. The statement is
// started and ended, and the counter of the table written, once for all of them.
const (
	insertLogs  = 32
	insertBytes = 16 << 10
)

const logValues = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const (
	logColumns = ` INTO logs (id, file, version, created, traced, parent, trace, hash, original, made, doc) VALUES ` + logValues
	unlessHere = ` ON CONFLICT (id) DO NOTHING`
	insertOne  = `INSERT` + logColumns + unlessHere
)

// insertMany is undone together with its transaction, or with the step of one, when it fails. OR
// FAIL leaves that to them: else SQLite would keep a copy of each page that the statement changes,
// which takes a tenth of the time of an import.
func insertMany() string {
	return `INSERT OR FAIL` + logColumns + strings.Repeat(", "+logValues, insertLogs-1) + unlessHere
}

// together is how many of some logs, from the first on, one statement adds to a file.
func together(entries []*Entry) int {
	if len(entries) < insertLogs {
		return 1
	}
	for _, e := range entries[:insertLogs] {
		if e.Len() > insertBytes {
			return 1
		}
	}
	return insertLogs
}

func insertedHashes() string {
	return `SELECT id, hash FROM logs WHERE id IN (?` + strings.Repeat(`, ?`, insertLogs-1) + `)`
}

// unchanged reports whether some logs, as many as together says, are all there as they are.
func (c *conn) unchanged(ctx context.Context, entries []*Entry) (bool, error) {
	args := make([]any, insertLogs)
	for i := range args {
		args[i] = entries[min(i, len(entries)-1)].id
	}
	there := make(map[string][]byte, len(entries))
	err := c.collect(ctx, func(rows scanner) error {
		var id string
		var hash []byte
		err := rows.Scan(&id, &hash)
		there[id] = hash
		return err
	}, insertedHashes(), args...)
	return !slices.ContainsFunc(entries, func(e *Entry) bool { return !bytes.Equal(there[e.id], e.hash[:]) }), err
}

// insertSome adds as many logs to a file as together says, but for those whose ids are there, and
// says which it added.
func (s *Store) insertSome(ctx context.Context, c *conn, entries []*Entry, scopes []scope) ([]bool, error) {
	if len(entries) == 1 {
		switch err := s.insert(ctx, c, entries[0], scopes[0].file, scopes[0].version); {
		case errors.Is(err, sql.ErrNoRows):
			return []bool{false}, nil
		default:
			return []bool{true}, err
		}
	}
	numbers, err := c.insertAll(ctx, entries, scopes)
	if err != nil {
		return nil, err
	}
	added := make([]bool, len(entries))
	for i, seq := range numbers {
		if added[i] = seq > 0; added[i] {
			if err := s.noteAdded(ctx, c, seq, entries[i], scopes[i]); err != nil {
				return nil, err
			}
		}
	}
	return added, nil
}

// insertAll adds logs in one statement and gives the number of each, 0 for one whose id is there.
func (c *conn) insertAll(ctx context.Context, entries []*Entry, scopes []scope) (numbers []int64, err error) {
	before := c.newest // no log has a larger number than the newest that was added
	if before == 0 {
		if err := c.row(ctx, `SELECT coalesce(max(seq), 0) FROM logs`).Scan(&before); err != nil {
			return nil, err
		}
	}
	args := make([]any, 0, insertLogs*strings.Count(logValues, "?"))
	for i, e := range entries {
		args = append(args, e.id, scopes[i].file, scopes[i].version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.original, e.made, c.d.column(e))
	}
	n, last, err := c.inserted(ctx, insertMany(), args...)
	if err != nil {
		return nil, err
	}
	numbers = make([]int64, len(entries))
	switch n {
	case 0:
		return numbers, nil
	case int64(len(entries)): // SQLite gives them numbers one after the other
		for i := range numbers {
			numbers[i] = last - n + 1 + int64(i)
		}
		return numbers, nil
	}
	return numbers, c.numbersAfter(ctx, before, entries, numbers)
}

// numbersAfter finds the numbers of those logs that were added after another. Of several with one
// id it is the first.
func (c *conn) numbersAfter(ctx context.Context, before int64, entries []*Entry, numbers []int64) error {
	added := map[string]int64{}
	err := c.collect(ctx, func(rows scanner) error {
		var id string
		var seq int64
		err := rows.Scan(&id, &seq)
		added[id] = seq
		return err
	}, `SELECT id, seq FROM logs WHERE seq > ?`, before)
	for i, e := range entries {
		numbers[i] = added[e.id]
		delete(added, e.id)
	}
	return err
}
