package agreement

import (
	"math"
	"strconv"
)

// AlphaOfNumbers is Krippendorff's alpha for numbers (interval data): as Alpha, but that two values
// disagree by the square of their difference, so that 4 and 5 are nearer to each other than 1 and
// 5. Sources as there. Values that are not numbers, or none that can be squared, count as missing.
//
// ok is false when no unit was rated twice with a number, or when all numbers are the same.
func (t *Table) AlphaOfNumbers() (alpha float64, ok bool) {
	units := t.numbers()
	middle, n := 0.0, 0.0
	for _, unit := range units {
		for _, x := range unit {
			n++
			middle += (x - middle) / n
		}
	}
	observed, sum, squares := 0.0, 0.0, 0.0
	for _, unit := range units {
		s, q := 0.0, 0.0
		for _, x := range unit {
			x -= middle // large numbers that lie close together lose no digits so
			s, q = s+x, q+x*x
		}
		m := float64(len(unit))
		observed += (2*m*q - 2*s*s) / (m - 1)
		sum, squares = sum+s, squares+q
	}
	expected := 2*n*squares - 2*sum*sum
	if expected <= 0 || math.IsInf(expected, 0) || math.IsNaN(expected) {
		return 0, false
	}
	return 1 - (n-1)*observed/expected, true
}

// numbers are the ratings that are numbers, of units that have two of them or more.
func (t *Table) numbers() (units [][]float64) {
	for _, name := range t.order {
		var unit []float64
		_, values := t.Of(name)
		for _, value := range values {
			if x, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(x) && !math.IsInf(x*x, 0) {
				unit = append(unit, x)
			}
		}
		if len(unit) > 1 {
			units = append(units, unit)
		}
	}
	return units
}
