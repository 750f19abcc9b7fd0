package api

import (
	"errors"

	"errata/model"
)

// RefusedFields lists the fields that a 422 names, in its order, each once.
func RefusedFields(err error) []*model.Field {
	var e *Error
	if !errors.As(err, &e) {
		return nil
	}
	var list []*model.Field
	seen := map[*model.Field]bool{}
	for _, entry := range e.Fields {
		if len(entry.Loc) < 2 || entry.Loc[0] != "body" {
			continue
		}
		name, _ := entry.Loc[1].(string)
		if f, ok := model.Lookup(name); ok && !seen[f] {
			seen[f] = true
			list = append(list, f)
		}
	}
	return list
}
