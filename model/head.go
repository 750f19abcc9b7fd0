package model

import "errata/model/jsonraw"

// Head is what a header or a table row says of a log. Strings are decoded, empty when the member is
// absent, null or no string.
type Head struct {
	// Kind: prompt, tool, evaluator, flow, agent, or "" when unknown
	ID, Kind                               string
	PromptID, PromptPath, VersionID, Model string
	TraceID                                string
}

// owners are the members that say of which kind a log is: it has one of them.
var owners = []string{"prompt", "tool", "evaluator", "flow", "agent"}

// enclosing are the other members of a log that the API names and that cannot be updated.
var enclosing = []string{
	"id", "evaluator_logs", "source_datapoint_id", "trace_parent_id", "user", "environment", "log_id", "batches", "save",
	"trace_flow_id", "trace_id", "trace_children", "log_status",
}

// MemberNames lists the top-level members that a log of the API may have: its fields, in the order
// of the form, and what encloses them.
func MemberNames() []string {
	names := make([]string, 0, len(form)+len(enclosing)+len(owners))
	for _, f := range form {
		names = append(names, f.Name)
	}
	return append(append(names, enclosing...), owners...)
}

// Head reads the head of the log. The prompt's part of it is that of whatever owns the log.
func (l *Log) Head() Head {
	h := Head{
		ID:      l.text("id"),
		TraceID: l.text("trace_id"),
	}
	for _, name := range owners {
		owner := l.Member(name)
		if owner.Kind() != jsonraw.Object {
			continue
		}
		members, err := jsonraw.Members(owner.Bytes())
		if err != nil {
			break
		}
		read := func(name string) string {
			m, _ := jsonraw.Find(members, name)
			text, _ := jsonraw.Text(m.Val.Of(owner.Bytes()))
			return text
		}
		h.Kind = name
		h.PromptID, h.PromptPath = read("id"), read("path")
		h.VersionID, h.Model = read("version_id"), read("model")
		break
	}
	return h
}

func (l *Log) text(name string) string {
	text, _ := l.Member(name).Text()
	return text
}

// Owner is the kind of file that the log belongs to, as the paths of the API have it; "prompt" when
// the log does not say.
func (h Head) Owner() string {
	if h.Kind == "" {
		return "prompt"
	}
	return h.Kind
}
