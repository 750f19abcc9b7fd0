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

// Cost is the cost of some items in dollars, as an exact decimal, and how it came about: "88 ×
// $2.50 + 4012 cached × $1.25 a million". missing names the kind of an item above zero that has no
// price; then there is no cost.
func Cost(items []Item) (dollars, shown, missing string) {
	var total amount
	var parts []string
	for i, item := range items {
		if item.Tokens.Sign() == 0 && (i > 0 || len(items) > 1 && rest(items)) {
			continue
		}
		each, known := jsonraw.ParseDecimal([]byte(item.Rate))
		if !known || !total.add(item.Tokens, each) {
			return "", "", kind(item)
		}
		parts = append(parts, strings.TrimSpace(item.Tokens.String()+" "+item.Kind)+" × $"+item.Rate)
	}
	return total.millionth(), strings.Join(parts, " + ") + " a million", ""
}

// rest reports whether any item but the first is above zero.
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

// amount is an exact sum of products of decimals: digits × 10^power.
type amount struct {
	digits big.Int
	power  int
}

// add adds a product. ok is false when the digits of a factor are too many to write out.
func (a *amount) add(d, e jsonraw.Decimal) (ok bool) {
	p, pok := whole(d)
	q, qok := whole(e)
	if !pok || !qok {
		return false
	}
	p.digits.Mul(&p.digits, &q.digits)
	p.power += q.power
	low := min(a.power, p.power)
	a.lower(low)
	p.lower(low)
	a.digits.Add(&a.digits, &p.digits)
	return true
}

// lower writes the amount with a smaller power of ten.
func (a *amount) lower(power int) {
	if a.power > power {
		a.digits.Mul(&a.digits, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(a.power-power)), nil))
		a.power = power
	}
}

// whole is a decimal as digits and a power of ten.
func whole(d jsonraw.Decimal) (a amount, ok bool) {
	const most = 1000 // places
	mantissa, exponent, _ := strings.Cut(d.String(), "e")
	number, fraction, _ := strings.Cut(mantissa, ".")
	power := 0
	if exponent != "" {
		var err error
		if power, err = strconv.Atoi(exponent); err != nil {
			return a, false
		}
	}
	if len(mantissa) > most || power > most || power < -most {
		return a, false
	}
	a.power = power - len(fraction)
	_, ok = a.digits.SetString(number+fraction, 10)
	return a, ok
}

// millionth is the amount divided by a million, as a decimal.
func (a *amount) millionth() string {
	d, _ := jsonraw.ParseDecimal([]byte(a.digits.String() + "e" + strconv.Itoa(a.power-6)))
	return d.String()
}

// above reports whether a count is more than a number of tokens.
func above(d jsonraw.Decimal, tokens int64) bool {
	less, _ := jsonraw.ParseDecimal(strconv.AppendInt(nil, -tokens, 10))
	gap, ok := d.Add(less)
	return ok && gap.Sign() > 0
}
