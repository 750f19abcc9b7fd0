package apitest

import (
	"bytes"
	"embed"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

// The documents are files, not literals: names of fields are not written outside the model.
//
//go:embed testdata
var testdata embed.FS

// The ids of logs and prompts in the seeds.
const (
	// has every field, written in unusual but valid JSON
	fullLog, fullPrompt = "log_full", "pr_full"
	bareLog, barePrompt = "log_bare", "pr_bare" // no field is there
	listPrompt          = "pr_list"             // six logs over two versions
	elsePrompt          = "pr_else"             // one log, like one of the list
)

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func lines(t *testing.T, name string) [][]byte {
	t.Helper()
	return bytes.Split(bytes.TrimSpace(file(t, name)), []byte("\n"))
}

// pair is the seed of most tests: a log with every field and one with none.
func pair(t *testing.T) Seed {
	t.Helper()
	return Seed{Logs: [][]byte{file(t, "full.json"), file(t, "bare.json")}}
}

// samples are values of each kind whose bytes must be kept as they are.
var samples = map[model.Kind]string{
	model.Line:       `"edited \u0000 \ud800 \/ line"`,
	model.Text:       `"edited\r\n\t\u001b[31m \u202e caf\u00e9 & <b>"`,
	model.Integer:    `-98765432109876543210`,
	model.Decimal:    `1.10e-07`,
	model.Datetime:   `"2024-12-31T23:59:59.120000-05:30"`,
	model.Map:        `{"b": 1.00, "a": {"": [1E+2, null]},  "c": "\ud83d\ude00"}`,
	model.Message:    `{"content":  "edited \ud800", "role": "assistant"}`,
	model.Messages:   `[{"role": "user", "content": "0.10"} ,{"role":"assistant","content":null,"tool_calls":[]}]`,
	model.ToolChoice: `"required"`,
}

// wrong are values that are refused, for each kind.
var wrong = map[model.Kind][]string{
	model.Line:       {`7`, `{}`, `["a"]`, `true`},
	model.Text:       {`7`, `{}`, `["a"]`, `false`},
	model.Integer:    {`"7"`, `1.5`, `true`, `[1]`},
	model.Decimal:    {`"0.1"`, `true`, `{}`},
	model.Datetime:   {`"yesterday"`, `"2025-02-30T00:00:00Z"`, `{}`},
	model.Map:        {`[]`, `"{}"`, `7`},
	model.Message:    {`"text"`, `[]`, `{"content": "nobody says this"}`},
	model.Messages:   {`{}`, `"text"`, `["text"]`, `[{"content": "nobody says this"}]`},
	model.ToolChoice: {`"sometimes"`, `7`, `{"type": "function"}`},
}

// object is a JSON object with one member.
func object(name, literal string) []byte {
	return []byte(`{"` + name + `": ` + literal + `}`)
}

// memberList returns the top-level members of a document: their names in order, and their literals.
func memberList(t *testing.T, doc []byte) (names []string, literals map[string]string) {
	t.Helper()
	members, err := jsonraw.Members(doc)
	if err != nil {
		t.Fatalf("the document is not an object: %v\n%s", err, doc)
	}
	literals = map[string]string{}
	for _, m := range members {
		names = append(names, m.Name)
		literals[m.Name] = string(m.Val.Of(doc))
	}
	return names, literals
}
