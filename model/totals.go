package model

import (
	"math"
	"math/big"
	"strconv"
	"time"

	"errata/model/jsonraw"
)

// Totals sums what a log used. Sums are exact decimals as text, "" when no part is known.
type Totals struct {
	Tokens   string // prompt and output; reasoning tokens are part of the output
	Cost     string // dollars
	Duration string // seconds from start to end with the digits needed, "" when unknown
}

// Portions are what the sums are made of; none if one of them is not known.
type Portions struct{ Tokens, Cost, Duration []Portion }

// Portion is a part of a sum, as a share of it from 0 to 1.
type Portion struct {
	Name  string
	Share float64
}

// Totals computes the totals of the log as edited.
func (c *ChangeSet) Totals() Totals {
	return Totals{
		Tokens:   sum(c.Value(promptTokens), c.Value(outputTokens)),
		Cost:     sum(c.Value(promptCost), c.Value(outputCost)),
		Duration: duration(c.Value(startTime), c.Value(endTime)),
	}
}

// Portions computes them of the log as edited.
func (c *ChangeSet) Portions() Portions {
	return Portions{
		Tokens:   c.tokenPortions(),
		Cost:     portions(piece{"prompt", c.amount(promptCost)}, piece{"output", c.amount(outputCost)}),
		Duration: c.durationPortions(),
	}
}

// piece is a named amount; it is not a number where that is not known.
type piece struct {
	name   string
	amount float64
}

// amount is a number of a field, NaN where it holds none.
func (c *ChangeSet) amount(f *Field) float64 {
	raw := c.Value(f).Bytes()
	if _, ok := jsonraw.ParseDecimal(raw); !ok {
		return math.NaN()
	}
	n, _ := strconv.ParseFloat(string(raw), 64)
	return n
}

// tokenPortions are the tokens of the prompt, of the reasoning, and of the rest of the output.
func (c *ChangeSet) tokenPortions() []Portion {
	reasoning, output := c.amount(reasonTokens), c.amount(outputTokens)
	if !(reasoning > 0 && reasoning <= output) {
		return portions(piece{"prompt", c.amount(promptTokens)}, piece{"output", output})
	}
	return portions(piece{"prompt", c.amount(promptTokens)}, piece{"reasoning", reasoning}, piece{"output", output - reasoning})
}

// durationPortions are the time that the provider took, and the rest from start to end.
func (c *ChangeSet) durationPortions() []Portion {
	whole, err := strconv.ParseFloat(duration(c.Value(startTime), c.Value(endTime)), 64)
	provider := c.amount(latency)
	if err != nil || !(provider <= whole) {
		return nil
	}
	return portions(piece{"provider", provider}, piece{"rest", whole - provider})
}

// portions are the shares of some amounts; none if one is not known or below zero, or all are zero.
func portions(list ...piece) (out []Portion) {
	sum := 0.0
	for _, p := range list {
		if !(p.amount >= 0) {
			return nil
		}
		sum += p.amount
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return nil
	}
	for _, p := range list {
		out = append(out, Portion{p.name, p.amount / sum})
	}
	return out
}

// sum adds the values that are numbers; "" when none is, or when the sum has too many digits to
// write out.
func sum(values ...Value) string {
	var total jsonraw.Decimal
	known := false
	for _, v := range values {
		n, ok := jsonraw.ParseDecimal(v.Bytes())
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
