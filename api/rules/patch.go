package rules

import (
	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// Patch checks the body of PATCH /prompts/{id}/log/{log_id} and gives the replacements that it asks for, each literal as sent. Members that
// are no updatable field are passed over. The error is an *api.Error of code Invalid with an entry for each wrong member.
func Patch(body []byte) ([]jsonraw.Edit, error) {
	list, bad := members(body)
	var edits []jsonraw.Edit
	for _, m := range list {
		f, ok := model.Lookup(m.Name)
		if !ok || m.Err != nil {
			continue
		}
		bad = append(bad, field(f, m.Val.Of(body))...)
		edits = append(edits, jsonraw.Edit{Name: m.Name, Val: m.Val.Of(body)})
	}
	if err := Refuse(bad); err != nil {
		return nil, err
	}
	return edits, nil
}

// field checks one literal as a value of f; null is right for every field.
func field(f *model.Field, literal []byte) []api.FieldError {
	return entries(f.Check(model.Raw(literal)), inBody, f.Name)
}
