package index

import (
	"cmp"
	"context"
	"slices"
)

// Candidates is the set of the documents, of those numbered below end, that may have all bits of
// one of the lists; it has all that do. An empty list is that of all documents. kept is what the
// connection of db keeps, nil if it keeps nothing.
func Candidates(ctx context.Context, db DB, end int64, lists [][]Bit, kept *Kept) (*Set, error) {
	set, err := candidates(ctx, db, end, lists[0])
	if err != nil {
		return nil, err
	}
	for _, bits := range lists[1:] {
		more, err := candidates(ctx, db, end, bits)
		if err != nil {
			return nil, err
		}
		set.Join(more)
	}
	if slices.ContainsFunc(lists, func(bits []Bit) bool { return len(bits) == 0 }) {
		return set, nil
	}
	err = kept.each(ctx, db, func(seq int64, signature []byte) {
		set.Put(seq, slices.ContainsFunc(lists, func(bits []Bit) bool { return has(signature, bits) }))
	})
	return set, err
}

// candidates is Candidates for one list, without the documents that have a signature of their own.
func candidates(ctx context.Context, db DB, end int64, bits []Bit) (*Set, error) {
	last, _ := blockOf(end)
	set := All(int(last) + 1)
	set.Cut(end)
	if len(bits) == 0 {
		return set, nil
	}
	return set, filterBlocks(ctx, db, set, bits)
}

// frequency is how many documents of a block have a bit.
type frequency struct {
	bit Bit
	n   int
}

// filterBlocks leaves of the finished blocks the documents that may have all bits. To read the
// slices of a bit takes as long as to look at one document of each block, so the rarest bits come
// first, and those that would take fewer documents away are not read.
func filterBlocks(ctx context.Context, db DB, set *Set, bits []Bit) error {
	var blocks int
	if err := db.Row(ctx, `SELECT count(*) FROM blocks`).Scan(&blocks); err != nil || blocks == 0 {
		return err
	}
	rarest, err := rarestFirst(ctx, db, bits)
	if err != nil {
		return err
	}
	for _, f := range rarest {
		if set.Len()*(Span-f.n)/Span < blocks {
			break
		}
		keep := func(seq int64, slice []byte) { set.Keep(int(seq/Bits), slice) }
		err := db.Bits(ctx, keep, `SELECT s.seq, s.bits FROM blocks b JOIN slices s ON s.seq = b.block * ? + ?`, Bits, int64(f.bit))
		if err != nil {
			return err
		}
	}
	return nil
}

// rarestFirst counts the documents of the newest finished block that have each of the bits, and
// puts the rarest bit first.
func rarestFirst(ctx context.Context, db DB, bits []Bit) ([]frequency, error) {
	var list []frequency
	for _, bit := range slices.Compact(slices.Sorted(slices.Values(bits))) {
		var slice []byte
		err := db.Row(ctx, `SELECT bits FROM slices WHERE seq = (SELECT max(block) FROM blocks) * ? + ?`, Bits, int64(bit)).Scan(&slice)
		if err != nil {
			return nil, err
		}
		list = append(list, frequency{bit, count(slice)})
	}
	sortRarest(list)
	return list, nil
}

func sortRarest(list []frequency) {
	slices.SortStableFunc(list, func(a, b frequency) int { return cmp.Compare(a.n, b.n) })
}
