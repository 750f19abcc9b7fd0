package rules_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// refusal is the error of a request as JSON, empty when there is none.
func refusal(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *api.Error
	if !errors.As(err, &e) || e.Code != api.Invalid || e.Status != 422 || len(e.Fields) == 0 {
		t.Fatalf("error %#v is no refusal", err)
	}
	if strings.Contains(e.Msg, "\n") || e.Msg == "" {
		t.Errorf("%q is no sentence", e.Msg)
	}
	var lines []string
	for _, f := range e.Fields {
		line, err := json.Marshal([]any{f.Loc, f.Msg, f.Type})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return strings.Join(lines, "\n")
}

// patched is a document after a PATCH.
func patched(doc, body string) ([]byte, error) {
	change, err := rules.Patch([]byte(body))
	if err != nil {
		return nil, err
	}
	return change.Apply([]byte(doc))
}

func TestPatchRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                                  `[["body"],"field required","value_error.missing"]`,
		" \n":                               `[["body"],"field required","value_error.missing"]`,
		`null`:                              `[["body"],"field required","value_error.missing"]`,
		`[]`:                                `[["body"],"value is not a valid dict","type_error.dict"]`,
		`"text"`:                            `[["body"],"value is not a valid dict","type_error.dict"]`,
		`{"output":1}`:                      `[["body","output"],"str type expected","type_error.str"]`,
		`{"prompt_tokens":"7"}`:             `[["body","prompt_tokens"],"value is not a valid integer","type_error.integer"]`,
		`{"prompt_tokens":7.5}`:             `[["body","prompt_tokens"],"value is not a valid integer","type_error.integer"]`,
		`{"prompt_cost":true}`:              `[["body","prompt_cost"],"value is not a valid float","type_error.float"]`,
		`{"created_at":"soon"}`:             `[["body","created_at"],"invalid datetime format","value_error.datetime"]`,
		`{"inputs":[]}`:                     `[["body","inputs"],"value is not a valid dict","type_error.dict"]`,
		`{"messages":{}}`:                   `[["body","messages"],"value is not a valid list","type_error.list"]`,
		`{"messages":[{"role":"user"},{}]}`: `[["body","messages",1,"role"],"field required","value_error.missing"]`,
		`{"messages":[{"role":null}]}`:      `[["body","messages",0,"role"],"none is not an allowed value","type_error.none.not_allowed"]`,
		`{"output":"a","output":"b"}`:       `[["body","output"],"a name stands twice","value_error.duplicate"]`,
		`{"x":1,"x":2,"x":3}`:               `[["body","x"],"a name stands twice","value_error.duplicate"]`,
		`{"out\u0070ut":"a","output":"b"}`:  `[["body","output"],"a name stands twice","value_error.duplicate"]`,
		`{"error":1,"output":2,"source":"right"}`: `[["body","error"],"str type expected","type_error.str"]` + "\n" + `[["body","output"],"str type expected","type_error.str"]`,
	} {
		doc, err := patched(`{}`, body)
		if got := refusal(t, err); got != want || doc != nil {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}

// TestPatchRefusesWhatItBringsIn wants faults that the log had before to be no reason to refuse,
// and new ones to be.
func TestPatchRefusesWhatItBringsIn(t *testing.T) {
	t.Parallel()
	const stored = `{"output":{"text":"a"},"messages":[{"role":"user","content":"Hi"},{"role":"function","name":"f","content":"42"},{"type":"reasoning","id":"r"}]}`
	for body, want := range map[string]string{
		`{"messages":[{"role":"user","content":"Hello"},{"role":"function","name":"f","content":"42"},{"type":"reasoning","id":"r"}]}`:         "",
		`{"messages":[{"id":"r","type":"reasoning"},{"role":"user","content":"Hello"},{"name":"f","role":"function","content":"42"}]}`:         "",
		`{"messages":[{"role":"function","name":"f","content":"43"}]}`:                                                                         "",
		`{"messages":[{"role":"function","name":"f","content":"42"},{"role":"function","name":"f","content":"42"}]}`:                           "messages.1.role",
		`{"messages":[{"role":"robot","content":"Hi"},{"role":"function","name":"f","content":"42"}]}`:                                         "messages.0.role",
		`{"messages":[{"role":"function","name":"f","content":"42"},{"type":"reasoning","id":"r"},{"type":"reasoning","id":"s"}],"error":"x"}`: "messages.2.role",
		`{"output":{"text":"a"},"error":"late"}`: "",
		`{"output":{"text":"b"}}`:                "output",
		`{"output":"b"}`:                         "",
	} {
		doc, err := patched(stored, body)
		if got := refusal(t, err); (got == "") != (want == "") || want != "" && !strings.HasPrefix(err.Error(), want+": ") {
			t.Errorf("%s\nrefused for %v, want %q", body, err, want)
		}
		if (doc == nil) != (err != nil) {
			t.Errorf("%s: the document is %s beside the error %v", body, doc, err)
		}
	}
}

// TestPatchRefusesText covers what has a wording of its own: the place and the type are fixed, the
// words are not.
func TestPatchRefusesText(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][2]string{
		`{"output":"a",}`:               {`[["body",13],`, `"value_error.jsondecode"]`},
		`{"output":`:                    {`[["body",10],`, `"value_error.jsondecode"]`},
		`{} {}`:                         {`[["body",3],`, `"value_error.jsondecode"]`},
		`output`:                        {`[["body",0],`, `"value_error.jsondecode"]`},
		"\ufeff{}":                      {`[["body",0],`, `"value_error.jsondecode"]`},
		"{\"output\":\"\xff\"}":         {`[["body","output"],`, `"value_error.jsondecode"]`},
		"{\"unknown\":\"\xff\"}":        {`[["body","unknown"],`, `"value_error.jsondecode"]`},
		`{"inputs":{"a":1,"a":2}}`:      {`[["body","inputs"],`, `"value_error.duplicate"]`},
		`{"tool_choice":"sometimes"}`:   {`[["body","tool_choice"],"value is not a valid enumeration member; `, `"type_error.enum"]`},
		`{"messages":[{"role":"bot"}]}`: {`[["body","messages",0,"role"],"value is not a valid enumeration member; `, `"type_error.enum"]`},
	} {
		_, err := patched(`{}`, body)
		if got := refusal(t, err); !strings.HasPrefix(got, want[0]) || !strings.HasSuffix(got, want[1]) || strings.Contains(got, "\n") {
			t.Errorf("%s\n got %s\nwant %s…%s", body, got, want[0], want[1])
		}
	}
}

// TestPatchKeepsLiterals wants each value as it was sent, in the order in which it was sent.
func TestPatchKeepsLiterals(t *testing.T) {
	t.Parallel()
	body := ` {"prompt_cost" : 1.10E-07, "unknown":[1,2], "prompt_tokens":7.0,"output":"\u0000\ud800\/", "log_status":1, "created_at":"2024-07-19T00:29:35.178992", "inputs":{"b": 1,"a":{}},"error":null, "output_cost":-1e400}`
	change, err := rules.Patch([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"prompt_cost=1.10E-07", "prompt_tokens=7.0", `output="\u0000\ud800\/"`, `created_at="2024-07-19T00:29:35.178992"`, `inputs={"b": 1,"a":{}}`, "error=null", "output_cost=-1e400"}
	if got := texts(change.Edits); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("edits %q\nwant %q", got, want)
	}
	if change, err := rules.Patch([]byte(`{}`)); err != nil || len(change.Edits) != 0 {
		t.Errorf("an empty patch gave %v, %v", change, err)
	}
}

func TestPatchTakesNull(t *testing.T) {
	t.Parallel()
	for _, f := range model.Fields() {
		doc, err := patched(`{}`, `{"`+f.Name+`":null}`)
		if want := `{"` + f.Name + `":null}`; err != nil || string(doc) != want {
			t.Errorf("%s: %s, %v", f.Name, doc, err)
		}
	}
}

func texts(edits []jsonraw.Edit) []string {
	var list []string
	for _, e := range edits {
		list = append(list, e.Name+"="+string(e.Val))
	}
	return list
}

// FuzzBodies wants every body to be either refused in a way that can be shown, or to hold only
// edits that a log can take.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{`{"output":"a"}`, `{"messages":[{"role":"user","content":null}]}`, `{"output":"a","output":1}`, "{\"\xff\":1}", `{"path":"a","prompt":{"model":"m"}}`, `{"id":"p","prompt":"model: m"}`, `{"a":{"b":1,"b":2}}`, `[`, ``} {
		f.Add(seed)
	}
	const base = `{"id": "log_1"}`
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := patched(base, body)
		refusal(t, err)
		if err == nil {
			if err := jsonraw.Check(doc); err != nil {
				t.Errorf("%q made %q: %v", body, doc, err)
			}
		}
		made, err := rules.Create([]byte(body))
		refusal(t, err)
		if err == nil && made.PromptID == "" && made.Path == "" {
			t.Errorf("%q names no prompt", body)
		}
	})
}

// TestManyFaults wants a refusal to list a hundred faults and to tell how many there are besides,
// without holding all of them.
func TestManyFaults(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		100:       `["body","messages",99],"value is not a valid dict"`,
		101:       `["body"],"and 1 more","value_error.more"`,
		12_345:    `["body"],"and 12245 more","value_error.more"`,
		1_000_000: `["body"],"and 999900 more","value_error.more"`,
		2_000_000: `["body"],"and at least 1009900 more","value_error.more"`,
	} {
		body := `{"messages":[1` + strings.Repeat(",1", n-1) + `]}`
		_, err := patched(`{}`, body)
		lines := strings.Split(refusal(t, err), "\n")
		if len(lines) != min(n, 101) || !strings.Contains(lines[len(lines)-1], want) {
			t.Errorf("%d faults: %d lines, the last %s", n, len(lines), lines[len(lines)-1])
		}
	}
	// Faults that a log of many had before are no reason to refuse a change of the others.
	was := `[1` + strings.Repeat(",1", 20_000) + `]`
	if _, err := patched(`{"messages":`+was+`}`, `{"messages":[{"role":"user"},`+was[1:]+`}`); err != nil {
		t.Errorf("the faults that were there: %v", err)
	}
	if _, err := patched(`{"messages":`+was+`}`, `{"messages":[2,`+was[1:]+`}`); err == nil {
		t.Error("a fault more was let in")
	}
}
