package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"errata/model/jsonraw"
	"errata/model/pattern"
	"errata/model/price"
	"errata/model/spell"
)

// pricesKey is the name in the file of the tables of prices.
const pricesKey = "prices"

// prices are what models cost, in dollars for a million tokens. They are in the configuration file,
// outside the profiles:
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

// Price is the price of a model at a provider, whose name is "" if it is not known. ok is false
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

// importedPrices are those of prices.toml, and where that is.
func (c *Config) importedPrices() (path string, list price.List, err error) {
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
var decimal = pattern.Of(`^[0-9]{1,15}(\.[0-9]{1,30})?$`)

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
	models, ok := v.(map[string]any)
	if !ok {
		return f.refuse(want, pricesKey)
	}
	f.prices = make(price.List, len(models))
	for _, name := range sortedKeys(models) {
		table, ok := models[name].(map[string]any)
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

// The names of what is not a price in the tables of a model: tiers by length, prices at some times.
const (
	overKey   = "over"
	tokensKey = "tokens"
	whenKey   = "when"
	sinceKey  = "since"
	fromKey   = "from"
	toKey     = "to"
)

// price reads the table of one model.
func (f *profileFile) price(model string, table map[string]any) (p price.Price, err error) {
	for _, one := range tables(table[whenKey]) {
		w, err := f.when(one, pricesKey, model, whenKey)
		if err != nil {
			return p, err
		}
		p.When = append(p.When, w)
	}
	if v, told := table[whenKey]; told && len(p.When) == 0 {
		return p, f.refuse(fmt.Sprintf("want tables like [[prices.\"deepseek*\".when]], not %v", v), pricesKey, model, whenKey)
	}
	if p.Over, err = f.tiers(table[overKey], pricesKey, model, overKey); err != nil {
		return p, err
	}
	return p, f.rates(&p.Rates, table, []string{overKey, whenKey}, pricesKey, model)
}

// when reads the table of prices that hold at some times.
func (f *profileFile) when(table map[string]any, path ...string) (w price.When, err error) {
	for _, part := range []struct {
		key, layout, like string
		into              *string
	}{
		{sinceKey, time.DateOnly, `a day in quotes, like "2026-08-17"`, &w.Since},
		{fromKey, "15:04", `a time of the day in UTC in quotes, like "16:30"`, &w.From},
		{toKey, "15:04", `a time of the day in UTC in quotes, like "16:30"`, &w.To},
	} {
		v, told := table[part.key]
		text, _ := v.(string)
		if _, err := time.Parse(part.layout, text); told && err != nil {
			return w, f.refuse("want "+part.like, append(slices.Clip(path), part.key)...)
		}
		*part.into = text
	}
	if (w.From == "") != (w.To == "") || w.Since == "" && w.From == "" {
		return w, f.refuse("want since, or from and to", path...)
	}
	if w.Over, err = f.tiers(table[overKey], append(slices.Clip(path), overKey)...); err != nil {
		return w, err
	}
	return w, f.rates(&w.Rates, table, []string{sinceKey, fromKey, toKey, overKey}, path...)
}

// tiers reads the tables of tiers, the shortest first.
func (f *profileFile) tiers(v any, path ...string) (list []price.Tier, err error) {
	for _, tier := range tables(v) {
		t := price.Tier{}
		tokens, ok := tier[tokensKey].(int64)
		if !ok || tokens <= 0 {
			return nil, f.refuse("want a table for each tier: [[prices.\"gemini*\".over]] with tokens = 200000 and its prices", path...)
		}
		t.Tokens = tokens
		if err := f.rates(&t.Rates, tier, []string{tokensKey}, path...); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	if v != nil && list == nil {
		return nil, f.refuse(fmt.Sprintf("want tables like [[prices.\"gemini*\".over]], not %v", v), path...)
	}
	slices.SortFunc(list, func(a, b price.Tier) int { return cmp.Compare(a.Tokens, b.Tokens) })
	return list, nil
}

// tables are those of a list, none when v is not a list of tables.
func tables(v any) (list []map[string]any) {
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
		if !ok || !decimal().MatchString(text) {
			return f.refuse(`want dollars for a million tokens in quotes, like "2.50"`+notPrice(table[name]), at...)
		}
		*into = text
	}
	return nil
}
