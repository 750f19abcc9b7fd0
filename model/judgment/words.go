package judgment

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// Texts are the decoded strings of a list of strings; ok is false for anything else.
func Texts(v model.Value) (texts []string, ok bool) {
	if v.Kind() != jsonraw.Array {
		return nil, false
	}
	list, err := jsonraw.Elements(v.Bytes())
	if err != nil {
		return nil, false
	}
	for _, e := range list {
		text, ok := jsonraw.Text(e.Val.Of(v.Bytes()))
		if !ok {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}

// Words are a judgment as people read it: "good", "4.5", "yes", "Repetitive, Technical", "none" for
// an empty list, "taken back" for null.
func Words(v model.Value) string {
	switch v.Kind() {
	case jsonraw.None, jsonraw.Null:
		return "taken back"
	case jsonraw.True:
		return "yes"
	case jsonraw.False:
		return "no"
	case jsonraw.String:
		text, _ := v.Text()
		return text
	case jsonraw.Array:
		if texts, ok := Texts(v); ok {
			if len(texts) == 0 {
				return "none"
			}
			return strings.Join(texts, ", ")
		}
	}
	return string(v.Bytes())
}

// Parse reads a judgment as people write it: the name of an option, several with commas between, a
// number, yes or no, or a text. The error is a sentence that says what is wanted.
func (s Spec) Parse(text string) (model.Value, error) {
	v, err := s.parse(text)
	if err != nil {
		return model.Absent, err
	}
	if p := s.Check(v); p != nil {
		return model.Absent, errors.New(s.Wanted())
	}
	return v, nil
}

func (s Spec) parse(text string) (model.Value, error) {
	switch s.Returns {
	case Boolean:
		switch strings.ToLower(strings.TrimSpace(text)) {
		case "yes", "y", "true":
			return model.Raw([]byte("true")), nil
		case "no", "n", "false":
			return model.Raw([]byte("false")), nil
		}
		return model.Absent, errors.New(s.Wanted())
	case Number:
		literal := strings.TrimSpace(text)
		if _, ok := jsonraw.ParseDecimal([]byte(literal)); !ok {
			return model.Absent, errors.New(s.Wanted())
		}
		return model.Raw([]byte(literal)), nil
	case MultiSelect:
		return s.parseNames(text)
	case Select, Text:
	}
	return model.String(text)
}

// parseNames reads names of options, each in quotes where it holds a comma.
func (s Spec) parseNames(text string) (model.Value, error) {
	names := []string{}
	if strings.TrimSpace(text) != "" {
		r := csv.NewReader(strings.NewReader(text))
		r.TrimLeadingSpace = true
		read, err := r.Read()
		if err != nil {
			return model.Absent, errors.New(s.Wanted())
		}
		names = read
	}
	list := []byte{'['}
	for i, name := range names {
		if _, known := s.Find(name); !known {
			name = strings.TrimSpace(name)
		}
		quoted, err := jsonraw.Quote(name)
		if err != nil {
			return model.Absent, err
		}
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, quoted...)
	}
	return model.Raw(append(list, ']')), nil
}

// Wanted says what a judgment may be: "good or bad", "a number from 0 to 5".
func (s Spec) Wanted() string {
	names := make([]string, len(s.Options))
	for i, o := range s.Options {
		names[i] = o.Name
	}
	switch s.Returns {
	case Boolean:
		return "yes or no"
	case Number:
		return "a number" + s.limits()
	case Select:
		switch last := len(names) - 1; {
		case last > 0:
			return strings.Join(names[:last], ", ") + " or " + names[last]
		case last == 0:
			return names[0]
		}
		return "the name of an option"
	case MultiSelect:
		if len(names) > 0 {
			return "any of " + strings.Join(names, ", ")
		}
		return "any options"
	case Text:
	}
	return "a text"
}

func (s Spec) limits() string {
	switch {
	case s.Min != "" && s.Max != "":
		return fmt.Sprintf(" from %s to %s", s.Min, s.Max)
	case s.Min != "":
		return " of at least " + s.Min
	case s.Max != "":
		return " of at most " + s.Max
	}
	return ""
}

// ValenceOf is what a spec says of a value: that of the option, or of a boolean's. It is neutral
// where the spec says nothing, and for lists and numbers, which have no one option.
func (s Spec) ValenceOf(v model.Value) Valence {
	var name string
	switch v.Kind() {
	case jsonraw.String:
		name, _ = v.Text()
	case jsonraw.True, jsonraw.False:
		name = string(v.Bytes())
	default:
		return Neutral
	}
	if o, ok := s.Find(name); ok {
		return o.Valence
	}
	return Neutral
}
