package browse

import (
	"cmp"
	"slices"

	"errata/model/columns"
	"errata/model/figure"
)

// order is how the loaded rows are sorted; nil is as the server gives them. The API cannot sort, so
// only what is loaded is.
type order struct {
	by      string // the column; "" for none of them
	words   string
	falls   bool // from the most to the least
	compare func(a, b *row) int
}

// errorsFirst is behind the orders of the columns.
var errorsFirst = order{words: "errors first", compare: func(a, b *row) int { return cmp.Compare(b.errors(), a.errors()) }}

func (r *row) errors() int {
	if r.failed {
		return 1
	}
	return 0
}

// orders are the ways to sort that one key walks through: by the columns, from left to right. Rows
// that are equal keep the server's order.
func (m *logList) orders() (list []order) {
	for i := range m.columns {
		if o, ok := m.columns[i].order(); ok {
			list = append(list, o)
		}
	}
	return append(list, errorsFirst)
}

// order is how a column sorts, ok false for one of words.
func (c *column) order() (o order, ok bool) {
	o = order{by: c.Name, words: c.Name}
	switch c.Name {
	case columns.Time:
		o.words = "time, oldest first"
		o.compare = func(a, b *row) int { return cmp.Compare(a.created, b.created) }
	case columns.Model:
		o.compare = func(a, b *row) int { return cmp.Compare(a.model.Value(), b.model.Value()) }
	case columns.Prompt:
		o.compare = func(a, b *row) int { return cmp.Compare(a.prompt.Value(), b.prompt.Value()) }
	case columns.Tokens:
		o.words, o.falls, o.compare = "tokens, most first", true, most(textTokens)
	case columns.Cost:
		o.words, o.falls, o.compare = "cost, highest first", true, most(textCost)
	case columns.Latency:
		o.words, o.falls, o.compare = "latency, longest first", true, most(textLatency)
	case columns.Question, columns.Output:
		return o, false
	default:
		o.compare = least(c.at)
	}
	return o, true
}

// most orders rows by a number, the largest first.
func most(text int) func(a, b *row) int {
	return func(a, b *row) int { return newNumber(b.texts.at(text)).compare(newNumber(a.texts.at(text))) }
}

// least orders rows by what is at a path: numbers, the smallest first, then texts; rows that have
// nothing there come last.
func least(text int) func(a, b *row) int {
	return func(a, b *row) int {
		x, y := a.texts.at(text), b.texts.at(text)
		n, o := newNumber(x), newNumber(y)
		switch {
		case (x == "") != (y == ""):
			return cmp.Compare(y, x)
		case n.known && o.known:
			return n.compare(o)
		case n.known != o.known:
			return o.compare(n)
		}
		return cmp.Compare(x, y)
	}
}

// nextOrder sorts in the next way and goes to the top, where what was asked for is.
func (m *logList) nextOrder() {
	list := m.orders()
	at := 0
	if m.order != nil {
		at = 1 + slices.IndexFunc(list, func(o order) bool { return o.words == m.order.words })
	}
	next := ""
	if at < len(list) {
		next = list[at].words
	}
	m.sortFromTop(next)
}

// sortFromTop sorts in one of the orders, by its words, and goes to the top.
func (m *logList) sortFromTop(words string) {
	m.sortAs(words)
	m.cursor = 0
	m.follow()
}

// sortAs sorts in one of the orders, by its words; as the server gives the rows where there is none
// of that kind.
func (m *logList) sortAs(words string) {
	list := m.orders()
	m.order = nil
	if at := slices.IndexFunc(list, func(o order) bool { return o.words == words }); at >= 0 {
		m.order = &list[at]
	}
	m.rearrange()
}

// before orders rows of the table.
func (m *logList) before(a, b *row) int {
	by := 0
	if m.order != nil {
		by = m.order.compare(a, b)
	}
	return cmp.Or(by, cmp.Compare(a.place, b.place))
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
// As they come they are behind them, which costs nothing.
func (m *logList) merge(later []*row) {
	if m.order == nil {
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
	switch {
	case m.order == nil:
		return ""
	case m.source.done:
		return "sorted by " + m.order.words
	}
	return "sorted by " + m.order.words + ": only the " + figure.Int(len(m.rows)) + " that are loaded"
}
