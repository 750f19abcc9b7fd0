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

// doubt is a value that is only right where the log was wrong in the same way before.
type doubt struct {
	field *model.Field
	value model.Value
}

// Patch reads the body of PATCH /prompts/{id}/log/{log_id}. Members that are no updatable field are
// passed over. The error is an *api.Error of code Invalid with an entry for each member that cannot
// be read; see On for the rest.
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

// Trust takes the values as they are, whatever their types: they are those that the log had before.
func (c *Change) Trust() { c.doubts = nil }

// On gives the document with the replacements made. The error is an *api.Error of code Invalid with
// an entry for each fault that the change brings in: one that the log had before, wherever it
// stands now, is not its doing.
func (c *Change) On(doc []byte) ([]byte, error) {
	if len(c.doubts) > 0 {
		if err := c.judge(doc); err != nil {
			return nil, err
		}
	}
	return jsonraw.Set(doc, c.Edits)
}

// OnNothing is the error of a change for which there is no log: everything that is wrong with it,
// or err when nothing is.
func (c *Change) OnNothing(err error) error {
	if bad := c.judge([]byte(`{}`)); bad != nil {
		return bad
	}
	return err
}

// Forget lets go of the values, once they were put into the document; the names stay.
func (c *Change) Forget() {
	for i := range c.Edits {
		c.Edits[i].Val = nil
	}
	c.doubts = nil
}

func (c *Change) judge(doc []byte) error {
	log, err := model.ParseLog(doc)
	if err != nil {
		return err
	}
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
