package ui

import (
	"errors"
	"slices"

	"errata/api/batch"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/form"
)

// asIn makes the changes of a log that is open with some: of a map its members, of any other field
// its value.
func (s *session) asIn(words []string) (batch.Change, error) {
	id := ""
	switch {
	case len(words) == 2 && words[0] == "in":
		id = words[1]
	case len(words) == 1 && words[0] == "in":
		for open, f := range s.forms {
			if len(f.Changes().Changed()) > 0 && id != "" {
				return batch.Change{}, errors.New("several logs have changes: as in LOG_ID says which is meant")
			} else if len(f.Changes().Changed()) > 0 {
				id = open
			}
		}
	default:
		return batch.Change{}, errors.New("as in LOG_ID")
	}
	f := s.forms[id]
	if f == nil || len(f.Changes().Changed()) == 0 {
		return batch.Change{}, errors.New("no log is open with changes that are not sent yet")
	}
	return batch.Set(editsOf(f)), nil
}

// editsOf are the changes of a form as edits.
func editsOf(f *form.Model) (e model.Edits) {
	c := f.Changes()
	for _, field := range c.Changed() {
		was, is := c.Base().Value(field), c.Value(field)
		top := path.Path{path.Member(field.Name)}
		if field.Kind != model.Map || !was.IsSet() || !is.IsSet() {
			e.Assign = append(e.Assign, assigned(field, top, is.Bytes()))
			continue
		}
		old, now := tree.New(was.Bytes()), tree.New(is.Bytes())
		for i := range now.Len() {
			at, there := old.Find(now.Name(i))
			if !there || !jsonraw.Equal(old.Child(at).Bytes(), now.Child(i).Bytes()) {
				e.Assign = append(e.Assign, assigned(field, append(slices.Clone(top), path.Member(now.Name(i))), now.Child(i).Bytes()))
			}
		}
		for i := range old.Len() {
			if _, stays := now.Find(old.Name(i)); !stays {
				e.Remove = append(e.Remove, model.Target{Field: field, Path: append(slices.Clone(top), path.Member(old.Name(i)))})
			}
		}
	}
	return e
}

func assigned(f *model.Field, to path.Path, literal []byte) model.Assignment {
	return model.Assignment{Target: model.Target{Field: f, Path: to}, JSON: true, Text: string(literal)}
}
