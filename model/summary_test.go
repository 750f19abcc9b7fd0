package model

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTotals(t *testing.T) {
	tests := []struct {
		doc  string
		want Totals
	}{
		{`{}`, Totals{}},
		{`{"prompt_tokens":null,"start_time":"2024-07-19T00:00:00Z"}`, Totals{}},
		{`{"prompt_tokens":10,"reasoning_tokens":5,"output_tokens":20,"prompt_cost":0.10,"output_cost":0.2}`, Totals{Tokens: "30", Cost: "0.3"}},
		{`{"output_tokens":7.0,"output_cost":1e-07}`, Totals{Tokens: "7", Cost: "0.0000001"}},
		{`{"prompt_tokens":9007199254740993,"output_tokens":1}`, Totals{Tokens: "9007199254740994"}},
		{`{"prompt_tokens":1e999999999,"output_tokens":1}`, Totals{}},
		{`{"prompt_tokens":"7","output_tokens":1}`, Totals{Tokens: "1"}},
		{`{"start_time":"2024-07-19T00:00:00","end_time":"2024-07-19T02:00:01.5+02:00"}`, Totals{Duration: "1.5"}},
		{`{"start_time":"2024-07-19T00:00:01Z","end_time":"2024-07-19T00:00:00.999999"}`, Totals{Duration: "-0.000001"}},
		{`{"start_time":"0001-01-01T00:00:00Z","end_time":"9999-12-31T23:59:59Z"}`, Totals{Duration: "315537897599"}},
		{`{"start_time":"2024-07-19T00:00:00Z","end_time":"2024-07-19T00:00:00Z"}`, Totals{Duration: "0"}},
		{`{"start_time":"x","end_time":"2024-07-19T00:00:00Z"}`, Totals{}},
	}
	for _, test := range tests {
		if got := NewChangeSet(parseLog(t, test.doc)).Totals(); got != test.want {
			t.Errorf("the totals of %s are %+v", test.doc, got)
		}
	}
	c := edited(t, `{"prompt_tokens":1}`, "prompt_tokens:=5", "output_tokens:=6")
	if got := c.Totals().Tokens; got != "11" {
		t.Errorf("the edits count for %s tokens", got)
	}
}

func TestPortions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		doc                    string
		tokens, cost, duration string
	}{
		{`{}`, "[]", "[]", "[]"},
		{`{"prompt_tokens":10,"output_tokens":30,"reasoning_tokens":10}`, "[{prompt 0.25} {reasoning 0.25} {output 0.5}]", "[]", "[]"},
		{`{"prompt_tokens":10,"output_tokens":30,"reasoning_tokens":0}`, "[{prompt 0.25} {output 0.75}]", "[]", "[]"},
		{`{"prompt_tokens":10,"output_tokens":30,"reasoning_tokens":40}`, "[{prompt 0.25} {output 0.75}]", "[]", "[]"},
		{`{"prompt_tokens":0,"output_tokens":0,"prompt_cost":-1,"output_cost":2}`, "[]", "[]", "[]"},
		{`{"prompt_tokens":1e999,"output_tokens":1,"prompt_cost":"1","output_cost":2}`, "[]", "[]", "[]"},
		{`{"prompt_cost":0.5,"output_cost":0}`, "[]", "[{prompt 1} {output 0}]", "[]"},
		{`{"start_time":"2024-07-19T00:00:00Z","end_time":"2024-07-19T00:00:04Z","provider_latency":3}`, "[]", "[]", "[{provider 0.75} {rest 0.25}]"},
		{`{"start_time":"2024-07-19T00:00:00Z","end_time":"2024-07-19T00:00:01Z","provider_latency":3}`, "[]", "[]", "[]"},
	} {
		p := NewChangeSet(parseLog(t, test.doc)).Portions()
		if got := fmt.Sprint(p.Tokens, p.Cost, p.Duration); got != test.tokens+" "+test.cost+" "+test.duration {
			t.Errorf("the portions of %s are %s", test.doc, got)
		}
	}
}

func TestSummarize(t *testing.T) {
	tests := []struct {
		doc  string
		want Summary
	}{
		{`{}`, Summary{Status: "ok"}},
		{`{"id":"log_1","created_at":"2024-07-19T00:29:35","prompt":{"id":"pr_1","path":"a/b","model":"m"},"prompt_tokens":1,"output_tokens":2,"output_cost":0.10,
			"provider_latency":1.5,"output":"  two\n words\u0007 ","error":null}`,
			Summary{ID: "log_1", Created: "2024-07-19T00:29:35", Status: "ok", Model: "m", Tokens: "3", Cost: "0.1", Latency: "1.5", Output: "two words\a", PromptID: "pr_1", Prompt: "a/b"}},
		{`{"prompt":{"id":"pr_1"},"messages":[{"role":"user","content":"first"},{"role":"user","content":[{"type":"image_url"},{"type":"text","text":"and\nlast"}]},{"role":"assistant","content":"x"},5]}`,
			Summary{Status: "ok", PromptID: "pr_1", Prompt: "pr_1", Question: "and last"}},
		{`{"messages":{"role":"user","content":"no list"}}`, Summary{Status: "ok"}},
		{`{"error":"it\nfailed","output":"x"}`, Summary{Status: "error", Output: "it failed"}},
		{`{"error":"","output":"x"}`, Summary{Status: "ok", Output: "x"}},
		{`{"error":{"code":1},"output":"x"}`, Summary{Status: "error", Output: "x"}},
		{`{"output":null,"output_message":{"role":"assistant","content":"from the message"}}`, Summary{Status: "ok", Output: "from the message"}},
		{`{"output_message":{"role":"assistant","content":null}}`, Summary{Status: "ok"}},
		{`{"output":5,"output_message":[]}`, Summary{Status: "ok"}},
	}
	for _, test := range tests {
		if got := parseLog(t, test.doc).Summarize(); got != test.want {
			t.Errorf("%s is summarised as %+v", test.doc, got)
		}
	}
}

func TestSummarizeIsShortAndCheap(t *testing.T) {
	for _, text := range []string{strings.Repeat("é", 5<<20), strings.Repeat("x ", 5<<20), strings.Repeat(" ", 5<<20), strings.Repeat(`\ud83d\ude00`, 1<<20)} {
		for _, doc := range []string{`{"output":"` + text + `"}`, `{"output_message":{"content":"` + text + `"}}`, `{"error":"` + text + `"}`} {
			l := parseLog(t, doc)
			s := l.Summarize()
			if len(s.Output) > 200 || !utf8.ValidString(s.Output) {
				t.Fatalf("the output of a summary is %d bytes", len(s.Output))
			}
			if cost := testing.AllocsPerRun(3, func() { l.Summarize() }); cost > 100 {
				t.Errorf("a summary of %.30s… takes %v allocations", doc, cost)
			}
		}
	}
}
