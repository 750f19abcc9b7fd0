package change

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"errata/model"
	"errata/model/figure"
)

// maxDigits bounds the numbers whose difference is computed: an exponent could ask for a billion
// digits.
const maxDigits = 60

// difference says by how much a number changed: "+3 tokens". Exact, and nothing for numbers beyond
// maxDigits.
func difference(f *model.Field, before, after model.Value) []Line {
	by, ok := delta(before, after)
	if !ok {
		return nil
	}
	if f.Unit != "" {
		by += " " + f.Unit
	}
	return []Line{{Kind: Note, Text: by}}
}

// delta is by how much a number changed, with its sign; ok is false beyond maxDigits.
func delta(before, after model.Value) (by string, ok bool) {
	was, places, ok := decimal(string(before.Bytes()))
	if !ok {
		return "", false
	}
	is, more, ok := decimal(string(after.Bytes()))
	if !ok {
		return "", false
	}
	by = figure.Thousands(minus(is, was).FloatString(max(places, more)))
	if !strings.HasPrefix(by, "-") {
		by = "+" + by
	}
	return by, true
}

// minus is a - b.
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

// decimal reads a JSON number exactly, with the digits after its point that it needs.
func decimal(literal string) (r *big.Rat, places int, ok bool) {
	mantissa, exponent := literal, 0
	if i := strings.IndexAny(literal, "eE"); i >= 0 {
		n, err := strconv.Atoi(literal[i+1:])
		if err != nil || n > maxDigits || n < -maxDigits {
			return nil, 0, false
		}
		mantissa, exponent = literal[:i], n
	}
	if len(mantissa) > maxDigits {
		return nil, 0, false
	}
	if i := strings.IndexByte(mantissa, '.'); i >= 0 {
		places = len(mantissa) - i - 1
	}
	r, ok = new(big.Rat).SetString(literal)
	return r, max(places-exponent, 0), ok
}

// later says how far a time moved: "1m30s later".
func later(before, after string) []Line {
	was, _, err := model.ParseTime(before)
	if err != nil {
		return nil
	}
	is, _, err := model.ParseTime(after)
	if err != nil {
		return nil
	}
	// Sub is exact within 292 years and stops there.
	switch d := is.Sub(was); {
	case d.Abs() > 200*365*24*time.Hour:
		return nil
	case d == 0:
		return []Line{{Kind: Note, Text: "the same instant"}}
	case d < 0:
		return []Line{{Kind: Note, Text: (-d).String() + " earlier"}}
	default:
		return []Line{{Kind: Note, Text: d.String() + " later"}}
	}
}
