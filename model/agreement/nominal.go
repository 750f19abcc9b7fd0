package agreement

// Percent is the share of pairs that agree, of all pairs of ratings of one unit by two raters: the
// observed agreement. For two raters it is the share of the units rated by both on which they said
// the same. ok is false when no unit was rated twice.
func (t *Table) Percent() (share float64, ok bool) {
	var pairs, same int
	for _, of := range t.units {
		n := map[string]int{}
		for _, value := range of {
			n[value]++
		}
		pairs += len(of) * (len(of) - 1)
		for _, times := range n {
			same += times * (times - 1)
		}
	}
	if pairs == 0 {
		return 0, false
	}
	return float64(same) / float64(pairs), true
}

// Kappa is Cohen's kappa of two raters, over the units that both have rated:
//
//	(observed - expected) / (1 - expected)
//
// where the observed agreement is the share of units on which they said the same, and the expected
// one is the sum over all values of the product of the shares in which each of the two used it.
// 1 is full agreement, 0 what chance alone would bring.
//
// J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
// Measurement 20 (1960), 37-46.
//
// ok is false when there are not two raters, when they share no unit, or when both always said one
// and the same value, so that agreement was certain.
func (t *Table) Kappa() (kappa float64, ok bool) {
	if len(t.raters) != 2 {
		return 0, false
	}
	var both, same float64
	var used [2]map[string]float64
	used[0], used[1] = map[string]float64{}, map[string]float64{}
	for unit, of := range t.units {
		if len(of) != 2 {
			continue
		}
		_, values := t.Of(unit)
		both++
		if values[0] == values[1] {
			same++
		}
		used[0][values[0]]++
		used[1][values[1]]++
	}
	if both == 0 {
		return 0, false
	}
	var expected float64
	for value, n := range used[0] {
		expected += n * used[1][value]
	}
	if expected == both*both {
		return 0, false
	}
	expected /= both * both
	return (same/both - expected) / (1 - expected), true
}

// Alpha is Krippendorff's alpha for names (nominal data): any number of raters, any of whom may
// have left out any unit.
//
//	1 - observed disagreement / expected disagreement
//
// In the table of coincidences each pair of ratings of one unit counts 1/(m-1), where m is how many
// ratings the unit has; units with one rating count nothing. The observed disagreement is the share
// of coincidences of two different values. The expected one is that of two ratings drawn at random
// from all that are paired, without putting the first back. 1 is full agreement, 0 what chance
// alone would bring.
//
// K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), University of Pennsylvania;
// the same, Content Analysis: An Introduction to Its Methodology (2004), chapter 11.
//
// ok is false when no unit was rated twice, or when only one value was used, so that agreement was
// certain.
func (t *Table) Alpha() (alpha float64, ok bool) {
	total := 0.0
	used := map[string]float64{}
	differing := 0.0 // coincidences of two different values
	for _, of := range t.units {
		m := len(of)
		if m < 2 {
			continue
		}
		n := map[string]float64{}
		for _, value := range of {
			n[value]++
			used[value]++
			total++
		}
		for _, times := range n {
			differing += times * (float64(m) - times) / float64(m-1)
		}
	}
	expected := 0.0
	for _, times := range used {
		expected += times * (total - times)
	}
	if expected == 0 {
		return 0, false
	}
	return 1 - (total-1)*differing/expected, true
}
