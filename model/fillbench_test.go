package model

import (
	"strings"
	"testing"

	"errata/model/price"
)

// response3K is a response of about 3 KB, as many logs hold them: text, a call, counts of every
// kind.
func response3K() string {
	text := strings.Repeat(`High water at the quay is at nine, and the boat named Anne leaves.\n`, 37)
	return `{"id":"chatcmpl-1","object":"chat.completion","created":1741000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":` +
		`{"role":"assistant","content":"` + text + `","refusal":null,"annotations":[],"tool_calls":[{"id":"call_1","type":"function",` +
		`"function":{"name":"tide","arguments":"{\"port\":\"Brest\"}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":` +
		`{"prompt_tokens":1220,"completion_tokens":400,"total_tokens":1620,"prompt_tokens_details":{"cached_tokens":1152,"audio_tokens":0},` +
		`"completion_tokens_details":{"reasoning_tokens":64,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},` +
		`"service_tier":"default","system_fingerprint":"fp_1"}`
}

// BenchmarkFill fills a log in with all that follows from a response of 3 KB: 50 µs are 20,000 logs
// a second.
func BenchmarkFill(b *testing.B) {
	doc := []byte(`{"id":"log_1","prompt":{"id":"pr_1","model":"gpt-4o"},"start_time":"2025-03-01T10:00:00","end_time":"2025-03-01T10:00:02","provider_response":` + response3K() + `}`)
	prices := func(string, string) (price.Price, bool) {
		return price.Price{Rates: price.Rates{Prompt: "2.50", Cached: "1.25", Output: "10"}}, true
	}
	log, err := ParseLog(doc)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		c := NewChangeSet(log)
		if made, _ := FillEverything(c, prices); len(made) != 9 {
			b.Fatalf("%d fields were filled in", len(made))
		}
	}
}

// BenchmarkFills lists what could be filled in, as the form does on a key.
func BenchmarkFills(b *testing.B) {
	log, err := ParseLog([]byte(`{"id":"log_1","prompt":{"id":"pr_1"},"provider_response":` + response3K() + `}`))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Fills(NewChangeSet(log), nil)
	}
}
