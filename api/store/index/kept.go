package index

import "context"

// Kept is the signatures of the documents that are in no finished block, as a connection of SQLite
// has read them. They are read again when another connection has written. The zero Kept has none.
// It is for one goroutine at a time.
type Kept struct {
	known   bool
	version int64 // of the database, as the connection counts
	n       int   // how many there are
	parts   []*keptPart
}

// keptPart is some of them. What grows part by part is never copied into something larger, which
// would leave several times of it behind.
type keptPart struct {
	seqs       [keptTogether]int64
	signatures [keptTogether]Signature
}

const keptTogether = 128

// each hands out the signatures of all documents that have one of their own. Without k they are
// read.
func (k *Kept) each(ctx context.Context, db DB, take func(seq int64, signature []byte)) error {
	const all = `SELECT seq, bits FROM signatures`
	if k == nil {
		return db.Bits(ctx, take, all)
	}
	var version int64
	if err := db.Row(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return err
	}
	if !k.known || k.version != version {
		k.known, k.n = false, 0
		if err := db.Bits(ctx, k.add, all); err != nil {
			return err
		}
		used := (k.n + keptTogether - 1) / keptTogether
		clear(k.parts[used:])
		k.parts = k.parts[:used]
		k.known, k.version = true, version
	}
	for i := range k.n {
		part, at := k.parts[i/keptTogether], i%keptTogether
		take(part.seqs[at], part.signatures[at][:])
	}
	return nil
}

// add appends a signature.
func (k *Kept) add(seq int64, signature []byte) {
	if k.n == len(k.parts)*keptTogether {
		k.parts = append(k.parts, new(keptPart))
	}
	part, at := k.parts[k.n/keptTogether], k.n%keptTogether
	part.seqs[at] = seq
	copy(part.signatures[at][:], signature)
	k.n++
}
