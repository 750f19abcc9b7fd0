package config

import (
	"errors"
	"strings"
	"testing"

	"errata/model/price"
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
	for name, want := range map[string]price.Rates{
		"model-a":            {Prompt: "2.50", Output: "10.00"},
		"model-a-2025-03-01": {Prompt: "", Output: "0.000000000000000001"},
		"model-c":            {Prompt: "1", Output: ""},
		"model-":             {Prompt: "1", Output: ""},
		"model-b.2":          {Prompt: "", Output: "3"},
	} {
		if got, ok := c.Price("", name); !ok || got.Rates != want {
			t.Errorf("the price of %q is %v, %v, want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "model", "another-model-a", "Model-a"} {
		if got, ok := c.Price("", name); ok {
			t.Errorf("the price of %q is %v", name, got)
		}
	}
}

func TestPricesHoldInEveryProfile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "default_profile = 'work'\n[profiles.work]\ntheme = 'dark'\n"+somePrices)
	if got, ok := p.load(t, nil).Price("", "model-a"); !ok || got.Prompt != "2.50" {
		t.Errorf("%v, %v", got, ok)
	}
	if _, ok := newPlace(t, "").load(t, nil).Price("", "model-a"); ok {
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
		"unknown":       {"[prices.m]\ninput = '1'\n", `<file>:2: input: unknown name, want one of prompt`},
		"dots":          {"[prices.m.2]\noutput = '1'\n", `<file>:1: 2: unknown name, want one of prompt`},
		"flat":          {"[prices]\nm = '1'\n", `<file>:2: m: want tables like [prices."gpt-4o"]`},
		"no table":      {"prices = 1\n", `<file>:1: prices: want tables like [prices."gpt-4o"]`},
		"inline":        {"prices = { m = { prompt = 1 } }\n", `<file>:1: prompt: want dollars`},
		"in a profile":  {"[profiles.work.prices.m]\noutput = '1'\n", `<file>:1: prices: unknown name, want one of`},
		"hostile model": {"[prices.\"\\u001b[2J\"]\n\"\\u001b\" = '1'\n", `<file>:2: "\x1b": unknown name, want one of prompt`},
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

const tieredPrices = `
[prices."gemini-2.5-pro*"]
prompt = "1.25"
cached = "0.31"
cache_write = "2"
cache_write_1h = "3"
audio = "4"
cached_audio = "5"
output = "10"
reasoning = "11"
audio_output = "12"

[[prices."gemini-2.5-pro*".when]]
since = "2026-08-17"
from = "16:30"
to = "00:30"
prompt = "7"

[[prices."gemini-2.5-pro*".when.over]]
tokens = 3
prompt = "8"

[[prices."gemini-2.5-pro*".over]]
tokens = 400000
prompt = "5"

[[prices."gemini-2.5-pro*".over]]
tokens = 200000
prompt = "2.50"
output = "15"
`

func TestTiersOfAPrice(t *testing.T) {
	t.Parallel()
	p, ok := newPlace(t, tieredPrices).load(t, nil).Price("", "gemini-2.5-pro-x")
	want := price.Price{
		Rates: price.Rates{Prompt: "1.25", Cached: "0.31", CacheWrite: "2", CacheWriteHour: "3", Audio: "4", CachedAudio: "5",
			Output: "10", Reasoning: "11", AudioOutput: "12"},
		Over: []price.Tier{{Tokens: 200000, Rates: price.Rates{Prompt: "2.50", Output: "15"}}, {Tokens: 400000, Rates: price.Rates{Prompt: "5"}}},
		When: []price.When{{Since: "2026-08-17", From: "16:30", To: "00:30", Rates: price.Rates{Prompt: "7"},
			Over: []price.Tier{{Tokens: 3, Rates: price.Rates{Prompt: "8"}}}}},
	}
	if !ok || !p.Equal(want) {
		t.Errorf("%+v", p)
	}
	again := newPlace(t, string(price.List{"m": want}.TOML()))
	if p, ok = again.load(t, nil).Price("", "m"); !ok || !p.Equal(want) {
		t.Errorf("written and read again: %+v", p)
	}
}

func TestTiersThatAreRefused(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"[[prices.m.over]]\nprompt = '1'\n":               "over: want a table for each tier",
		"[[prices.m.over]]\ntokens = '2'\nprompt = '1'\n": "over: want a table for each tier",
		"[[prices.m.over]]\ntokens = -2\n":                "over: want a table for each tier",
		"[prices.m]\nover = 3\n":                          "over: want tables like",
		"[[prices.m.over]]\ntokens = 2\npromt = '1'\n":    `promt: unknown name, want one of prompt`,
		"[[prices.m.when]]\nprompt = '1'\n":               "when: want since, or from and to",
		"[[prices.m.when]]\nfrom = '16:30'\n":             "when: want since, or from and to",
		"[[prices.m.when]]\nsince = 'August'\n":           `since: want a day in quotes`,
		"[[prices.m.when]]\nfrom = '25:00'\nto = '1'\n":   `from: want a time of the day`,
		"[prices.m]\nwhen = 'now'\n":                      "when: want tables like",
	} {
		p := newPlace(t, file)
		if _, err := Load(nil, p.env); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// What the configuration file says comes before what was imported, however short its name.
func TestImportedPricesComeSecond(t *testing.T) {
	t.Parallel()
	place := newPlace(t, "[prices.\"m*\"]\nprompt = \"1\"\n")
	c := place.load(t, nil)
	path, added, changed, err := c.ImportPrices(price.List{
		"m-long": {Rates: price.Rates{Prompt: "2"}}, "n": {Rates: price.Rates{Prompt: "3"}, Over: []price.Tier{{Tokens: 7, Rates: price.Rates{Prompt: "4"}}}}})
	if err != nil || added != 2 || changed != 0 {
		t.Fatal(path, added, changed, err)
	}
	c = place.load(t, nil)
	if _, added, changed, err = c.ImportPrices(price.List{"n": {Rates: price.Rates{Prompt: "5"}}, "o": {}}); err != nil || added != 1 || changed != 1 {
		t.Fatal(added, changed, err)
	}
	c = place.load(t, nil)
	for name, want := range map[string]string{"m-long": "1", "n": "5", "o": ""} {
		if p, ok := c.Price("", name); !ok || p.Prompt != want {
			t.Errorf("%s costs %v, %v", name, p, ok)
		}
	}
	if _, ok := c.Price("", "p"); ok || c.PricesError() != nil {
		t.Errorf("p has a price, or %v", c.PricesError())
	}
}
