package rules

import (
	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// Change is what the body of a PATCH asks for.
type Change struct {
	Edits  []jsonraw.Edit // the replacements, each literal as sent
	doubts []doubt
}

// doubt is a value with faults. They are accepted only where the log had the same faults before.
type doubt struct {
	field *model.Field
	value model.Value
}

// Patch reads the body of PATCH /prompts/{id}/log/{log_id}. Members that are not updatable fields
// are passed over. The error is an *api.Error of code Invalid with an entry for each member that
// cannot be read at all; what else may be wrong depends on the log, see Apply.
func Patch(body []byte) (*Change, error) {
	list, bad := members(body)
	c := &Change{}
	for _, m := range list {
		f, ok := model.Lookup(m.Name)
		if !ok || m.Err != nil {
			continue
		}
		literal := m.Val.Of(body)
		c.Edits = append(c.Edits, jsonraw.Edit{Name: m.Name, Val: literal})
		if len(field(f, literal)) > 0 {
			c.doubts = append(c.doubts, doubt{f, model.Raw(literal)})
		}
	}
	if err := Refuse(bad); err != nil {
		return nil, err
	}
	return c, nil
}

// AcceptAnyType accepts values of any type: they are values that the log had before, see
// api.WithLenient.
func (c *Change) AcceptAnyType() { c.doubts = nil }

// Apply makes the change in a document and gives the new document. The error is an *api.Error of
// code Invalid with an entry for each fault that the change would introduce; faults that the log
// had before, even in another place, are accepted.
func (c *Change) Apply(doc []byte) ([]byte, error) {
	if len(c.doubts) > 0 {
		if err := c.judge(doc); err != nil {
			return nil, err
		}
	}
	return jsonraw.Set(doc, c.Edits)
}

// ApplyTo is Apply to a document that was read already, see model.Log.With.
func (c *Change) ApplyTo(log *model.Log) (*model.Log, error) {
	if len(c.doubts) > 0 {
		if err := c.judgeOn(log); err != nil {
			return nil, err
		}
	}
	return log.With(c.Edits)
}

// WithoutLog is the error of a change whose log does not exist: the faults of the change itself, or
// err when it has none.
func (c *Change) WithoutLog(err error) error {
	if bad := c.judge([]byte(`{}`)); bad != nil {
		return bad
	}
	return err
}

func (c *Change) judge(doc []byte) error {
	log, err := model.ParseLog(doc)
	if err != nil {
		return err
	}
	return c.judgeOn(log)
}

func (c *Change) judgeOn(log *model.Log) error {
	var bad []api.FieldError
	for _, d := range c.doubts {
		bad = append(bad, entries(d.field.CheckEdit(d.value, log.Value(d.field)), inBody, d.field.Name)...)
	}
	return Refuse(bad)
}

// field checks one literal as a value of f; null is right for every field.
func field(f *model.Field, literal []byte) []api.FieldError {
	return entries(f.Check(model.Raw(literal)), inBody, f.Name)
}
