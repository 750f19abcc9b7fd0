package rules

import (
	"slices"
	"strings"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// Judging is a checked body of POST /evaluators/log. Whether the judgment fits the evaluator is not
// known yet, see Fits.
type Judging struct {
	Fields      map[*model.Field][]byte // the literal of each field that was sent, as sent
	Envelope    map[string][]byte       // likewise for the members around them
	ParentID    string                  // of the log that is judged
	EvaluatorID string                  // empty when only Path was sent
	Path        string                  // without slashes at its ends
	// as chosen by the caller, empty when it left that to the server
	LogID string
	Spec  []byte      // of the version that judges, nil when it was not sent
	Value model.Value // the judgment; absent when it was not sent
}

// The members of that body that are not fields. Each may be null, but for the log that is judged.
var (
	judgeText = []string{judgment.Parent, "path", "id", "source_datapoint_id", "trace_parent_id", "user", "environment", "log_id", "batch_id", createStatus}

	judgeSwitches = []string{createSwitch, judgment.Done}
)

// judgeSpec is the member that says what the evaluator judges.
const judgeSpec = "spec"

// Judge checks the body of POST /evaluators/log. Like a creation it may hold no members beyond
// those documented. The error is an *api.Error of code Invalid with an entry for each wrong member.
func Judge(body []byte) (Judging, error) {
	list, bad := members(body)
	if list == nil && bad != nil {
		return Judging{}, Refuse(bad)
	}
	j := Judging{Fields: map[*model.Field][]byte{}, Envelope: map[string][]byte{}}
	for _, m := range list {
		if m.Err == nil {
			bad = append(bad, j.take(m.Name, m.Val.Of(body))...)
		}
	}
	j.EvaluatorID, j.LogID, j.ParentID = j.text("id"), j.text("log_id"), j.text(judgment.Parent)
	j.Path = strings.Trim(j.text("path"), "/")
	for _, name := range []string{"id", "log_id", "path", judgment.Parent} {
		if jsonraw.KindOf(j.Envelope[name]) == jsonraw.String && strings.Trim(j.text(name), "/") == "" {
			bad = append(bad, entry(tooShort, inBody, name))
		}
	}
	switch jsonraw.KindOf(j.Envelope[judgment.Parent]) {
	case jsonraw.None:
		bad = append(bad, entry(missing, inBody, judgment.Parent))
	case jsonraw.Null:
		bad = append(bad, entry(refusals[model.NotNull], inBody, judgment.Parent))
	default:
	}
	if !set(j.Envelope["id"]) && !set(j.Envelope["path"]) {
		bad = append(bad, entry(missing, inBody, "path"))
	}
	if err := Refuse(bad); err != nil {
		return Judging{}, err
	}
	return j, nil
}

// take keeps one member of the body, or says what is wrong with it.
func (j *Judging) take(name string, literal []byte) []api.FieldError {
	if f, ok := model.Lookup(name); ok && slices.Contains(model.EvaluatorFields(), f) {
		j.Fields[f] = literal
		return field(f, literal)
	}
	kind := jsonraw.KindOf(literal)
	j.Envelope[name] = literal
	switch {
	case name == judgment.Said:
		j.Value = model.Raw(literal)
		return refused((judgment.Spec{}).Check(j.Value))
	case name == judgeSpec:
		if kind == jsonraw.Null {
			return nil
		}
		j.Spec = literal
		return checkSpec(literal)
	case slices.Contains(judgeSwitches, name):
		if kind != jsonraw.Null && kind != jsonraw.True && kind != jsonraw.False {
			return []api.FieldError{entry(notBool, inBody, name)}
		}
	default:
		return checkWord(judgeText, name, literal)
	}
	return nil
}

// text is the decoded string that the body held under name, empty when it held none.
func (j *Judging) text(name string) string {
	decoded, _ := jsonraw.Text(j.Envelope[name])
	return decoded
}

// set reports whether a member was sent, and not as null.
func set(literal []byte) bool {
	kind := jsonraw.KindOf(literal)
	return kind != jsonraw.None && kind != jsonraw.Null
}

// Fits says what is wrong with the judgment as one of an evaluator with this spec. The error is an
// *api.Error of code Invalid.
func (j *Judging) Fits(spec []byte) error {
	return Refuse(refused(judgment.ReadSpec(spec).Check(j.Value)))
}

func refused(p *model.Problem) []api.FieldError {
	if p == nil {
		return nil
	}
	return []api.FieldError{entry(text{p.Msg, "value_error.judgment"}, inBody, judgment.Said)}
}

// checkSpec says what is wrong with the spec of an evaluator.
func checkSpec(literal []byte) []api.FieldError {
	bad := entries(judgment.CheckSpec(literal), inBody, judgeSpec)
	if bad != nil {
		return bad
	}
	list, _ := jsonraw.Members(literal)
	prompt, ok := jsonraw.Find(list, createPrompt)
	if kind, _ := jsonraw.Find(list, "evaluator_type"); !ok || string(kind.Val.Of(literal)) != `"llm"` {
		return nil
	}
	_, bad = readKernel(prompt.Val.Of(literal))
	for i := range bad {
		bad[i].Loc = slices.Insert(bad[i].Loc, 1, any(judgeSpec))
	}
	return bad
}

// JudgeMembers lists the members of the body of POST /evaluators/log that are not fields, but for the
// spec and the judgment, each with its type in JSON.
func JudgeMembers() []CreateMember {
	var list []CreateMember
	for _, name := range judgeSwitches {
		list = append(list, CreateMember{name, "boolean"})
	}
	for _, name := range judgeText {
		list = append(list, CreateMember{name, "string"})
	}
	return list
}
