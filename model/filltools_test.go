package model

import (
	"strings"
	"testing"
)

func TestToolNamesOfPromptAndRequest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ prompt, request, want string }{
		"prompt":      {`{"tools":[{"name":"tides","description":"d"},{"name":"moon"}],"linked_tools":[{"name":"sun","id":"tl_1"}]}`, `null`, "tides moon sun"},
		"completions": {`{}`, `{"tools":[{"type":"function","function":{"name":"tides"}}]}`, "tides"},
		"responses":   {`{}`, `{"tools":[{"type":"function","name":"tides"},{"type":"web_search"}]}`, "tides"},
		"Gemini":      {`{}`, `{"tools":[{"functionDeclarations":[{"name":"tides"},{"name":"moon"}]}]}`, "tides moon"},
		"Bedrock":     {`{}`, `{"toolConfig":{"tools":[{"toolSpec":{"name":"tides"}}]}}`, "tides"},
		"both, once":  {`{"tools":[{"name":"tides"}]}`, `{"tools":[{"name":"moon"},{"name":"tides"}]}`, "tides moon"},
		"odd shapes":  {`{"tools":{"name":"a"},"linked_tools":[1,{"name":null},{"name":""}]}`, `{"tools":["a"],"toolConfig":3}`, ""},
		"no prompt":   {`null`, `null`, ""},
	} {
		c2 := changesOf(t, `{"id":"log_1","prompt":`+c.prompt+`,"provider_request":`+c.request+`}`)
		if got := strings.Join(c2.ToolNames(), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFunctionChoiceIsAToolChoice(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tides", `a"b\c`, "é"} {
		v, err := FunctionChoice(name)
		if err != nil {
			t.Fatal(err)
		}
		if problems := toolChoice.Check(v); len(problems) != 0 {
			t.Errorf("%s: %v", v.Bytes(), problems)
		}
		if got, _ := v.member("function").member("name").Text(); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
}
