package server_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/model"
)

// described is the description of the API, read for checking answers against it.
type described struct {
	Paths      map[string]map[string]operation
	Components struct {
		Responses map[string]response
		Schemas   map[string]schema
	}
}

type operation struct {
	OperationID string
	Parameters  []struct {
		Name, In string
		Required bool
		Schema   schema
	}
	RequestBody struct{ Content content }
	Responses   map[string]response
}

type response struct {
	Ref     string `json:"$ref"`
	Content content
}

type content map[string]struct{ Schema schema }

type schema struct {
	Ref                  string `json:"$ref"`
	Type, Format         string
	Nullable             bool
	Enum                 []any
	Required             []string
	Properties           map[string]schema
	AdditionalProperties any
	Items                *schema
	AllOf, AnyOf, OneOf  []schema
	Minimum, Maximum     *json.Number
}

func readDescription(t *testing.T, doc []byte) described {
	t.Helper()
	var d described
	if err := json.Unmarshal(doc, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// response follows a reference.
func (d described) response(r response) (response, error) {
	if r.Ref == "" {
		return r, nil
	}
	name := strings.TrimPrefix(r.Ref, "#/components/responses/")
	found, ok := d.Components.Responses[name]
	if !ok {
		return r, fmt.Errorf("there is no response %s", name)
	}
	return found, nil
}

// fits says why a document does not fit a schema, nil when it does.
func (d described) fits(s schema, doc []byte) error {
	var value any
	dec := json.NewDecoder(strings.NewReader(string(doc)))
	dec.UseNumber()
	if err := dec.Decode(&value); err != nil {
		return err
	}
	return d.check(s, value, "$")
}

func (d described) check(s schema, value any, at string) error {
	if s.Ref != "" {
		name := strings.TrimPrefix(s.Ref, "#/components/schemas/")
		found, ok := d.Components.Schemas[name]
		if !ok {
			return fmt.Errorf("%s: there is no schema %s", at, name)
		}
		return d.check(found, value, at)
	}
	if value == nil && s.Nullable {
		return nil
	}
	for _, part := range s.AllOf {
		if err := d.check(part, value, at); err != nil {
			return err
		}
	}
	for _, choices := range [][]schema{s.AnyOf, s.OneOf} {
		if err := d.one(choices, value, at); err != nil {
			return err
		}
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, value) {
		return fmt.Errorf("%s: %v is none of %v", at, value, s.Enum)
	}
	return d.typed(s, value, at)
}

func (d described) one(choices []schema, value any, at string) error {
	var why []string
	for _, choice := range choices {
		err := d.check(choice, value, at)
		if err == nil {
			return nil
		}
		why = append(why, err.Error())
	}
	if len(choices) == 0 {
		return nil
	}
	return fmt.Errorf("%s fits nothing:\n%s", at, strings.Join(why, "\n"))
}

func (d described) typed(s schema, value any, at string) error {
	fault := fmt.Errorf("%s: %.80q is no %s", at, fmt.Sprint(value), s.Type)
	switch s.Type {
	case "":
		return nil
	case "string":
		text, ok := value.(string)
		if !ok {
			return fault
		}
		if s.Format == "date-time" {
			_, _, err := model.ParseTime(text)
			return err
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			return fault
		}
	case "integer", "number":
		n, ok := value.(json.Number)
		if !ok || s.Type == "integer" && strings.ContainsAny(n.String(), ".eE") {
			return fault
		}
	case "array":
		list, ok := value.([]any)
		if !ok {
			return fault
		}
		for i, v := range list {
			if err := d.check(*s.Items, v, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case "object":
		members, ok := value.(map[string]any)
		if !ok {
			return fault
		}
		return d.members(s, members, at)
	default:
		return fmt.Errorf("%s: unknown type %s", at, s.Type)
	}
	return nil
}

func (d described) members(s schema, members map[string]any, at string) error {
	for _, name := range s.Required {
		if _, ok := members[name]; !ok {
			return fmt.Errorf("%s has no %s", at, name)
		}
	}
	for name, value := range members {
		of, known := s.Properties[name]
		switch {
		case known:
			if err := d.check(of, value, at+"."+name); err != nil {
				return err
			}
		case s.AdditionalProperties == false:
			return fmt.Errorf("%s.%s is not described", at, name)
		}
	}
	return nil
}

func TestSchemaChecker(t *testing.T) {
	t.Parallel()
	var s schema
	const text = `{"type":"object","required":["a"],"additionalProperties":false,"properties":{
		"a":{"type":"integer"},"b":{"type":"array","items":{"type":"string","nullable":true}},"c":{"anyOf":[{"type":"string","enum":["x"]},{"type":"boolean"}]}}}`
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	for doc, fits := range map[string]bool{
		`{"a":12345678901234567890}`:           true,
		`{"a":1,"b":["x",null],"c":"x"}`:       true,
		`{"a":1,"c":true}`:                     true,
		`{}`:                                   false,
		`{"a":1.5}`:                            false,
		`{"a":"1"}`:                            false,
		`{"a":1,"d":1}`:                        false,
		`{"a":1,"b":[1]}`:                      false,
		`{"a":1,"b":null}`:                     false,
		`{"a":1,"c":"y"}`:                      false,
		`[]`:                                   false,
		`{"a":1,"b":["x",null],"c":"x","e":0}`: false,
	} {
		if err := (described{}).fits(s, []byte(doc)); (err == nil) != fits {
			t.Errorf("%s: %v", doc, err)
		}
	}
}
