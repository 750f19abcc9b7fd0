package index

import (
	"context"
	"slices"
	"sort"
	"strings"
)

// Merging moves signatures into the slices of their blocks in steps, one or a few with each
// transaction that writes, so that none waits for a whole block. It is what a connection remembers
// of the steps behind it. The zero Merging has none, and nil does without steps. It is for one
// goroutine at a time.
//
// Between two steps every search finds what it found before: a signature counts more than what the
// slices say of its document, and is deleted when the slices have all of it. What the steps have
// read must not change under them. A document that is written again is left out, see leave; when
// another connection has written, or a transaction was undone, the block is started again. Steps
// that were committed and never continued do no harm.
type Merging struct {
	stage    stage
	version  int64 // of the database, as the connection counts, when the block was started
	restarts int   // how often the block was started again because others write

	from, end int64           // the numbers that are still to be counted
	pending   map[int64]int64 // how many signatures each finished block has
	total     int64           // of all of them

	block int64
	fresh bool // the block has no slices yet
	bit   int  // the slices before it are written
	taken []pendingOne
}

// pendingOne is a signature that the slices take up; bits are nil for one that was left out.
type pendingOne struct {
	seq  int64
	bits []byte
}

// stage is what the next step does.
type stage int

const (
	idle     stage = iota
	counting       // signatures of finished blocks are counted
	choosing       // a block is chosen, and its signatures are read
	writing        // slices are written
	deleting       // signatures are deleted
)

// How much one step does at most, so that it takes about as long as the rest of a small change.
const (
	countTogether  = 2048 // signatures that are counted
	takenTogether  = 1024 // signatures that a finished block takes up
	deleteTogether = 64   // signatures that are deleted
)

// restartMost is how often a block is started again before it is done at once.
const restartMost = 2

// Forget drops what is remembered: the transaction of a step was undone.
func (m *Merging) Forget() {
	if m != nil {
		*m = Merging{}
	}
}

// Begun reports whether there are steps to continue with.
func (m *Merging) Begun() bool { return m != nil && m.stage != idle }

// leave leaves out a document whose signature is written.
func (m *Merging) leave(seq int64) {
	i := sort.Search(len(m.taken), func(i int) bool { return m.taken[i].seq >= seq })
	if i < len(m.taken) && m.taken[i].seq == seq {
		m.taken[i].bits = nil
	}
}

// step does one step. ended says that the signatures of finished blocks were counted, and that no
// more than enough are left.
func (m *Merging) step(ctx context.Context, db DB, enough int64) (ended bool, err error) {
	switch {
	case m.stage == idle:
		return false, m.begin(ctx, db)
	case m.stage == counting:
		return false, m.count(ctx, db)
	case m.stage != choosing:
		return false, m.goOn(ctx, db)
	case m.total > enough || m.fresh:
		return false, m.choose(ctx, db)
	}
	m.stage = idle
	return m.pending != nil, nil
}

// begin begins to count.
func (m *Merging) begin(ctx context.Context, db DB) error {
	*m = Merging{stage: counting, pending: map[int64]int64{}}
	next, err := firstUnfinished(ctx, db)
	m.end = next * Span
	return err
}

// count counts on.
func (m *Merging) count(ctx context.Context, db DB) error {
	n := 0
	err := db.Collect(ctx, func(row Row) error {
		if err := row.Scan(&m.from); err != nil {
			return err
		}
		block, _ := blockOf(m.from)
		m.pending[block]++
		m.total++
		m.from++
		n++
		return nil
	}, `SELECT seq FROM signatures WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?`, m.from, m.end, countTogether)
	if n < countTogether {
		m.stage = choosing
	}
	return err
}

// finishLater has a block that is full and has no slices yet get them in steps.
func (m *Merging) finishLater(block int64) {
	if m.fresh && m.block == block && m.stage != idle {
		return
	}
	*m = Merging{stage: choosing, block: block, fresh: true}
}

// choose reads the signatures of the block that has most of them, or of the one that has no slices.
func (m *Merging) choose(ctx context.Context, db DB) error {
	most := Span
	if !m.fresh {
		m.block, most = m.fullest(), takenTogether
	}
	m.taken, m.bit, m.stage = nil, 0, writing
	if err := db.Row(ctx, `PRAGMA data_version`).Scan(&m.version); err != nil {
		return err
	}
	err := eachRow(ctx, db, `SELECT seq, bits FROM signatures WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?`, func(seq int64, bits []byte) {
		m.taken = append(m.taken, pendingOne{seq, slices.Clone(bits)})
	}, m.block*Span, (m.block+1)*Span, most)
	if err == nil && !m.fresh {
		m.counted(int64(len(m.taken)))
	}
	return err
}

// fullest is the block that has most signatures.
func (m *Merging) fullest() (block int64) {
	for b, n := range m.pending {
		if n > m.pending[block] {
			block = b
		}
	}
	return block
}

// counted takes so many signatures of the block, or all that it was thought to have, out of the
// count.
func (m *Merging) counted(n int64) {
	if n < takenTogether {
		n = m.pending[m.block]
	}
	m.pending[m.block] -= n
	m.total -= n
}

// goOn writes slices or deletes signatures, unless others have written.
func (m *Merging) goOn(ctx context.Context, db DB) error {
	var version int64
	if err := db.Row(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return err
	}
	if version != m.version {
		return m.again(ctx, db)
	}
	if m.stage == deleting {
		return m.delete(ctx, db)
	}
	if err := m.write(ctx, db); err != nil {
		return err
	}
	if m.bit < Bits {
		return nil
	}
	m.stage = deleting
	if m.fresh {
		return db.Exec(ctx, keepFinished, m.block)
	}
	return nil
}

// again begins the block again; after some attempts it is done at once. A block that had no slices
// and has all of them now, from here or from others, is left as it is: what they say is not in
// signatures any more, and those that are left are pending.
func (m *Merging) again(ctx context.Context, db DB) error {
	if m.fresh {
		next, err := firstUnfinished(ctx, db)
		if err != nil {
			return err
		}
		if m.block < next {
			m.next()
			return nil
		}
	}
	m.restarts++
	if m.restarts <= restartMost {
		return m.choose(ctx, db)
	}
	b, err := readBlock(ctx, db, m.block)
	if err != nil {
		return err
	}
	if err := finish(ctx, db, m.block, b, b.Put, nil); err != nil {
		return err
	}
	m.next()
	return nil
}

// next goes on to the next block.
func (m *Merging) next() { m.fresh, m.taken, m.restarts, m.stage = false, nil, 0, choosing }

// write writes the next slices.
func (m *Merging) write(ctx context.Context, db DB) error {
	list := make([][]byte, slicesTogether)
	for i := range list {
		list[i] = make([]byte, SliceBytes)
	}
	first := m.block*Bits + int64(m.bit)
	if !m.fresh {
		err := eachRow(ctx, db, `SELECT seq, bits FROM slices WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
			copy(list[seq-first], bits)
		}, first, first+slicesTogether)
		if err != nil {
			return err
		}
	}
	for _, one := range m.taken {
		if one.bits != nil {
			putBits(list, one, m.bit)
		}
	}
	var args []any
	for i, slice := range list {
		args = append(args, first+int64(i), slice)
	}
	m.bit += slicesTogether
	return db.Exec(ctx, keepSlices(), args...)
}

// putBits makes some bits of a signature, from one on, those of its document in their slices.
func putBits(list [][]byte, one pendingOne, from int) {
	_, at := blockOf(one.seq)
	mask := byte(1) << (at % 8)
	for i, slice := range list {
		bit := from + i
		if one.bits[bit/8]&(1<<(bit%8)) != 0 {
			slice[at/8] |= mask
		} else {
			slice[at/8] &^= mask
		}
	}
}

func deleteSignatures() string {
	return `DELETE FROM signatures WHERE seq IN (?` + strings.Repeat(`, ?`, deleteTogether-1) + `)`
}

// delete deletes the next signatures that the slices have.
func (m *Merging) delete(ctx context.Context, db DB) error {
	args := make([]any, 0, deleteTogether)
	for len(args) < deleteTogether && len(m.taken) > 0 {
		one := m.taken[0]
		m.taken = m.taken[1:]
		if one.bits != nil {
			args = append(args, one.seq)
		}
	}
	for len(args) < deleteTogether {
		args = append(args, noNumber)
	}
	if len(m.taken) == 0 {
		m.next()
	}
	return db.Exec(ctx, deleteSignatures(), args...)
}

// noNumber is a number that no document has.
const noNumber = int64(-1)
