package model

import (
	"fmt"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	const call = `{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}`
	tests := []struct {
		name, value string
		want        []string // path and rule of each problem
	}{
		{"output", ``, nil},
		{"output", `null`, nil},
		{"output", `"\ud800"`, nil},
		{"output", `5`, []string{"[] string"}},
		{"output", "\"\xff\"", []string{"[] string"}},
		{"finish_reason", `["stop"]`, []string{"[] string"}},
		{"prompt_tokens", `7.0`, nil},
		{"prompt_tokens", `1e400`, nil},
		{"prompt_tokens", `7.5`, []string{"[] integer"}},
		{"prompt_tokens", `"7"`, []string{"[] integer"}},
		{"prompt_tokens", `true`, []string{"[] integer"}},
		{"prompt_tokens", `-1`, []string{"[] odd warning"}},
		{"prompt_cost", `-0.0`, nil},
		{"prompt_cost", `-1e-9`, []string{"[] odd warning"}},
		{"provider_latency", `"1"`, []string{"[] number"}},
		{"created_at", `"2024-05-01T12:00:00Z"`, nil},
		{"created_at", `"soon"`, []string{"[] datetime"}},
		{"created_at", `1714564800`, []string{"[] datetime"}},
		{"metadata", `{"a":{"b":[null]}}`, nil},
		{"metadata", `[]`, []string{"[] object"}},
		{"metadata", `{"a":{"k":1,"k":2}}`, []string{"[] duplicate"}},
		{"tool_choice", `"required"`, nil},
		{"tool_choice", `"any"`, []string{"[] enum"}},
		{"tool_choice", `7`, []string{"[] enum"}},
		{"tool_choice", `{"type":"function","function":{"name":"f"}}`, nil},
		{"tool_choice", `{}`, []string{"[type] missing", "[function] missing"}},
		{"tool_choice", `{"type":"tool","function":{"name":1}}`, []string{"[type] enum", "[function name] string"}},
		{"tool_choice", `{"type":"function","function":null}`, []string{"[function] null"}},
		{"output_message", `{"role":"assistant","content":null,"name":null,"tool_calls":null,"thinking":null,"extra":[1]}`, nil},
		{"output_message", `{"role":"tool","content":"x","tool_call_id":"c"}`, nil},
		{"output_message", `{"role":"developer","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"u"}}]}`, nil},
		{"output_message", `{"role":"assistant","tool_calls":[` + call + `,{"id":"c","type":"function","function":{"name":"f"}}]}`, nil},
		{"output_message", `{"role":"assistant","thinking":[{"type":"thinking","thinking":"x"}]}`, nil},
		{"output_message", `"hello"`, []string{"[] object"}},
		{"output_message", `{}`, []string{"[role] missing"}},
		{"output_message", `{"role":null}`, []string{"[role] null"}},
		{"output_message", `{"role":"robot"}`, []string{"[role] enum"}},
		{"output_message", `{"role":1,"content":1,"name":1,"tool_call_id":1,"tool_calls":1,"thinking":1}`,
			[]string{"[role] enum", "[content] string", "[name] string", "[tool_call_id] string", "[tool_calls] list", "[thinking] list"}},
		{"output_message", `{"role":"user","content":[1,null,{},{"type":1}]}`,
			[]string{"[content 0] object", "[content 1] null", "[content 2 type] missing", "[content 3 type] string"}},
		{"messages", `[]`, nil},
		{"messages", `[{"role":"user","content":"x"},` + `{"role":"assistant","tool_calls":[` + call + `]}]`, nil},
		{"messages", `{"role":"user"}`, []string{"[] list"}},
		{"messages", `[{"role":"user"},{"content":"x"},7,null]`, []string{"[1 role] missing", "[2] object", "[3] null"}},
		{"messages", `[{"role":"assistant","tool_calls":[{"id":1,"function":{"name":"f","arguments":{}}}]}]`,
			[]string{"[0 tool_calls 0 id] string", "[0 tool_calls 0 type] missing", "[0 tool_calls 0 function arguments] string"}},
	}
	for _, test := range tests {
		var got []string
		for _, p := range field(t, test.name).Check(raw(test.value)) {
			line := fmt.Sprintf("%v %s", p.Path, p.Rule)
			if p.Warn {
				line += " warning"
			}
			got = append(got, line)
			if !strings.HasPrefix(p.Msg, test.name) || strings.HasSuffix(p.Msg, ".") {
				t.Errorf("%s: the sentence is %q", test.name, p.Msg)
			}
		}
		if strings.Join(got, ", ") != strings.Join(test.want, ", ") {
			t.Errorf("%s: Check(%s) = %q, want %q", test.name, test.value, got, test.want)
		}
	}
}

func TestCheckSentences(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"prompt_cost", `-1`, "prompt_cost is negative"},
		{"prompt_tokens", `"7"`, "prompt_tokens wants a whole number, not a string"},
		{"messages", `[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{}}]}]`, "messages[0].tool_calls[0].function has no name"},
		{"output_message", `{"role":null}`, "output_message.role cannot be null"},
	} {
		problems := field(t, test.name).Check(raw(test.value))
		if len(problems) != 1 || problems[0].Msg != test.want {
			t.Errorf("%s: %v, want %s", test.name, problems, test.want)
		}
	}
}

func TestKept(t *testing.T) {
	tests := []struct {
		name, sent, got string
		want            bool
	}{
		{"output", `"\u00e9"`, `"é"`, true},
		{"output", `"a"`, `"b"`, false},
		{"output", `null`, ``, true},
		{"output", `null`, `""`, false},
		{"output", `""`, `null`, false},
		{"prompt_cost", `0.10`, `0.1`, true},
		{"inputs", `null`, `{}`, false},
		{"inputs", `{"a":null}`, `{}`, false},
		{"created_at", `"2024-05-01T12:00:00"`, `"2024-05-01T12:00:00Z"`, true},
		{"created_at", `"2024-05-01T12:00:00+02:00"`, `"2024-05-01T10:00:00.000000"`, true},
		{"created_at", `"2024-05-01T12:00:00"`, `"2024-05-01T12:00:01"`, false},
		{"created_at", `"2024-05-01T12:00:00"`, `"later"`, false},
		{"source", `"2024-05-01T12:00:00"`, `"2024-05-01T12:00:00Z"`, false},
		{"output_message", `{"role":"user","name":null}`, `{"role":"user","tool_calls":null}`, true},
		{"messages", `[{"role":"user"}]`, `[{"content":null,"role":"user"}]`, true},
		{"messages", `[{"role":"user"}]`, `[{"content":"","role":"user"}]`, false},
		{"messages", `[{"role":"user"}]`, `5`, false},
	}
	for _, test := range tests {
		if got := field(t, test.name).Kept(raw(test.sent), raw(test.got)); got != test.want {
			t.Errorf("%s: Kept(%s, %s) = %t", test.name, test.sent, test.got, got)
		}
	}
}
