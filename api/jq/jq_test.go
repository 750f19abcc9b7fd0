package jq_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"errata/api/jq"
)

// log is a document with numbers that a careless reader would alter.
const log = `{"output":"h\u00e9 <b>","prompt_cost":0.10,"big":12345678901234567890123,"tiny":1E-400,"n":9007199254740993,
 "metadata":{"set":"ovens","a.b":1},"messages":[{"role":"user"},{"role":"tool"}],"error":null}`

// printed is what an expression makes of the log, its values behind one another.
func printed(t *testing.T, text string) (string, error) {
	t.Helper()
	e, err := jq.Compile(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var list []string
	for v, err := range e.Run(context.Background(), []byte(log)) {
		if err != nil {
			return strings.Join(list, " "), err
		}
		list = append(list, string(v))
	}
	return strings.Join(list, " "), nil
}

func TestRun(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		".prompt_cost":                   `0.10`,
		"[.big, .tiny, .n]":              `[12345678901234567890123,1E-400,9007199254740993]`,
		".n + 1":                         `9007199254740994`,
		".big + 1":                       `12345678901234567890124`,
		".prompt_cost * 3":               `0.30000000000000004`,
		".messages[].role":               `"user" "tool"`,
		".messages[-1]":                  `{"role":"tool"}`,
		`.metadata["a.b"]`:               `1`,
		".output":                        `"hé <b>"`,
		"{b: 1, a: .prompt_cost}":        `{"a":0.10,"b":1}`,
		"empty":                          ``,
		"1, halt, 2":                     `1`,
		"env | length":                   `0`,
		"$ENV | length":                  `0`,
		".nothing":                       `null`,
		".metadata | keys | join(\" \")": `"a.b set"`,
	} {
		if got, err := printed(t, text); err != nil || got != want {
			t.Errorf("%s gives %s, %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"1, .output.x": `expected an object`,
		`error("odd")`: `odd`,
	} {
		if _, err := printed(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestSelects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`.metadata.set == "ovens"`:            true,
		`.metadata.set == "ovens" and .n > 5`: true,
		`.prompt_cost == 0.1`:                 true,
		`.n > 9007199254740992`:               true,
		`.error`:                              false,
		`.error == null`:                      true,
		`empty`:                               false,
		`.output.role == "x"`:                 false,
		`.messages[].role == "tool"`:          false, // the first value counts
		`any(.messages[]; .role == "tool")`:   true,
		`0`:                                   true,
		`halt`:                                false,
	} {
		e, err := jq.Compile(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := e.Selects(context.Background(), []byte(log)); got != want || err != nil {
			t.Errorf("%s selects: %t, %v", text, got, err)
		}
	}
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         `column 1: the expression is empty`,
		".metadata.set = = 1":      `column 17: values are compared with ==`,
		".a and":                   `column 7: the expression ends too early`,
		".ä == 'x'":                `column 2: `,
		".a == 'x'":                `column 7: a string stands in double quotes, not in single ones`,
		`.a == "x`:                 `unterminated string`,
		"output_tokens > 5":        `column 1: there is no function output_tokens; a member is written .output_tokens`,
		".n > 1 and lenth(.a) > 2": `column 12: there is no function lenth; did you mean length`,
		".n | length(.a)":          `column 6: there is no function length of 1 arguments; it takes 0`,
		".a == $b":                 `column 7: there is no variable $b`,
		"input":                    `input(s)/0 is not allowed`,
		`import "m" as m; .`:       `cannot load module`,
		".metadata.map | map":      `column 17: there is no function map of 0 arguments; it takes 1`,
	} {
		_, err := jq.Compile(text)
		var syntax *jq.SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// An expression without an end is ended by who waits for it.
func TestCancel(t *testing.T) {
	t.Parallel()
	e, err := jq.Compile("last(repeat(1))")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Selects(ctx, []byte(log)); !errors.Is(err, context.Canceled) {
		t.Errorf("Selects ended with %v", err)
	}
	for _, err := range e.Run(ctx, []byte(log)) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	}
}

// BenchmarkSelects is one log of about 2 KB.
func BenchmarkSelects(b *testing.B) {
	e, err := jq.Compile(`.metadata.set == "ovens" and .n > 5`)
	if err != nil {
		b.Fatal(err)
	}
	doc := []byte(strings.Replace(log, "<b>", strings.Repeat("bread and butter ", 110), 1))
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if ok, err := e.Selects(context.Background(), doc); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}
