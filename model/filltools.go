package model

import (
	"slices"

	"errata/model/jsonraw"
)

// toolLists are the places of tools in a prompt or a request: the list, the path to each tool in an
// element, and the path to its name. They are those of OpenAI's chat completions, OpenAI's
// responses and Anthropic, Gemini, and Bedrock.
var toolLists = []struct{ list, within, name string }{
	{"tools", "", "function.name"},
	{"tools", "", "name"},
	{"linked_tools", "", "name"},
	{"tools", "functionDeclarations", "name"},
	{"tools", "function_declarations", "name"},
	{"toolConfig.tools", "", "toolSpec.name"},
}

// ToolNames lists the functions that a tool choice of the log may name: those of its prompt and of
// the provider's request, each once, in that order. A prompt or request of more than 4 MB is not
// looked into.
func (c *ChangeSet) ToolNames() []string {
	var names []string
	for _, v := range []Value{c.base.Member("prompt"), c.Value(request)} {
		holder := v.object()
		for _, t := range toolLists {
			for _, tool := range elements(holder.path(t.list)) {
				if t.within == "" {
					names = named(names, tool.path(t.name))
					continue
				}
				for _, declared := range elements(tool.path(t.within)) {
					names = named(names, declared.path(t.name))
				}
			}
		}
	}
	return names
}

// named adds the text of v to a list of names, unless it is there already.
func named(names []string, v Value) []string {
	name, ok := v.Text()
	if !ok || name == "" || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// FunctionChoice is the tool choice that names one function:
// {"type":"function","function":{"name":"…"}}.
func FunctionChoice(name string) (Value, error) {
	literal, err := jsonraw.Quote(name)
	if err != nil {
		return Absent, err
	}
	return Value{raw: slices.Concat([]byte(`{"type":"function","function":{"name":`), literal, []byte(`}}`))}, nil
}
