package model

import (
	"slices"
	"strconv"
	"time"

	"errata/model/jsonraw"
	"errata/model/price"
	"errata/model/provider"
)

// Prices says what a model costs; provider is "" if it is not known.
type Prices func(provider, model string) (p price.Price, ok bool)

// side is the cost of the prompt, or of the output.
type side struct {
	cost, tokens *Field
	own          provider.Amount
	count        provider.Count // what the response tells of the tokens
}

// costs are what the provider tells itself, else the tokens of the log times the price of its
// model.
func (f *filler) costs() {
	a := f.answer
	var open []side
	for _, s := range []side{{promptCost, promptTokens, a.PromptCost, a.Prompt}, {outputCost, outputTokens, a.OutputCost, a.Output}} {
		switch {
		case s.own.Literal == "":
			open = append(open, s)
		case !holds(f.changes.Value(s.cost), s.own.Literal):
			f.offer(s.cost, Value{raw: []byte(s.own.Literal)}, a.from(s.own.Where))
		}
	}
	if len(open) == 2 && f.comesToTotal() {
		return
	}
	f.totalCost()
	if len(open) == 0 {
		return
	}
	name, p, ok := f.price()
	for _, s := range open {
		switch {
		case name == "":
			f.lacks("costs need the name of the model", s.cost)
		case !ok:
			f.lacks("costs need a price of "+name+" in the configuration file", s.cost)
		default:
			f.priced(s, name, p)
		}
	}
}

// priced is a cost by price: each kind of tokens times its own.
func (f *filler) priced(s side, name string, p price.Price) {
	tokens, ok := f.tokensOf(s.tokens, s.count)
	if !ok {
		f.lacks(s.cost.Name+" needs "+s.tokens.Name, s.cost)
		return
	}
	prompt, _ := f.tokensOf(promptTokens, f.answer.Prompt)
	at, known := f.made()
	if len(p.When) > 0 && !known {
		f.lacks(s.cost.Name+" needs "+startTime.Name+" or "+createdAt.Name+": the price of "+name+" depends on the time", s.cost)
		return
	}
	rates, over := p.At(at, prompt)
	items, rest := f.items(s, rates, tokens)
	if items == nil {
		f.lacks(s.cost.Name+" needs "+s.tokens.Name+" that go with the "+rest+" tokens of "+response.Name, s.cost)
		return
	}
	dollars, shown, missing := price.Cost(items)
	if missing == "plain" {
		missing = s.tokens.Name
	}
	if missing != "" {
		f.lacks(s.cost.Name+" needs a price for "+missing+" of "+name+" in the configuration file", s.cost)
		return
	}
	why := shown + ", the price of " + name
	if over > 0 {
		why += " over " + strconv.FormatInt(over, 10) + " tokens"
	}
	f.offer(s.cost, Value{raw: []byte(dollars)}, why)
}

// made is when the call was made.
func (f *filler) made() (at time.Time, ok bool) {
	if at, ok = instant(f.changes.Value(startTime)); ok {
		return at, true
	}
	return instant(f.changes.Value(createdAt))
}

// tokensOf is a count as the log has it, or where it has none as the response tells it.
func (f *filler) tokensOf(field *Field, told provider.Count) (d jsonraw.Decimal, ok bool) {
	if v := f.changes.Value(field); v.IsSet() {
		return jsonraw.ParseDecimal(v.Bytes())
	}
	return told.Value, told.Told
}

// items splits the tokens of one side by kind: plain ones first. They are nil when the kinds that
// the response tells are more than the tokens, or the tokens are not those that the response tells.
func (f *filler) items(s side, r price.Rates, tokens jsonraw.Decimal) (items []price.Item, odd string) {
	kinds := &f.answer.Kinds
	var list []price.Item
	if s.cost == promptCost {
		heard := kinds[provider.CachedAudio].Value
		list = []price.Item{
			{Tokens: minus(kinds[provider.Cached].Value, heard), Kind: "cached", Rate: r.Cached},
			{Tokens: minus(kinds[provider.CacheWrite].Value, kinds[provider.CacheHour].Value), Kind: "written to the cache", Rate: r.CacheWrite},
			{Tokens: kinds[provider.CacheHour].Value, Kind: "written to the cache for an hour", Rate: r.CacheWriteHour},
			{Tokens: minus(kinds[provider.Audio].Value, heard), Kind: "audio", Rate: r.Audio},
			{Tokens: heard, Kind: "cached audio", Rate: r.CachedAudio},
		}
		items = append(items, price.Item{Rate: r.Prompt})
	} else {
		list = []price.Item{{Tokens: kinds[provider.AudioOut].Value, Kind: "audio", Rate: r.AudioOutput}}
		if r.Reasoning != "" {
			list = append(list, price.Item{Tokens: f.answer.Reasoning.Value, Kind: "reasoning", Rate: r.Reasoning})
		}
		items = append(items, price.Item{Rate: r.Output})
	}
	plain := tokens
	for _, item := range list {
		if item.Tokens.Sign() == 0 {
			continue
		}
		plain = minus(plain, item.Tokens)
		if item.Tokens.Sign() < 0 || plain.Sign() < 0 || s.count.Told && !s.count.Value.Equal(tokens) {
			return nil, item.Kind
		}
		items = append(items, item)
	}
	items[0].Tokens = plain
	return items, ""
}

func minus(d, e jsonraw.Decimal) jsonraw.Decimal {
	if e.Sign() == 0 {
		return d
	}
	less, _ := jsonraw.ParseDecimal([]byte("-" + e.String()))
	gap, _ := d.Add(less)
	return gap
}

// price finds the price of the model that answered, as the response calls it, the request, or the
// prompt; ok is false when none of them has one, and name is what the prompt says then.
func (f *filler) price() (name string, p price.Price, ok bool) {
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
	for _, by := range f.sellers() {
		for _, name := range names {
			if p, ok := f.prices(by, name); ok {
				return name, p, true
			}
		}
	}
	if len(names) > 0 {
		name = names[len(names)-1]
	}
	return name, price.Price{}, false
}

// sellers lists who may have answered, by their names in lists of prices: the provider of the
// prompt, which may sell the models of others, then the provider whose format the response has.
func (f *filler) sellers() (list []string) {
	switch said, _ := f.changes.base.Member("prompt").member("provider").Text(); said {
	case "bedrock":
		list = append(list, said)
	case "openai_azure":
		list = append(list, "azure")
	}
	if f.answer.Dialect != nil {
		return append(list, f.answer.Dialect.Slug)
	}
	return append(list, "")
}

// comesToTotal reports whether the two costs of the log are what the provider says that they are in
// all.
func (f *filler) comesToTotal() bool {
	both := sum(f.changes.Value(promptCost), f.changes.Value(outputCost))
	return f.answer.TotalCost.Literal != "" && holds(Value{raw: []byte(both)}, f.answer.TotalCost.Literal)
}

// totalMember is where a cost is kept that the provider tells without its two sides.
const totalMember = "total_cost"

// totalCost offers the cost in all as a member of the metadata. One that is there stays.
func (f *filler) totalCost() {
	total, held := f.answer.TotalCost, f.changes.Value(metadata)
	if total.Literal == "" || held.IsSet() && held.Kind() != jsonraw.Object || held.member(totalMember).IsSet() {
		return
	}
	if !held.IsSet() {
		held = Value{raw: []byte("{}")}
	}
	raw, err := jsonraw.Set(held.Bytes(), []jsonraw.Edit{{Name: totalMember, Val: []byte(total.Literal)}})
	if err != nil {
		return
	}
	f.offer(metadata, Value{raw: raw}, f.answer.from(total.Where))
	for i := range f.list {
		if f.list[i].Field == metadata {
			f.list[i].Member = totalMember
		}
	}
}
