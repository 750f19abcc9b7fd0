package index

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// For how the index is kept on a server see doc.go. The table of signatures has a third column
// there, n, which grows: of two signatures of one document the larger is the later one, for the
// later change of a log waits for the end of the earlier one.

// Append writes the signatures of documents that were added or changed, in the transaction that
// wrote the documents. One that is gone may stay a candidate.
func Append(ctx context.Context, db DB, changes []Change) error {
	last := map[int64]*Signature{}
	for _, x := range changes {
		if last[x.Seq] = x.Signature; x.Signature == nil {
			delete(last, x.Seq)
		}
	}
	numbers := slices.Sorted(maps.Keys(last))
	for some := range slices.Chunk(numbers, appendTogether) {
		bits := make([][]byte, len(some))
		for i, seq := range some {
			bits[i] = last[seq][:]
		}
		if err := db.Exec(ctx, `INSERT INTO signatures (seq, bits) SELECT * FROM unnest(?::bigint[], ?::bytea[])`, some, bits); err != nil {
			return err
		}
	}
	return nil
}

// appendTogether is how many signatures one statement appends.
const appendTogether = 1000

// TakeUp moves the signatures of the block that has most of them into its slices, and reports
// whether it did. It does not if that block has few, and all of them together are not many times as
// many. Only one may run at a time. A block need not be full: a document that comes later brings
// its signature with it, as one that changes does.
func TakeUp(ctx context.Context, db DB, few int64) (did bool, err error) {
	var block, most, total int64
	err = db.Row(ctx, `SELECT block, n, (sum(n) OVER ())::bigint FROM (SELECT seq / ? AS block, count(*) AS n FROM signatures GROUP BY 1) AS held
		UNION ALL SELECT 0, 0, 0 ORDER BY 2 DESC LIMIT 1`, Span).Scan(&block, &most, &total)
	if err != nil || most < few && total < manyTimes*few {
		return false, err
	}
	newest, err := takeOut(ctx, db, block)
	if err != nil {
		return false, err
	}
	return true, fill(ctx, db, block, newest)
}

// manyTimes as many signatures as are few in one block are many in all.
const manyTimes = 4

// takeOut deletes the signatures of a block, and gives the last one of each document.
func takeOut(ctx context.Context, db DB, block int64) (map[int64][]byte, error) {
	newest, numbers := map[int64][]byte{}, map[int64]int64{}
	err := db.Collect(ctx, func(rows Row) error {
		var seq, n int64
		var bits sql.RawBytes
		if err := rows.Scan(&seq, &n, &bits); err != nil {
			return err
		}
		if n > numbers[seq] {
			numbers[seq], newest[seq] = n, append(newest[seq][:0], bits...)
		}
		return nil
	}, `DELETE FROM signatures WHERE seq >= ? AND seq < ? RETURNING seq, n, bits`, block*Span, (block+1)*Span)
	return newest, err
}

// fill puts signatures into the slices of their block.
func fill(ctx context.Context, db DB, block int64, signatures map[int64][]byte) error {
	finished, err := isFinished(ctx, db, block)
	if err != nil {
		return err
	}
	b := NewBlock()
	put := b.Add
	if finished {
		if b, err = readBlock(ctx, db, block); err != nil {
			return err
		}
		put = b.Put
	}
	for _, seq := range slices.Sorted(maps.Keys(signatures)) {
		_, i := blockOf(seq)
		put(i, signatures[seq])
	}
	numbers, bits := make([]int64, 0, fillTogether), make([][]byte, 0, fillTogether)
	for bit := range Bits {
		numbers, bits = append(numbers, block*Bits+int64(bit)), append(bits, b.Slice(Bit(bit)))
		if len(numbers) < fillTogether {
			continue
		}
		err := db.Exec(ctx, `INSERT INTO slices (seq, bits) SELECT * FROM unnest(?::bigint[], ?::bytea[])
			ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits WHERE slices.bits <> excluded.bits`, numbers, bits)
		if err != nil {
			return err
		}
		numbers, bits = numbers[:0], bits[:0]
	}
	return db.Exec(ctx, keepFinished, block)
}

// fillTogether is how many slices one statement writes; a block has a multiple of it.
const fillTogether = 512

// Rebuild makes the index of all documents again, in a transaction that nobody else writes beside.
// They come in the order of their numbers.
type Rebuild struct {
	block      int64
	signatures map[int64][]byte // of the block
}

// Add takes the signatures of the next documents, and writes the blocks that are complete.
func (r *Rebuild) Add(ctx context.Context, db DB, changes []Change) error {
	for _, x := range changes {
		if block, _ := blockOf(x.Seq); block != r.block || r.signatures == nil {
			if err := r.End(ctx, db); err != nil {
				return err
			}
			r.block, r.signatures = block, map[int64][]byte{}
		}
		r.signatures[x.Seq] = x.Signature[:]
	}
	return nil
}

// End writes the last block. One of few documents is left to TakeUp.
func (r *Rebuild) End(ctx context.Context, db DB) error {
	if len(r.signatures) >= Span/2 {
		return fill(ctx, db, r.block, r.signatures)
	}
	var few []Change
	for seq, bits := range r.signatures {
		few = append(few, Change{Seq: seq, Signature: (*Signature)(bits)})
	}
	return Append(ctx, db, few)
}

// SharedCandidates is Candidates in a database on a server. The signatures come first: what is
// taken up afterwards is in the slices that are read then, whether or not the transaction goes on
// seeing one state. What has no signature of its own, and is in no block with slices, is not a
// document.
func SharedCandidates(ctx context.Context, db DB, end int64, lists [][]Bit) (*Set, error) {
	own, err := appended(ctx, db, lists)
	if err != nil {
		return nil, err
	}
	sliced := Empty(end)
	var blocks []int64
	err = db.Collect(ctx, func(rows Row) error {
		var block int64
		err := rows.Scan(&block)
		blocks = append(blocks, block)
		sliced.fill(block)
		return err
	}, `SELECT block FROM blocks ORDER BY block`)
	if err != nil {
		return nil, err
	}
	sliced.Cut(end)
	all := Empty(end)
	for _, bits := range lists {
		set := sliced.clone()
		if err := filterShared(ctx, db, set, blocks, bits); err != nil {
			return nil, err
		}
		all.Join(set)
	}
	for _, seq := range own {
		all.Put(seq, true)
	}
	return all, nil
}

// filterShared is filterBlocks with few questions, for each goes a way to the server.
func filterShared(ctx context.Context, db DB, set *Set, blocks []int64, bits []Bit) error {
	if len(blocks) == 0 {
		return nil
	}
	var rarest []frequency
	newest := blocks[len(blocks)-1:]
	err := eachSlice(ctx, db, newest, bits, func(_ int64, bit Bit, slice []byte) {
		rarest = append(rarest, frequency{bit, count(slice)})
	})
	if err != nil {
		return err
	}
	sortRarest(rarest)
	for some := range slices.Chunk(rarest, filterTogether) {
		bits = bits[:0:0]
		for _, f := range some {
			if set.Len()*(Span-f.n)/Span >= len(blocks) {
				bits = append(bits, f.bit)
			}
		}
		if len(bits) == 0 {
			return nil
		}
		if err := eachSlice(ctx, db, blocks, bits, func(block int64, _ Bit, slice []byte) { set.Keep(int(block), slice) }); err != nil {
			return err
		}
	}
	return nil
}

// filterTogether is of how many bits slices are read at a time.
const filterTogether = 4

// eachSlice reads the slices of some bits of some blocks.
func eachSlice(ctx context.Context, db DB, blocks []int64, bits []Bit, take func(block int64, bit Bit, slice []byte)) error {
	var numbers []int64
	for _, block := range blocks {
		for _, bit := range bits {
			numbers = append(numbers, block*Bits+int64(bit))
		}
	}
	return eachRow(ctx, db, `SELECT seq, bits FROM slices WHERE seq = ANY(?::bigint[])`, func(seq int64, slice []byte) {
		take(seq/Bits, Bit(seq%Bits), slice)
	}, numbers)
}

// appended lists the documents that have a signature with all bits of one of the lists. The server
// looks at the signatures, and they stay there.
func appended(ctx context.Context, db DB, lists [][]Bit) (numbers []int64, err error) {
	var groups []string
	var args []any
	for _, bits := range lists {
		clauses := []string{"TRUE"}
		for _, bit := range bits {
			clauses, args = append(clauses, "get_bit(bits, ?) = 1"), append(args, int64(bit))
		}
		groups = append(groups, strings.Join(clauses, " AND "))
	}
	err = db.Collect(ctx, func(rows Row) error {
		var seq int64
		err := rows.Scan(&seq)
		numbers = append(numbers, seq)
		return err
	}, `SELECT seq FROM signatures WHERE `+strings.Join(groups, " OR "), args...)
	return numbers, err
}
