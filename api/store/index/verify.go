package index

import "context"

// Verifier compares the index with the documents. It is asked for them in the order of their
// numbers, and holds one block in memory.
type Verifier struct {
	db       DB
	block    int64 // the one in memory, -1 for none
	finished bool
	slices   *Block
}

// NewVerifier reads the index of a transaction.
func NewVerifier(db DB) *Verifier { return &Verifier{db: db, block: -1} }

// Has tells whether the index has all bits of a document: if not, searches may miss it.
func (v *Verifier) Has(ctx context.Context, seq int64, want *Signature) (bool, error) {
	var own []byte
	err := v.db.Row(ctx, `SELECT coalesce((SELECT bits FROM signatures WHERE seq = ?), x'')`, seq).Scan(&own)
	if err != nil {
		return false, err
	}
	if len(own) > 0 {
		return covers(own, want[:]), nil
	}
	block, i := blockOf(seq)
	if block != v.block {
		if err := v.load(ctx, block); err != nil {
			return false, err
		}
	}
	return v.finished && covers(v.slices.Signature(i), want[:]), nil
}

func (v *Verifier) load(ctx context.Context, block int64) (err error) {
	var n int
	if err := v.db.Row(ctx, `SELECT count(*) FROM blocks WHERE block = ?`, block).Scan(&n); err != nil {
		return err
	}
	v.block, v.finished = block, n > 0
	v.slices, err = readBlock(ctx, v.db, block)
	return err
}

// covers tells whether a signature has all bits of another.
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
