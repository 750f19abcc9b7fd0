package model

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParseAssignment(t *testing.T) {
	for arg, want := range map[string]Assignment{
		"output=hello":             {Text: "hello"},
		"output=":                  {},
		"output=a=b:=c":            {Text: "a=b:=c"},
		"output:=null":             {JSON: true, Text: "null"},
		"prompt_tokens:=7":         {JSON: true, Text: "7"},
		"output=@answer.txt":       {File: "answer.txt", FromFile: true},
		"output=@-":                {File: "-", FromFile: true},
		"metadata:=@m.json":        {JSON: true, File: "m.json", FromFile: true},
		"metadata.user=ann":        {Text: "ann"},
		"metadata.a.b=x":           {Text: "x"},
		`metadata["a:b"]=x`:        {Text: "x"},
		`metadata["a=b"]:=x`:       {JSON: true, Text: "x"},
		"metadata.score:=0.10":     {JSON: true, Text: "0.10"},
		"metadata.note=@note.txt":  {File: "note.txt", FromFile: true},
		"messages[-1].content=x":   {Text: "x"},
		"messages+={}":             {JSON: true, Append: true, Text: "{}"},
		"metadata.tags+=@tag.json": {JSON: true, Append: true, File: "tag.json", FromFile: true},
	} {
		got, err := ParseAssignment(arg)
		if target, _, _ := strings.Cut(arg, "="); err != nil || got.Field.Name != got.Path[0].Name || !strings.HasPrefix(arg, got.String()) && target != arg {
			t.Errorf("ParseAssignment(%q) = %+v, %v", arg, got, err)
		}
		if got.Target = (Target{}); !reflect.DeepEqual(got, want) {
			t.Errorf("ParseAssignment(%q) = %+v, want %+v", arg, got, want)
		}
	}
	for arg, want := range map[string]string{
		"output":         `"output" is not an assignment; write FIELD=TEXT or FIELD:=JSON`,
		"":               `"" is not an assignment; write FIELD=TEXT or FIELD:=JSON`,
		`metadata["="]`:  `"metadata["="]" is not an assignment; write FIELD=TEXT or FIELD:=JSON`,
		"outptu=x":       `there is no field "outptu"; did you mean output`,
		"meta.a=1":       `there is no field "meta"; did you mean metadata`,
		"id=x":           `there is no field "id"`,
		"[0]=x":          `there is no field "[0]"`,
		"=x":             `column 1: a name is missing`,
		"prompt-tokens=": `column 7: - stands in no name without quotes; a name that has it is written ["prompt-tokens"]`,
		"metadata.=x":    `column 10: a name is missing after the dot`,
		"messages.0=x":   `column 10: an element is written [0], and a member of this name ["0"]`,
		"output=@":       `a file name is missing after output=@`,
		"output:=@":      `a file name is missing after output:=@`,
	} {
		if got, err := ParseAssignment(arg); err == nil || err.Error() != want {
			t.Errorf("ParseAssignment(%q) = %+v, %v, want %s", arg, got, err, want)
		}
	}
}

func TestAssign(t *testing.T) {
	const doc = `{"output":"old","metadata":{"a": 0.10},"inputs":null,"prompt_cost":0.10,"tool_choice":"auto","messages":[],"provider_request":[1],"stdout":"{\"a\": [0,1]}"}`
	for arg, want := range map[string]string{
		`output=new`:                     `{"output":"new"}`,
		`output=`:                        `{"output":""}`,
		`output=null`:                    `{"output":"null"}`,
		`output=old`:                     `{}`,
		`output:=null`:                   `{"output":null}`,
		`output:="\u00e9"`:               `{"output":"\u00e9"}`,
		`prompt_cost=0.1`:                `{}`,
		`prompt_cost= 0.20 `:             `{"prompt_cost":0.20}`,
		`prompt_cost:=1e-07`:             `{"prompt_cost":1e-07}`,
		`prompt_tokens:=null`:            `{"prompt_tokens":null}`,
		`created_at=2024-07-19T00:29:35`: `{"created_at":"2024-07-19T00:29:35"}`,
		`tool_choice=none`:               `{"tool_choice":"none"}`,
		`tool_choice:="none"`:            `{"tool_choice":"none"}`,
		`tool_choice={"type":"function","function":{"name":"f"}}`: `{"tool_choice":{"type":"function","function":{"name":"f"}}}`,
		`metadata={"a":0.1,"b": 1}`:                               `{"metadata":{"a":0.1,"b": 1}}`,
		`metadata:={"a":0.1,"b":  1}`:                             `{"metadata":{"a":0.1,"b":  1}}`,
		`metadata:= {"a":0.1 } `:                                  `{}`,
		`metadata.b=5`:                                            `{"metadata":{"a": 0.10, "b": "5"}}`,
		`metadata.b:=5.0`:                                         `{"metadata":{"a": 0.10, "b": 5.0}}`,
		`metadata.a:=0.1`:                                         `{}`,
		`metadata.a:=null`:                                        `{"metadata":{"a": null}}`,
		`inputs.x.y=`:                                             `{"inputs":{"x":{"y":""}}}`,
		`inputs["x.y"]=`:                                          `{"inputs":{"x.y":""}}`,
		`messages+={"role":"user"}`:                               `{"messages":[{"role":"user"}]}`,
		`metadata.l+=1`:                                           `{"metadata":{"a": 0.10, "l": [1]}}`,
		`stdout.a[1]=x`:                                           `{"stdout":"{\"a\": [0,\"x\"]}"}`,
		`stdout.b:={"c":  1}`:                                     `{"stdout":"{\"a\": [0,1], \"b\": {\"c\":  1}}"}`,
		`provider_response.k=v`:                                   `{"provider_response":{"k":"v"}}`,
		`messages=[{"role":"user"}]`:                              `{"messages":[{"role":"user"}]}`,
	} {
		c := NewChangeSet(parseLog(t, doc))
		a, err := ParseAssignment(arg)
		if err != nil {
			t.Errorf("%s: %v", arg, err)
			continue
		}
		if err := c.Assign(a); err != nil || string(c.Patch()) != want {
			t.Errorf("%s: patch %s, %v, want %s", arg, c.Patch(), err, want)
		}
	}
	for arg, want := range map[string]string{
		`output:=5`:                "output wants a string, not a number",
		`output:=`:                 "output wants text, not nothing; output:=null makes it null",
		`output:=new`:              "new is not a JSON value",
		`prompt_tokens=`:           "prompt_tokens wants a whole number, not nothing; prompt_tokens:=null makes it null",
		`prompt_tokens=many`:       `not "many"`,
		`prompt_cost:=2,50`:        `prompt_cost wants a number, not "2,50": the decimal sign is a point`,
		`metadata.b:=2,50`:         "2,50 is not a number as JSON writes it: the decimal sign is a point",
		`metadata={"b":2,50}`:      "a comma stands in a number: the decimal sign is a point",
		`prompt_tokens:="7"`:       "prompt_tokens wants a whole number, not a string",
		`start_time=2024-07-19`:    "a time of day is missing",
		`tool_choice=maybe`:        "tool_choice",
		`metadata=hello`:           "hello is not a JSON value",
		`metadata:=[1]`:            "metadata wants an object, not a list",
		`metadata.b:={`:            "the closing brace is missing",
		`metadata.b:=`:             "the text is empty",
		`provider_request.a=1`:     "provider_request is a list, and has no member a: an element is written provider_request[0]",
		`output.a=1`:               "output is a string, and nothing stands at a in it",
		`error.a=1`:                "error wants a string, not an object",
		`messages[0].content=x`:    "messages has 0 elements, and none at [0]",
		`messages+={}`:             "messages[0] has no role",
		`metadata+=1`:              "metadata is an object, not a list",
		"metadata.b=\xff":          "a byte is not UTF-8",
		`messages=[{"role":"me"}]`: "messages[0].role wants one of",
	} {
		c := NewChangeSet(parseLog(t, doc))
		a, err := ParseAssignment(arg)
		if err != nil {
			t.Errorf("%s: %v", arg, err)
			continue
		}
		err = c.Assign(a)
		var fault *ParseError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), a.Field.Name) {
			t.Errorf("%s: %v, want %s", arg, err, want)
		}
		if len(c.Changed()) > 0 {
			t.Errorf("%s: changed after an error: %s", arg, c.Patch())
		}
	}
}

// Several keys of one map add up.
func TestAssignTwice(t *testing.T) {
	c := NewChangeSet(parseLog(t, `{"metadata":{}}`))
	for _, arg := range []string{"metadata.a=1", "metadata.b:=2", "metadata.a=3"} {
		a, err := ParseAssignment(arg)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if got := string(c.Patch()); got != `{"metadata":{"a":"3","b":2}}` {
		t.Errorf("the patch is %s", got)
	}
}
