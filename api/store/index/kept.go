package index

import "context"

// Kept is the signatures of the documents that are in no finished block, as a connection of SQLite
// has read them. They are read again when another connection has written. The zero Kept has none.
// It is for one goroutine at a time.
type Kept struct {
	known   bool
	version int64 // of the database, as the connection counts
	seqs    []int64
	ends    []int  // of each, in bits
	bits    []byte // of all of them, one behind the other
}

// each hands out the signatures of all documents that have one of their own. Without k they are
// read.
func (k *Kept) each(ctx context.Context, db DB, take func(seq int64, signature []byte)) error {
	const all = `SELECT seq, bits FROM signatures`
	if k == nil {
		return eachRow(ctx, db, all, take)
	}
	var version int64
	if err := db.Row(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return err
	}
	if !k.known || k.version != version {
		*k = Kept{seqs: k.seqs[:0], ends: k.ends[:0], bits: k.bits[:0]}
		err := eachRow(ctx, db, all, func(seq int64, signature []byte) {
			k.seqs, k.bits = append(k.seqs, seq), append(k.bits, signature...)
			k.ends = append(k.ends, len(k.bits))
		})
		if err != nil {
			return err
		}
		k.known, k.version = true, version
	}
	from := 0
	for i, seq := range k.seqs {
		take(seq, k.bits[from:k.ends[i]])
		from = k.ends[i]
	}
	return nil
}
