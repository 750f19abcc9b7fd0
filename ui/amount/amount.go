// Package amount writes numbers as a person reads them: thousands apart, with their units, dollars with all their digits. What is
// shown is never stored.
//
// It knows literals and the units of fields. It must not know where they are shown.
package amount

import (
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// dollar is the unit of costs in the table of fields.
const dollar = "USD"

// Of shows a number of a field, with its unit.
func Of(f *model.Field, literal string) string {
	switch {
	case f == nil || f.Unit == "":
		return literal
	case f.Unit == dollar:
		return Dollars(literal)
	default:
		return Thousands(literal) + " " + f.Unit
	}
}

// Thousands puts a space between the thousands of the whole part of a number: "12 345.6789". What is no number without an
// exponent stays as it is.
func Thousands(literal string) string {
	sign, rest := "", literal
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, fraction, _ := strings.Cut(rest, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return literal
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(whole[i])
	}
	return b.String() + rest[len(whole):]
}

// Dollars shows a cost: "$0.000123". An exponent is written out; the digits are those of the literal.
func Dollars(literal string) string {
	digits := literal
	if strings.ContainsAny(literal, "eE") {
		if d, ok := jsonraw.ParseDecimal([]byte(literal)); ok {
			digits = d.String()
		}
	}
	if digits == "" {
		return ""
	}
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		return "-$" + Thousands(rest)
	}
	return "$" + Thousands(digits)
}

// Figure is what a number typed in an editor is shown as below it, "" where that would say nothing new.
func Figure(f *model.Field, text string) string {
	text = strings.TrimSpace(text)
	if _, ok := jsonraw.ParseDecimal([]byte(text)); !ok {
		return ""
	}
	if f.Unit == dollar {
		return Dollars(text)
	}
	if shown := Thousands(text); shown != text {
		return shown
	}
	return ""
}
