package agreement_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"errata/model/agreement"
)

// rated puts rows of values, one a rater, into a table; a dot is a missing value.
func rated(rows ...string) *agreement.Table {
	var t agreement.Table
	for i, row := range rows {
		for unit, value := range strings.Fields(row) {
			if value != "." {
				t.Put(fmt.Sprintf("u%02d", unit), fmt.Sprintf("rater%d", i), value)
			}
		}
	}
	return &t
}

// crossed is a table of two raters from how often they said which pair of values.
func crossed(counts [][]int) *agreement.Table {
	var t agreement.Table
	unit := 0
	for i, row := range counts {
		for j, n := range row {
			for range n {
				t.Put(fmt.Sprint(unit), "a", fmt.Sprint(i))
				t.Put(fmt.Sprint(unit), "b", fmt.Sprint(j))
				unit++
			}
		}
	}
	return &t
}

// TestKappaOfPublishedExamples compares with figures that were printed to so many digits.
func TestKappaOfPublishedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source         string
		counts         [][]int
		percent, kappa float64
		digits         float64
	}{
		{"Cohen (1960), Educational and Psychological Measurement 20, the example of frequencies, N = 200", [][]int{{88, 10, 2}, {14, 40, 6}, {18, 10, 12}}, .70, .492, 3},
		{"Fleiss (1981), Statistical Methods for Rates and Proportions, Table 13.1, N = 100", [][]int{{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}, .89, .68, 2},
	} {
		table := crossed(c.counts)
		percent, ok := table.Percent()
		if !ok || math.Abs(percent-c.percent) > 1e-9 {
			t.Errorf("%s: %v agree, want %v", c.source, percent, c.percent)
		}
		kappa, ok := table.Kappa()
		if !ok || math.Abs(kappa-c.kappa) > .5*math.Pow(10, -c.digits) {
			t.Errorf("%s: kappa is %v, want %v", c.source, kappa, c.kappa)
		}
	}
}

// TestAlphaOfPublishedExamples has the examples A to D of Krippendorff, Computing Krippendorff's
// Alpha-Reliability (2011), and the figures printed there.
func TestAlphaOfPublishedExamples(t *testing.T) {
	t.Parallel()
	four := []string{"1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."}
	for _, c := range []struct {
		source  string
		rows    []string
		numbers bool
		want    float64
	}{
		{"A, two observers, two values", []string{"0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"}, false, .095},
		{"B, two observers, five values", []string{"a a b b d c c c e d d a", "b a b b b c c c e d d d"}, false, .692},
		{"C, four observers, missing values", four, false, .743},
		{"D, the same as interval data", four, true, .849},
	} {
		table := rated(c.rows...)
		alpha, ok := table.Alpha()
		if c.numbers {
			alpha, ok = table.AlphaOfNumbers()
		}
		if !ok || math.Abs(alpha-c.want) > .0005 {
			t.Errorf("%s: alpha is %.4f, want %.3f", c.source, alpha, c.want)
		}
	}
}

// TestNumbersByDefinition compares the sums that are taken with the definition, pair by pair.
func TestNumbersByDefinition(t *testing.T) {
	t.Parallel()
	rows := []string{"1000000001 1000000002 4 1e3 . 7 7", "1000000002 1000000002 5 -2.5 3 . good", ". 1000000004 4 0 3 8 7"}
	table := rated(rows...)
	var all []float64
	observed := 0.0
	for u := range 7 {
		_, values := table.Of(fmt.Sprintf("u%02d", u))
		var unit []float64
		for _, v := range values {
			var x float64
			if _, err := fmt.Sscanf(v, "%g", &x); err == nil {
				unit = append(unit, x)
			}
		}
		if len(unit) < 2 {
			continue
		}
		for i, x := range unit {
			for j, y := range unit {
				if i != j {
					observed += (x - y) * (x - y) / float64(len(unit)-1)
				}
			}
		}
		all = append(all, unit...)
	}
	expected := 0.0
	for _, x := range all {
		for _, y := range all {
			expected += (x - y) * (x - y)
		}
	}
	want := 1 - float64(len(all)-1)*observed/expected
	if got, ok := table.AlphaOfNumbers(); !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("alpha is %v, %v; want %v", got, ok, want)
	}
}

func TestWhereThereIsNothingToCompare(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]*agreement.Table{
		"nothing":               {},
		"one rater":             rated("1 2 3"),
		"no unit in common":     rated("1 2 . .", ". . 1 2"),
		"one value":             rated("good good", "good good"),
		"the same number":       rated("4 4", "4 4"),
		"no numbers, one value": rated("x x", "x x"),
	} {
		if k, ok := table.Kappa(); ok {
			t.Errorf("%s: kappa is %v", name, k)
		}
		if a, ok := table.Alpha(); ok {
			t.Errorf("%s: alpha is %v", name, a)
		}
		if a, ok := table.AlphaOfNumbers(); ok {
			t.Errorf("%s: alpha of numbers is %v", name, a)
		}
	}
	three := rated("1 2", "1 2", "2 2")
	if _, ok := three.Kappa(); ok {
		t.Error("kappa is told of three raters")
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	table := rated("good bad . good", "good good bad .", "bad . bad .")
	table.Put("u00", "rater2", "good") // a changed mind
	if got := fmt.Sprint(table.Values()); got != "[{good 5} {bad 3}]" {
		t.Errorf("values %s", got)
	}
	if got := fmt.Sprint(table.Raters()); got != "[{rater0 3} {rater1 3} {rater2 2}]" {
		t.Errorf("raters %s", got)
	}
	if got := table.Differ(); !slices.Equal(got, []string{"u01"}) || table.Units() != 4 || table.Shared() != 3 {
		t.Errorf("%v differ, of %d units, %d shared", got, table.Units(), table.Shared())
	}
	raters, values := table.Of("u01")
	if !slices.Equal(raters, []string{"rater0", "rater1"}) || !slices.Equal(values, []string{"bad", "good"}) {
		t.Errorf("%v said %v", raters, values)
	}
	if share, ok := table.Percent(); !ok || share != 8./10 {
		t.Errorf("%v agree", share)
	}
}
