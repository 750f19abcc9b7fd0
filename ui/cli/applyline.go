package cli

import (
	"errors"
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// lineChange is a line of a file of changes.
type lineChange struct {
	id   string
	list []assignment
}

// readChange reads a line {"id": …, "set": {FIELD: VALUE, …}}. What the line says of the id is
// there even after an error.
func readChange(line []byte) (lineChange, error) {
	var ch lineChange
	members, err := jsonraw.Members(line)
	if err != nil {
		return ch, refusal("no change as JSON: %w", placeless(err))
	}
	var set []byte
	for _, m := range members {
		raw := m.Val.Of(line)
		switch m.Name {
		case "id":
			ch.id, _ = jsonraw.Text(raw)
		case "set":
			if set != nil {
				return ch, refusal(`"set" stands twice`)
			}
			set = raw
		default:
			return ch, refusal(`%s is not known here, only "id" and "set" are`, quote(m.Name))
		}
	}
	switch {
	case ch.id == "":
		return ch, refusal(`a text "id" is missing`)
	case jsonraw.KindOf(set) != jsonraw.Object:
		return ch, refusal(`"set" with an object of fields is missing`)
	}
	return ch, ch.read(set)
}

// read reads the fields to set.
func (ch *lineChange) read(set []byte) error {
	members, err := jsonraw.Members(set)
	if err != nil {
		return refusal(`"set": %w`, placeless(err))
	}
	var refused []error
	seen := map[string]bool{}
	for _, m := range members {
		a, err := target(m.Name)
		switch {
		case err == nil && seen[m.Name]:
			err = fmt.Errorf("%s stands twice", m.Name)
		case err == nil && m.Err != nil:
			err = fmt.Errorf("%s: %w", m.Name, placeless(m.Err))
		}
		if err != nil {
			refused = append(refused, err)
			continue
		}
		seen[m.Name] = true
		ch.list = append(ch.list, assignment{a, string(m.Val.Of(set))})
	}
	if len(refused) > 0 {
		return refusal("%w", sentence(refused))
	}
	return nil
}

// target reads FIELD or MAP.KEY.
func target(name string) (model.Assignment, error) {
	a := model.Assignment{JSON: true}
	field, key, hasKey := strings.Cut(name, ".")
	var ok bool
	if a.Field, ok = model.Lookup(field); !ok {
		return a, unknownField(field)
	}
	a.Key, a.HasKey = key, hasKey
	switch {
	case hasKey && a.Field.Kind != model.Map:
		return a, fmt.Errorf("%s is no map: it has no %s to set", field, quote(key))
	case hasKey && key == "":
		return a, fmt.Errorf("%s wants a key behind its dot", field)
	}
	return a, nil
}

// on makes the change to a log. Everything that is refused is one error.
func (ch lineChange) on(log *model.Log) (*model.ChangeSet, error) {
	changes, err := assign(log, ch.list)
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		err = refusal("%w", sentence(joined.Unwrap()))
	}
	return changes, err
}

// refusal is an error of a line that is refused here.
func refusal(format string, args ...any) error { return fail(exitRefused, format, args...) }

// sentence makes one error of several.
func sentence(list []error) error {
	words := make([]string, len(list))
	for i, err := range list {
		words[i] = err.Error()
		if at := (*model.ParseError)(nil); errors.As(err, &at) && at.Line == 1 && at.Col == 1 {
			words[i] = at.Msg
		}
	}
	return errors.New(strings.Join(words, "; "))
}

// placeless is the error of a text that stands on one line: the column is enough.
func placeless(err error) error {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) && at.Line == 1 {
		return fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	return err
}
