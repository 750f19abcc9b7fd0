package rules

import (
	"slices"
	"strings"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// Creation is a checked body of POST /prompts/log.
type Creation struct {
	Fields   map[*model.Field][]byte // the literal of each field that was sent, as sent
	Envelope map[string][]byte       // likewise for the members around them
	PromptID string                  // of the prompt to log to, empty when only Path was sent
	Path     string                  // without slashes at its ends
	// as chosen by the caller, empty when it left that to the server
	LogID string
	// the version of the prompt that was used, nil when it was not sent
	Kernel *Kernel
}

// The members of the body that are not fields. Each may be null.
var (
	createText   = []string{"path", "id", "run_id", "source_datapoint_id", "trace_parent_id", "user", "environment", "log_id", "evaluation_id", "batch_id", createStatus}
	createSwitch = "save"
	createPrompt = "prompt"
)

// createStatus is the one text of the body that is a choice.
const createStatus = "log_status"

// Create checks the body of POST /prompts/log. Unlike a PATCH it may hold no members beyond those
// documented. The error is an *api.Error of code Invalid with an entry for each wrong member.
func Create(body []byte) (Creation, error) {
	list, bad := members(body)
	if list == nil && bad != nil {
		return Creation{}, Refuse(bad)
	}
	c := Creation{Fields: map[*model.Field][]byte{}, Envelope: map[string][]byte{}}
	for _, m := range list {
		if m.Err == nil {
			bad = append(bad, c.take(m.Name, m.Val.Of(body))...)
		}
	}
	c.PromptID, c.LogID = c.text("id"), c.text("log_id")
	c.Path = strings.Trim(c.text("path"), "/")
	for _, name := range []string{"id", "log_id", "path"} {
		if jsonraw.KindOf(c.Envelope[name]) == jsonraw.String && strings.Trim(c.text(name), "/") == "" {
			bad = append(bad, entry(tooShort, inBody, name))
		}
	}
	if !c.names("id") && !c.names("path") {
		bad = append(bad, entry(missing, inBody, "path"))
	}
	if err := Refuse(bad); err != nil {
		return Creation{}, err
	}
	return c, nil
}

// take keeps one member of the body, or says what is wrong with it.
func (c *Creation) take(name string, literal []byte) []api.FieldError {
	if f, ok := model.Lookup(name); ok {
		c.Fields[f] = literal
		return field(f, literal)
	}
	kind := jsonraw.KindOf(literal)
	c.Envelope[name] = literal
	switch name {
	case createPrompt:
		if kind == jsonraw.Null {
			return nil
		}
		kernel, bad := readKernel(literal)
		c.Kernel = kernel
		return bad
	case createSwitch:
		if kind != jsonraw.Null && kind != jsonraw.True && kind != jsonraw.False {
			return []api.FieldError{entry(notBool, inBody, name)}
		}
	default:
		return checkWord(createText, name, literal)
	}
	return nil
}

// checkWord checks a member that is one of some texts; no other is known.
func checkWord(known []string, name string, literal []byte) []api.FieldError {
	switch kind := jsonraw.KindOf(literal); {
	case !slices.Contains(known, name):
		return []api.FieldError{entry(extra, inBody, name)}
	case kind != jsonraw.Null && kind != jsonraw.String:
		return []api.FieldError{entry(refusals[model.WantString], inBody, name)}
	case name == createStatus && kind == jsonraw.String:
		if p := wantWord("complete", "incomplete")(literal); p != nil {
			return entries([]model.Problem{*p}, inBody, name)
		}
	}
	return nil
}

// names reports whether the body held anything but null under name.
func (c *Creation) names(name string) bool {
	kind := jsonraw.KindOf(c.Envelope[name])
	return kind != jsonraw.None && kind != jsonraw.Null
}

// text is the decoded string that the body held under name, empty when it held none.
func (c *Creation) text(name string) string {
	decoded, _ := jsonraw.Text(c.Envelope[name])
	return decoded
}

// CreateMember is a member of the body of POST /prompts/log that is not a field.
type CreateMember struct{ Name, Type string }

// CreateMembers lists those members but for the prompt, each with its type in JSON; each may be
// null.
func CreateMembers() []CreateMember {
	list := []CreateMember{{createSwitch, "boolean"}}
	for _, name := range createText {
		list = append(list, CreateMember{name, "string"})
	}
	return list
}
