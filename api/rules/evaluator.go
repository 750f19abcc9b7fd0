package rules

import (
	"strings"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// Upsert is a checked body of POST /evaluators.
type Upsert struct {
	ID   string // of the evaluator, empty when only Path was sent
	Path string // without slashes at its ends
	Spec []byte
	Version
}

// Version is what a body says of a version of a file: literals, nil if it says nothing.
type Version struct{ Name, Description []byte }

// UpsertEvaluator checks the body of POST /evaluators. Members that are not known are passed over.
// The error is an *api.Error of code Invalid with an entry for each wrong member.
func UpsertEvaluator(body []byte) (Upsert, error) {
	r, err := readBody(body)
	if err != nil {
		return Upsert{}, err
	}
	u := Upsert{ID: r.text("id"), Path: strings.Trim(r.text("path"), "/"), Spec: r.raw(judgeSpec)}
	u.Name, u.Description = r.wantText("version_name"), r.wantText("version_description")
	r.wantText("id")
	r.wantText("path")
	if !set(r.raw("id")) && !set(r.raw("path")) {
		r.bad = append(r.bad, entry(missing, inBody, "path"))
	}
	r.notEmpty("id", "path")
	if set(u.Spec) {
		r.bad = append(r.bad, checkSpec(u.Spec)...)
	} else {
		r.bad = append(r.bad, entry(missing, inBody, judgeSpec))
	}
	return u, Refuse(r.bad)
}

// Move is a checked body of PATCH /evaluators/{id}: the new path, or the last part of it. Both are
// empty when the body asks for nothing.
type Move struct{ Path, Name string }

// MoveFile checks that body. Errors as of UpsertEvaluator.
func MoveFile(body []byte) (Move, error) {
	r, err := readBody(body)
	if err != nil {
		return Move{}, err
	}
	r.wantText("path")
	r.wantText("name")
	r.notEmpty("path", "name")
	m := Move{Path: strings.Trim(r.text("path"), "/"), Name: strings.Trim(r.text("name"), "/")}
	if strings.Contains(m.Name, "/") {
		r.bad = append(r.bad, entry(text{"a name has no slash; send a path", "value_error"}, inBody, "name"))
	}
	return m, Refuse(r.bad)
}

// UpdateVersion checks the body of PATCH /evaluators/{id}/versions/{version_id}. Errors as of
// UpsertEvaluator.
func UpdateVersion(body []byte) (Version, error) {
	r, err := readBody(body)
	if err != nil {
		return Version{}, err
	}
	return Version{r.wantText("name"), r.wantText("description")}, Refuse(r.bad)
}

// bodyReader reads members of a body, and collects what is wrong with them.
type bodyReader struct {
	body []byte
	list []jsonraw.Member
	bad  []api.FieldError
}

func readBody(body []byte) (*bodyReader, error) {
	list, bad := members(body)
	return &bodyReader{body: body, list: list}, Refuse(bad)
}

// raw is the literal of a member, nil when there is none.
func (r *bodyReader) raw(name string) []byte {
	m, ok := jsonraw.Find(r.list, name)
	if !ok {
		return nil
	}
	return m.Val.Of(r.body)
}

func (r *bodyReader) text(name string) string {
	decoded, _ := jsonraw.Text(r.raw(name))
	return decoded
}

// wantText is the literal of a member that is a text or null.
func (r *bodyReader) wantText(name string) []byte {
	literal := r.raw(name)
	if set(literal) && jsonraw.KindOf(literal) != jsonraw.String {
		r.bad = append(r.bad, entry(refusals[model.WantString], inBody, name))
	}
	return literal
}

func (r *bodyReader) notEmpty(names ...string) {
	for _, name := range names {
		if jsonraw.KindOf(r.raw(name)) == jsonraw.String && strings.Trim(r.text(name), "/") == "" {
			r.bad = append(r.bad, entry(tooShort, inBody, name))
		}
	}
}

// EvaluatorMembers are the members that the spec adds to the document of a version, in order, and
// the inputs that it wants: the variables of its prompt, if it has one.
func EvaluatorMembers(spec []byte) (members []jsonraw.Edit, variables []string) {
	members = judgment.Members(spec)
	for _, m := range members {
		if m.Name != createPrompt {
			continue
		}
		if k, bad := readKernel(m.Val); bad == nil {
			variables = k.Variables()
		}
	}
	return members, variables
}
