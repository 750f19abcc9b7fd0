package units

import (
	"strconv"
	"strings"

	"errata/model/figure"
)

// Short writes a number of a table for reading: dollars with two digits that count, seconds and
// tokens with three. All digits are in the form. What is not a number, or too large for one, stays
// as it is.
func Short(literal string, unit Unit) string {
	n, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return literal
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	switch unit {
	case USD:
		if n > 0 && n < least {
			return sign + "<$0.00001"
		}
		return sign + "$" + dollars(n)
	case Seconds:
		return sign + seconds(n)
	}
	return sign + tokens(n)
}

// Unit is what a number of a table counts.
type Unit int

// The units.
const (
	Tokens Unit = iota
	USD
	Seconds
)

// least is the smallest cost that is written with its digits.
const least = 0.00001

func dollars(n float64) string {
	switch {
	case n == 0:
		return "0"
	case n < 1:
		return short(n)
	case n < 1000:
		return strconv.FormatFloat(n, 'f', 2, 64)
	}
	return figure.Thousands(strconv.FormatFloat(n, 'f', 0, 64))
}

// short writes a number below 1 with two digits that count.
func short(n float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 2, 64), 64)
	text := strconv.FormatFloat(rounded, 'f', -1, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	return whole + "." + fraction + strings.Repeat("0", max(2-len(fraction), 0))
}

func seconds(n float64) string {
	switch {
	case n == 0:
		return "0 s"
	case n < 0.9995:
		return strconv.FormatFloat(n*1000, 'f', 0, 64) + " ms"
	case n < 99.95:
		return strconv.FormatFloat(n, 'f', 1, 64) + " s"
	}
	return figure.Thousands(strconv.FormatFloat(n, 'f', 0, 64)) + " s"
}

func tokens(n float64) string {
	const k, m, g = 1e3, 1e6, 1e9
	switch {
	case n < 100*k:
		return figure.Thousands(strconv.FormatFloat(n, 'f', 0, 64))
	case n < 999.5*k:
		return strconv.FormatFloat(n/k, 'f', 0, 64) + "k"
	case n < 999.95*m:
		return strconv.FormatFloat(n/m, 'f', 1, 64) + "M"
	case n < 1000*g:
		return strconv.FormatFloat(n/g, 'f', 1, 64) + "G"
	}
	return strconv.FormatFloat(n, 'e', 0, 64)
}
