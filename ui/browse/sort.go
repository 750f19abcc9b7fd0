package browse

import (
	"cmp"
	"slices"

	"errata/model/figure"
)

// order is how the loaded rows are sorted; the zero order is that of the server. The API cannot
// sort, so only what is loaded is.
type order int

// orders is the ways to sort that one key walks through. Rows that are equal keep the server's
// order.
var orders = []struct {
	name    string
	compare func(a, b *row) int
}{
	{"", func(a, b *row) int { return 0 }},
	{"time, oldest first", func(a, b *row) int { return a.created.Compare(b.created) }},
	{"status, errors first", func(a, b *row) int { return cmp.Compare(a.sum.Status, b.sum.Status) }},
	{"model", func(a, b *row) int { return cmp.Compare(a.sum.Model, b.sum.Model) }},
	{"tokens, most first", func(a, b *row) int { return b.tokens.compare(a.tokens) }},
	{"cost, highest first", func(a, b *row) int { return b.cost.compare(a.cost) }},
	{"latency, longest first", func(a, b *row) int { return b.latency.compare(a.latency) }},
}

// nextOrder sorts in the next way and goes to the top, where what was asked for stands.
func (m *logList) nextOrder() {
	m.order = (m.order + 1) % order(len(orders))
	m.rearrange()
	m.cursor = 0
	m.follow()
}

// rearrange sorts the rows; the cursor stays on its log.
func (m *logList) rearrange() {
	id, ok := m.Selected()
	compare := orders[m.order].compare
	slices.SortFunc(m.rows, func(a, b row) int {
		return cmp.Or(compare(&a, &b), cmp.Compare(a.place, b.place))
	})
	if ok {
		m.Select(id)
	}
}

// sorted says how the rows are sorted, "" when they are as the server gives them.
func (m *logList) sorted() string {
	name := orders[m.order].name
	switch {
	case name == "":
		return ""
	case m.source.done:
		return "sorted by " + name
	}
	return "sorted by " + name + ": only the " + figure.Int(len(m.rows)) + " that are loaded"
}
