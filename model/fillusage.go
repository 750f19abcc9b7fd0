package model

import (
	"math/big"
	"slices"

	"errata/model/jsonraw"
)

// costs are the tokens of the log times the price of its model.
func (f *filler) costs() {
	name, price, ok := f.price()
	if !ok {
		if name == "" {
			f.lacks("costs need the name of the model", promptCost, outputCost)
		} else {
			f.lacks("costs need a price of "+name+" in the configuration file", promptCost, outputCost)
		}
		return
	}
	for _, part := range []struct {
		field, tokens *Field
		price         string
	}{
		{promptCost, promptTokens, price.Prompt},
		{outputCost, outputTokens, price.Output},
	} {
		tokens := f.changes.Value(part.tokens)
		switch cost := times(tokens, part.price); {
		case part.price == "":
			f.lacks(part.field.Name+" needs a price of "+name+" in the configuration file", part.field)
		case cost == "":
			f.lacks(part.field.Name+" needs "+part.tokens.Name, part.field)
		default:
			f.offer(part.field, Value{raw: []byte(cost)}, string(tokens.raw)+" × $"+part.price+" a million, the price of "+name)
		}
	}
}

// price finds the price of the model that answered, as the response calls it, the request, or the prompt; ok is false
// when none of them has one, and name is what the prompt says then.
func (f *filler) price() (name string, p Price, ok bool) {
	names := slices.Clone(f.answer.Models)
	asked := f.changes.Value(request).object()
	called := []Value{asked["model"], asked["modelId"]}
	for _, v := range called {
		if name, _ := v.Text(); name != "" {
			names = append(names, name)
		}
	}
	if name := f.changes.base.Head().Model; name != "" {
		names = append(names, name)
	}
	for _, name := range names {
		if p, ok := f.prices(name); ok {
			return name, p, true
		}
	}
	if len(names) > 0 {
		name = names[len(names)-1]
	}
	return name, Price{}, false
}

// times is the cost of a number of tokens at a price for a million, exact; "" when either is no number.
func times(tokens Value, price string) string {
	count, ok := exact(string(tokens.raw))
	if !ok || tokens.Kind() != jsonraw.Number {
		return ""
	}
	each, ok := exact(price)
	if !ok {
		return ""
	}
	cost := count.Mul(count, each)
	cost.Quo(cost, big.NewRat(1_000_000, 1))
	digits, _ := cost.FloatPrec() // a decimal by a power of ten is a decimal
	d, _ := jsonraw.ParseDecimal([]byte(cost.FloatString(digits)))
	return d.String()
}
