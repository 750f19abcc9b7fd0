package rules

import (
	"slices"
	"strings"
	"sync"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/pattern"
)

// Kernel is the part of a prompt that identifies a version, as Humanloop calls it: the model, its
// parameters and the template. Two logs with the same kernel are of the same version.
type Kernel struct {
	literals map[string][]byte // of the members of the kernel table that were sent, as sent
	// the string literal of a .prompt file, when the kernel was sent as one
	file []byte
}

// row describes one member of a kernel.
type row struct {
	name     string
	fallback string                              // the literal that stands for absent and null
	refuse   func(literal []byte) *model.Problem // nil when any JSON is right
}

// kernelRows lists the members of a kernel in the order in which a prompt shows them.
var kernelRows = sync.OnceValue(func() []row {
	wantString := want(model.WantString, jsonraw.String)
	return []row{
		{"model", "null", wantString},
		{"endpoint", `"chat"`, wantWord("complete", "chat", "edit")},
		{"template", "null", want(model.WantString, jsonraw.String, jsonraw.Array)},
		{"template_language", "null", wantWord("default", "jinja")},
		{"provider", "null", wantString},
		{"max_tokens", "-1", wantKind(model.Integer)},
		{"temperature", "1", wantKind(model.Decimal)},
		{"top_p", "1", wantKind(model.Decimal)},
		{"stop", "null", want(model.WantString, jsonraw.String, jsonraw.Array)},
		{"presence_penalty", "0", wantKind(model.Decimal)},
		{"frequency_penalty", "0", wantKind(model.Decimal)},
		{"other", "{}", wantKind(model.Map)},
		{"seed", "null", wantKind(model.Integer)},
		{"response_format", "null", wantKind(model.Map)},
		{"reasoning_effort", "null", want(model.WantString, jsonraw.String, jsonraw.Number)},
		{"tools", "[]", want(model.WantList, jsonraw.Array)},
		{"linked_tools", "[]", want(model.WantList, jsonraw.Array)},
		{"attributes", "{}", wantKind(model.Map)},
	}
})

// want allows values of some kinds.
func want(rule model.Rule, kinds ...jsonraw.Kind) func([]byte) *model.Problem {
	return func(literal []byte) *model.Problem {
		if slices.Contains(kinds, jsonraw.KindOf(literal)) {
			return nil
		}
		return &model.Problem{Rule: rule}
	}
}

// wantWord allows some strings.
func wantWord(words ...string) func([]byte) *model.Problem {
	return func(literal []byte) *model.Problem {
		if word, ok := jsonraw.Text(literal); ok && slices.Contains(words, word) {
			return nil
		}
		return &model.Problem{Rule: model.WantOneOf, Msg: "permitted: " + strings.Join(words, ", ")}
	}
}

// wantKind allows what a field of that kind allows.
func wantKind(kind model.Kind) func([]byte) *model.Problem {
	return func(literal []byte) *model.Problem {
		for _, p := range (&model.Field{Kind: kind}).Check(model.Raw(literal)) {
			if !p.Warn {
				return &p
			}
		}
		return nil
	}
}

// readKernel reads the prompt of a body: an object, or the text of a .prompt file. Members that
// belong to no kernel are passed over.
func readKernel(literal []byte) (*Kernel, []api.FieldError) {
	switch jsonraw.KindOf(literal) {
	case jsonraw.String:
		return readPromptFile(literal)
	case jsonraw.Object:
	default:
		return nil, []api.FieldError{entry(refusals[model.WantObject], inBody, createPrompt)}
	}
	list, err := jsonraw.Members(literal)
	if err != nil {
		return nil, []api.FieldError{syntax(err)}
	}
	k := &Kernel{literals: map[string][]byte{}}
	var bad []api.FieldError
	for _, r := range kernelRows() {
		m, ok := jsonraw.Find(list, r.name)
		if !ok || m.Kind == jsonraw.Null {
			continue
		}
		if p := r.refuse(m.Val.Of(literal)); p != nil {
			bad = append(bad, entries([]model.Problem{*p}, inBody, createPrompt, r.name)...)
		}
		k.literals[r.name] = m.Val.Of(literal)
	}
	if k.literals["model"] == nil {
		bad = append(bad, entry(missing, inBody, createPrompt, "model"))
	}
	return k, bad
}

// promptModel finds the model in the header of a .prompt file.
var promptModel = pattern.Of(`(?m)^model:[ \t]*(\S.*?)[ \t\r]*$`)

// readPromptFile reads a kernel that was sent as the text of a .prompt file. Only its model is
// understood; the text is kept whole.
func readPromptFile(literal []byte) (*Kernel, []api.FieldError) {
	content, _ := jsonraw.Text(literal)
	found := promptModel().FindStringSubmatch(content)
	if found == nil {
		return nil, []api.FieldError{entry(missing, inBody, createPrompt, "model")}
	}
	name, err := jsonraw.Quote(strings.Trim(found[1], `"'`))
	if err != nil {
		return nil, []api.FieldError{entry(refusals[model.WantString], inBody, createPrompt, "model")}
	}
	return &Kernel{literals: map[string][]byte{"model": name}, file: literal}, nil
}

// Members lists what a prompt document says of the kernel, in order, what was not sent by its
// default.
func (k *Kernel) Members() []jsonraw.Edit {
	list := make([]jsonraw.Edit, 0, len(kernelRows())+1)
	for _, r := range kernelRows() {
		literal := k.literals[r.name]
		if literal == nil {
			literal = []byte(r.fallback)
		}
		list = append(list, jsonraw.Edit{Name: r.name, Val: literal})
	}
	file := k.file
	if file == nil {
		file = []byte("null")
	}
	return append(list, jsonraw.Edit{Name: rawFile, Val: file})
}

// rawFile is the member of a prompt that holds its .prompt file.
const rawFile = "raw_file_content"

// Matches reports whether a prompt document is a version with this kernel; values are compared by
// meaning. A kernel that was sent as a file is compared as text.
func (k *Kernel) Matches(doc []byte) bool {
	list, err := jsonraw.Members(doc)
	if err != nil {
		return false
	}
	for _, want := range k.Members() {
		got, isSet := jsonraw.Find(list, want.Name)
		isSet = isSet && got.Kind != jsonraw.Null
		switch {
		case want.Name == rawFile && k.file == nil:
			// A version that was read from a file and then sent as members is the same version.
		case isSet && !jsonraw.Equal(want.Val, got.Val.Of(doc)):
			return false
		case !isSet && !isDefault(want):
			return false
		}
	}
	return true
}

// isDefault reports whether a member has its default value, so that it means the same as when it is
// left out.
func isDefault(m jsonraw.Edit) bool {
	for _, r := range kernelRows() {
		if r.name == m.Name {
			return jsonraw.Equal(m.Val, []byte(r.fallback))
		}
	}
	return jsonraw.KindOf(m.Val) == jsonraw.Null
}

// variable matches a variable of a template.
var variable = pattern.Of(`\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}`)

// Variables lists the names of the template's variables, each once, in order.
func (k *Kernel) Variables() []string {
	template := k.literals["template"]
	if decoded, ok := jsonraw.Text(template); ok {
		template = []byte(decoded)
	}
	var names []string
	for _, found := range variable().FindAllSubmatch(template, -1) {
		if name := string(found[1]); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
