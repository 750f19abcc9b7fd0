package store

import "strings"

// ofNumbers goes on with a query of logs, called l, by as many numbers as it has arguments first,
// and ends in a condition. Arguments of which none is left are nil, which is no number. In a file
// the rows come in the order of the numbers.
//
// For IN (…) SQLite makes a table with memory of its own, for each run of the statement, and gives
// that back to the system: a tenth of reading 128 logs. VALUES it takes one by one. A server
// has to be told of which type its parameters are, and IN does.
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
