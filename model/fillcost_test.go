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

// responseOfKinds is a response that tells 100 prompt tokens of many kinds and 50 of the output.
const responseOfKinds = `{"model":"m","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
	"prompt_tokens_details":{"cached_tokens":40,"cache_write_tokens":20,"audio_tokens":10},
	"completion_tokens_details":{"reasoning_tokens":30,"audio_tokens":5}}}`

func TestEveryKindOfTokensHasItsPrice(t *testing.T) {
	t.Parallel()
	full := price.Rates{Prompt: "1", Cached: "0.1", CacheWrite: "1.25", Audio: "40", Output: "10", AudioOutput: "80"}
	with := func(change func(*price.Rates)) price.Price {
		r := full
		change(&r)
		return price.Price{Rates: r}
	}
	for name, c := range map[string]struct {
		price price.Price
		log   string
		want  string
		needs string
	}{
		"each by its own": {with(func(*price.Rates) {}), ``,
			`prompt_cost=0.000459: 30 × $1 + 40 cached × $0.1 + 20 written to the cache × $1.25 + 10 audio × $40 a million, the price of m; ` +
				`output_cost=0.00085: 45 × $10 + 5 audio × $80 a million, the price of m`, ``},
		"reasoning by its own": {with(func(r *price.Rates) { r.Reasoning = "20" }), `"prompt_cost":0.000459,`,
			`output_cost=0.00115: 15 × $10 + 5 audio × $80 + 30 reasoning × $20 a million, the price of m`, ``},
		"a kind without a price": {with(func(r *price.Rates) { r.Cached, r.AudioOutput = "", "" }), ``, ``,
			`prompt_cost needs a price for cached of m in the configuration file; output_cost needs a price for audio of m in the configuration file`},
		"by length": {price.Price{Rates: full, Over: []price.Tier{{Tokens: 99, Rates: price.Rates{Prompt: "2", Output: "20"}}}}, ``,
			`prompt_cost=0.000489: 30 × $2 + 40 cached × $0.1 + 20 written to the cache × $1.25 + 10 audio × $40 a million, the price of m over 99 tokens; ` +
				`output_cost=0.0013: 45 × $20 + 5 audio × $80 a million, the price of m over 99 tokens`, ``},
		"other tokens than the response tells": {with(func(*price.Rates) {}), `"prompt_tokens":101,"output_tokens":50,`,
			`output_cost=0.00085: 45 × $10 + 5 audio × $80 a million, the price of m`,
			`prompt_cost needs prompt_tokens that go with the cached tokens of provider_response`},
	} {
		changes := changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1"},`+c.log+`"provider_response":`+responseOfKinds+`}`)
		prices := priced(map[string]price.Price{"m": c.price})
		var got []string
		for _, f := range Fills(changes, prices) {
			if f.Field == promptCost || f.Field == outputCost {
				got = append(got, f.Field.Name+"="+string(f.Value.Bytes())+": "+f.Why)
			}
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, text, c.want)
		}
		if needs := strings.Join(Unfilled(changes, prices), "; "); !strings.Contains(needs, c.needs) {
			t.Errorf("%s: %s, want %s", name, needs, c.needs)
		}
	}
}

func TestTheProvidersOwnCostComesFirst(t *testing.T) {
	t.Parallel()
	prices := priced(map[string]price.Price{"m": plain("1", "1")})
	response := func(cost string) string {
		return `{"id":"gen-1","model":"m","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cost":` + cost + `}}`
	}
	sides := response(`0.003,"cost_details":{"upstream_inference_prompt_cost":0.001,"upstream_inference_completions_cost":0.002}`)
	for name, c := range map[string]struct{ log, response, want string }{
		"its two sides":              {``, sides, `prompt_cost=0.001 output_cost=0.002`},
		"sides that are there":       {`"prompt_cost":0.0010,"output_cost":2e-3,`, sides, ``},
		"a total alone":              {``, response(`0.003`), `prompt_cost=0.00001 output_cost=0.000005 metadata.total_cost={"total_cost":0.003}`},
		"beside other metadata":      {`"prompt_cost":0.00001,"output_cost":0.000005,"metadata":{"a": 1},`, response(`0.003`), `metadata.total_cost={"a": 1, "total_cost": 0.003}`},
		"a total that is there":      {`"prompt_cost":0.00001,"output_cost":0.000005,"metadata":{"total_cost":9},`, response(`0.003`), ``},
		"a total that the sides are": {`"prompt_cost":0.001,"output_cost":0.002,`, response(`0.003`), ``},
		"metadata of another kind":   {`"prompt_cost":0.00001,"output_cost":0.000005,"metadata":[1],`, response(`0.003`), ``},
	} {
		changes := changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1"},`+c.log+`"provider_response":`+c.response+`}`)
		var got []string
		for _, f := range Fills(changes, prices) {
			if f.Field == promptCost || f.Field == outputCost || f.Field == metadata {
				got = append(got, f.Name()+"="+string(f.Value.Bytes()))
			}
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
	}
}

// The provider of the prompt may sell the models of others at prices of its own.
func TestAPriceMayBeThatOfASeller(t *testing.T) {
	t.Parallel()
	prices := func(provider, model string) (price.Price, bool) {
		p, ok := map[string]price.Price{"bedrock/m": plain("3", "3"), "azure/m": plain("2", "2"), "anthropic/m": plain("1", "1")}[provider+"/"+model]
		return p, ok
	}
	for provider, want := range map[string]string{"bedrock": "3", "openai_azure": "2", "anthropic": "1", "": "1"} {
		changes := changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1","provider":"`+provider+`"},"prompt_tokens":1000000,"provider_response":{"type":"message","model":"m","content":[]}}`)
		if made := FillIn(changes, prices, []*Field{promptCost}); len(made) != 1 || string(made[0].Value.Bytes()) != want {
			t.Errorf("at %q it costs %v", provider, made)
		}
	}
}

func TestAPriceIsThatOfTheTimeOfTheCall(t *testing.T) {
	t.Parallel()
	prices := priced(map[string]price.Price{"m": {Rates: price.Rates{Prompt: "1"}, When: []price.When{{From: "00:30", To: "16:30", Rates: price.Rates{Prompt: "2"}}}}})
	for times, want := range map[string]string{
		`"created_at":"2026-01-01T20:00:00Z"`:                                     "1",
		`"created_at":"2026-01-01T20:00:00Z","start_time":"2026-01-01T16:00:00Z"`: "2",
		`"created_at":"2026-01-01T18:00:00+02:00"`:                                "2",
		`"created_at":null`: "",
	} {
		changes := changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1","model":"m"},"prompt_tokens":1000000,`+times+`}`)
		made := FillIn(changes, prices, []*Field{promptCost})
		if want == "" {
			if needs := Needs(changes, prices, promptCost); len(made) != 0 || !strings.Contains(needs, "depends on the time") {
				t.Errorf("%s: %v, needs %q", times, made, needs)
			}
			continue
		}
		if len(made) != 1 || string(made[0].Value.Bytes()) != want {
			t.Errorf("%s: %v", times, made)
		}
	}
}
