package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// amounts reads the latency and the costs that the provider tells itself.
func (w *answering) amounts(a *Answer) {
	for i := range w.latency {
		if m := &w.latency[i]; a.Latency.Literal == "" {
			a.Latency = w.root.amount(m.place, m.power)
		}
	}
	for i := range w.costs {
		c := &w.costs[i]
		total := w.root.amount(c.total, c.power)
		prompt, output := w.root.amount(c.prompt, c.power), w.root.amount(c.output, c.power)
		if total.Literal == "" && prompt.Literal == "" && output.Literal == "" {
			continue
		}
		a.split(total, prompt, output)
		return
	}
}

// split takes the two sides if both are given, and the total if they do not add up to it.
func (a *Answer) split(total, prompt, output Amount) {
	sides := prompt.Literal != "" && output.Literal != ""
	if sides {
		p, _ := jsonraw.ParseDecimal([]byte(prompt.Literal))
		o, _ := jsonraw.ParseDecimal([]byte(output.Literal))
		t, told := jsonraw.ParseDecimal([]byte(total.Literal))
		both, ok := p.Add(o)
		if !told || ok && both.Equal(t) {
			total = Amount{}
		} else if exceeds(both, t) {
			prompt, output = Amount{}, Amount{}
		}
		a.PromptCost, a.OutputCost = prompt, output
	}
	a.TotalCost = total
}

// exceeds reports whether d is more than e.
func exceeds(d, e jsonraw.Decimal) bool {
	gap, ok := e.Add(negative([]byte(d.String())))
	return ok && gap.Sign() < 0
}

// amount reads a number in another unit.
func (n *node) amount(s sum, power int) Amount {
	c := n.total(s, amount)
	if !c.Told {
		return Amount{}
	}
	if power == 0 {
		return Amount{c.Literal, c.Where}
	}
	return Amount{scaled(c.Value, power).String(), c.Where}
}

// scaled is d times ten to the power.
func scaled(d jsonraw.Decimal, power int) jsonraw.Decimal {
	mantissa, exponent, _ := strings.Cut(d.String(), "e")
	e, _ := strconv.Atoi(exponent)
	d, _ = jsonraw.ParseDecimal([]byte(mantissa + "e" + strconv.Itoa(e+power)))
	return d
}
