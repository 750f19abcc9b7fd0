package model

import (
	"strings"
	"testing"

	"errata/model/price"
)

// plain is a price for the two sides alone.
func plain(prompt, output string) price.Price {
	return price.Price{Rates: price.Rates{Prompt: prompt, Output: output}}
}

// priced knows the prices of some models.
func priced(list map[string]price.Price) Prices {
	return func(_, name string) (price.Price, bool) {
		p, ok := list[name]
		return p, ok
	}
}

func TestFillsTheCostsExactly(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		price          price.Price
		tokens, output string
		want           string
	}{
		"plain":        {plain("2.50", "10.00"), "12", "3", "prompt_cost=0.00003 output_cost=0.00003"},
		"no rounding":  {plain("0.1", "0.30"), "3", "7", "prompt_cost=0.0000003 output_cost=0.0000021"},
		"far digits":   {plain("0.0375", "0.15"), "1", "9007199254740993", "prompt_cost=0.0000000375 output_cost=1351079888.21114895"},
		"one of them":  {plain("", "10"), "12", "1000000", "output_cost=10"},
		"free":         {plain("0", "0.00"), "12", "3", "prompt_cost=0 output_cost=0"},
		"no tokens":    {plain("2.50", "10"), "0", "null", "prompt_cost=0"},
		"no count":     {plain("2.50", "10"), `"12"`, "1e2", "output_cost=0.001"},
		"no price":     {price.Price{}, "12", "3", ""},
		"price is bad": {plain("cheap", "1,5"), "12", "3", ""},
	} {
		doc := `{"id":"log_1","prompt":{"id":"pr_1","model":"model-a"},"prompt_tokens":` + c.tokens + `,"output_tokens":` + c.output + `}`
		got := strings.Join(fills(t, changesOf(t, doc), priced(map[string]price.Price{"model-a": c.price})), " ")
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCostsThatAgreeAreLeftAlone(t *testing.T) {
	t.Parallel()
	doc := `{"id":"log_1","prompt":{"id":"pr_1","model":"model-a"},"prompt_tokens":12,"output_tokens":3,"prompt_cost":3e-5,"output_cost":0.000030}`
	if got := fills(t, changesOf(t, doc), priced(map[string]price.Price{"model-a": plain("2.50", "10")})); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestThePriceIsThatOfTheModelThatAnswered(t *testing.T) {
	t.Parallel()
	prices := map[string]price.Price{"asked": plain("1", "1"), "answered": plain("2", "2"), "of the prompt": plain("3", "3")}
	for _, c := range []struct{ response, request, want string }{
		{`{"model":"answered"}`, `{"model":"asked"}`, "prompt_cost=2"},
		{`{"modelVersion":"answered"}`, `null`, "prompt_cost=2"},
		{`{"model":"unknown"}`, `{"model":"asked"}`, "prompt_cost=1"},
		{`null`, `{"modelId":"asked"}`, "prompt_cost=1"},
		{`{"model":7}`, `{}`, "prompt_cost=3"},
	} {
		doc := `{"id":"log_1","prompt":{"id":"pr_1","model":"of the prompt"},"prompt_tokens":1000000,"provider_response":` + c.response + `,"provider_request":` + c.request + `}`
		if got := strings.Join(fills(t, changesOf(t, doc), priced(prices)), " "); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.response, c.request, got, c.want)
		}
	}
}
