package index

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync/atomic"
)

// Change is a document that was added, changed or deleted.
type Change struct {
	Seq       int64      // its number
	Signature *Signature // nil: it is gone
}

// Writer keeps the index of a store. It is safe for concurrent use.
type Writer struct {
	untilMerge atomic.Int64 // how many signatures may be written until pending ones are counted
}

// Signatures of changed documents in finished blocks are pending: each search reads them one by
// one, so their number is bounded. They are counted after every so many writes, and when there
// are more than pendingMost, the blocks that have most of them take them up.
const (
	mergeEvery  = 512
	pendingMost = 32768
)

// bulkFrom is how many documents a transaction writes at least that does without steps: it takes
// long by itself.
const bulkFrom = 1024

// Stagger has the first count of pending signatures come after a random number of writes, so that
// programs that write once and end merge now and then, too.
func (w *Writer) Stagger() { w.untilMerge.Store(1 + rand.Int64N(mergeEvery)) }

const keepSignature = `INSERT INTO signatures (seq, bits) VALUES (?, ?)
	ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits`

// Write writes the changes of a transaction; newest is the largest number that it gave to a
// document, 0 when it added none. A block whose numbers are all given out is finished. A
// transaction of many changes does that and merging at once; others do some steps of m each.
func (w *Writer) Write(ctx context.Context, db DB, m *Merging, changes []Change, newest int64) error {
	switch {
	case len(changes) == 0:
		return nil
	case m == nil, len(changes) >= bulkFrom:
		m.Forget()
		return w.writeBulk(ctx, db, changes, newest)
	}
	for _, x := range changes {
		if err := writeOne(ctx, db, x); err != nil {
			return err
		}
		m.leave(x.Seq)
	}
	full, _ := blockOf(newest) // blocks before it are full
	if full > 0 {
		next, err := firstUnfinished(ctx, db)
		if err != nil {
			return err
		}
		if next < full {
			m.finishLater(next)
		}
	}
	w.untilMerge.Add(-int64(len(changes)))
	return w.steps(ctx, db, m, 1+len(changes)*stepsPerWrite/100)
}

// stepsPerWrite is how many steps a hundred writes do beyond the first of each transaction. A block
// of which 300 documents have changed takes about 140 steps.
const stepsPerWrite = 70

// steps does some steps of m where there are any to do.
func (w *Writer) steps(ctx context.Context, db DB, m *Merging, most int) error {
	for range most {
		if !m.Begun() && w.untilMerge.Load() > 0 {
			return nil
		}
		ended, err := m.step(ctx, db, pendingMost)
		if err != nil {
			return err
		}
		if ended {
			w.countLater(m.total)
		}
	}
	return nil
}

// Finish brings what m has begun to its end. It is for the end of a program: the next one knows
// nothing of it.
func (w *Writer) Finish(ctx context.Context, db DB, m *Merging) error {
	for n := 0; m.Begun() && n < finishMost; n++ {
		if err := w.steps(ctx, db, m, 1); err != nil {
			return err
		}
	}
	return nil
}

// finishMost is how many steps Finish does at most: all of counting and of one block.
const finishMost = 400

// countLater has pending signatures counted again once there may be many. Other programs may write
// as many meanwhile.
func (w *Writer) countLater(left int64) { w.untilMerge.Store(max((pendingMost-left)/2, mergeEvery)) }

// writeBulk is Write without steps. What belongs to a full block is not written one by one.
func (w *Writer) writeBulk(ctx context.Context, db DB, changes []Change, newest int64) error {
	full, _ := blockOf(newest)
	next := full
	if full > 0 {
		var err error
		if next, err = firstUnfinished(ctx, db); err != nil {
			return err
		}
	}
	fresh, written := map[int64][]Change{}, int64(0)
	for _, x := range changes {
		if block, _ := blockOf(x.Seq); block >= next && block < full {
			if fresh[block] == nil {
				fresh[block] = make([]Change, 0, min(len(changes), Span))
			}
			fresh[block] = append(fresh[block], x)
			continue
		}
		if err := writeOne(ctx, db, x); err != nil {
			return err
		}
		written++
	}
	for ; next < full; next++ {
		b := NewBlock()
		if err := finish(ctx, db, next, b, b.Add, fresh[next]); err != nil {
			return err
		}
	}
	if w.untilMerge.Add(-written) > 0 {
		return nil
	}
	left, err := merge(ctx, db, pendingMost)
	if err == nil {
		w.countLater(left)
	}
	return err
}

// firstUnfinished is the first block that is not finished.
func firstUnfinished(ctx context.Context, db DB) (next int64, err error) {
	err = db.Row(ctx, `SELECT coalesce(max(block) + 1, 0) FROM blocks`).Scan(&next)
	return next, err
}

func writeOne(ctx context.Context, db DB, x Change) error {
	if x.Signature == nil {
		return db.Exec(ctx, `DELETE FROM signatures WHERE seq = ?`, x.Seq)
	}
	return db.Exec(ctx, keepSignature, x.Seq, x.Signature[:])
}

// slicesTogether is how many slices are written at a time; a block has as many as there are bits.
const slicesTogether = 32

func keepSlices() string {
	return `INSERT INTO slices (seq, bits) VALUES (?, ?)` + strings.Repeat(`, (?, ?)`, slicesTogether-1) +
		` ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits`
}

const keepFinished = `INSERT INTO blocks (block) VALUES (?) ON CONFLICT (block) DO NOTHING`

// finish turns the signatures of a block, those stored and those given, into slices. put is how b
// takes one up.
func finish(ctx context.Context, db DB, block int64, b *Block, put func(i int, bits []byte), given []Change) error {
	from, end := block*Span, (block+1)*Span
	err := eachRow(ctx, db, `SELECT seq, bits FROM signatures WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
		_, i := blockOf(seq)
		put(i, bits)
	}, from, end)
	if err != nil {
		return err
	}
	for _, x := range given {
		if x.Signature == nil {
			x.Signature = &Signature{}
		}
		_, i := blockOf(x.Seq)
		put(i, x.Signature[:])
	}
	if err := db.Exec(ctx, `DELETE FROM signatures WHERE seq >= ? AND seq < ?`, from, end); err != nil {
		return err
	}
	for bit := 0; bit < Bits; bit += slicesTogether {
		var args []any
		for i := bit; i < bit+slicesTogether; i++ {
			args = append(args, block*Bits+int64(i), b.Slice(Bit(i)))
		}
		if err := db.Exec(ctx, keepSlices(), args...); err != nil {
			return err
		}
	}
	return db.Exec(ctx, keepFinished, block)
}

// merge has the block with the most pending signatures take them up when there are more than
// enough in all, and tells how many are left.
func merge(ctx context.Context, db DB, enough int64) (left int64, err error) {
	var total, most, fullest int64
	err = db.Collect(ctx, func(row Row) error {
		var block, n int64
		if err := row.Scan(&block, &n); err != nil {
			return err
		}
		if total += n; n > most {
			most, fullest = n, block
		}
		return nil
	}, `SELECT block, count(*) FROM signatures JOIN blocks ON block = seq / ? GROUP BY block`, Span)
	if err != nil || total <= enough {
		return total, err
	}
	b, err := readBlock(ctx, db, fullest)
	if err != nil {
		return total, err
	}
	return total - most, finish(ctx, db, fullest, b, b.Put, nil)
}

// readBlock reads the slices of a block.
func readBlock(ctx context.Context, db DB, block int64) (*Block, error) {
	b := NewBlock()
	err := eachRow(ctx, db, `SELECT seq, bits FROM slices WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
		copy(b.Slice(Bit(seq%Bits)), bits)
	}, block*Bits, (block+1)*Bits)
	return b, err
}
