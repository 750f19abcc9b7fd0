package agreement

import (
	"cmp"
	"maps"
	"slices"
)

// Table holds what each rater said of each unit. The zero Table is empty and ready.
type Table struct {
	units  map[string]map[string]string // by unit and rater
	order  []string                     // of the units, as they were first met
	raters map[string]int               // with how many units each has rated
}

// Put notes what a rater said of a unit; of two values for the same the later counts.
func (t *Table) Put(unit, rater, value string) {
	if t.units == nil {
		t.units, t.raters = map[string]map[string]string{}, map[string]int{}
	}
	of := t.units[unit]
	if of == nil {
		of = map[string]string{}
		t.units[unit] = of
		t.order = append(t.order, unit)
	}
	if _, known := of[rater]; !known {
		t.raters[rater]++
	}
	of[rater] = value
}

// Count is a value, or a rater, and how often it was met.
type Count struct {
	Name string
	N    int
}

// Values counts the values, the most frequent first.
func (t *Table) Values() []Count {
	n := map[string]int{}
	for _, of := range t.units {
		for _, value := range of {
			n[value]++
		}
	}
	return counted(n)
}

// Raters counts how many units each rater has rated, the busiest first.
func (t *Table) Raters() []Count { return counted(t.raters) }

func counted(n map[string]int) []Count {
	list := make([]Count, 0, len(n))
	for name, times := range n {
		list = append(list, Count{name, times})
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return list
}

// Units is how many units were rated.
func (t *Table) Units() int { return len(t.order) }

// Shared is how many units were rated by two raters or more. All figures are about those.
func (t *Table) Shared() (n int) {
	for _, of := range t.units {
		if len(of) > 1 {
			n++
		}
	}
	return n
}

// Differ lists the units that raters judged differently, in the order in which the units were first
// met.
func (t *Table) Differ() (units []string) {
	for _, unit := range t.order {
		said := map[string]bool{}
		for _, value := range t.units[unit] {
			said[value] = true
		}
		if len(said) > 1 {
			units = append(units, unit)
		}
	}
	return units
}

// Of lists what was said of a unit, by rater, in the order of the raters' names.
func (t *Table) Of(unit string) (raters, values []string) {
	for _, rater := range slices.Sorted(maps.Keys(t.units[unit])) {
		raters, values = append(raters, rater), append(values, t.units[unit][rater])
	}
	return raters, values
}
