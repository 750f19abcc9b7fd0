package store

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"

	"errata/api/store/index"
)

// Report is what Check found.
type Report struct {
	Files, Versions, Logs int
	Search                string   // how searches are answered, a few words
	Problems              []string // one sentence each, at most a hundred; none when all is well
	// logs that hold bytes that are not UTF-8, see served: they are sound, but not handed out as
	// they are
	NotUTF8    int
	NotUTF8IDs []string // the ids of the first hundred of them
}

// mostProblems is how many problems a report lists.
const mostProblems = 100

// meet notes a log that is not handed out as it is.
func (r *Report) meet(l checkedLog) {
	if utf8.Valid(l.doc) {
		return
	}
	if r.NotUTF8++; r.NotUTF8 <= mostProblems {
		r.NotUTF8IDs = append(r.NotUTF8IDs, l.id)
	}
}

func (r *Report) add(format string, args ...any) {
	if len(r.Problems) < mostProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Check reads the whole store: whether the database is sound, each document is the one that was
// stored, and what is kept beside the documents fits them. progress, which may be nil, is called
// with the number of logs read so far. Faults are in the report; the error means that the store
// could not be read.
func (s *Store) Check(ctx context.Context, progress func(done, total int)) (Report, error) {
	var r Report
	err := s.view(ctx, "cannot check the store", func(c *conn) error {
		r = Report{}
		if err := c.sound(ctx, &r); err != nil {
			return err
		}
		for table, n := range map[string]*int{"files": &r.Files, "versions": &r.Versions, "logs": &r.Logs} {
			if err := c.row(ctx, `SELECT count(*) FROM `+table).Scan(n); err != nil {
				return err
			}
		}
		if err := s.checkLogs(ctx, c, &r, progress); err != nil {
			return err
		}
		return c.checkCounts(ctx, &r)
	})
	return r, err
}

// sound asks the database whether it is sound, and says how it searches.
func (c *conn) sound(ctx context.Context, r *Report) error {
	r.Search = "an index of signatures"
	if !c.d.single {
		return nil // a server sees to that itself
	}
	return c.collect(ctx, func(rows scanner) error {
		var text string
		err := rows.Scan(&text)
		if err == nil && text != "ok" {
			r.add("the database is damaged: %s", text)
		}
		return err
	}, fmt.Sprintf(`PRAGMA integrity_check(%d)`, mostProblems))
}

// checkedLog is a log with what is kept beside it.
type checkedLog struct {
	seq, file int64
	id        string
	created   int64
	hash, doc []byte
}

// checkLogs compares each document with its hash, its time and its place in the search index.
func (s *Store) checkLogs(ctx context.Context, c *conn, r *Report, progress func(done, total int)) error {
	verifier := index.NewVerifier(tables{c}, !c.d.single)
	for done, last := 0, int64(0); ; {
		var part []checkedLog
		err := c.collect(ctx, func(rows scanner) error {
			var l checkedLog
			err := rows.Scan(&l.seq, &l.file, &l.id, &l.created, &l.hash, &l.doc)
			part = append(part, l)
			return err
		}, `SELECT seq, file, id, created, hash, `+c.d.whole(`logs`)+` FROM logs WHERE seq > ? ORDER BY seq LIMIT ?`, last, derivePage)
		if err != nil || len(part) == 0 {
			return err
		}
		for _, l := range part {
			last = l.seq
			r.meet(l)
			e, err := readEntry(l.doc)
			switch {
			case err != nil:
				r.add("log %q is not a JSON object any more: %v", l.id, err)
				continue
			case !bytes.Equal(e.hash[:], l.hash):
				r.add("log %q is not as it was stored", l.id)
			case e.id != l.id:
				r.add("log %q calls itself %q", l.id, e.id)
			case e.created != l.created:
				r.add("log %q stands at another time than its own in lists", l.id)
			}
			indexed, err := c.isIndexed(ctx, verifier, e, l)
			if err != nil {
				return err
			}
			if !indexed {
				r.add("log %q may be missed by searches", l.id)
			}
		}
		if done += len(part); progress != nil {
			progress(done, max(r.Logs, done))
		}
	}
}

// checkCounts compares the counts that are kept with the logs.
func (c *conn) checkCounts(ctx context.Context, r *Report) error {
	if !c.d.counted {
		return nil
	}
	kept, err := c.counts(ctx, countsKept)
	if err != nil {
		return err
	}
	actual, err := c.counts(ctx, countsTrue)
	if err != nil {
		return err
	}
	for sc, n := range actual {
		if kept[sc] != n {
			r.add("%d logs of a file are counted as %d", n, kept[sc])
		}
	}
	for sc, n := range kept {
		if _, found := actual[sc]; !found {
			r.add("a file without logs is counted to have %d", n)
		}
	}
	return nil
}
