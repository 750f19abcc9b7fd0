package judgment

import (
	"math/big"
	"strings"

	"errata/model/jsonraw"
)

// Stepped is a number, as it was typed, n steps of the spec further on, and no further than its
// limits: from no text the first step leads to the lower limit, or to 0. It is "" for a text that
// is not a number.
func (s Spec) Stepped(text string, n int) string {
	text = strings.TrimSpace(text)
	step, ok := jsonraw.Rat(s.Step)
	if !ok || step.Sign() <= 0 {
		step = big.NewRat(1, 1)
	}
	low, hasLow := jsonraw.Rat(s.Min)
	high, hasHigh := jsonraw.Rat(s.Max)
	at := new(big.Rat)
	switch typed, ok := jsonraw.Rat(text); {
	case ok:
		at.Add(typed, step.Mul(step, big.NewRat(int64(n), 1)))
	case text != "":
		return ""
	case hasLow:
		at.Set(low)
	}
	if hasLow && at.Cmp(low) < 0 {
		at = low
	}
	if hasHigh && at.Cmp(high) > 0 {
		at = high
	}
	return at.FloatString(max(places(text), places(s.Step), places(s.Min), places(s.Max)))
}

// mostPlaces is how many digits behind the point a step keeps.
const mostPlaces = 12

// places is the digits behind the point of a number as it is written; one with an exponent keeps as
// many as any.
func places(literal string) int {
	if strings.ContainsAny(literal, "eE") {
		return mostPlaces
	}
	_, behind, _ := strings.Cut(literal, ".")
	return min(len(behind), mostPlaces)
}
