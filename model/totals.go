package model

import (
	"math/big"
	"time"

	"errata/model/jsonraw"
)

// Totals sums what a log used. Sums are exact decimals as text, "" when no part is known.
type Totals struct {
	Tokens   string // prompt and output; reasoning tokens are part of the output
	Cost     string // dollars
	Duration string // seconds from start to end with the digits needed, "" when unknown
}

// Totals computes the totals of the log as edited.
func (c *ChangeSet) Totals() Totals {
	return Totals{
		Tokens:   sum(c.Value(promptTokens), c.Value(outputTokens)),
		Cost:     sum(c.Value(promptCost), c.Value(outputCost)),
		Duration: duration(c.Value(startTime), c.Value(endTime)),
	}
}

// sum adds the values that are numbers; "" when none is, or when the sum has too many digits to
// write out.
func sum(values ...Value) string {
	var total jsonraw.Decimal
	known := false
	for _, v := range values {
		n, ok := jsonraw.ParseDecimal(v.raw)
		if !ok {
			continue
		}
		if total, ok = total.Add(n); !ok {
			return ""
		}
		known = true
	}
	if !known {
		return ""
	}
	return total.String()
}

// duration counts in nanoseconds of any number: a time.Duration ends at 292 years.
func duration(start, end Value) string {
	from, ok := instant(start)
	if !ok {
		return ""
	}
	to, ok := instant(end)
	if !ok {
		return ""
	}
	nanos := big.NewInt(to.Unix() - from.Unix())
	nanos.Mul(nanos, big.NewInt(int64(time.Second)))
	nanos.Add(nanos, big.NewInt(int64(to.Nanosecond()-from.Nanosecond())))
	d, _ := jsonraw.ParseDecimal([]byte(nanos.String() + "e-9"))
	return d.String()
}
