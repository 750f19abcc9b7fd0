package config

import (
	"errors"
	"strings"
	"testing"
)

const somePrices = `
[prices."model-a"]
prompt = "2.50"
output = "10.00"

[prices."model-*"]
prompt = "1"

[prices."model-a-*"]
output = "0.000000000000000001"

[prices."model-b.2"]
output = "3"
`

func TestPriceOfAModel(t *testing.T) {
	t.Parallel()
	c := newPlace(t, somePrices).load(t, nil)
	for name, want := range map[string]Price{
		"model-a":            {"2.50", "10.00"},
		"model-a-2025-03-01": {"", "0.000000000000000001"},
		"model-c":            {"1", ""},
		"model-":             {"1", ""},
		"model-b.2":          {"", "3"},
	} {
		if got, ok := c.Price(name); !ok || got != want {
			t.Errorf("the price of %q is %v, %v, want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "model", "another-model-a", "Model-a"} {
		if got, ok := c.Price(name); ok {
			t.Errorf("the price of %q is %v", name, got)
		}
	}
}

func TestPricesHoldInEveryProfile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "default_profile = 'work'\n[profiles.work]\ntheme = 'dark'\n"+somePrices)
	if got, ok := p.load(t, nil).Price("model-a"); !ok || got.Prompt != "2.50" {
		t.Errorf("%v, %v", got, ok)
	}
	if _, ok := newPlace(t, "").load(t, nil).Price("model-a"); ok {
		t.Error("without a file there is a price")
	}
}

func TestPricesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"number":        {"\n[prices.m]\nprompt = 2.5\n", `<file>:3: prompt: want dollars for a million tokens in quotes, like "2.50"`},
		"whole number":  {"[prices.m]\noutput = 2\n", `<file>:2: output: want dollars`},
		"word":          {"[prices.m]\noutput = 'cheap'\n", `<file>:2: output: want dollars`},
		"comma":         {"[prices.m]\noutput = '2,50'\n", `<file>:2: output: want dollars for a million tokens in quotes, like "2.50", not "2,50": the decimal sign is a point`},
		"negative":      {"[prices.m]\noutput = '-1'\n", `<file>:2: output: want dollars`},
		"exponent":      {"[prices.m]\noutput = '1e3'\n", `<file>:2: output: want dollars`},
		"empty":         {"[prices.m]\noutput = ''\n", `<file>:2: output: want dollars`},
		"unknown":       {"[prices.m]\ninput = '1'\n", `<file>:2: input: unknown name, want prompt or output`},
		"dots":          {"[prices.m.2]\noutput = '1'\n", `<file>:1: 2: unknown name, want prompt or output; quotes keep a model with dots together`},
		"flat":          {"[prices]\nm = '1'\n", `<file>:2: m: want tables like [prices."gpt-4o"]`},
		"no table":      {"prices = 1\n", `<file>:1: prices: want tables like [prices."gpt-4o"]`},
		"inline":        {"prices = { m = { prompt = 1 } }\n", `<file>:1: prompt: want dollars`},
		"in a profile":  {"[profiles.work.prices.m]\noutput = '1'\n", `<file>:1: prices: unknown name, want one of`},
		"hostile model": {"[prices.\"\\u001b[2J\"]\n\"\\u001b\" = '1'\n", `<file>:2: "\x1b": unknown name, want prompt or output`},
	} {
		p := newPlace(t, c.file)
		_, err := Load(nil, p.env)
		var refused *Error
		if !errors.As(err, &refused) {
			t.Errorf("%s: error is %T %v", name, err, err)
			continue
		}
		if want := strings.ReplaceAll(c.want, "<file>", p.file); !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error is\n%s\nwant\n%s", name, err, want)
		}
	}
}
