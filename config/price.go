package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"errata/model/jsonraw"
	"errata/model/price"
	"errata/model/spell"
)

// pricesKey is the name in the file of the tables of prices.
const pricesKey = "prices"

// prices are what models cost, in dollars for a million tokens. They stand in the configuration
// file, outside the profiles:
//
//	[prices."gpt-4o*"]
//	prompt = "2.50"
//	cached = "1.25"
//	output = "10.00"
//
//	[[prices."gemini-2.5-pro*".over]]
//	tokens = 200000
//	prompt = "2.50"
//
// A star stands for anything; the longest name that fits counts, and a name in full before all.
// What the configuration file says comes before prices.toml, which errata prices import writes and
// which is read when the first price is asked for.
type prices struct {
	path string // of prices.toml, "" when its directory is unknown
	own  price.List

	mu       sync.Mutex
	read     bool
	imported price.List
	err      error
	found    map[[2]string]foundPrice
}

type foundPrice struct {
	price price.Price
	ok    bool
}

// Price is the price of a model at a provider, whose name is "" where it is not known. ok is false
// when neither file has one.
func (c *Config) Price(provider, model string) (p price.Price, ok bool) {
	l := c.prices
	l.mu.Lock()
	defer l.mu.Unlock()
	key := [2]string{provider, model}
	if f, seen := l.found[key]; seen {
		return f.price, f.ok
	}
	if p, ok = l.own.Find(provider, model); !ok {
		l.load()
		p, ok = l.imported.Find(provider, model)
	}
	if l.found == nil {
		l.found = map[[2]string]foundPrice{}
	}
	l.found[key] = foundPrice{p, ok}
	return p, ok
}

// PricesError is why prices.toml could not be read, nil when it was, or was not asked for yet.
func (c *Config) PricesError() error {
	c.prices.mu.Lock()
	defer c.prices.mu.Unlock()
	return c.prices.err
}

// ImportedPrices are those of prices.toml, and where that stands.
func (c *Config) ImportedPrices() (path string, list price.List, err error) {
	c.prices.mu.Lock()
	defer c.prices.mu.Unlock()
	c.prices.load()
	return c.prices.path, c.prices.imported, c.prices.err
}

func (l *prices) load() {
	if l.read {
		return
	}
	l.read = true
	file, err := readFile(l.path)
	if err != nil {
		l.err = err
		return
	}
	l.imported = file.prices
}

// decimal is how a price is written.
var decimal = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,30})?$`)

// notPrice is what is wrong with the text of a price, behind a sentence of what is wanted.
func notPrice(v any) string {
	text, ok := v.(string)
	if !ok {
		return ""
	}
	return fmt.Sprintf(", not %q%s", text, jsonraw.Misspelled(text))
}

// takePrices reads the tables of prices.
func (f *profileFile) takePrices(v any) error {
	const want = `want tables like [prices."gpt-4o"]`
	tables, ok := v.(map[string]any)
	if !ok {
		return f.refuse(want, pricesKey)
	}
	f.prices = make(price.List, len(tables))
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

// overKey is the name of the tiers of a price, tokensKey that of the length above which one holds.
const (
	overKey   = "over"
	tokensKey = "tokens"
)

// price reads the table of one model.
func (f *profileFile) price(model string, table map[string]any) (p price.Price, err error) {
	for _, tier := range tiers(table[overKey]) {
		t := price.Tier{}
		tokens, ok := tier[tokensKey].(int64)
		if !ok || tokens <= 0 {
			return p, f.refuse("want a table for each tier: [[prices.\"gemini*\".over]] with tokens = 200000 and its prices", pricesKey, model, overKey)
		}
		t.Tokens = tokens
		if err := f.rates(&t.Rates, tier, []string{tokensKey}, pricesKey, model, overKey); err != nil {
			return p, err
		}
		p.Over = append(p.Over, t)
	}
	if v, told := table[overKey]; told && len(p.Over) == 0 {
		return p, f.refuse(fmt.Sprintf("want tables like [[prices.\"gemini*\".over]], not %v", v), pricesKey, model, overKey)
	}
	slices.SortFunc(p.Over, func(a, b price.Tier) int { return cmp.Compare(a.Tokens, b.Tokens) })
	return p, f.rates(&p.Rates, table, []string{overKey}, pricesKey, model)
}

// tiers are the tables of a list, none when v is no list of tables.
func tiers(v any) (list []map[string]any) {
	switch v := v.(type) {
	case []map[string]any:
		return v
	case []any:
		for _, one := range v {
			if table, ok := one.(map[string]any); ok {
				list = append(list, table)
			}
		}
	}
	return list
}

// rates reads the prices of one table. A price is a text: a TOML number would lose digits.
func (f *profileFile) rates(r *price.Rates, table map[string]any, but []string, path ...string) error {
	for _, name := range sortedKeys(table) {
		if slices.Contains(but, name) {
			continue
		}
		at := append(slices.Clip(path), name)
		into := r.Of(name)
		if into == nil {
			return f.refuse("unknown name, want one of "+strings.Join(price.Names(), ", ")+spell.Meant(name, price.Names())+
				`; quotes keep a model with dots together: [prices."a.b"]`, at...)
		}
		text, ok := table[name].(string)
		if !ok || !decimal.MatchString(text) {
			return f.refuse(`want dollars for a million tokens in quotes, like "2.50"`+notPrice(table[name]), at...)
		}
		*into = text
	}
	return nil
}
