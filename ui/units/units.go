// Package units writes numbers as a person reads them: thousands apart, with their units, dollars
// with all their digits. What is shown is never stored.
//
// It knows literals and the units of fields. It must not know where they are shown.
package units

import (
	"strings"

	"errata/model"
	"errata/model/figure"
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
		return figure.Thousands(literal) + " " + f.Unit
	}
}

// Apart shows a number of a field with its unit apart, where that is behind it.
func Apart(f *model.Field, literal string) (digits, unit string) {
	switch f.Unit {
	case "", dollar:
		return Of(f, literal), ""
	}
	return figure.Thousands(literal), " " + f.Unit
}

// Dollars shows a cost: "$0.000123". An exponent is written out; the digits are those of the
// literal.
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
		return "-$" + figure.Thousands(rest)
	}
	return "$" + figure.Thousands(digits)
}

// Figure is what a number typed in an editor is shown as below it, "" if that would say nothing
// new.
func Figure(f *model.Field, text string) string {
	text = strings.TrimSpace(text)
	if _, ok := jsonraw.ParseDecimal([]byte(text)); !ok {
		return ""
	}
	if f.Unit == dollar {
		return Dollars(text)
	}
	if shown := figure.Thousands(text); shown != text {
		return shown
	}
	return ""
}
