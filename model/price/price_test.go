package price

import (
	"strings"
	"testing"
	"time"

	"errata/model/jsonraw"
)

func number(t *testing.T, literal string) jsonraw.Decimal {
	t.Helper()
	d, ok := jsonraw.ParseDecimal([]byte(literal))
	if !ok {
		t.Fatalf("%s is not a number", literal)
	}
	return d
}

func TestTheNameThatFitsBest(t *testing.T) {
	t.Parallel()
	list := List{}
	for _, name := range []string{"gpt-4o", "gpt-4o*", "gpt-*", "*sonnet*", "azure/gpt-4o*", "azure/*", "claude-*-sonnet", "groq/llama-3"} {
		list[name] = Price{Rates: Rates{Prompt: name}}
	}
	for _, c := range []struct{ provider, model, want string }{
		{"", "gpt-4o", "gpt-4o"},
		{"openai", "gpt-4o-2024-08-06", "gpt-4o*"},
		{"", "gpt-5", "gpt-*"},
		{"azure", "gpt-4o-mini", "azure/gpt-4o*"},
		{"azure", "gpt-4o", "gpt-4o"},
		{"azure", "phi", "azure/*"},
		{"", "claude-3-sonnet", "claude-*-sonnet"},
		{"", "claude-3-sonnet-x", "*sonnet*"},
		{"groq", "llama-3", "groq/llama-3"},
		{"", "llama-3", ""},
		{"", "", ""},
	} {
		p, ok := list.Find(c.provider, c.model)
		if p.Prompt != c.want || ok != (c.want != "") {
			t.Errorf("%s/%s has the price of %q, %v, want %q", c.provider, c.model, p.Prompt, ok, c.want)
		}
	}
}

func TestATierHoldsForTheWholeCall(t *testing.T) {
	t.Parallel()
	p := Price{Rates: Rates{Prompt: "1", Output: "10", Cached: "0.1"}, Over: []Tier{
		{200, Rates{Prompt: "2", Output: "20"}}, {400, Rates{Prompt: "3"}}}}
	for _, c := range []struct {
		tokens string
		want   Rates
		over   int64
	}{
		{"200", Rates{Prompt: "1", Output: "10", Cached: "0.1"}, 0},
		{"201", Rates{Prompt: "2", Output: "20", Cached: "0.1"}, 200},
		{"1e9", Rates{Prompt: "3", Output: "20", Cached: "0.1"}, 400},
		{"0", Rates{Prompt: "1", Output: "10", Cached: "0.1"}, 0},
	} {
		if got, over := p.At(time.Time{}, number(t, c.tokens)); got != c.want || over != c.over {
			t.Errorf("%s tokens cost %v over %d", c.tokens, got, over)
		}
	}
}

func TestPricesThatHoldAtSomeTimes(t *testing.T) {
	t.Parallel()
	p := Price{Rates: Rates{Prompt: "1"}, When: []When{
		{Since: "2026-08-17", Rates: Rates{Prompt: "2"}, Over: []Tier{{10, Rates{Prompt: "3"}}}},
		{From: "22:00", To: "06:30", Rates: Rates{Prompt: "4"}},
		{Since: "2027-01-01", From: "09:00", To: "10:00", Rates: Rates{Prompt: "5"}},
	}}
	for at, want := range map[string]string{
		"2026-08-16T12:00:00Z":      "1",
		"2026-08-17T00:00:00+02:00": "4", // 22:00 of the day before
		"2026-08-17T12:00:00Z":      "3",
		"2026-08-17T06:29:59Z":      "4",
		"2026-08-17T06:30:00Z":      "3",
		"2026-08-17T09:30:00Z":      "3",
		"2027-01-01T09:30:00Z":      "5",
		"2027-01-01T10:00:00Z":      "3",
	} {
		made, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := p.At(made, number(t, "11")); got.Prompt != want {
			t.Errorf("at %s it costs %s, want %s", at, got.Prompt, want)
		}
	}
}

func TestACostIsAnExactSum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		items                []Item
		cost, shown, missing string
	}{
		{[]Item{{Rate: "2.50"}}, "0", "0 × $2.50 a million", ""},
		{[]Item{{number(t, "88"), "", "2.50"}, {number(t, "4012"), "cached", "1.25"}}, "0.005235", "88 × $2.50 + 4012 cached × $1.25 a million", ""},
		{[]Item{{Rate: ""}, {number(t, "4012"), "cached", "1.25"}}, "0.005015", "4012 cached × $1.25 a million", ""},
		{[]Item{{number(t, "9007199254740993"), "", "0.000000000000000001"}}, "0.000000009007199254740993", "9007199254740993 × $0.000000000000000001 a million", ""},
		{[]Item{{number(t, "1"), "", "1"}, {number(t, "1"), "audio", ""}}, "", "", "audio"},
		{[]Item{{number(t, "1"), "", ""}}, "", "", "plain"},
		{[]Item{{number(t, "1"), "", "cheap"}}, "", "", "plain"},
	} {
		if cost, shown, missing := Cost(c.items); cost != c.cost || shown != c.shown || missing != c.missing {
			t.Errorf("%v cost %q, %q, missing %q", c.items, cost, shown, missing)
		}
	}
}

const liteList = `{
  "sample_spec": {"input_cost_per_token": 0.0},
  "gpt-4o": {"input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1.25e-06, "litellm_provider": "openai"},
  "gemini/gemini-2.5-pro": {"input_cost_per_token": 1.25e-6, "output_cost_per_token": 0.00001, "input_cost_per_token_above_200k_tokens": 2.5e-6,
    "output_cost_per_token_above_200k_tokens": 1.5E-5, "input_cost_per_audio_token": 7e-7},
  "claude": {"input_cost_per_token": 3e-06, "cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_1hr": 6e-06},
  "pictures": {"output_cost_per_image": 0.04},
  "wrong": {"input_cost_per_token": -1, "output_cost_per_token": "2"}
}`

const genaiList = `[
  {"id": "maker", "model_match": {"starts_with": "m-"}, "models": [
    {"id": "m-1", "match": {"or": [{"equals": "m-1"}, {"starts_with": "m-1-"}]}, "prices": {"input_mtok": 3, "cache_read_mtok": 0.3, "output_mtok": 15.50}},
    {"id": "m-2", "match": {"contains": "m-2"}, "prices": {"input_mtok": {"base": 1.25, "tiers": [{"start": 200000, "price": 2.5}]}, "output_mtok": 10}},
    {"id": "m-3", "match": {"regex": "^m-3\\.5-\\d{8}$"}, "prices": [
      {"prices": {"input_mtok": 1}}, {"constraint": {"start_date": "2025-06-01"}, "prices": {"input_mtok": 2}},
      {"constraint": {"start_date": "2030-01-01"}, "prices": {"input_mtok": 9}}]},
    {"id": "m-4", "match": {"equals": "m-4"}, "prices": [{"prices": {"input_mtok": 1}}, {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 4}}]},
    {"id": "m-7", "match": {"equals": "m-7"}, "prices": [{"prices": {}}, {"constraint": {"start_time": "00:30:00+01:00"}, "prices": {}}]},
    {"id": "m-5", "match": {"regex": "(a|b)"}, "prices": {"input_mtok": 1}},
    {"id": "m-6", "match": {"and": [{"starts_with": "m-6"}, {"regex": "^(?!.*tts)"}]}, "prices": {"input_mtok": 6}}]},
  {"id": "x-ai", "models": [{"id": "none", "match": {"equals": "none"}, "prices": {}}, {"id": "m:free", "match": {"ends_with": ":free"}, "prices": {}}]}
]`

func TestPublicListsAreRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list, want string
		skipped    []string
	}{
		"LiteLLM": {liteList, `
[prices."claude"]
prompt = "3"
cache_write = "3.75"
cache_write_1h = "6"

[prices."google/gemini-2.5-pro"]
prompt = "1.25"
audio = "0.7"
output = "10"
[[prices."google/gemini-2.5-pro".over]]
tokens = 200000
prompt = "2.5"
output = "15"

[prices."gpt-4o"]
prompt = "2.5"
cached = "1.25"
output = "10"
`, nil},
		"genai-prices": {genaiList, "", []string{"maker/m-7, whose price depends on times that are not in UTC", "maker/m-5 by the regular expression (a|b)"}},
	} {
		list, skipped, err := ReadList([]byte(c.list))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := string(list.TOML()); c.want != "" && got != c.want {
			t.Errorf("%s gives\n%s\nwant\n%s", name, got, c.want)
		}
		if strings.Join(skipped, "\n") != strings.Join(c.skipped, "\n") {
			t.Errorf("%s leaves out %q", name, skipped)
		}
	}
	list, _, _ := ReadList([]byte(genaiList))
	for name, want := range map[string]Rates{
		"m-1":           {Prompt: "3", Cached: "0.3", CacheWrite: "3", Audio: "3", Output: "15.5", AudioOutput: "15.5"},
		"m-1-large":     {Prompt: "3", Cached: "0.3", CacheWrite: "3", Audio: "3", Output: "15.5", AudioOutput: "15.5"},
		"the-m-2":       {Prompt: "1.25", Cached: "1.25", CacheWrite: "1.25", Audio: "1.25", Output: "10", AudioOutput: "10"},
		"m-3.5-2025010": {Prompt: "2", Cached: "2", CacheWrite: "2", Audio: "2"},
		"m-6-x":         {Prompt: "6", Cached: "6", CacheWrite: "6", Audio: "6"},
	} {
		p, ok := list.Find("maker", name)
		got, _ := p.At(time.Date(2026, 1, 31, 20, 0, 0, 0, time.UTC), number(t, "1"))
		if !ok || got != want {
			t.Errorf("%s costs %v, %v", name, got, ok)
		}
	}
	if p, ok := list.Find("xai", "none"); !ok || p.Rates != (Rates{}) {
		t.Errorf("a model without a price costs %v, %v", p, ok)
	}
	if p, ok := list.Find("xai", "a:free"); !ok || p.Prompt != "0" || p.Output != "0" {
		t.Errorf("a model that is free costs %v, %v", p, ok)
	}
	if p, _ := list.Find("", "m-2"); len(p.Over) != 1 || p.Over[0].Tokens != 200000 || p.Over[0].Prompt != "2.5" {
		t.Errorf("the tiers are %v", p.Over)
	}
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `7`, `{}`, `[]`, `{"a": 1}`, `[{"id": "x"}]`, `{"a": {"mode": "chat"}}`, `{"a": `} {
		if list, _, err := ReadList([]byte(text)); err == nil {
			t.Errorf("%s is read as %v", text, list)
		}
	}
}

func TestNamesAreWrittenSoThatTheyAreReadBack(t *testing.T) {
	t.Parallel()
	list := List{"a\"b\\c\x1b": {Rates: Rates{Prompt: "1"}}}
	if got, want := string(list.TOML()), "\n[prices.\"a\\\"b\\\\c\\u001b\"]\nprompt = \"1\"\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
