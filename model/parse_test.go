package model

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// raw makes a value of a literal, absent when it is empty.
func raw(literal string) Value { return Raw([]byte(literal)) }

func TestFormat(t *testing.T) {
	tests := []struct{ name, value, text string }{
		{"output", ``, ""},
		{"output", `null`, ""},
		{"output", `"a\tb\r\n\u0000\ud800"`, "a\tb\r\n\x00\xed\xa0\x80"},
		{"source", `"two\nlines"`, "two\nlines"},
		{"prompt_tokens", `9007199254740993`, "9007199254740993"},
		{"prompt_cost", `1e-07`, "1e-07"},
		{"output_cost", `0.10`, "0.10"},
		{"created_at", `"2024-07-19T00:29:35.178992"`, "2024-07-19T00:29:35.178992"},
		{"created_at", `"yesterday"`, "yesterday"},
		{"inputs", `{"a":1.0}`, "{\n  \"a\": 1.0\n}"},
		{"tool_choice", `"auto"`, "auto"},
		{"tool_choice", `"maybe"`, `"maybe"`},
		{"tool_choice", `{"type":"function"}`, "{\n  \"type\": \"function\"\n}"},
		{"messages", `[]`, "[]"},
		{"messages", `{"wrong":"kind"}`, "{\n  \"wrong\": \"kind\"\n}"},
	}
	for _, test := range tests {
		f := field(t, test.name)
		text, err := f.Format(raw(test.value))
		if err != nil || text != test.text {
			t.Errorf("%s: Format(%s) = %q, %v, want %q", test.name, test.value, text, err, test.text)
		}
		if v, err := f.Parse(text, raw(test.value)); err != nil || string(v.Bytes()) != test.value {
			t.Errorf("%s: %s comes back as %s, %v", test.name, test.value, v.Bytes(), err)
		}
	}
	for name, value := range map[string]string{
		"output": `5`, "error": "\"\xff\"", "prompt_tokens": `"5"`, "start_time": `5`, "metadata": `{"a":1,"a":1}`,
	} {
		if text, err := field(t, name).Format(raw(value)); err == nil {
			t.Errorf("%s: Format(%q) = %q", name, value, text)
		}
	}
}

func TestParse(t *testing.T) {
	const call = `{"type":"function","function":{"name":"f"}}`
	tests := []struct{ name, text, old, want string }{
		{"output", "new\n\"text\"", `"old"`, `"new\n\"text\""`},
		{"output", "caf\u00e9", `"caf\u00e9"`, `"caf\u00e9"`},
		{"output", "", `"old"`, `""`},
		{"output", "", `null`, `null`},
		{"output", "", ``, ``},
		{"output", " ", `null`, `" "`},
		{"output", "null", ``, `"null"`},
		{"output", "text", `5`, `"text"`},
		{"finish_reason", "a\nb", `"a"`, `"a\nb"`},
		{"prompt_tokens", " 12\n", `11`, `12`},
		{"prompt_tokens", "7", `7.0`, `7.0`},
		{"prompt_tokens", "1e5", `1`, `1e5`},
		{"prompt_tokens", "-3", `1`, `-3`},
		{"prompt_tokens", "", `1`, `null`},
		{"prompt_tokens", " ", ``, ``},
		{"prompt_tokens", "", `null`, `null`},
		{"prompt_tokens", "123456789012345678901234567890", ``, `123456789012345678901234567890`},
		{"prompt_cost", "0.1", `0.10`, `0.10`},
		{"prompt_cost", "1E-7", `1`, `1E-7`},
		{"created_at", "2024-07-19 08:30", ``, `"2024-07-19 08:30"`},
		{"created_at", " 2024-07-19T08:30:00+02:00\n", `"x"`, `"2024-07-19T08:30:00+02:00"`},
		{"created_at", " x ", `" x "`, `" x "`},
		{"created_at", "", `"2024-07-19T08:30:00Z"`, `null`},
		{"inputs", "{\n  \"a\": 0.1,\n  \"b\": 2\n}", `{"a":0.10}`, `{"a":0.10,"b":2}`},
		{"inputs", `{"b":1,"a":0.1}`, `{"a": 0.10, "b": 1.0}`, `{"a": 0.10, "b": 1.0}`},
		{"inputs", "null", `{}`, `null`},
		{"inputs", "\n", `{}`, `null`},
		{"inputs", "\n", ``, ``},
		{"inputs", "{ }", ``, `{}`},
		{"tool_choice", "auto\n", `"none"`, `"auto"`},
		{"tool_choice", `"required"`, `"none"`, `"required"`},
		{"tool_choice", "none", `"n\u006fne"`, `"n\u006fne"`},
		{"tool_choice", call, `"none"`, call},
		{"messages", `[{"role":"user","content":"b"}]`, `[{"role":"us\u0065r","content":"a"}]`, `[{"role":"us\u0065r","content":"b"}]`},
		{"output_message", `{"role":"assistant"}`, `null`, `{"role":"assistant"}`},
	}
	for _, test := range tests {
		v, err := field(t, test.name).Parse(test.text, raw(test.old))
		if err != nil || string(v.Bytes()) != test.want {
			t.Errorf("%s: Parse(%q, %s) = %s, %v, want %s", test.name, test.text, test.old, v.Bytes(), err, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"output", "a\nb\xff", "line 2, column 2: output: a byte is not UTF-8"},
		{"prompt_tokens", "12.5", `prompt_tokens wants a whole number, not "12.5"`},
		{"prompt_tokens", "1,000", `prompt_tokens wants a whole number, not "1,000": the decimal sign is a point, and digits are not grouped`},
		{"prompt_tokens", "0x10", `prompt_tokens wants a whole number, not "0x10"`},
		{"prompt_tokens", "null", `prompt_tokens wants a whole number, not "null"`},
		{"prompt_cost", "$5", `prompt_cost wants a number, not "$5": a number has no currency sign`},
		{"prompt_cost", ".5", `prompt_cost wants a number, not ".5": a digit stands on both sides of the point`},
		{"prompt_cost", "-.5", `prompt_cost wants a number, not "-.5": a digit stands on both sides of the point`},
		{"prompt_cost", "5.", `prompt_cost wants a number, not "5.": a digit stands on both sides of the point`},
		{"prompt_cost", "+5", `prompt_cost wants a number, not "+5": a number has no plus sign in front`},
		{"prompt_cost", "007", `prompt_cost wants a number, not "007": a number has no zeros in front`},
		{"prompt_cost", "2,50", `prompt_cost wants a number, not "2,50": the decimal sign is a point, and digits are not grouped`},
		{"prompt_cost", "1.234,56", `prompt_cost wants a number, not "1.234,56": the decimal sign is a point, and digits are not grouped`},
		{"prompt_cost", "1.234.567", `prompt_cost wants a number, not "1.234.567": the decimal sign is a point, and digits are not grouped`},
		{"prompt_cost", "1e5,0", `prompt_cost wants a number, not "1e5,0": the decimal sign is a point, and digits are not grouped`},
		{"prompt_cost", "2,50 USD", `prompt_cost wants a number, not "2,50 USD": the decimal sign is a point, and digits are not grouped`},
		{"prompt_cost", "١٢٣", `prompt_cost wants a number, not "١٢٣": digits are 0 to 9`},
		{"prompt_cost", "1_000", `prompt_cost wants a number, not "1_000": digits are not grouped`},
		{"prompt_cost", "\u22125", "prompt_cost wants a number, not \"\u22125\": the minus sign is -"},
		{"prompt_cost", "NaN", `prompt_cost wants a number, not "NaN"`},
		{"provider_latency", "-Infinity", `provider_latency wants a number, not "-Infinity"`},
		{"provider_latency", "1 2", `provider_latency wants a number, not "1 2": digits are not grouped`},
		{"start_time", "2024-07-19", `start_time wants a time, not "2024-07-19": a time of day is missing after the date`},
		{"start_time", "2024-02-30T10:00:00Z", `start_time wants a time, not "2024-02-30T10:00:00Z": the day 30 does not exist`},
		{"end_time", "now", `end_time wants a time, not "now": a time is written like 2024-07-19T08:30:00Z`},
		{"inputs", "{\n  \"a\": 1\n  \"b\": 2\n}", "line 3, column 3: inputs: a comma is missing"},
		{"inputs", `{"a":1,"a":2}`, `line 1, column 8: inputs: the name "a" stands twice`},
		{"inputs", " [1]", "line 1, column 2: inputs wants an object, not a list"},
		{"tool_choice", "maybe", "line 1, column 1: tool_choice: maybe is not a JSON value; a string needs double quotes"},
		{"tool_choice", `"maybe"`, `line 1, column 1: tool_choice wants none, auto, required or a function object, not "maybe"`},
		{"messages", "[\n  {\"role\": \"user\"},\n  {\"role\": \"robot\"}\n]", `line 3, column 12: messages[1].role wants one of user, assistant, system, tool, developer, not "robot"`},
		{"messages", "[\n  {\"content\": \"x\"}\n]", "line 2, column 3: messages[0] has no role"},
	}
	for _, test := range tests {
		f := field(t, test.name)
		v, err := f.Parse(test.text, raw(`"old"`))
		var fault *ParseError
		if !errors.As(err, &fault) || fault.Field != f || err.Error() != test.want {
			t.Errorf("%s: Parse(%q) = %s, %v, want %s", test.name, test.text, v.Bytes(), err, test.want)
		}
	}
	long := strings.Repeat("9", 1<<20) + ".5"
	if _, err := field(t, "prompt_tokens").Parse(long, Absent); err == nil || len(err.Error()) > 200 {
		t.Errorf("the error for a long number is %.300v", err)
	}
}

func FuzzFormatParse(f *testing.F) {
	for i, seed := range []string{
		`"a\n\u0000\ud800"`, `1e-07`, `-0`, `7.0`, `"2024-07-19T00:29:35"`, `""`, `" "`, `{"a":0.10,"b":["\u200b\u00e9"]}`, `"\u0061uto"`,
		`[{"role":"user","content":null}]`, `null`, ``, `[]`, `"\/"`, ` {} `, `{"\ud800":1,"\ud801":2}`,
	} {
		f.Add(uint8(i), seed)
	}
	f.Fuzz(func(t *testing.T, row uint8, literal string) {
		if l, err := ParseLog([]byte(`{"x":` + literal + `}`)); literal != "" && (err != nil || len(l.members) != 1) {
			return
		}
		field := fields[int(row)%len(fields)]
		v := raw(literal)
		text, err := field.Format(v)
		if err != nil {
			return
		}
		back, err := field.Parse(text, v)
		if err != nil || !bytes.Equal(back.Bytes(), v.Bytes()) {
			t.Fatalf("%s: %s is shown as %q and comes back as %s, %v", field.Name, v.Bytes(), text, back.Bytes(), err)
		}
	})
}
