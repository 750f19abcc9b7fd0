package model

import (
	"errors"
	"testing"
)

// misfits has a value of a wrong type for every kind of field, and a text that may take its place.
var misfits = []struct{ name, value, shown, typed, want string }{
	{"output", `{"text":"teh"}`, "{\n  \"text\": \"teh\"\n}", "the", `"the"`},
	{"output", `{"text":"teh"}`, "{\n  \"text\": \"teh\"\n}", `"the \"end\"\n"`, `"the \"end\"\n"`},
	{"error", `429`, `429`, `rate limited`, `"rate limited"`},
	{"finish_reason", `["stop"]`, "[\n  \"stop\"\n]", `stop`, `"stop"`},
	{"source", `true`, `true`, `sdk`, `"sdk"`},
	{"prompt_tokens", `"57"`, `"57"`, `57`, `57`},
	{"prompt_cost", `"0.0012"`, `"0.0012"`, `0.00120`, `0.00120`},
	{"prompt_cost", `{"usd":1}`, "{\n  \"usd\": 1\n}", ` `, `null`},
	{"created_at", `1748772000`, `1748772000`, `2025-06-01T10:00:00Z`, `"2025-06-01T10:00:00Z"`},
	{"created_at", `1748772000`, `1748772000`, `"2025-06-01T10:00:00"`, `"2025-06-01T10:00:00"`},
	{"metadata", `"k=v"`, `"k=v"`, `{"k":"v"}`, `{"k":"v"}`},
	{"inputs", `[1.0]`, "[\n  1.0\n]", `{"a":1.0}`, `{"a":1.0}`},
	{"messages", `"Hi"`, `"Hi"`, `[{"role":"user","content":"Hi"}]`, `[{"role":"user","content":"Hi"}]`},
	{"output_message", `[]`, `[]`, `{"role":"assistant"}`, `{"role":"assistant"}`},
	{"tool_choice", `1`, `1`, `auto`, `"auto"`},
}

func TestMisfit(t *testing.T) {
	for _, test := range misfits {
		f, was := field(t, test.name), raw(test.value)
		if !f.Misfit(was) {
			t.Errorf("%s: %s is no misfit", test.name, test.value)
		}
		text, err := f.EditText(was, was)
		if err != nil || string(text) != test.shown {
			t.Errorf("%s: %s is edited as %q, %v", test.name, test.value, text, err)
		}
		if v, err := f.Parse(string(text), was); err != nil || !v.shares(was) {
			t.Errorf("%s: untouched, %s becomes %s, %v", test.name, test.value, v.Bytes(), err)
		}
		v, err := f.Parse(test.typed, was)
		if err != nil || string(v.Bytes()) != test.want {
			t.Errorf("%s: %q gives %s, %v, want %s", test.name, test.typed, v.Bytes(), err, test.want)
		}
		again, err := f.EditText(v, was)
		if err != nil {
			t.Errorf("%s: %s has no text: %v", test.name, v.Bytes(), err)
		}
		if back, err := f.Parse(string(again), was); err != nil || !back.Equal(v) {
			t.Errorf("%s: %s is edited as %q, which gives %s, %v", test.name, v.Bytes(), again, back.Bytes(), err)
		}
	}
}

// TestMisfitRefuses wants what takes the place of a value of a wrong type to fit, and says where it
// does not.
func TestMisfitRefuses(t *testing.T) {
	for _, test := range []struct{ name, value, typed, want string }{
		{"output", `{"text":"teh"}`, `{"text":"the"}`, "line 1, column 1: output wants a string, not an object"},
		{"output", `{"text":"teh"}`, "{\n \"text\" \"the\"}", "line 2, column 9: output: a colon is missing after the name"},
		{"prompt_tokens", `"57"`, `"58"`, "line 1, column 1: prompt_tokens wants a whole number, not a string"},
		{"prompt_tokens", `"57"`, `5.7`, `prompt_tokens wants a whole number, not "5.7"`},
		{"created_at", `1748772000`, `1748772001`, `created_at wants a time, not "1748772001": a time is written like 2024-07-19T08:30:00Z`},
		{"created_at", `{}`, `"soon"`, `line 1, column 1: created_at wants a time, not "soon": a time is written like 2024-07-19T08:30:00Z`},
		{"metadata", `[]`, `[1]`, "line 1, column 1: metadata wants an object, not a list"},
		{"messages", `"Hi"`, `"Ho"`, "line 1, column 1: messages wants a list, not a string"},
	} {
		_, err := field(t, test.name).Parse(test.typed, raw(test.value))
		var fault *ParseError
		if !errors.As(err, &fault) || err.Error() != test.want {
			t.Errorf("%s: %q is refused with %v, want %s", test.name, test.typed, err, test.want)
		}
	}
}

func TestMismatch(t *testing.T) {
	for name, want := range map[string]string{
		"output":         "holds a list where text belongs",
		"prompt_tokens":  "holds a list where a whole number belongs",
		"created_at":     "holds a list where a time belongs",
		"output_message": "holds a list where a message belongs",
		"tool_choice":    "holds a list where none, auto, required or a function object belongs",
	} {
		if got := field(t, name).Mismatch(raw(`[]`)); got != want {
			t.Errorf("%s %s, want %s", name, got, want)
		}
	}
}
