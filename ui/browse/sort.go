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
	{"time, oldest first", func(a, b *row) int { return cmp.Compare(a.created, b.created) }},
	{"status, errors first", func(a, b *row) int { return cmp.Compare(a.status(), b.status()) }},
	{"model", func(a, b *row) int { return cmp.Compare(a.model.Value(), b.model.Value()) }},
	{"tokens, most first", most(textTokens)},
	{"cost, highest first", most(textCost)},
	{"latency, longest first", most(textLatency)},
}

func (r *row) status() int {
	if r.failed {
		return 0
	}
	return 1
}

// most orders rows by a number, the largest first.
func most(text int) func(a, b *row) int {
	return func(a, b *row) int { return newNumber(b.texts.at(text)).compare(newNumber(a.texts.at(text))) }
}

// nextOrder sorts in the next way and goes to the top, where what was asked for stands.
func (m *logList) nextOrder() {
	m.order = (m.order + 1) % order(len(orders))
	m.rearrange()
	m.cursor = 0
	m.follow()
}

// before orders rows of the table.
func (m *logList) before(a, b *row) int {
	return cmp.Or(orders[m.order].compare(a, b), cmp.Compare(a.place, b.place))
}

// rearrange sorts the rows; the cursor stays on its log.
func (m *logList) rearrange() {
	id, ok := m.Selected()
	slices.SortFunc(m.rows, m.before)
	if ok {
		m.Select(id)
	}
}

// merge puts rows that were loaded later among those that are sorted; the cursor stays on its log.
// As they come they stand behind them, which costs nothing.
func (m *logList) merge(later []*row) {
	if m.order == 0 {
		m.rows = append(m.rows, later...)
		return
	}
	slices.SortFunc(later, m.before)
	end := len(m.rows)
	moves := end > 0
	m.rows = append(m.rows, later...)
	for n := len(later); n > 0; n-- {
		at, _ := slices.BinarySearchFunc(m.rows[:end], later[n-1], m.before)
		copy(m.rows[at+n:], m.rows[at:end])
		m.rows[at+n-1] = later[n-1]
		if end = at; moves && at <= m.cursor {
			m.cursor++
		}
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
