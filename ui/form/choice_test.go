package form

import "testing"

const tides, moon = `{"type":"function","function":{"name":"tides"}}`, `{"type":"function","function":{"name":"moon"}}`

func TestStepChoiceGoesRound(t *testing.T) {
	t.Parallel()
	for _, tools := range [][]string{nil, {"tides", "moon"}} {
		list := choices(tools)
		seen := map[string]bool{}
		text := "none"
		for range list {
			seen[text] = true
			text = stepChoice(text, 1, list)
		}
		if text != "none" || len(seen) != len(list) {
			t.Errorf("with the tools %v, after %d choices the text is %q", tools, len(seen), text)
		}
		if got := stepChoice("none", -1, list); got != list[len(list)-1].text {
			t.Errorf("before the first choice is %q", got)
		}
	}
}

func TestStepChoiceKnowsAndCompletesNames(t *testing.T) {
	t.Parallel()
	list := choices([]string{"tides", "moon", "tides_table"})
	for _, c := range []struct{ text, next, before string }{
		{"required", tides, "auto"},
		{`"auto"`, "required", "none"},
		{` { "function": {"name": "t\u0069des"}, "type": "function" } `, moon, "required"},
		{"", "none", "none"},
		{"ti", tides, `{"type":"function","function":{"name":"tides_table"}}`},
		{"TIDES_", `{"type":"function","function":{"name":"tides_table"}}`, `{"type":"function","function":{"name":"tides_table"}}`},
		{"tides", tides, `{"type":"function","function":{"name":"tides_table"}}`},
		{`"moo`, moon, moon},
		{"re", "required", "required"},
		{"sun", "", ""},
		{`{"type": "function", "function": {"name": "sun"}}`, "", ""},
		{`{"type": `, "", ""},
	} {
		if got := stepChoice(c.text, 1, list); got != c.next {
			t.Errorf("after %q comes %q, want %q", c.text, got, c.next)
		}
		if got := stepChoice(c.text, -1, list); got != c.before {
			t.Errorf("before %q comes %q, want %q", c.text, got, c.before)
		}
	}
}
