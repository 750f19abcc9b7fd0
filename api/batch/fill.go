package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"errata/model"
)

// FillKind is the kind of Fill.
const FillKind = "fill"

// Fill is the change that fills in fields whose values follow from the rest of a log, or all that
// can be where none are named. A field that has the value already is left as it is; one whose value
// does not follow refuses the log.
func Fill(want []*model.Field, prices model.Prices) Change {
	names := make([]string, len(want))
	for i, f := range want {
		names[i] = f.Name
	}
	r := Recipe{Kind: FillKind, Words: FillKind + " every field"}
	if len(want) > 0 {
		r.Words = FillKind + " " + model.Names(want)
	}
	r.Spec, _ = json.Marshal(names)
	return Change{Recipe: r, Make: func(_ context.Context, log *model.Log, _ Item) (Edit, error) {
		changes := model.NewChangeSet(log)
		e := Edit{Changes: changes}
		if len(want) == 0 {
			if _, open := model.FillEverything(changes, prices); open != nil {
				e.Notes = append(e.Notes, fmt.Sprintf("%s and %s differ: errata fill %s %[1]s replaces the first, %[2]s the second",
					open.Field.Name, open.Opposite.Name, log.Head().ID))
			}
			return e, nil
		}
		model.FillIn(changes, prices, want)
		var lacking []error
		for _, f := range want {
			if why := model.Needs(changes, prices, f); why != "" {
				lacking = append(lacking, fmt.Errorf("%s cannot be filled in: %s", f.Name, why))
			}
		}
		return e, errors.Join(lacking...)
	}}
}

// ReadFill makes a Fill of its spec.
func ReadFill(spec []byte, prices model.Prices) (Change, error) {
	var names []string
	if err := json.Unmarshal(spec, &names); err != nil {
		return Change{}, err
	}
	var want []*model.Field
	for _, name := range names {
		f, ok := model.FillField(name)
		if !ok {
			return Change{}, fmt.Errorf("%s cannot be filled in", shortened(name))
		}
		want = append(want, f)
	}
	return Fill(want, prices), nil
}
