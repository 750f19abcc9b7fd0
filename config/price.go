package config

import (
	"fmt"
	"regexp"
	"strings"

	"errata/model/jsonraw"
)

// pricesKey is the name in the file of the tables of prices.
const pricesKey = "prices"

// Price is what a million tokens of a model cost in dollars, as the exact decimals of the file; "" for one that it does not give.
// It stands in the configuration file, outside the profiles:
//
//	[prices."gpt-4o"]
//	prompt = "2.50"
//	output = "10.00"
//
// A name that ends in * holds for all models whose name begins so; the longest that fits counts, and a name in full before all.
type Price struct{ Prompt, Output string }

// Price is the price of a model. ok is false when the file has none.
func (c *Config) Price(model string) (p Price, ok bool) {
	prices := c.profile.file.prices
	if p, ok = prices[model]; ok {
		return p, true
	}
	longest := -1
	for name, price := range prices {
		start, open := strings.CutSuffix(name, "*")
		if open && strings.HasPrefix(model, start) && len(start) > longest {
			p, longest = price, len(start)
		}
	}
	return p, longest >= 0
}

// decimal is how a price is written.
var decimal = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,30})?$`)

// takePrices reads the tables of prices.
func (f *profileFile) takePrices(v any) error {
	const want = `want tables like [prices."gpt-4o"]`
	tables, ok := v.(map[string]any)
	if !ok {
		return f.refuse(want, pricesKey)
	}
	f.prices = make(map[string]Price, len(tables))
	for _, name := range sortedKeys(tables) {
		table, ok := tables[name].(map[string]any)
		if !ok {
			return f.refuse(want+"; quotes keep a name with dots together", pricesKey, name)
		}
		p, err := f.price(name, table)
		if err != nil {
			return err
		}
		f.prices[name] = p
	}
	return nil
}

// notPrice is what is wrong with the text of a price, behind a sentence of what is wanted.
func notPrice(v any) string {
	text, ok := v.(string)
	if !ok {
		return ""
	}
	return fmt.Sprintf(", not %q%s", text, jsonraw.Misspelled(text))
}

// price reads one table. A price is a text: a TOML number would lose digits.
func (f *profileFile) price(model string, table map[string]any) (p Price, err error) {
	into := map[string]*string{"prompt": &p.Prompt, "output": &p.Output}
	for _, name := range sortedKeys(table) {
		part, ok := into[name]
		if !ok {
			return p, f.refuse(`unknown name, want prompt or output; quotes keep a model with dots together: [prices."a.b"]`, pricesKey, model, name)
		}
		text, ok := table[name].(string)
		if !ok || !decimal.MatchString(text) {
			return p, f.refuse(`want dollars for a million tokens in quotes, like "2.50"`+notPrice(table[name]), pricesKey, model, name)
		}
		*part = text
	}
	return p, nil
}
