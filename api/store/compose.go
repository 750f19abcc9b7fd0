package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"hash"
	"maps"
	"slices"

	"errata/api"
	"errata/api/rules"
)

// A log shows the judgments that were made here of it in its member evaluator_logs. They are put
// there when it is read: the document that is stored stays as it came in, whoever judges.

// How a log is shown. A column tells, so that a log which nobody judged takes no query more.
const (
	judgedHere = 1 << iota // judgments that were made here are added to it
	leavesOut              // judgments in its document were deleted here

	// howShown is that column, of a log called l.
	howShown = `(CASE WHEN EXISTS (SELECT 1 FROM logs j WHERE j.made AND j.parent = l.id) THEN 1 ELSE 0 END
		+ CASE WHEN EXISTS (SELECT 1 FROM nested n WHERE n.gone AND n.log = l.seq) THEN 2 ELSE 0 END)`
)

// composed is a log that is about to be shown.
type composed struct {
	seq  int64
	id   string
	how  int // see howShown
	doc  []byte
	hash []byte // of the stored document

	pieces [][]byte // the log as it is shown, nil where that is doc
	tag    []byte   // of what was added and left out, nil for nothing
}

// bytes is the log as it is shown.
func (l *composed) bytes() []byte {
	if l.pieces == nil {
		return l.doc
	}
	return joined(l.pieces)
}

// joined is what comes in pieces.
func joined(pieces [][]byte) []byte {
	if len(pieces) == 1 {
		return pieces[0]
	}
	return bytes.Join(pieces, nil)
}

// handedOut is the log as it is handed out, in pieces.
func (l *composed) handedOut() [][]byte {
	if l.pieces == nil {
		return [][]byte{served(l.doc)}
	}
	pieces := make([][]byte, len(l.pieces))
	for i, piece := range l.pieces { // they are cut between characters
		pieces[i] = served(piece)
	}
	return pieces
}

// document is the log as it is handed out, with its tag.
func (l *composed) document() api.Document {
	d := document(l.bytes(), l.hash)
	if l.tag != nil {
		d.ETag = rules.JudgedTag(l.hash, l.tag)
	}
	return d
}

// compose puts into logs what is to be shown in them, in one query for all as a rule.
func (c *conn) compose(ctx context.Context, logs []*composed) error {
	logs = slices.DeleteFunc(slices.Clone(logs), func(l *composed) bool { return l.how == 0 })
	if len(logs) == 0 {
		return nil
	}
	k := composer{made: map[string][]composed{}, gone: map[int64]map[string]bool{}}
	if err := k.load(ctx, c, logs); err != nil {
		return err
	}
	for _, l := range logs {
		sum := sha256.New()
		if pieces, changed := k.shown(l, sum, map[string]bool{}); changed {
			l.pieces, l.tag = pieces, sum.Sum(nil)
		}
	}
	return nil
}

// composer holds what is shown in some logs.
type composer struct {
	made map[string][]composed     // by the id of what they judge, in the order of arrival
	gone map[int64]map[string]bool // by the number of the log in whose document they stand
}

// load reads the judgments of logs, those of the judgments, and so on.
func (k *composer) load(ctx context.Context, c *conn, logs []*composed) error {
	for len(logs) > 0 {
		var of, without []any
		for _, l := range logs {
			if _, known := k.made[l.id]; l.how&judgedHere != 0 && !known {
				k.made[l.id] = nil
				of = append(of, l.id)
			}
			if l.how&leavesOut != 0 {
				without = append(without, l.seq)
			}
		}
		logs = nil
		if err := k.loadMade(ctx, c, of); err != nil {
			return err
		}
		for _, id := range of {
			for i := range k.made[id.(string)] {
				logs = append(logs, &k.made[id.(string)][i])
			}
		}
		if err := k.loadGone(ctx, c, without); err != nil {
			return err
		}
	}
	return nil
}

func (k *composer) loadMade(ctx context.Context, c *conn, of []any) error {
	for some := range slices.Chunk(of, docsTogether) {
		err := c.collect(ctx, func(rows *sql.Rows) error {
			var l composed
			var parent string
			var doc handed
			err := rows.Scan(&parent, &l.seq, &l.id, &l.how, &doc)
			l.doc = doc
			k.made[parent] = append(k.made[parent], l)
			return err
		}, `SELECT l.parent, l.seq, l.id, `+howShown+`, l.doc FROM logs l WHERE l.made AND l.parent IN (`+docsHoles+`) ORDER BY l.seq`, padded(some, "")...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *composer) loadGone(ctx context.Context, c *conn, of []any) error {
	for some := range slices.Chunk(of, docsTogether) {
		err := c.collect(ctx, func(rows *sql.Rows) error {
			var log int64
			var id string
			err := rows.Scan(&log, &id)
			if k.gone[log] == nil {
				k.gone[log] = map[string]bool{}
			}
			k.gone[log][id] = true
			return err
		}, `SELECT log, id FROM nested WHERE gone AND log IN (`+docsHoles+`)`, padded(some, nobody)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// padded are arguments for docsHoles.
func padded(args []any, none any) []any {
	list := slices.Clone(args)
	for len(list) < docsTogether {
		list = append(list, none)
	}
	return list
}

// shown is a log with what is shown in it, in pieces; changed is false where that is the log as it
// is stored. What is added, and what is left out, is also written to sum. above holds the logs that
// it is shown in: a circle is cut.
func (k *composer) shown(l *composed, sum hash.Hash, above map[string]bool) (pieces [][]byte, changed bool) {
	if l.how == 0 || above[l.id] {
		return [][]byte{l.doc}, false
	}
	above[l.id] = true
	defer delete(above, l.id)
	gone := k.gone[l.seq]
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		_, _ = sum.Write(append([]byte(id), 0))
	}
	list := nestedIn(l.doc)
	held := list.leaveOut(gone)
	for i := range k.made[l.id] {
		made := &k.made[l.id][i]
		if held[made.id] {
			continue
		}
		doc, _ := k.shown(made, sum, above)
		for _, piece := range doc {
			_, _ = sum.Write(piece)
		}
		_, _ = sum.Write([]byte{0})
		list.added = append(list.added, doc)
	}
	return list.written(), !list.unchanged()
}
