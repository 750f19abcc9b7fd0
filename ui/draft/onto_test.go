package draft_test

import (
	"errors"
	"testing"

	"errata/model"
	"errata/ui/draft"
)

// TestOnto moves edits from one base to a newer one.
func TestOnto(t *testing.T) {
	t.Parallel()
	invalid := &model.Edit{Text: "{", Err: errors.New("no value")}
	for name, c := range map[string]struct{ field, from, edit, to, want string }{
		"both have added":       {"metadata", `{"a":1}`, `{"a":1,"b":1}`, `{"a":1,"x":1}`, `{"a":1,"x":1,"b":1}`},
		"the same":              {"metadata", `{"a":1}`, `{"a":1,"b":1}`, `{"b":1,"a":1}`, ""},
		"cannot be merged":      {"output", `"At nine."`, `"At ten."`, `"At eleven."`, `"At ten."`},
		"nothing has moved":     {"prompt_tokens", `12`, `13`, `12.0`, `13`},
		"somebody else's alone": {"prompt_tokens", `12`, `12`, `14`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, ok := model.Lookup(c.field)
			if !ok {
				t.Fatalf("no field %q", c.field)
			}
			from, to := model.Raw([]byte(c.from)), model.Raw([]byte(c.to))
			got := draft.Onto(f, &model.Edit{Value: model.Raw([]byte(c.edit))}, from, to)
			switch {
			case got == nil && c.want != "":
				t.Errorf("there is no edit, want %s", c.want)
			case got != nil && !got.Value.Equal(model.Raw([]byte(c.want))):
				t.Errorf("the edit is %s, want %q", got.Value.Bytes(), c.want)
			}
			if draft.Onto(f, nil, from, to) != nil || draft.Onto(f, invalid, from, to) != invalid {
				t.Error("no edit, or a text that is not a value, did not stay as it is")
			}
		})
	}
}
