package model

import (
	"slices"
	"strings"
	"testing"

	"errata/model/price"
)

// fills are what could be filled in, as "field=literal" in order.
func fills(t *testing.T, c *ChangeSet, prices Prices) []string {
	t.Helper()
	var list []string
	for _, f := range Fills(c, prices) {
		if f.Why == "" {
			t.Errorf("%s does not say where its value comes from", f.Field.Name)
		}
		if !f.Old.Equal(c.Value(f.Field)) && !f.Old.IsAbsent() {
			t.Errorf("%s has an old value %s", f.Field.Name, f.Old.Bytes())
		}
		list = append(list, f.Field.Name+"="+string(f.Value.Bytes()))
	}
	return list
}

func changesOf(t *testing.T, doc string) *ChangeSet {
	t.Helper()
	log, err := ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return NewChangeSet(log)
}

// responses are invented answers in the shapes of the providers, and what follows from each.
var responses = map[string]struct{ response, want string }{
	"OpenAI chat completions": {
		`{"id":"chatcmpl-1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Nine."},"finish_reason":"length"}],
		  "usage":{"prompt_tokens":31,"completion_tokens":208,"total_tokens":239,"completion_tokens_details":{"reasoning_tokens":192}}}`,
		`output_message={"role":"assistant","content":"Nine."} output="Nine." finish_reason="length" prompt_tokens=31 reasoning_tokens=192 output_tokens=208`,
	},
	"Mistral": {
		`{"id":"x","object":"chat.completion","choices":[{"finish_reason":"stop","message":{}}],"usage":{"prompt_tokens":4,"completion_tokens":9,"total_tokens":13}}`,
		`finish_reason="stop" prompt_tokens=4 output_tokens=9`,
	},
	"Groq": {
		`{"object":"chat.completion","choices":[{"finish_reason":"tool_calls"}],"usage":{"queue_time":0.01,"prompt_tokens":18,"prompt_time":0.002,"completion_tokens":70}}`,
		`finish_reason="tool_calls" prompt_tokens=18 output_tokens=70`,
	},
	"OpenAI responses": {
		`{"object":"response","status":"completed","incomplete_details":null,"output":[],"usage":{"input_tokens":75,"output_tokens":1186,"output_tokens_details":{"reasoning_tokens":1024}}}`,
		`finish_reason="completed" prompt_tokens=75 reasoning_tokens=1024 output_tokens=1186`,
	},
	"OpenAI responses, incomplete": {
		`{"object":"response","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":7,"output_tokens":16}}`,
		`finish_reason="max_output_tokens" prompt_tokens=7 output_tokens=16`,
	},
	"Anthropic": {
		`{"type":"message","role":"assistant","content":[{"type":"text","text":"Nine."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":12,"output_tokens":6}}`,
		`output_message={"role":"assistant","content":"Nine."} output="Nine." finish_reason="end_turn" prompt_tokens=12 output_tokens=6`,
	},
	"Gemini": {
		`{"candidates":[{"content":{"parts":[{"text":"Nine."}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":5,"totalTokenCount":13}}`,
		`output_message={"role":"assistant","content":"Nine."} output="Nine." finish_reason="STOP" prompt_tokens=8 output_tokens=5`,
	},
	"Gemini, thinking": {
		`{"candidates":[{"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":5,"thoughtsTokenCount":100}}`,
		`finish_reason="MAX_TOKENS" prompt_tokens=8 reasoning_tokens=100 output_tokens=105`,
	},
	"Bedrock": {
		`{"output":{"message":{}},"stopReason":"max_tokens","usage":{"inputTokens":30,"outputTokens":628,"totalTokens":658},"metrics":{"latencyMs":1275}}`,
		`finish_reason="max_tokens" prompt_tokens=30 output_tokens=628 provider_latency=1.275`,
	},
	"Cohere": {
		`{"id":"c","finish_reason":"COMPLETE","message":{},"usage":{"billed_units":{"input_tokens":5,"output_tokens":418},"tokens":{"input_tokens":71,"output_tokens":420}}}`,
		`finish_reason="COMPLETE" prompt_tokens=71 output_tokens=420`,
	},
	"Cohere, version 1": {
		`{"text":"Nine.","finish_reason":"MAX_TOKENS","meta":{"billed_units":{"input_tokens":5,"output_tokens":2}}}`,
		`output_message={"role":"assistant","content":"Nine."} output="Nine." finish_reason="MAX_TOKENS" prompt_tokens=5 output_tokens=2`,
	},
	"Ollama": {
		`{"model":"m","done":true,"done_reason":"stop","prompt_eval_count":26,"eval_count":259}`,
		`finish_reason="stop" prompt_tokens=26 output_tokens=259`,
	},
	"digits as they were": {
		`{"usage":{"prompt_tokens":12.0,"completion_tokens":9007199254740993}}`,
		`prompt_tokens=12.0 output_tokens=9007199254740993`,
	},
	"nothing that is a count": {
		`{"choices":[],"usage":{"prompt_tokens":"12","completion_tokens":1.5},"stop_reason":null}`, ``,
	},
	"other shapes":    {`{"usage":[1,2],"choices":{"0":{}},"candidates":null}`, ``},
	"no usage at all": {`{"error":{"message":"overloaded"}}`, `error="overloaded"`},
}

func TestFillsFromEveryProvidersResponse(t *testing.T) {
	t.Parallel()
	for name, c := range responses {
		got := fills(t, changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1"},"provider_response":`+c.response+`}`), nil)
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s gives\n%s\nwant\n%s", name, text, c.want)
		}
	}
}

func TestFillsOnlyWhatWouldChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ doc, want string }{
		"agrees":           {`"prompt_tokens":4,"output_tokens":9.0,"finish_reason":"Stop","provider_response":` + responses["Mistral"].response, ``},
		"differs":          {`"prompt_tokens":5,"output_tokens":9,"finish_reason":"","provider_response":` + responses["Mistral"].response, `finish_reason="stop" prompt_tokens=4`},
		"another counting": {`"output_tokens":5,"prompt_tokens":8,"reasoning_tokens":100,"finish_reason":"max_tokens","provider_response":` + responses["Gemini, thinking"].response, `output_tokens=105`},
		"with the cache":   {`"prompt_tokens":112,"output_tokens":6,"provider_response":{"usage":{"input_tokens":12,"cache_read_input_tokens":100,"output_tokens":6}}`, ``},
	} {
		if got := strings.Join(fills(t, changesOf(t, `{"id":"log_1",`+c.doc+`}`), nil), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestFillsFollowTheEdits(t *testing.T) {
	t.Parallel()
	c := changesOf(t, `{"id":"log_1","provider_response":null,"start_time":"2025-03-01T10:00:00","end_time":null}`)
	if got := fills(t, c, nil); len(got) != 0 {
		t.Fatalf("there is nothing to go by, but %v", got)
	}
	c.Set(response, Raw([]byte(responses["Mistral"].response)))
	c.Set(endTime, Raw([]byte(`"2025-03-01T12:00:01.000001+02:00"`)))
	want := []string{`finish_reason="stop"`, `prompt_tokens=4`, `output_tokens=9`, `provider_latency=1.000001`}
	if got := fills(t, c, nil); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, f := range Fills(c, nil) {
		c.Set(f.Field, f.Value)
	}
	if got := fills(t, c, nil); len(got) != 0 {
		t.Errorf("after all was filled in there is %v", got)
	}
}

func TestFillsTheLatency(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ start, end, old, want string }{
		"seconds":          {`"2025-03-01T10:00:00"`, `"2025-03-01T10:00:02"`, `null`, `provider_latency=2`},
		"exact":            {`"2025-03-01T10:00:00.1"`, `"2025-03-01T10:00:00.3"`, `null`, `provider_latency=0.2`},
		"microseconds":     {`"2025-03-01T10:00:00.000001Z"`, `"2025-03-01T10:00:01Z"`, `0.9`, `provider_latency=0.999999`},
		"zones":            {`"2025-03-01T12:00:00+02:00"`, `"2025-03-01T10:00:01"`, `0`, `provider_latency=1`},
		"known":            {`"2025-03-01T10:00:00"`, `"2025-03-01T10:00:02"`, `2.000`, ``},
		"nothing":          {`"2025-03-01T10:00:00"`, `"2025-03-01T10:00:00"`, `1`, `provider_latency=0`},
		"the end is first": {`"2025-03-01T10:00:02"`, `"2025-03-01T10:00:00"`, `null`, ``},
		"no end":           {`"2025-03-01T10:00:02"`, `null`, `null`, ``},
		"no time":          {`"soon"`, `3`, `null`, ``},
	} {
		doc := `{"id":"log_1","start_time":` + c.start + `,"end_time":` + c.end + `,"provider_latency":` + c.old + `}`
		if got := strings.Join(fills(t, changesOf(t, doc), nil), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUnfilledSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	c := changesOf(t, `{"id":"log_1","prompt":{"id":"pr_1","model":"model-a"}}`)
	if got := Fills(c, nil); len(got) != 0 {
		t.Fatalf("there is nothing to go by, but %v", got)
	}
	got := strings.Join(Unfilled(c, nil), "; ")
	for _, want := range []string{"output needs an output_message", "finish_reason needs", "tokens need a provider_response", "a price of model-a", "provider_latency needs start_time and end_time"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

func TestHugeResponsesAreNotLookedInto(t *testing.T) {
	t.Parallel()
	c := changesOf(t, `{"id":"log_1","provider_response":{"pad":"`+strings.Repeat("x", maxFill)+`","usage":{"prompt_tokens":1}}}`)
	if got := fills(t, c, nil); len(got) != 0 {
		t.Errorf("%v was read", got)
	}
	if got := strings.Join(Unfilled(c, nil), "; "); !strings.Contains(got, "larger than 4 MB") {
		t.Errorf("it is not said why: %s", got)
	}
}

func TestFillInMakesWhatFollowsFromWhatWasFilledIn(t *testing.T) {
	t.Parallel()
	prices := func(string, string) (price.Price, bool) { return plain("2", "10"), true }
	log, err := ParseLog([]byte(`{"id":"log_a","prompt":{"id":"pr_1"},"output":"a","output_message":{"role":"assistant","content":"b"},` +
		`"prompt_tokens":250000,"provider_response":{"model":"m","usage":{"prompt_tokens":500000}}}`))
	if err != nil {
		t.Fatal(err)
	}
	c := NewChangeSet(log)
	if made := FillIn(c.Clone(), prices, []*Field{promptCost}); len(made) != 1 || string(made[0].Value.Bytes()) != "0.5" {
		t.Errorf("a cost of the tokens that are there: %v", made)
	}
	if made := FillIn(c, prices, []*Field{outputCost}); len(made) != 0 || Needs(c, prices, outputCost) == "" {
		t.Errorf("a cost without tokens: %v, needs %q", made, Needs(c, prices, outputCost))
	}
	all, open := FillAll(c, prices, nil)
	if len(all) != 2 || open == nil || open.Opposite == nil || len(c.Changed()) != 0 {
		t.Errorf("all are %v, open is %v", all, open)
	}
	if made := FillIn(c, prices, []*Field{promptCost, promptTokens}); len(made) != 2 || string(c.Value(promptCost).Bytes()) != "1" {
		t.Errorf("filled in: %v", made)
	}
	if all, _ = FillAll(c, prices, []*Field{output}); len(all) != 1 {
		t.Errorf("once one of two texts is taken, %v are left", all)
	}
	for _, f := range Fields() {
		if Needs(c, prices, f) != "" && !Fillable(f) {
			t.Errorf("%s is never filled in, but needs something", f.Name)
		}
	}
}

// Whatever is filled in at once, in whatever order it was named, is what was offered.
func TestFillingInAllAtOnceGivesWhatOneByOneGives(t *testing.T) {
	t.Parallel()
	prices := func(string, string) (price.Price, bool) { return plain("2", "10"), true }
	doc := `{"id":"log_1","prompt":{"id":"pr_1","model":"m"},"start_time":"2025-03-01T10:00:00","end_time":"2025-03-01T10:00:02","provider_response":` +
		responses["OpenAI chat completions"].response + `}`
	together, apart, everything := changesOf(t, doc), changesOf(t, doc), changesOf(t, doc)
	all, open := FillAll(together, prices, nil)
	if open != nil || len(all) != 9 {
		t.Fatalf("all are %d, open is %v", len(all), open)
	}
	slices.Reverse(all)
	FillIn(together, prices, all)
	for list := Fills(apart, prices); len(list) > 0; list = Fills(apart, prices) {
		apart.Set(list[0].Field, list[0].Value)
	}
	FillEverything(everything, prices)
	if a, b, c := together.Patch(), apart.Patch(), everything.Patch(); string(a) != string(b) || string(a) != string(c) {
		t.Errorf("together\n%s\none by one\n%s\neverything\n%s", a, b, c)
	}
}
