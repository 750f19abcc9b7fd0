package store

import (
	"iter"
	"strings"
)

// ofNumbers continues with a query of logs, called l, by as many numbers as it has arguments first,
// and ends in a condition. Arguments of which none is left are nil, which is not a number. In a
// file the rows come in the order of the numbers.
//
// For IN (…) SQLite makes a table with memory of its own, for each run of the statement, and gives
// that back to the system: a tenth of reading 128 logs. VALUES it takes one by one. A server has to
// know the type of its parameters, which IN gives.
func (d *dialect) ofNumbers(n int) string {
	if !d.single {
		return ` FROM logs l WHERE l.seq IN (?` + strings.Repeat(`, ?`, n-1) + `)`
	}
	return ` FROM (VALUES (?)` + strings.Repeat(`, (?)`, n-1) + `) v CROSS JOIN logs l WHERE l.seq = v.column1`
}

// numbersOf are the arguments for ofNumbers.
func numbersOf(seqs []int64, n int) []any {
	args := make([]any, n)
	for i, seq := range seqs {
		args[i] = seq
	}
	return args
}

// portions cuts numbers into portions of n, the last one of what is left. Each holds until the
// next one is asked for.
func portions(numbers iter.Seq[int64], n int) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		some := make([]int64, 0, n)
		for seq := range numbers {
			if some = append(some, seq); len(some) < n {
				continue
			}
			if !yield(some) {
				return
			}
			some = some[:0]
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}
