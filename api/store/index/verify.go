package index

import (
	"context"
	"slices"
)

// Verifier compares the index with the documents. It is asked for them in the order of their
// numbers, and holds one block in memory.
type Verifier struct {
	db       DB
	shared   bool
	block    int64 // the one in memory, -1 for none
	finished bool
	slices   *Block
	own      map[int64][][]byte // the signatures that documents of it have beside the slices
}

// NewVerifier reads the index of a transaction. shared says that it is kept by Append.
func NewVerifier(db DB, shared bool) *Verifier {
	return &Verifier{db: db, shared: shared, block: -1}
}

// Has reports whether the index has all bits of a document: if not, searches may miss it. Where the
// index is not shared, the slices do not count for a document with a signature of its own.
func (v *Verifier) Has(ctx context.Context, seq int64, want *Signature) (bool, error) {
	block, i := blockOf(seq)
	if block != v.block {
		if err := v.load(ctx, block); err != nil {
			return false, err
		}
	}
	own := v.own[seq]
	if slices.ContainsFunc(own, func(bits []byte) bool { return covers(bits, want[:]) }) {
		return true, nil
	}
	return (v.shared || len(own) == 0) && v.finished && covers(v.slices.Signature(i), want[:]), nil
}

func (v *Verifier) load(ctx context.Context, block int64) (err error) {
	v.block, v.own = block, map[int64][][]byte{}
	err = eachRow(ctx, v.db, `SELECT seq, bits FROM signatures WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
		v.own[seq] = append(v.own[seq], slices.Clone(bits))
	}, block*Span, (block+1)*Span)
	if err != nil {
		return err
	}
	if v.finished, err = isFinished(ctx, v.db, block); err == nil {
		v.slices, err = readBlock(ctx, v.db, block)
	}
	return err
}

// isFinished reports whether a block has slices.
func isFinished(ctx context.Context, db DB, block int64) (bool, error) {
	var n int
	err := db.Row(ctx, `SELECT count(*) FROM blocks WHERE block = ?`, block).Scan(&n)
	return n > 0, err
}

// covers reports whether a signature has all bits of another.
func covers(has, want []byte) bool {
	if len(has) != len(want) {
		return false
	}
	for i, w := range want {
		if has[i]&w != w {
			return false
		}
	}
	return true
}
