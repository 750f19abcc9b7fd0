package browse

import (
	"time"

	"errata/model"
	"errata/model/jsonraw"
)

// row is a log of the table.
type row struct {
	log     *model.Log
	sum     model.Summary
	created time.Time // the zero time when it cannot be read

	tokens, cost, latency number
	place                 int // its place in the list as it came
}

// number is a number that can be compared.
type number struct {
	value, negative jsonraw.Decimal
	known           bool
}

func newRow(l *model.Log) row {
	r := row{log: l, sum: l.Summarize()}
	if t, _, err := model.ParseTime(r.sum.Created); err == nil {
		r.created = t.UTC()
	}
	r.tokens, r.cost, r.latency = newNumber(r.sum.Tokens), newNumber(r.sum.Cost), newNumber(r.sum.Latency)
	return r
}

func newNumber(literal string) (n number) {
	n.value, n.known = jsonraw.ParseDecimal([]byte(literal))
	if !n.known {
		return n
	}
	minus := "-" + literal
	if literal[0] == '-' {
		minus = literal[1:]
	}
	n.negative, _ = jsonraw.ParseDecimal([]byte(minus))
	return n
}

// compare orders numbers, an unknown one before all others.
func (n number) compare(o number) int {
	switch {
	case n.known != o.known:
		if o.known {
			return -1
		}
		return 1
	case !n.known:
		return 0
	}
	difference, ok := n.value.Add(o.negative)
	if !ok {
		return n.value.Sign() - o.value.Sign()
	}
	return difference.Sign()
}

// failed tells whether the log has an error.
func (r *row) failed() bool { return r.sum.Status != "ok" }

// when is the time as the table shows it.
func (r *row) when(layout string) string {
	if r.created.IsZero() {
		return r.sum.Created
	}
	return r.created.Format(layout)
}
