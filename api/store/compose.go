package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"hash"
	"maps"
	"slices"

	"errata/api"
	"errata/api/rules"
)

// A log shows the judgments that were made of it here in its member evaluator_logs. They are
// inserted when the log is read: the stored document stays as it was imported or created.

// How a log is shown. A column of the query says it, so that logs without judgments need no further
// query.
const (
	judgedHere = 1 << iota // judgments that were made here have to be inserted
	leavesOut              // judgments in its document were deleted here and have to be left out

	// howShown is that column, for a log with the alias l.
	howShown = `(CASE WHEN ` + isJudged + ` THEN 1 ELSE 0 END + CASE WHEN ` + leftOut + ` THEN 2 ELSE 0 END)`

	// howManyShown is howShown for a statement that reads many logs. It asks once whether any log at
	// all is shown otherwise than it is stored, which takes a sixth of the time of reading 2 KB.
	howManyShown = `(CASE WHEN EXISTS (SELECT 1 FROM logs WHERE made) AND ` + isJudged + ` THEN 1 ELSE 0 END
		+ CASE WHEN EXISTS (SELECT 1 FROM nested WHERE gone) AND ` + leftOut + ` THEN 2 ELSE 0 END)`

	isJudged = `EXISTS (SELECT 1 FROM logs j WHERE j.made AND j.parent = l.id)`
	leftOut  = `EXISTS (SELECT 1 FROM nested n WHERE n.gone AND n.log = l.seq)`
)

// composed is a log that is to be shown, with the judgments that belong to it.
type composed struct {
	seq  int64
	id   string
	how  int // see howShown
	doc  []byte
	hash []byte // of the stored document

	pieces [][]byte // the log as it is shown, nil when that is doc
	tag    []byte   // a hash of what was inserted and left out, nil when nothing was
}

// bytes is the log as it is shown.
func (l *composed) bytes() []byte {
	if l.pieces == nil {
		return l.doc
	}
	return joined(l.pieces)
}

// joined concatenates pieces.
func joined(pieces [][]byte) []byte {
	if len(pieces) == 1 {
		return pieces[0]
	}
	return bytes.Join(pieces, nil)
}

// handedOut is the log as it is served, in pieces.
func (l *composed) handedOut() [][]byte {
	if l.pieces == nil {
		return [][]byte{served(l.doc)}
	}
	pieces := make([][]byte, len(l.pieces))
	for i, piece := range l.pieces { // pieces never end within a character
		pieces[i] = served(piece)
	}
	return pieces
}

// document is the log as it is served, with its ETag.
func (l *composed) document() api.Document {
	d := document(l.bytes(), l.hash)
	if l.tag != nil {
		d.ETag = rules.JudgedTag(l.hash, l.tag)
	}
	return d
}

// compose inserts the judgments that logs show, with one query for all of them as a rule.
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

// composer has the judgments that some logs show.
type composer struct {
	made map[string][]composed     // by the id of the log that they judge, in the order of arrival
	gone map[int64]map[string]bool // by the number of the log whose document contains them
}

// load reads the judgments of logs, the judgments of these judgments, and so on.
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
		err := c.collect(ctx, func(rows scanner) error {
			var l composed
			var parent string
			var doc handed
			err := rows.Scan(&parent, &l.seq, &l.id, &l.how, &doc)
			l.doc = doc
			k.made[parent] = append(k.made[parent], l)
			return err
		}, `SELECT l.parent, l.seq, l.id, `+howManyShown+`, `+c.d.whole(`l`)+` FROM logs l WHERE l.made AND l.parent IN (`+docsParameters()+`) ORDER BY l.seq`, padded(some, "")...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *composer) loadGone(ctx context.Context, c *conn, of []any) error {
	for some := range slices.Chunk(of, docsTogether) {
		err := c.collect(ctx, func(rows scanner) error {
			var log int64
			var id string
			err := rows.Scan(&log, &id)
			if k.gone[log] == nil {
				k.gone[log] = map[string]bool{}
			}
			k.gone[log][id] = true
			return err
		}, `SELECT log, id FROM nested WHERE gone AND log IN (`+docsParameters()+`)`, padded(some, nobody)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// padded fills the arguments up to the number of parameters in the prepared statement,
// docsParameters.
func padded(args []any, none any) []any {
	list := slices.Clone(args)
	for len(list) < docsTogether {
		list = append(list, none)
	}
	return list
}

// shown is a log with what is shown in it, in pieces; changed is false when that is the stored
// document. What is inserted or left out is written to sum as well. above are the logs within which
// it is shown: a judgment that would contain itself is left out.
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
