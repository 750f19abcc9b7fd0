package rules_test

import (
	"strings"
	"testing"

	"errata/api/rules"
	"errata/model"
)

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	const noPath = `[["body","path"],"field required","value_error.missing"]`
	for body, want := range map[string]string{
		``:                           `[["body"],"field required","value_error.missing"]`,
		`{}`:                         noPath,
		`{"path":null,"id":null}`:    noPath,
		`{"path":""}`:                `[["body","path"],"ensure this value has at least 1 characters","value_error.any_str.min_length"]`,
		`{"path":"//"}`:              `[["body","path"],"ensure this value has at least 1 characters","value_error.any_str.min_length"]`,
		`{"id":"p","log_id":""}`:     `[["body","log_id"],"ensure this value has at least 1 characters","value_error.any_str.min_length"]`,
		`{"path":7}`:                 `[["body","path"],"str type expected","type_error.str"]`,
		`{"id":"p","more":1}`:        `[["body","more"],"extra fields not permitted","value_error.extra"]`,
		`{"id":"p","trace_id":null}`: `[["body","trace_id"],"extra fields not permitted","value_error.extra"]`,
		`{"id":"p","save":"yes"}`:    `[["body","save"],"value could not be parsed to a boolean","type_error.bool"]`,
		`{"id":"p","user":{}}`:       `[["body","user"],"str type expected","type_error.str"]`,
		`{"id":"p","output":1}`:      `[["body","output"],"str type expected","type_error.str"]`,
		`{"id":"p","prompt":[]}`:     `[["body","prompt"],"value is not a valid dict","type_error.dict"]`,
		`{"id":"p","prompt":{}}`:     `[["body","prompt","model"],"field required","value_error.missing"]`,
		`{"id":"p","prompt":"Hi"}`:   `[["body","prompt","model"],"field required","value_error.missing"]`,
		`{"id":"p","prompt":{"model":"m","max_tokens":1.5,"temperature":"hot","tools":{},"stop":1,"template":1,"other":[],"seed":"1"}}`: strings.Join([]string{
			`[["body","prompt","template"],"str type expected","type_error.str"]`,
			`[["body","prompt","max_tokens"],"value is not a valid integer","type_error.integer"]`,
			`[["body","prompt","temperature"],"value is not a valid float","type_error.float"]`,
			`[["body","prompt","stop"],"str type expected","type_error.str"]`,
			`[["body","prompt","other"],"value is not a valid dict","type_error.dict"]`,
			`[["body","prompt","seed"],"value is not a valid integer","type_error.integer"]`,
			`[["body","prompt","tools"],"value is not a valid list","type_error.list"]`,
		}, "\n"),
		`{"id":"p","prompt":{"model":"m","endpoint":"talk"}}`: `[["body","prompt","endpoint"],"value is not a valid enumeration member; permitted: complete, chat, edit","type_error.enum"]`,
		`{"id":"p","id":"q"}`: `[["body","id"],"a name stands twice","value_error.duplicate"]`,
		`{"output":1,"more":2}`: `[["body","output"],"str type expected","type_error.str"]` + "\n" +
			`[["body","more"],"extra fields not permitted","value_error.extra"]` + "\n" + noPath,
	} {
		_, err := rules.Create([]byte(body))
		if got := refusal(t, err); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	body := `{"path":"/team/greet/","log_id":"log\u005f1","user":null,"save":false,"run_id":"r","environment":"e","log_status":"complete",
		"source_datapoint_id":"d","trace_parent_id":"t","evaluation_id":null,"batch_id":"b","prompt":null,"prompt_cost":0.10,"error":null}`
	c, err := rules.Create([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if c.Path != "team/greet" || c.PromptID != "" || c.LogID != "log_1" || c.Kernel != nil {
		t.Errorf("creation %+v", c)
	}
	for name, want := range map[string]string{"log_id": `"log\u005f1"`, "user": "null", "save": "false", "environment": `"e"`, "batch_id": `"b"`} {
		if got := string(c.Envelope[name]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{"prompt_cost": "0.10", "error": "null"} {
		f, _ := model.Lookup(name)
		if got := string(c.Fields[f]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if len(c.Fields) != 2 {
		t.Errorf("%d fields, want 2", len(c.Fields))
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	for template, want := range map[string]string{
		`"Hi {{name}}, {{ name }} from {{\ncity\n}}"`:                        "name city",
		`[{"role":"user","content":"{{a}} {{b_2}}"},{"content":"{{a}}{c}"}]`: "a b_2",
		`"{{ }} {{1}} {{x.y}} {z}"`:                                          "",
		`null`:                                                               "",
	} {
		c, err := rules.Create([]byte(`{"id":"p","prompt":{"model":"m","template":` + template + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(c.Kernel.Variables(), " "); got != want {
			t.Errorf("%s: variables %q, want %q", template, got, want)
		}
	}
}

// TestPromptFile wants the model of a .prompt file to be found and its text to be kept.
func TestPromptFile(t *testing.T) {
	t.Parallel()
	file := `"---\nprovider: openai\nmodel:  \"m-1\" \r\n---\n<system>Hi</system>"`
	c, err := rules.Create([]byte(`{"id":"p","prompt":` + file + `}`))
	if err != nil {
		t.Fatal(err)
	}
	members := strings.Join(texts(c.Kernel.Members()), "\n")
	if !strings.HasPrefix(members, "model=\"m-1\"\n") || !strings.HasSuffix(members, "\nraw_file_content="+file) {
		t.Errorf("members %s", members)
	}
}

func TestCreateStatus(t *testing.T) {
	t.Parallel()
	for status, fits := range map[string]bool{`"complete"`: true, `"incomplete"`: true, `null`: true, `"done"`: false, `""`: false, `1`: false} {
		_, err := rules.Create([]byte(`{"path":"a","log_status":` + status + `}`))
		if (err == nil) != fits {
			t.Errorf("%s: %v", status, err)
		}
	}
}

// TestCreateMembers wants every member that is listed to be taken in its type, and as null.
func TestCreateMembers(t *testing.T) {
	t.Parallel()
	literals := map[string]string{"string": `"complete"`, "boolean": "true"}
	for _, m := range rules.CreateMembers() {
		for _, literal := range []string{literals[m.Type], "null"} {
			body := `{"` + m.Name + `":` + literal + `}`
			if m.Name != "path" || literal == "null" {
				body = `{"id":"pr","` + m.Name + `":` + literal + `}`
			}
			if m.Name == "id" {
				body = `{"path":"a","id":` + literal + `}`
			}
			if _, err := rules.Create([]byte(body)); err != nil {
				t.Errorf("%s: %v", body, err)
			}
		}
	}
	if len(rules.CreateMembers()) < 10 {
		t.Error("members are missing")
	}
}
