package form

import (
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// dollar is the unit of costs in the table of fields.
const dollar = "USD"

// amount shows a number of a field: thousands apart, with its unit, dollars with all their digits. What is shown is never
// stored.
func amount(f *model.Field, literal string) string {
	switch {
	case f == nil || f.Unit == "":
		return literal
	case f.Unit == dollar:
		return dollars(literal)
	default:
		return thousands(literal) + " " + f.Unit
	}
}

// thousands puts a space between the thousands of the whole part of a number: "12 345.6789". What is no number without an
// exponent stays as it is.
func thousands(literal string) string {
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

// dollars shows a cost: "$0.000123". An exponent is written out; the digits are those of the literal.
func dollars(literal string) string {
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
		return "-$" + thousands(rest)
	}
	return "$" + thousands(digits)
}

// figure is what a number typed in an editor is shown as below it, "" where that would say nothing new.
func figure(f *model.Field, text string) string {
	text = strings.TrimSpace(text)
	if _, ok := jsonraw.ParseDecimal([]byte(text)); !ok {
		return ""
	}
	if f.Unit == dollar {
		return dollars(text)
	}
	if shown := thousands(text); shown != text {
		return shown
	}
	return ""
}
