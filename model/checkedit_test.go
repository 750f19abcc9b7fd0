package model

import (
	"slices"
	"strings"
	"testing"
)

func TestCheckEdit(t *testing.T) {
	const (
		user     = `{"role":"user","content":"teh question"}`
		mended   = `{"role":"user","content":"the question"}`
		function = `{"role":"function","name":"f","content":"42"}`
		item     = `{"type":"function_call_output","call_id":"c1","output":"done"}`
		parts    = `{"role":"user","content":[{"image":"a"},{"type":"text","text":"teh"}]}`
		call     = `{"role":"assistant","tool_calls":[{"function":{"name":"f"}}]}`
	)
	for _, test := range []struct {
		name, field, was, is string
		refused              string // the places of what is refused
	}{
		{"a role that stood", "messages", list(user, function), list(mended, function), ""},
		{"a role that moved", "messages", list(user, function), list(function, user), ""},
		{"written otherwise", "messages", list(user, function), list(`{"content":"42", "role":"f\u0075nction", "name":"f"}`), ""},
		{"a foreign message edited", "messages", list(user, function), list(user, strings.Replace(function, "42", "43", 1)), ""},
		{"edited and moved", "messages", list(user, function), list(strings.Replace(function, "42", "43", 1), user, user), ""},
		{"a second one", "messages", list(user, function), list(function, user, function), "[2].role"},
		{"a second one of other words", "messages", list(function, user), list(strings.Replace(function, "42", "43", 1), function), "[0].role"},
		{"another role", "messages", list(user, function), list(user, strings.Replace(function, "function", "tools", 1)), "[1].role"},
		{"a new one beside", "messages", list(user), list(user, item), "[1].role"},
		{"an item", "messages", list(user, item), list(mended, item), ""},
		{"a part without a type", "messages", list(parts), list(strings.Replace(parts, "teh", "the", 1)), ""},
		{"a part that moved to another message", "messages", list(user, parts), list(`{"role":"user","content":[{"image":"a"}]}`), ""},
		{"a part more", "messages", list(parts), list(strings.Replace(parts, `[{`, `[{"image":"b"},{`, 1)), "[0].content[0].type"},
		{"a call without an id", "messages", list(user, call), list(mended, call), ""},
		{"a call more", "messages", list(user, call), list(user, call, call), "[2].tool_calls[0].id [2].tool_calls[0].type"},
		{"one message", "output_message", function, strings.Replace(function, "42", "43", 1), ""},
		{"a choice of another provider", "tool_choice", `{"type":"tool","name":"f"}`, `{"type":"tool","name":"g"}`, ""},
		{"a wrong type", "output", `{"a":1}`, `{"a":2}`, "whole"},
		{"the same wrong type", "output", `{"a":1,"b":2}`, `{"b":2,"a":1}`, ""},
		{"a number as text", "prompt_tokens", `"57"`, `"58"`, "whole"},
		{"no list", "messages", `"Hi"`, `"Ho"`, "whole"},
		{"nothing before", "messages", ``, list(item), "[0].role"},
	} {
		var refused []string
		for _, p := range field(t, test.field).CheckEdit(raw(test.is), raw(test.was)) {
			if place := pathText(p.Path); !p.Warn {
				refused = append(refused, place+strings.Repeat("whole", 1-min(len(place), 1)))
			}
			if p.Stood != strings.HasSuffix(p.Msg, ", as before") {
				t.Errorf("%s: %v says %q", test.name, p.Stood, p.Msg)
			}
		}
		if got := strings.Join(refused, " "); got != test.refused {
			t.Errorf("%s: refused %q, want %q", test.name, got, test.refused)
		}
	}
}

func list(elements ...string) string { return "[" + strings.Join(elements, ",") + "]" }

// TestOddSaysOnce wants one warning for all that stood before, however much that is.
func TestOddSaysOnce(t *testing.T) {
	foreign := slices.Repeat([]string{`{"role":"function","content":"1"}`}, 30)
	c := NewChangeSet(parseLog(t, `{"messages":`+list(append(foreign, `{"role":"user","content":"teh"}`)...)+`}`))
	f := field(t, "messages")
	if err := c.SetText(f, list(append(foreign, `{"role":"user","content":"the"}`)...)); err != nil {
		t.Fatal(err)
	}
	odd := c.Odd(f)
	if len(odd) != 1 || !strings.HasPrefix(odd[0].Msg, "messages[0].role wants ") || !strings.HasSuffix(odd[0].Msg, `, not "function", as before, and so do 29 more places`) {
		t.Errorf("the warnings are %v", odd)
	}
}
