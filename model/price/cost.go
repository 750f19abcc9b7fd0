package price

import (
	"math/big"
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// Item is a number of tokens of one kind.
type Item struct {
	Tokens jsonraw.Decimal
	Kind   string // in words, "" for the plain kind: "cached"
	Rate   string // dollars for a million
}

// Cost is the cost of some items in dollars, as an exact decimal, and how it came about: "88 × $2.50 +
// 4012 cached × $1.25 a million". missing names the kind of an item above zero that has no price; then
// there is no cost.
func Cost(items []Item) (dollars, shown, missing string) {
	total := new(big.Rat)
	var parts []string
	for i, item := range items {
		if item.Tokens.Sign() == 0 && (i > 0 || len(items) > 1 && rest(items)) {
			continue
		}
		count, ok := item.Tokens.Rat()
		each, known := rat(item.Rate)
		if !ok || !known {
			return "", "", kind(item)
		}
		total.Add(total, count.Mul(count, each))
		parts = append(parts, strings.TrimSpace(item.Tokens.String()+" "+item.Kind)+" × $"+item.Rate)
	}
	total.Quo(total, big.NewRat(1_000_000, 1))
	digits, _ := total.FloatPrec() // a decimal by a power of ten is a decimal
	d, _ := jsonraw.ParseDecimal([]byte(total.FloatString(digits)))
	return d.String(), strings.Join(parts, " + ") + " a million", ""
}

// rest tells whether any item but the first is above zero.
func rest(items []Item) bool {
	for _, item := range items[1:] {
		if item.Tokens.Sign() > 0 {
			return true
		}
	}
	return false
}

func kind(item Item) string {
	if item.Kind == "" {
		return "plain"
	}
	return item.Kind
}

func rat(literal string) (*big.Rat, bool) {
	d, ok := jsonraw.ParseDecimal([]byte(literal))
	if !ok {
		return nil, false
	}
	return d.Rat()
}

// above tells whether a count is more than a number of tokens.
func above(d jsonraw.Decimal, tokens int64) bool {
	less, _ := jsonraw.ParseDecimal(strconv.AppendInt(nil, -tokens, 10))
	gap, ok := d.Add(less)
	return ok && gap.Sign() > 0
}
