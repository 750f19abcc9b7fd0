package model

import (
	"strings"
	"testing"
)

const warningDoc = `{"output":"hi","output_message":{"role":"assistant","content":"hi"},"error":null,
"prompt_tokens":12,"output_tokens":30,"reasoning_tokens":7,"prompt_cost":0.0012,"output_cost":0,"provider_latency":2.0,
"start_time":"2024-05-01T10:00:00Z","end_time":"2024-05-01T10:00:02Z","messages":[{"role":"user","content":"x"}],
"provider_response":{"usage":{"prompt_tokens":12,"completion_tokens":30,"completion_tokens_details":{"reasoning_tokens":7}}}}`

func TestWarnings(t *testing.T) {
	const call = `{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f"}}]}`
	tests := []struct {
		name  string
		edits []string
		want  []string // "field: sentence"
	}{
		{"nothing changed", nil, nil},
		{"a plain change", []string{`source:="y"`}, nil},
		{"negative", []string{`output_cost:=-1`}, []string{"output_cost: output_cost is negative"}},

		{"end before start", []string{`end_time:="2024-05-01T09:59:59Z"`}, []string{"end_time: end_time is before start_time"}},
		{"start after end", []string{`start_time:="2024-05-01T12:00:00+01:00"`}, []string{"start_time: end_time is before start_time"}},
		{"times in other zones", []string{`end_time:="2024-05-01T11:00:02+01:00"`, `provider_latency:=2.019`}, nil},
		{"latency off", []string{`provider_latency:=2.5`}, []string{"provider_latency: provider_latency is 2.5 s, but from start to end it took 2 s"}},
		{"latency in milliseconds", []string{`provider_latency:=2e3`}, []string{"provider_latency: provider_latency is 2000 s, but from start to end it took 2 s"}},
		{"latency off by the end", []string{`end_time:="2024-05-01T10:00:01.5Z"`}, []string{"end_time: provider_latency is 2 s, but from start to end it took 1.5 s"}},
		{"within a percent", []string{`provider_latency:=2.02`}, nil},
		{"just above a percent", []string{`provider_latency:=1.9799`}, []string{"provider_latency: provider_latency is 1.9799 s, but from start to end it took 2 s"}},
		{"within a millisecond", []string{`end_time:="2024-05-01T10:00:00.002Z"`, `provider_latency:=0.003`}, nil},
		{"without an end", []string{`end_time:=null`, `provider_latency:=99`}, nil},
		{"without a latency", []string{`end_time:="2024-05-01T10:00:09Z"`, `provider_latency:=null`}, nil},

		{"output and error", []string{`error:="boom"`}, []string{"error: output and error are both set"}},
		{"output and error of a stream that broke off", []string{`error:="boom"`, `provider_response:={"events":[{"choices":[{"index":0,"delta":{"content":"hi"}}]},{"error":{"message":"boom"}}]}`}, nil},
		{"an empty error", []string{`error:=""`}, nil},
		{"output unlike its message", []string{`output:="ho"`}, []string{"output: output is not the text of output_message"}},
		{"message unlike the output", []string{`output_message:={"role":"assistant","content":[{"type":"text","text":"h"},{"type":"image_url"},{"type":"text","text":"i!"}]}`}, []string{"output_message: output is not the text of output_message"}},
		{"the same in parts", []string{`output_message:={"role":"assistant","content":[{"type":"text","text":"h"},{"type":"image_url"},{"type":"text","text":"\u0069"}]}`}, nil},
		{"no content", []string{`output_message:={"role":"assistant","content":null}`}, nil},
		{"no output", []string{`output:=null`}, nil},

		{"unlike the response", []string{`prompt_tokens:=13`, `output_tokens:=30.0`}, []string{"prompt_tokens: prompt_tokens is 13, but provider_response says 12"}},
		{"reasoning unlike the response", []string{`reasoning_tokens:=8`}, []string{"reasoning_tokens: reasoning_tokens is 8, but provider_response says 7"}},
		{"a response of Anthropic's", []string{`provider_response:={"usage":{"input_tokens":2,"cache_read_input_tokens":10,"output_tokens":31}}`}, []string{"provider_response: output_tokens is 30, but provider_response says 31"}},
		{"a response of Gemini's", []string{`provider_response:={"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":23,"thoughtsTokenCount":7}}`}, []string{"provider_response: prompt_tokens is 12, but provider_response says 1"}},
		{"a response without counts", []string{`prompt_tokens:=13`, `provider_response:={"usage":[1],"usageMetadata":"x"}`}, nil},
		{"a huge response", []string{`prompt_tokens:=13`, `provider_response:={"usage":{"prompt_tokens":12},"x":"` + strings.Repeat("x", maxFill) + `"}`}, nil},

		{"a hundredfold", []string{`prompt_cost:=0.12`}, []string{"prompt_cost: prompt_cost is at least a hundred times what it was"}},
		{"a hundredth", []string{`prompt_cost:=12e-6`}, []string{"prompt_cost: prompt_cost is at most a hundredth of what it was"}},
		{"less than that", []string{`prompt_cost:=0.1199`}, nil},
		{"from zero, to zero", []string{`output_cost:=5000`, `prompt_cost:=0`}, nil},
		{"far beyond", []string{`prompt_cost:=1e999999999999`}, nil},

		{"a tool message with its call", []string{`messages:=[` + call + `,{"role":"tool","tool_call_id":"c1"}]`}, nil},
		{"before its call", []string{`messages:=[{"role":"tool","tool_call_id":"c1"},` + call + `]`}, []string{`messages: messages[0] answers the call "c1", which no message before it makes`}},
		{"the first of two", []string{`messages:=[` + call + `,{"role":"tool"},{"role":"tool","tool_call_id":"c2"}]`}, []string{"messages: messages[1] is a tool message that names no call"}},
	}
	for _, test := range tests {
		var got []string
		for _, w := range edited(t, warningDoc, test.edits...).Warnings() {
			got = append(got, w.Field.Name+": "+w.Msg)
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// What was in the log before is nobody's doing here, and text that is not a value yet says nothing.
func TestWarningsConcernChanges(t *testing.T) {
	const odd = `{"output":"hi","error":"boom","prompt_tokens":-1,"start_time":"2024-05-01T10:00:00Z","end_time":"2023-05-01T10:00:02Z",
"messages":[{"role":"tool"}],"output_message":{"role":"user","content":"ho"},"provider_response":{"usage":{"prompt_tokens":5}}}`
	c := edited(t, odd, `source:="y"`)
	for _, name := range []string{"prompt_tokens", "start_time", "messages"} {
		if c.SetText(field(t, name), "x") == nil {
			t.Fatalf("x is good for %s", name)
		}
	}
	if got := c.Warnings(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// What takes the place of bytes that are not UTF-8 can be replaced, but not brought back.
func TestWarningOfBytesThatAreLost(t *testing.T) {
	for _, doc := range []string{"{\"output\":\"caf\xe9\",\"source\":\"x\"}", `{"output":"caf\ufffd","source":"x"}`} {
		log := parseLog(t, doc).Lock([]string{"output"})
		c := NewChangeSet(log)
		c.Set(field(t, "source"), Raw([]byte(`"y"`)))
		if got := c.Warnings(); len(got) > 0 {
			t.Errorf("%+v", got)
		}
		c.Set(field(t, "output"), Raw([]byte(`"coffee"`)))
		if got := c.Warnings(); len(got) != 1 || got[0].Field.Name != "output" || !strings.Contains(got[0].Msg, "undo cannot bring back") {
			t.Errorf("%+v", got)
		}
	}
}

// FuzzWarnings: no log and no edit makes the warnings fail.
func FuzzWarnings(f *testing.F) {
	f.Add(warningDoc, uint8(4), `1e-1000`)
	f.Add(warningDoc, uint8(14), `{"usage":{"usage":1e400}}`)
	f.Add(`{"messages":[1,{"role":"tool","tool_calls":5}],"output_message":[]}`, uint8(7), `[{"role":"tool"}]`)
	f.Fuzz(func(t *testing.T, doc string, row uint8, text string) {
		base, err := ParseLog([]byte(doc))
		if err != nil {
			return
		}
		c := NewChangeSet(base)
		changed := fields[int(row)%len(fields)]
		if c.SetText(changed, text) != nil {
			return
		}
		for _, w := range c.Warnings() {
			if w.Field != changed || w.Msg == "" || strings.HasSuffix(w.Msg, ".") && !strings.Contains(text, ".") {
				t.Errorf("%s: %q", w.Field.Name, w.Msg)
			}
		}
	})
}
