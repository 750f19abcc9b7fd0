package store

import (
	"context"
	"database/sql"
	"runtime"
	"strconv"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// SQLite writes a value to the write-ahead log and then into the file, all of it, however little of
// it has changed. So a large document of a file is kept in pieces: a changed word in 100 MB writes
// one of them. The column doc of such a log is empty, which no document is.
//
// PostgreSQL compresses large values and keeps them as they are.

// The size from which on a document is kept in pieces, and about how large one is, in bytes. What
// is kept in pieces is never read as quickDoc.
const (
	piecesFrom = quick + 1
	pieceSize  = 128 << 10
)

// pieceGap is how far apart the places of pieces are at first, so that others fit in between.
const pieceGap = 1 << 24

// whole is the document of a log as SQL, for logs that are called so in the statement.
func (d *dialect) whole(logs string) string {
	if !d.pieces {
		return logs + `.doc`
	}
	return `CASE WHEN length(` + logs + `.doc) > 0 THEN ` + logs + `.doc ELSE (SELECT CAST(group_concat(bytes, '') AS BLOB)
		FROM (SELECT bytes FROM pieces WHERE log = ` + logs + `.seq ORDER BY place)) END`
}

// size is the size of a document as SQL, likewise.
func (d *dialect) size(logs string) string {
	if !d.pieces {
		return `length(` + logs + `.doc)`
	}
	return `CASE WHEN length(` + logs + `.doc) > 0 THEN length(` + logs + `.doc) ELSE
		(SELECT coalesce(sum(length(bytes)), 0) FROM pieces WHERE log = ` + logs + `.seq) END`
}

// upTo is the document of a log as SQL where it has no more than some bytes, else NULL.
func upTo(most int, logs string) string {
	return `CASE WHEN length(` + logs + `.doc) BETWEEN 1 AND ` + strconv.Itoa(most) + ` THEN ` + logs + `.doc END`
}

// column is what the column doc holds of a log.
func (d *dialect) column(e *Entry) []byte {
	if d.inPieces(e.Len()) {
		return []byte{}
	}
	return e.doc()
}

// inPieces reports whether a document of a size is kept in pieces.
func (d *dialect) inPieces(size int) bool { return d.pieces && size >= piecesFrom }

// assemble is a document of which the column doc holds this. It is put together here: the database
// would need twice the memory.
func (c *conn) assemble(ctx context.Context, seq int64, column []byte) ([]byte, error) {
	if len(column) > 0 || !c.d.pieces {
		return column, nil
	}
	var size int
	if err := c.row(ctx, `SELECT coalesce(sum(length(bytes)), 0) FROM pieces WHERE log = ?`, seq).Scan(&size); err != nil {
		return nil, err
	}
	doc := make([]byte, 0, size)
	left, came := collectFrom/2, api.Sharing(ctx, int64(size))
	err := c.collect(ctx, func(rows scanner) error {
		var bytes sql.RawBytes
		err := rows.Scan(&bytes)
		doc = append(doc, bytes...)
		came(len(bytes))
		if left -= len(bytes); left < 0 {
			left = collectFrom / 2
			runtime.GC() // what the driver has made of each piece
		}
		return err
	}, `SELECT bytes FROM pieces WHERE log = ? ORDER BY place`, seq)
	if err == nil && len(doc) == 0 {
		err = &api.Error{Code: api.Failed, Msg: "the log is damaged: none of its pieces is there; run errata check"}
	}
	return doc, err
}

// cut writes the pieces of a document that is new, or has none that could be kept.
func (c *conn) cut(ctx context.Context, seq int64, doc jsonraw.Parts) error {
	if !c.d.pieces {
		return nil
	}
	if err := c.exec(ctx, `DELETE FROM pieces WHERE log = ?`, seq); err != nil || !c.d.inPieces(doc.Len()) {
		return err
	}
	return c.fill(ctx, seq, doc, jsonraw.Span{End: doc.Len()}, 0, pieceGap)
}

// fill writes pieces, the first one behind a place, and the others in a distance from each other.
func (c *conn) fill(ctx context.Context, seq int64, doc jsonraw.Parts, at jsonraw.Span, place, gap int64) error {
	for n := piecesOf(at); n > 0; n-- {
		size := (at.End - at.Start + n - 1) / n
		place += gap
		if err := c.exec(ctx, `INSERT INTO pieces (log, place, bytes) VALUES (?, ?, ?)`, seq, place, doc.Of(jsonraw.Span{Start: at.Start, End: at.Start + size})); err != nil {
			return err
		}
		at.Start += size
	}
	return nil
}

// piecesOf is in how many pieces some bytes are kept. One may grow to twice its size.
func piecesOf(at jsonraw.Span) int { return (at.End - at.Start + 2*pieceSize - 1) / (2 * pieceSize) }

// ends are how many bytes of a document stay as they are when it is changed, before the first that
// does not and behind the last, and how many it has.
type ends struct{ head, tail, all int }

// endsOf compares what a log holds with what it is to hold.
func endsOf(log *model.Log, edits []jsonraw.Edit) ends {
	size := log.Size()
	same := ends{size, size, size}
	for _, e := range edits {
		at, old := log.Place(e.Name), log.Member(e.Name).Bytes()
		head := jsonraw.SamePrefix(old, e.Val)
		same.head = min(same.head, at.Start+head)
		same.tail = min(same.tail, size-at.End+jsonraw.SameSuffix(old[head:], e.Val[head:]))
	}
	return same
}

// replace writes the pieces of a changed document that differ from those that are there.
func (c *conn) replace(ctx context.Context, seq int64, doc jsonraw.Parts, same ends) error {
	var list []piece
	all := 0
	err := c.collect(ctx, func(rows scanner) error {
		var p piece
		err := rows.Scan(&p.place, &p.size)
		list, all = append(list, p), all+p.size
		return err
	}, `SELECT place, length(bytes) FROM pieces WHERE log = ? ORDER BY place`, seq)
	if err != nil {
		return err
	}
	if all != same.all {
		return c.cut(ctx, seq, doc) // it is damaged, and was changed as it had been read before
	}
	before, after := kept(list, same)
	var low int64
	fresh := jsonraw.Span{End: doc.Len()}
	for _, p := range before {
		low, fresh.Start = p.place, fresh.Start+p.size
	}
	for _, p := range after {
		fresh.End -= p.size
	}
	needed := int64(piecesOf(fresh)) + 1
	high := low + needed*pieceGap
	if len(after) > 0 {
		high = after[0].place
	}
	if high-low < needed {
		return c.cut(ctx, seq, doc) // there is no room for so many in between
	}
	if err := c.exec(ctx, `DELETE FROM pieces WHERE log = ? AND place > ? AND (place < ? OR ?)`, seq, low, high, len(after) == 0); err != nil {
		return err
	}
	return c.fill(ctx, seq, doc, fresh, low, (high-low)/needed)
}

// rewritePieces writes what has changed in the pieces of a log.
func (c *conn) rewritePieces(ctx context.Context, old target, doc jsonraw.Parts, same ends) error {
	switch large := c.d.inPieces(doc.Len()); {
	case old.cut && large:
		return c.replace(ctx, old.at.seq, doc, same)
	case old.cut || large:
		return c.cut(ctx, old.at.seq, doc)
	}
	return nil
}

// piece is one of the pieces of a document.
type piece struct {
	place int64
	size  int
}

// kept are the pieces that stay as they are, before and behind those that change. What changes is
// never less than a piece, or there would be more and more small ones.
func kept(list []piece, same ends) (before, after []piece) {
	from, to := 0, len(list)
	for ; from < len(list) && list[from].size <= same.head; from++ {
		same.head -= list[from].size
	}
	for ; to > from && list[to-1].size <= same.tail; to-- {
		same.tail -= list[to-1].size
	}
	if from == to && from > 0 {
		from--
	}
	return list[:from], list[to:]
}
